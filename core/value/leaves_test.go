package value

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestReplaceKeepsEveryOtherByte(t *testing.T) {
	const record = `{ "name" : "Ada",  "n":1.50,"ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`
	for _, c := range []struct {
		pointer, text, want string
	}{
		{"/name", `A "b"`, `{ "name" : "A \"b\"",  "n":1.50,"ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/n", "2e3", `{ "name" : "Ada",  "n":2e3,"ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/n", "two", `{ "name" : "Ada",  "n":"two","ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/n", "01", `{ "name" : "Ada",  "n":"01","ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/ok", "false", `{ "name" : "Ada",  "n":1.50,"ok":false , "gone":null, "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/gone", "x", `{ "name" : "Ada",  "n":1.50,"ok":true , "gone":"x", "a/b": {"lines":[{"sku":"x"},2]}}`},
		{"/gone", "", record},
		{"/a~1b/lines/0/sku", "y", `{ "name" : "Ada",  "n":1.50,"ok":true , "gone":null, "a/b": {"lines":[{"sku":"y"},2]}}`},
		{"/a~1b/lines/1", "3", `{ "name" : "Ada",  "n":1.50,"ok":true , "gone":null, "a/b": {"lines":[{"sku":"x"},3]}}`},
	} {
		got, err := Replace([]byte(record), map[string]string{c.pointer: c.text})
		if err != nil || string(got) != c.want {
			t.Errorf("%s = %q:\n got %s, %v\nwant %s", c.pointer, c.text, got, err, c.want)
		}
	}
	if _, err := Replace([]byte(record), map[string]string{"/nothing": "x"}); err == nil {
		t.Error("a value that is not there was replaced")
	}
	names := []string{}
	for _, l := range Leaves([]byte(record)) {
		names = append(names, l.Name)
	}
	if want := []string{"name", "n", "ok", "gone", "a/b, lines 1, sku", "a/b, lines 2"}; !reflect.DeepEqual(names, want) {
		t.Errorf("names %q", names)
	}
}

func FuzzReplace(f *testing.F) {
	for _, s := range []string{`{"a":1,"a":"x","b":[{"c":null}]}`, `{"a":{"b":"` + "\\u00e9" + `"}}`, `[1]`, `{`, `{"a":1}{"b":2}`} {
		f.Add([]byte(s), "y")
	}
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		for _, l := range Leaves(data) {
			if l.Pointer == "" || l.from >= l.to || l.to > len(data) {
				t.Fatalf("leaf %+v of %q", l, data)
			}
			same, err := Replace(data, map[string]string{l.Pointer: l.Text})
			if err == nil && string(same) != string(data) {
				t.Fatalf("the same value changed %q to %q", data, same)
			}
			other, err := Replace(data, map[string]string{l.Pointer: text})
			if err == nil && json.Valid(data) && !json.Valid(other) {
				t.Fatalf("%q with %s = %q is %q", data, l.Pointer, text, other)
			}
		}
	})
}
