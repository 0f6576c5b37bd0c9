package source

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTitle(t *testing.T) {
	tests := []struct{ data, want string }{
		{`{"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org"}`, "Ada Lovelace"},
		{`{"Last Name" : "Lovelace" , "First Name":"Ada"}`, "Ada Lovelace"},
		{`{"E-Mail":"ada@example.org","zip":"01067"}`, "ada@example.org"},
		{`{"Vorname":"Jürgen","Name":"Müller"}`, "Jürgen Müller"},
		{`{"NOM":"Dupont","Prénom":"Zoé"}`, "Zoé Dupont"},
		{`{"nom":"Dupont","pr\u00e9nom":"Zo\u00e9"}`, "Zoé Dupont"},
		{`{"name":"Ada Lovelace","first_name":"Ada"}`, "Ada Lovelace"},
		{`{"name":"Ada Lovelace"}`, "Ada Lovelace"},
		{`{"first":"Ada","email":"a@b.c"}`, "Ada"},
		{`{"firstname":" ","lastname":"","email":"a@b.c"}`, "a@b.c"},
		{`{"Email (2)":"second@b.c","Email":"first@b.c"}`, "first@b.c"},
		{`{"id":7,"data":{"contact":[{"name":"no"}],"firstname":"Ada","lastname":"L\"ovelace"}}`, `Ada L"ovelace`},
		{`{"event":{"name":"Gala"},"firstname":"Ada","lastname":"Lovelace"}`, "Ada Lovelace"},
		{`{"tags":["name","Bob"],"n":{"x":{"name":"deep"}},"mail":"a@b.c"}`, "a@b.c"},
		{`{"name":null,"email":5}`, ""},
		{`{}`, ""},
		{`{"name":"` + strings.Repeat("é", 200) + `"}`, strings.Repeat("é", maxTitle) + "…"},
	}
	for _, tt := range tests {
		if got := Title([]byte(tt.data)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.data, got, tt.want)
		}
	}
}

func FuzzTitle(f *testing.F) {
	f.Add(`{"name":"x","a":[{"b":"]"}],"firstname":"\""}`)
	f.Add(`{"`)
	f.Add(`{"":"`)
	f.Fuzz(func(t *testing.T, data string) {
		Title([]byte(data)) // must not panic, whatever it is given
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(data), &want) != nil || want == nil {
			return
		}
		got := 0
		keys := map[string]bool{}
		Fields([]byte(strings.TrimSpace(data)), func(key, value []byte) {
			got++
			keys[text([]byte(`"`+string(key)+`"`))] = true
			if !json.Valid(value) {
				t.Errorf("%s: value %s", data, value)
			}
		})
		if got < len(want) {
			t.Errorf("%s: %d fields, want %d", data, got, len(want))
		}
	})
}

func BenchmarkTitle(b *testing.B) {
	data := []byte(`{"id":10482,"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org","zipcode":"01067","city":"London","joined":"2026-01-31"}`)
	b.ReportAllocs()
	for b.Loop() {
		Title(data)
	}
}
