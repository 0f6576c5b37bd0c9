package paste_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"hookbird/core/paste"
)

// FuzzRead reads anything: without a panic, in bounded time, into a guess of
// bounded size whose sentences are sentences.
func FuzzRead(f *testing.F) {
	for _, seed := range append([]string{
		"curl ^\"https://x.example.org/in^\" ^\r\n -H ^\"a: b^\" ^\r\n --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
		"curl $'https://x.example.org/\\u0041\\x4\\'' -sSLXPOST -da=1 \\\n -F a=@b --json {}",
		"[First Name], [Last Name]", "email*\n- first (required)\nzip: 01067", "a\tb\n1\t2", `"a, b";c`, "put example.org/x?a[b]=c",
		`{"id":"1","type":"t","timestamp":"x","data":{"a":[1]}}`, "a=1&b=%zz&c", "{“a”: 1,}", "| | \n0", "-\t\n- | |",
	}, secretPlaces...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		g := paste.Read(text)
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("took %s", took)
		}
		if len(g.Said) == 0 || len(g.Said) > 40 {
			t.Fatalf("%d sentences", len(g.Said))
		}
		for _, s := range g.Said {
			if !utf8.ValidString(s) || !strings.HasSuffix(s, ".") || strings.ContainsFunc(s, unicode.IsControl) {
				t.Fatalf("%q is no sentence", s)
			}
		}
		if g.Kind == paste.Nothing && (g.Address != "" || len(g.Headers)+len(g.Body.Fields) > 0) {
			t.Fatalf("it is nothing, but %s", seen(g))
		}
		names := map[string]bool{}
		for _, field := range g.Body.Fields {
			if field.Name == "" || len(field.Name) > paste.MaxName || names[field.Name] || field.From != "" {
				t.Fatalf("the field %q", field.Name)
			}
			names[field.Name] = true
			if _, shown := g.Example[field.Name]; shown && !field.Secret.IsZero() {
				t.Fatalf("the key %q has an example", field.Name)
			}
		}
		if len(names) > paste.MaxFields || len(g.Headers) > paste.MaxFields || len(g.Example) > len(names) {
			t.Fatalf("%d fields, %d header lines, %d examples", len(names), len(g.Headers), len(g.Example))
		}
	})
}

// FuzzMatch pairs any names, a line each.
func FuzzMatch(f *testing.F) {
	f.Add("email\nfname\ncontact[zip]", "Mail\nVorname\nPLZ")
	f.Add("]\"[.\n\n.", "..\nß\nœ")
	f.Fuzz(func(t *testing.T, their, ours string) {
		used := map[string]bool{}
		for _, our := range paste.Match(strings.Split(their, "\n"), strings.Split(ours, "\n")) {
			if used[our] {
				t.Fatalf("%q is used twice", our)
			}
			used[our] = true
		}
	})
}
