package source_test

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core/source"
)

// What sources keep of records is found in whatever they remember, and nothing else is.
func TestLawOfKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record, err := json.Marshal(rapid.MapOfN(rapid.String(), rapid.String(), 0, 4).Draw(t, "record"))
		if err != nil {
			t.Fatal(err)
		}
		kept := func(value []byte) (at int, found []string) {
			at = source.Kept(value, func(r []byte) { found = append(found, string(r)) })
			return at, found
		}
		doc, err := json.Marshal(map[string]any{"n": 1, "at": []any{"eyJ", "text"}, "event": map[string]any{"Data": record}})
		if err != nil {
			t.Fatal(err)
		}
		if at, found := kept(doc); at != 0 || !slices.Equal(found, []string{string(record)}) {
			t.Fatalf("in %s: at %d %q", doc, at, found)
		}
		size := rapid.SampledFrom([]int{12, 16}).Draw(t, "size")
		print := rapid.SliceOfN(rapid.Byte(), size, size).Draw(t, "print")
		row := slices.Concat(print, record)
		if at, found := kept(row); at != size || !slices.Equal(found, []string{string(record)}) {
			t.Fatalf("in %q: at %d %q", row, at, found)
		}
		if fields := source.KeyFields(row[size:]); string(fields) != string(record) {
			t.Fatalf("key fields %q", fields)
		}
		left := source.Nameless(row, size)
		if at, found := kept(left); at != 0 || len(found) > 0 || len(left) == size || string(left[:size]) != string(print) || source.KeyFields(left[size:]) != nil {
			t.Fatalf("%q was left: at %d %q", left, at, found)
		}
		if at, found := kept(print); at != 0 || len(found) > 0 {
			t.Fatalf("in a fingerprint: at %d %q", at, found)
		}
	})
}

// FuzzKept: nothing that stands in a store makes trouble.
func FuzzKept(f *testing.F) {
	f.Add([]byte(`{"Data":"e30="}`))
	f.Add([]byte("123456789012{}"))
	f.Add([]byte("1234567890123456{\"a\":[1]}"))
	f.Fuzz(func(t *testing.T, value []byte) {
		at := source.Kept(value, func(record []byte) {
			if !json.Valid(record) || record[0] != '{' {
				t.Errorf("%q is no record", record)
			}
		})
		if at > 0 && source.Kept(source.Nameless(value, at), func([]byte) {}) != 0 {
			t.Errorf("%q still has key fields", value)
		}
	})
}
