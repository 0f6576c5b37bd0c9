package people

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core"
)

func TestHas(t *testing.T) {
	for _, c := range []struct {
		values, data string
		want         bool
	}{
		{"ada@example.org", `{"email":"Ada@Example.org "}`, true},
		{"ada@example.org", `{"email":"bada@example.org"}`, false},
		{"ada@example.org", `{"note":"write to ada@example.org"}`, false},
		{"+44 (20) 7946-0958", `{"tel":"442079460958"}`, true},
		{"442079460958", `{"tel":442079460958}`, true},
		{"Ada  Lovelace", `{"people":[{"name":"ada lovelace"}]}`, true},
		{"Ada Lovelace\nada@example.org", `{"a":{"b":["x","ADA@example.org"]}}`, true},
		{"10115", `{"zip":"10115"}`, true},
		{"Löwe", `{"name":"LÖWE"}`, true},
		{"Ada", `{"Ada":"x"}`, false},
	} {
		p, err := New(c.values)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Has([]byte(c.data)); got != c.want {
			t.Errorf("%q in %s: %v", c.values, c.data, got)
		}
	}
}

func TestWithin(t *testing.T) {
	p, err := New("ada@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if !p.Within([]byte(`{"error":"ADA@example.org is subscribed"}`)) || p.Within([]byte("ada@example.com")) || p.Within(nil) {
		t.Error("texts that hold the value are told wrongly")
	}
}

func TestWhatIsTooShortIsRefused(t *testing.T) {
	for _, text := range []string{"", " \n ", "ab", "1234", "ada@example.org\n+1", strings.Repeat("somebody@example.org x\n", 1) + "x"} {
		if _, err := New(text); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	many := ""
	for i := range 60 {
		many += "person" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + "\n"
	}
	if _, err := New(many); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("60 values: %v", err)
	}
}

// TestHashedKnowsTheSame holds that a person is known by hashes as by values.
func TestHashedKnowsTheSame(t *testing.T) {
	hash := func(v string) (sum [16]byte) {
		m := hmac.New(sha256.New, []byte("key"))
		m.Write([]byte(v))
		copy(sum[:], m.Sum(nil))
		return sum
	}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.SampledFrom([]string{"ada@example.org", "+49 30 1234567", "Ada Lovelace", "10115 "}).Draw(t, "value")
		p, err := New(value)
		if err != nil {
			t.Fatal(err)
		}
		var sums [][16]byte
		for _, v := range p.Values() {
			sums = append(sums, hash(v))
		}
		h := NewHashed(sums, hash)
		text := rapid.OneOf(rapid.Just(value), rapid.Just(strings.ToUpper(value)), rapid.String()).Draw(t, "text")
		data, err := json.Marshal(map[string]any{"a": []any{text, 7}})
		if err != nil {
			t.Fatal(err)
		}
		if p.Has(data) != h.Has(data) {
			t.Fatalf("%s: %v by values, %v by hashes", data, p.Has(data), h.Has(data))
		}
		if text == value && !p.Has(data) {
			t.Fatalf("%s is not found", data)
		}
	})
}

// TestLengthIsThatOfThePlainValue holds that no value is passed over by its length.
func TestLengthIsThatOfThePlainValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[ 0-9+().a/-]{0,12}`), rapid.StringMatching(`[ a-zA-Z@.\t]{0,12}`), rapid.String()).Draw(t, "text")
		if n, ok := plainLength(text); ok && n != len(Plain(text)) {
			t.Fatalf("%q becomes %q: %d, want %d", text, Plain(text), n, len(Plain(text)))
		}
	})
}

func BenchmarkHas(b *testing.B) {
	p, err := New("person.77@example.org\n+44 20 7946 0958")
	if err != nil {
		b.Fatal(err)
	}
	data := []byte(`{"id":1,"firstname":"Ada","lastname":"Lovelace","email":"person.1@example.org","phone":"+44 20 7946 0001","street":"Station Road 1","postcode":"N1 4QR","city":"Northampton","country":"GB","interests":["theatre","garden","history"],"consent":true,"note":"Came by the form on the web page, wants the newsletter and two tickets for the evening","reference":"REF-00000001"}`)
	b.ReportAllocs()
	for b.Loop() {
		if p.Has(data) {
			b.Fatal("found")
		}
	}
}

// FuzzHas takes any bytes for a record.
func FuzzHas(f *testing.F) {
	f.Add(`{"email":"ada@example.org"}`)
	f.Add(`{"a":[1,{"b":"\u0061da@example.org"`)
	p, err := New("ada@example.org\n10115")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data string) {
		p.Has([]byte(data))
		if p.Within([]byte(data)) != strings.Contains(strings.ToLower(data), "ada@example.org") && !strings.Contains(data, "10115") {
			t.Errorf("Within(%q)", data)
		}
	})
}
