package merge

import (
	"strconv"
	"strings"

	"hookbird/core/value"
)

// chain is the steps of a field.
type chain interface {
	Apply(v value.Value) (value.Value, error)
}

type byDefault string

func (d byDefault) Apply(v value.Value) (value.Value, error) {
	if v.IsEmpty() {
		return newText(string(d)), nil
	}
	return v, nil
}

func parseSteps(steps []string) (chain, error) {
	if text, ok := strings.CutPrefix(steps[0], "default:"); ok && len(steps) == 1 {
		return byDefault(text), nil
	}
	return nil, wrong("There is no step called %s.", steps[0])
}

func newText(text string) value.Value {
	v, err := value.Parse([]byte(strconv.Quote(text)))
	if err != nil {
		return value.Value{}
	}
	return v
}
