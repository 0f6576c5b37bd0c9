package convert_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/value"
)

func parsed(t testing.TB, json string) value.Value {
	t.Helper()
	v, err := value.Parse([]byte(json))
	if err != nil {
		t.Fatalf("%s: %v", json, err)
	}
	return v
}

func chain(t testing.TB, steps ...string) convert.Chain {
	t.Helper()
	c, err := convert.Parse(steps)
	if err != nil {
		t.Fatalf("%q: %v", steps, err)
	}
	return c
}

// good converts JSON to JSON.
type good struct{ step, in, out string }

func (g good) check(t *testing.T) {
	t.Helper()
	v, err := chain(t, strings.Split(g.step, " | ")...).Apply(parsed(t, g.in))
	if err != nil {
		t.Errorf("%s of %s: %v", g.step, g.in, err)
	} else if got := string(v.Raw()); got != g.out {
		t.Errorf("%s of %s = %s, want %s", g.step, g.in, got, g.out)
	}
}

// bad is refused with a sentence.
type bad struct{ step, in, sentence string }

func (b bad) check(t *testing.T) {
	t.Helper()
	v, err := chain(t, strings.Split(b.step, " | ")...).Apply(parsed(t, b.in))
	switch {
	case err == nil:
		t.Errorf("%s of %s = %s, want %q", b.step, b.in, v.Raw(), b.sentence)
	case core.CodeOf(err) != core.CodeInvalid || err.Error() != b.sentence:
		t.Errorf("%s of %s:\n got %s\nwant %s", b.step, b.in, err, b.sentence)
	case v.Kind() != value.Null:
		t.Errorf("%s of %s gives %s beside its sentence", b.step, b.in, v.Raw())
	}
}

func TestExamplesOfStepsAreTrue(t *testing.T) {
	for _, s := range convert.Steps() {
		if s.Title == "" || s.Help == "" || !strings.HasSuffix(s.Help, ".") {
			t.Errorf("%s is not described", s.Name)
		}
		if strings.Contains(s.Title, "…") != (s.Argument != convert.NoArgument) {
			t.Errorf("%s: the title %q does not fit its argument", s.Name, s.Title)
		}
		v, err := chain(t, s.Example.Steps...).Apply(value.NewText(s.Example.In))
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
		} else if got := v.Text(); got != s.Example.Out {
			t.Errorf("%s of %q = %q, want %q", s.Name, s.Example.In, got, s.Example.Out)
		}
		used := strings.Join(s.Example.Steps, " ")
		if !strings.Contains(used, s.Name) {
			t.Errorf("%s is not in its own example %s", s.Name, used)
		}
	}
}
