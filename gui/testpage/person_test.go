package testpage

import (
	"encoding/json"
	"testing"
)

func TestPersonKeepsWhatWasNotEdited(t *testing.T) {
	const data = `{"First name":"Ada <3","age":36.50,"member":true,"note":null,"tags":["a", 1],"zip":"01067","first name":"twice"}`
	p, err := readPerson([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.data()); got != data {
		t.Errorf("unedited: %s\nwant      %s", got, data)
	}
	if got := len(p.editable()); got != 6 {
		t.Errorf("%d boxes, want 6 (all but the list)", got)
	}
}

func TestPersonEdited(t *testing.T) {
	tests := []struct{ data, typed, want string }{
		{`{"a":"x"}`, "12", `{"a":"12"}`},
		{`{"a":1}`, "12", `{"a":12}`},
		{`{"a":1}`, "012", `{"a":"012"}`},
		{`{"a":1}`, "true", `{"a":"true"}`},
		{`{"a":1}`, "[1]", `{"a":"[1]"}`},
		{`{"a":true}`, "false", `{"a":false}`},
		{`{"a":true}`, "yes", `{"a":"yes"}`},
		{`{"a":null}`, "", `{"a":null}`},
		{`{"a":null}`, "now", `{"a":"now"}`},
		{`{"a":"x"}`, "", `{"a":""}`},
		{`{"a":"x"}`, `say "hi" <b>`, `{"a":"say \"hi\" <b>"}`},
	}
	for _, tt := range tests {
		p, err := readPerson([]byte(tt.data))
		if err != nil {
			t.Fatal(err)
		}
		p.editable()[0].Text = tt.typed
		if got := string(p.data()); got != tt.want {
			t.Errorf("%s with %q typed: %s, want %s", tt.data, tt.typed, got, tt.want)
		}
	}
}

func FuzzPerson(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1}`, `{"a":{"b":[null]},"a":"x"}`, `[1]`, `{"a":}`, `{"a":1`, `nul`} {
		f.Add([]byte(seed), "typed")
	}
	f.Fuzz(func(t *testing.T, data []byte, typed string) {
		p, err := readPerson(data)
		if err != nil {
			return
		}
		for _, m := range p.editable() {
			m.Text = typed
		}
		if out := p.data(); !json.Valid(out) {
			t.Errorf("%q with %q typed makes %q", data, typed, out)
		}
	})
}
