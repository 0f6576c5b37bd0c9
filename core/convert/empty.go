package convert

import (
	"hookbird/core/value"
)

// makeDefault makes the step that puts a text in place of an empty value, which a
// text of spaces is too.
func makeDefault(arg string) (work, error) {
	text := value.NewText(arg)
	return func(v value.Value) (value.Value, *fault) {
		if v.IsEmpty() || v.Kind() == value.String && trim(v.Text()) == "" {
			return text, nil
		}
		return v, nil
	}, nil
}
