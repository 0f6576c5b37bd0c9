package convert

import (
	"hookbird/core/value"
)

// True and false as values.
var (
	yes = parsed("true")
	no  = parsed("false")
)

// parsed makes a value of JSON that is known to be right.
func parsed(text string) value.Value {
	v, err := value.Parse([]byte(text))
	if err != nil {
		panic("convert: a step made " + quote(text) + " of a value")
	}
	return v
}
