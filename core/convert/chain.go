package convert

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// Limits of a chain.
const (
	MaxSteps  = 20       // steps of one chain
	MaxStep   = 10_000   // bytes that one step's text may have
	MaxItems  = 10_000   // parts that split makes of a text
	MaxResult = 32 << 20 // bytes that a value may grow to
)

// Chain is a list of steps that a value goes through in order. The zero Chain
// changes nothing. A Chain may be used from any goroutine.
type Chain struct {
	steps []step
	quiet bool
}

// step is one step, ready to work.
type step struct {
	kind *kind
	do   work
}

// work does what a step does to one value.
type work func(v value.Value) (value.Value, *fault)

// Parse reads the steps of a chain, each "name" or "name:argument". CodeInvalid
// with a sentence for a step that does not exist or whose argument cannot be read.
func Parse(steps []string) (Chain, error) {
	if len(steps) > MaxSteps {
		return Chain{}, wrong("These are %d steps, and a value can go through %d at most. Remove some.", len(steps), MaxSteps)
	}
	var c Chain
	for _, text := range steps {
		s, err := parseStep(text)
		if err != nil {
			return Chain{}, err
		}
		c.steps = append(c.steps, s)
	}
	return c, nil
}

func parseStep(text string) (step, error) {
	if len(text) > MaxStep {
		return step{}, wrong("A step has %d characters, and %d are allowed. Shorten it.", len(text), MaxStep)
	}
	if !utf8.ValidString(text) {
		return step{}, wrong("A step holds characters that cannot be read. Type it anew.")
	}
	name, arg, has := strings.Cut(text, ":")
	k, err := findKind(name)
	if err != nil {
		return step{}, err
	}
	do, err := k.parse(arg, has)
	if err != nil {
		return step{}, err
	}
	return step{kind: k, do: do}, nil
}

// findKind finds the kind of a step by the name in front of its colon.
func findKind(name string) (*kind, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	for i := range kinds {
		if kinds[i].Name == name {
			return &kinds[i], nil
		}
	}
	names := make([]string, len(kinds))
	for i := range kinds {
		names[i] = kinds[i].Name
	}
	if name == "" {
		return nil, wrong("A step has no name. Steps are %s.", strings.Join(names, ", "))
	}
	if meant, ok := value.Suggest(name, names); ok {
		return nil, wrong("There is no step %s. Did you mean %s?", quote(name), meant)
	}
	return nil, wrong("There is no step %s. Steps are %s.", quote(name), strings.Join(names, ", "))
}

// Apply takes v through the steps. What a step cannot convert is CodeInvalid with
// a sentence that quotes at most a short start of the value and does not name the
// field. The zero Value, which is null, stands for a missing one.
func (c Chain) Apply(v value.Value) (value.Value, error) {
	for _, s := range c.steps {
		var f *fault
		if v, f = s.do(v); f == nil && len(v.Raw()) > MaxResult {
			f = &fault{text: "becomes too long to be sent. Take out a step."}
		}
		if f != nil {
			return value.Value{}, f.error(c.quiet)
		}
	}
	return v, nil
}

// IsZero tells whether the chain has no step.
func (c Chain) IsZero() bool { return len(c.steps) == 0 }

// Quiet gives the same chain with sentences that quote nothing of the value, for
// values that hold a secret.
func (c Chain) Quiet() Chain { return Chain{steps: c.steps, quiet: true} }

// Whole tells whether a list or an object that comes out is to be sent as one
// value, which is its JSON text where fields are written as name and text.
func (c Chain) Whole() bool {
	return len(c.steps) > 0 && c.steps[len(c.steps)-1].kind.Name == "json"
}

// fault says that a step cannot convert a value: a sentence without its subject,
// which is the value.
type fault struct {
	value value.Value
	text  string
}

func (f *fault) error(quiet bool) error {
	subject := "This value"
	if text := f.value.Text(); !quiet && text != "" {
		subject = quote(text)
	}
	return core.Errorf(core.CodeInvalid, "%s %s", subject, f.text)
}

// refuse makes a fault of a value.
func refuse(v value.Value, format string, args ...any) (value.Value, *fault) {
	return value.Value{}, &fault{value: v, text: fmt.Sprintf(format, args...)}
}

func wrong(format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...)
}
