package gate_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/source/gate"
	"hookbird/core/source/sourcetest"
)

func hash(parts ...string) (sum [16]byte) {
	full := sha256.Sum256(fmt.Appendf(nil, "%q", parts))
	copy(sum[:], full[:])
	return sum
}

// pass sends records through the gate of a source, and keeps what it remembers.
func pass(t *testing.T, src *core.Source, memory *sourcetest.Memory, never *gate.Never, records ...string) (in []string, left []core.LeftOut) {
	t.Helper()
	var events []*core.Event
	for i, r := range records {
		events = append(events, &core.Event{Type: "t", Source: "s", Origin: fmt.Sprintf("row %d", i+2), Data: []byte(r)})
	}
	mark := func(key string) ([]byte, bool, error) { return memory.Mark("s", key) }
	got, marks, left, err := gate.New(src, gate.Options{Hash: hash, Mark: mark, Never: never}).Pass(events)
	if err != nil {
		t.Fatal(err)
	}
	memory.Keep(marks)
	for _, e := range got {
		in = append(in, e.Title+"|"+string(e.Data))
	}
	return in, left
}

func TestTitlesAndKeptFields(t *testing.T) {
	record := `{"First Name":"Ada", "e":"a@b.example","n":1.10,"x\"y":[1,2],"Last name":"Lovelace"}`
	for _, tt := range []struct {
		title string
		keep  []string
		want  string
	}{
		{"", nil, "Ada Lovelace|" + record},
		{"[First Name] ([n])", nil, "Ada (1.10)|" + record},
		{"", []string{"N", `x"y`, "gone"}, `Ada Lovelace|{"n":1.10,"x\"y":[1,2]}`},
		{"[Last name]", []string{"e"}, `Lovelace|{"e":"a@b.example"}`},
		{"[gone|default:nobody]", []string{"gone"}, `nobody|{}`},
	} {
		in, left := pass(t, &core.Source{Title: tt.title, Keep: tt.keep}, &sourcetest.Memory{}, nil, record)
		if len(left) != 0 || len(in) != 1 || in[0] != tt.want {
			t.Errorf("%q, %q: %q, left out %v", tt.title, tt.keep, in, left)
		}
	}
}

func TestCardNumbers(t *testing.T) {
	cards := []string{
		`{"card":"4111 1111 1111 1111"}`, `{"card":4111111111111111}`, `{"a":{"b":["5500-0000-0000-0004"]}}`,
		`{"note":"paid with 378282246310005 today"}`, `{"n":"30569309025904"}`, `{"n":"3530111333300000"}`, `{"n":"6011111111111117"}`,
	}
	others := []string{
		`{"n":"4111111111111112"}`, `{"order":"1234567890123452"}`, `{"iban":"DE89370400440532013000"}`, `{"id":"a4111111111111111b"}`,
		`{"n":4111111111111111.5}`, `{"phone":"+49 351 1234567890"}`, `{"n":"411111111111"}`, `{"t":"2026-11-23 10:42:07.123"}`,
	}
	for _, card := range cards {
		in, left := pass(t, &core.Source{}, &sourcetest.Memory{}, nil, card)
		if len(in) != 0 || len(left) != 1 || left[0].Data != nil || strings.Contains(left[0].Why, "1111") || left[0].Origin != "row 2" {
			t.Errorf("%s came in: %q, left out %+v", card, in, left)
		}
		if in, _ := pass(t, &core.Source{Cards: true}, &sourcetest.Memory{}, nil, card); len(in) != 1 {
			t.Errorf("%s did not come in though it may", card)
		}
	}
	for _, other := range others {
		if in, left := pass(t, &core.Source{}, &sourcetest.Memory{}, nil, other); len(in) != 1 {
			t.Errorf("%s is left out: %+v", other, left)
		}
	}
}

func TestWhoAskedNeverToBeSent(t *testing.T) {
	never := gate.NewNever(hash)
	for _, text := range []string{"Ada@Example.org ", "+49 (351) 123-45"} {
		sum, ok := never.HashOf(text)
		if !ok {
			t.Fatalf("%q is neither an address nor a number", text)
		}
		never.Set(sum, true)
	}
	if _, ok := never.HashOf("Ada Lovelace"); ok {
		t.Error("a name is taken for an address or a number")
	}
	in, left := pass(t, &core.Source{}, &sourcetest.Memory{}, never,
		`{"mail":"ada@example.ORG"}`, `{"a":[{"tel":"0049 351 12345"}]}`, `{"a":[{"tel":4935112345}]}`, `{"mail":"bob@example.org"}`)
	if len(in) != 2 || len(left) != 2 || left[0].Data != nil {
		t.Errorf("came in: %q, left out %+v", in, left)
	}
	sum, _ := never.HashOf("ada@example.org")
	never.Set(sum, false)
	if in, _ := pass(t, &core.Source{}, &sourcetest.Memory{}, never, `{"mail":"ada@example.org"}`); len(in) != 1 {
		t.Error("is left out though it is no longer in the list")
	}
}

func TestRecordsThatCameBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &core.Source{ID: "s", Once: core.Once{Keys: []string{"id", "day"}, Days: 2}}
		memory := &sourcetest.Memory{}
		in, left := pass(t, src, memory, nil, `{"id":1,"day":"a"}`, `{"id":"1 ","day":"a","x":2}`, `{"id":2,"day":"a"}`, `{"x":1}`, `{"x":1}`)
		if len(in) != 4 || len(left) != 1 || left[0].Why != "The same came just before. row 2" || string(left[0].Data) == "" {
			t.Errorf("came in: %q, left out %+v", in, left)
		}
		time.Sleep(47 * time.Hour)
		in, left = pass(t, src, memory, nil, `{"id":1,"day":"a"}`, `{"id":1,"day":"b"}`)
		if len(in) != 1 || len(left) != 1 || !strings.HasPrefix(left[0].Why, "The same came on 1 January 2000") {
			t.Errorf("came in: %q, left out %+v", in, left)
		}
		time.Sleep(time.Hour)
		if in, left := pass(t, src, memory, nil, `{"id":1,"day":"a"}`); len(in) != 1 {
			t.Errorf("still known after two days: %+v", left)
		}
		time.Sleep(40 * time.Hour)
		var expired int
		for key, stored := range memory.All() {
			if gate.Expired(src, key, []byte(stored), time.Now()) {
				expired++
			}
		}
		if expired != 1 { // id 2; the others came later
			t.Errorf("%d of %d marks are expired", expired, len(memory.All()))
		}
	})
}

// What comes in is what came, in its order, but for the fields that are not kept; and
// nothing is both let in and left out.
func TestGateLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		names := []string{"a", "B", "c d", `q"`, "é"}
		src := &core.Source{ID: "s", Cards: true, Keep: rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(rt, "keep")}
		if rapid.Bool().Draw(rt, "once") {
			src.Once.Keys = []string{"a"}
		}
		var records []string
		for range rapid.IntRange(0, 20).Draw(rt, "n") {
			m := rapid.MapOfN(rapid.SampledFrom(names), rapid.OneOf(rapid.Just[any](1.5), rapid.Just[any]("x"), rapid.Just[any](map[string]any{"a": []any{nil, true}})), 0, 5).Draw(rt, "record")
			data, _ := json.Marshal(m)
			records = append(records, string(data))
		}
		in, left := pass(t, src, &sourcetest.Memory{}, nil, records...)
		if len(in)+len(left) != len(records) {
			rt.Fatalf("%d came, %d came in, %d are left out", len(records), len(in), len(left))
		}
		next := 0
		for i, record := range records {
			if slices.ContainsFunc(left, func(l core.LeftOut) bool { return l.Origin == fmt.Sprintf("row %d", i+2) }) {
				continue
			}
			var want, got map[string]any
			_, data, _ := strings.Cut(in[next], "|")
			next++
			if json.Unmarshal([]byte(record), &want) != nil || json.Unmarshal([]byte(data), &got) != nil {
				rt.Fatalf("%s became %s", record, data)
			}
			for name := range want {
				if len(src.Keep) > 0 && !slices.Contains(src.Keep, name) {
					delete(want, name)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

func FuzzCards(f *testing.F) {
	for _, seed := range []string{`{"a":"4111 1111 1111 1111"}`, `{"a":[{"b":4111111111111111}]}`, `{"a":"-- 4 - 1"}`, `{}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if !json.Valid([]byte(data)) || !strings.HasPrefix(strings.TrimSpace(data), "{") {
			return
		}
		in, left := pass(t, &core.Source{Keep: []string{"a"}}, &sourcetest.Memory{}, nil, strings.TrimSpace(data))
		for _, l := range left {
			if l.Data != nil {
				t.Errorf("keeps %s", l.Data)
			}
		}
		for _, e := range in {
			if _, kept, _ := strings.Cut(e, "|"); !json.Valid([]byte(kept)) {
				t.Errorf("%s became %s", data, kept)
			}
		}
	})
}
