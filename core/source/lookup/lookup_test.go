package lookup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source"
	"hookbird/core/value"
)

var env = source.Env{Version: "1.0", Proxy: core.Proxy{Kind: core.ProxyNone}}

// crm knows one contact.
func crm(t *testing.T) (address string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/contact/7":
			_, _ = io.WriteString(w, `{"ok":true,"list":[{"email":"ada@example.org", "n":1.10}]}`)
		case "/contact/8":
			_, _ = io.WriteString(w, `<c><list><email>x</email></list></c>`)
		case "/contact/9":
			_, _ = io.WriteString(w, `{"list":[]}`)
		case "/contact/10":
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/contact/11":
			w.WriteHeader(http.StatusNoContent)
		case "/contact/12":
			_, _ = fmt.Fprintf(w, `{"list":[%q]}`, strings.Repeat("x", core.MaxEventData-100))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func lookUp(t *testing.T, l core.LookUp) *LookUp {
	t.Helper()
	u, err := New(&l, env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(u.Close)
	return u
}

func TestJoin(t *testing.T) {
	address, _ := crm(t)
	tests := []struct {
		record, path, into string
		want               string
		found              bool
		code               core.Code
	}{
		{`{"id":7,"id":7}`, "", "", `{"id":7,"id":7,"details":{"ok":true,"list":[{"email":"ada@example.org", "n":1.10}]}}`, true, ""},
		{"{ \"id\" : 7 }\n", "list(1)", "con\"tact", "{ \"id\" : 7 ,\"con\\\"tact\":{\"email\":\"ada@example.org\", \"n\":1.10}}\n", true, ""},
		{`{"id":7}`, "list(1).n", "n", `{"id":7,"n":1.10}`, true, ""},
		{`{"id":7}`, "nothing", "", `{"id":7}`, false, ""},
		{`{"id":8}`, "list", "", `{"id":8,"details":{"email":"x"}}`, true, ""},
		{`{"id":9}`, "list", "", `{"id":9}`, false, ""},
		{`{"id":99}`, "", "", `{"id":99}`, false, ""},
		{`{"id":11}`, "", "", `{"id":11}`, false, ""},
		{`{"id":10}`, "", "", "", false, core.CodeUnavailable},
		{`{"id":12,"more":"` + strings.Repeat("y", 200) + `"}`, "list(1)", "", "", false, core.CodeInvalid},
		{`{"id":7,"details":1}`, "", "", "", false, core.CodeInvalid},
		{`{}`, "", "", "", false, core.CodeInvalid}, // no id: no address
		{`[7]`, "", "", "", false, core.CodeInvalid},
		{`{`, "", "", "", false, core.CodeInvalid},
	}
	for _, tt := range tests {
		for _, keep := range []time.Duration{0, time.Hour} {
			u := lookUp(t, core.LookUp{Ask: core.Ask{Address: address + "/contact/[id]"}, Path: tt.path, Into: tt.into, Keep: keep})
			got, found, err := u.Join(t.Context(), []byte(tt.record), &core.Event{ID: "e", Data: []byte("{}")})
			if core.CodeOf(err) != tt.code || err == nil && (string(got) != tt.want || found != tt.found) {
				t.Errorf("%.40s: %.200s, %v, %v", tt.record, got, found, err)
			}
			if strings.Contains(tt.record, ":10}") && ask.RetryAfter(err) != time.Minute {
				t.Error("nobody knows when to come back")
			}
		}
	}
}

// What is joined is there, and all else as it was.
func TestJoinedRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "fields")
		record, _ := json.MarshalIndent(fields, "", rapid.SampledFrom([]string{"", " ", "\t"}).Draw(t, "indent"))
		name := rapid.String().Draw(t, "name")
		if _, taken := fields[name]; taken {
			t.Skip()
		}
		joined := join(record, name, []byte(`[1.0]`))
		var got map[string]json.RawMessage
		if err := json.Unmarshal(joined, &got); err != nil || len(got) != len(fields)+1 {
			t.Fatalf("%s: %v", joined, err)
		}
		end := bytes.LastIndexByte(record, '}')
		if !bytes.HasPrefix(joined, record[:end]) || !bytes.HasSuffix(joined, record[end:]) {
			t.Fatalf("%s became %s", record, joined)
		}
		for key, v := range got {
			if _, was := fields[key]; !was && string(v) != "[1.0]" {
				t.Fatalf("%s", joined)
			}
		}
	})
}

func FuzzJoin(f *testing.F) {
	f.Add([]byte(`{"a":"}"}  `), "d")
	f.Add([]byte("{\n}"), "\xff")
	f.Fuzz(func(t *testing.T, record []byte, name string) {
		v, err := value.Parse(record)
		if err != nil || v.Kind() != value.Object {
			return
		}
		if joined := join(record, name, []byte("{}")); !json.Valid(joined) {
			t.Errorf("%q became %q", record, joined)
		}
	})
}

func TestAnswersAreKept(t *testing.T) {
	address, asked := crm(t)
	u := lookUp(t, core.LookUp{Ask: core.Ask{Address: address + "/contact/[id]", Body: `{"x":"[x|default:]"}`}, Keep: time.Hour})
	for _, record := range []string{`{"id":7}`, `{"id":7,"y":1}`, `{"id":99}`, `{"id":99}`, `{"id":7,"x":2}`, `{"id":10}`, `{"id":10}`} {
		_, _, _ = u.Join(t.Context(), []byte(record), &core.Event{ID: core.NewEventID(time.Now())})
	}
	if asked.Load() != 5 { // 7, 99, 7 with x, and 10 each time, because it failed
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestOneAsksForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(time.Minute)
		var asked atomic.Int32
		slow := func() ([]byte, error) {
			asked.Add(1)
			time.Sleep(time.Second)
			return []byte("1"), nil
		}
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if got, err := c.get(t.Context(), "a", slow); err != nil || string(got) != "1" {
					t.Error(got, err)
				}
			})
		}
		all.Wait()
		time.Sleep(58 * time.Second)
		_, _ = c.get(t.Context(), "a", slow)
		if asked.Load() != 1 {
			t.Errorf("asked %d times", asked.Load())
		}
		time.Sleep(3 * time.Second)
		_, _ = c.get(t.Context(), "a", slow)
		if asked.Load() != 2 {
			t.Errorf("asked %d times after it ran out", asked.Load())
		}
	})
}

// Who gives up while asking for others does not make them fail.
func TestGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(time.Minute)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			_, _ = c.get(ctx, "a", func() ([]byte, error) { <-ctx.Done(); return nil, ctx.Err() })
		}()
		synctest.Wait()
		go func() {
			if got, err := c.get(t.Context(), "a", func() ([]byte, error) { return []byte("2"), nil }); err != nil || string(got) != "2" {
				t.Error(got, err)
			}
		}()
		synctest.Wait()
		late, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := c.get(late, "a", nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		cancel()
		synctest.Wait()
	})
}

func TestMemoryIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCache(time.Hour)
		size := rapid.SampledFrom([]int{1, 100 << 10, 10 << 20}).Draw(t, "size")
		details := make([]byte, size)
		for i := range 1100 {
			_, _ = c.get(t.Context(), fmt.Sprint(i), func() ([]byte, error) { return details, nil })
		}
		if len(c.entries) != len(c.order) || len(c.order) > maxEntries || c.bytes > maxBytes || len(c.order) == 0 {
			t.Fatalf("%d entries, %d bytes", len(c.entries), c.bytes)
		}
	})
}

func TestSettingsThatCannotBe(t *testing.T) {
	for _, l := range []core.LookUp{{}, {Ask: core.Ask{Address: "https://x.example"}, Path: `a("`}, {Ask: core.Ask{Address: "https://x.example/[secret:k]"}}} {
		if _, err := New(&l, env); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%+v: %v", l, err)
		}
	}
}
