package convert_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/value"
)

// FuzzParse reads any text as a step. What is refused is refused with a short
// sentence; what is taken works on any value.
func FuzzParse(f *testing.F) {
	for _, s := range convert.Steps() {
		for _, step := range s.Example.Steps {
			f.Add(step)
		}
	}
	for _, seed := range []string{"", ":", "date:'", "date:''", `values:"a""b"=c,*=*`, "number:1’234.56", "boolean:x/", "zone:local", "item:first", "date:\x00A"} {
		f.Add(seed)
	}
	samples := []string{`null`, `"a"`, `" 22.12.2026 "`, `1.10`, `true`, `[1,"b",[null]]`, `{"a":1}`, `"{\"a\":1}"`}
	f.Fuzz(func(t *testing.T, step string) {
		began := time.Now()
		c, err := convert.Parse([]string{step})
		if err != nil {
			checkSentence(t, err)
			return
		}
		if d := convert.Describe(step); d == "" || !utf8.ValidString(d) {
			t.Fatalf("%q is described as %q", step, d)
		}
		for _, s := range samples {
			v, _ := value.Parse([]byte(s))
			checkOutcome(t, c, v)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("%q took %s", step, took)
		}
	})
}

// FuzzApply takes any JSON through any two steps. Nothing comes out but JSON or a
// short sentence, in a time that does not explode.
func FuzzApply(f *testing.F) {
	for _, s := range convert.Steps() {
		f.Add(s.Example.Steps[0], s.Example.Steps[len(s.Example.Steps)-1], []byte(`"`+strings.ReplaceAll(s.Example.In, `"`, `\"`)+`"`))
	}
	f.Add("from:dddd, D MMMM YYYY hh:mm:ss.S A Z", "zone:Europe/Paris", []byte(`"Tuesday, 22 December 2026 10:00:00.5 PM +01:00"`))
	f.Add("split", "phone:US", []byte(`["tel:+1-202-555-0123;ext=5"]`))
	f.Fuzz(func(t *testing.T, first, second string, data []byte) {
		c, err := convert.Parse([]string{first, second})
		if err != nil || len(data) > 10_000 {
			return
		}
		v, err := value.Parse(data)
		if err != nil {
			return
		}
		began := time.Now()
		checkOutcome(t, c, v)
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("%q, %q of %q took %s", first, second, data, took)
		}
	})
}

func checkOutcome(t *testing.T, c convert.Chain, v value.Value) {
	t.Helper()
	before := string(v.Raw())
	made, err := c.Apply(v)
	if string(v.Raw()) != before {
		t.Fatalf("%s was changed to %s", before, v.Raw())
	}
	if err != nil {
		checkSentence(t, err)
		return
	}
	if _, err := value.Parse(made.Raw()); err != nil {
		t.Fatalf("%s became %s: %v", before, made.Raw(), err)
	}
}

func checkSentence(t *testing.T, err error) {
	t.Helper()
	text := err.Error()
	if core.CodeOf(err) != core.CodeInvalid || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n\x00") || !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		t.Fatalf("%q", text)
	}
	if len(text) > 1000 {
		t.Fatalf("%d bytes: %.100q", len(text), text)
	}
}
