package convert

import (
	"strings"

	"hookbird/core/value"
)

// makeNumeral makes the step that writes a number as a text in the form of its
// argument, with the same digits: 1.234,56 for systems that read no other.
func makeNumeral(arg string) (work, error) {
	form, err := numberFormOf("numeral", arg)
	if err != nil {
		return nil, err
	}
	return each(func(v value.Value) (value.Value, *fault) {
		text := trim(v.Text())
		if text == "" {
			return value.NewText(""), nil
		}
		number, ok := plainNumber.read(text)
		if !ok || strings.ContainsAny(number, "eE") {
			return refuse(v, "is no number written like 1234.56. Put the step number in front, which says how the numbers are written.")
		}
		if strings.Contains(number, ".") && form.decimal == 0 {
			return refuse(v, "has decimals, and a number written like %s has none. Choose another form.", form.sample)
		}
		return value.NewText(form.write(number)), nil
	}), nil
}

// write writes a JSON number without a power of ten in this form.
func (f numberForm) write(number string) string {
	sign, digits := cutSign(number)
	whole, fraction, found := strings.Cut(digits, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 && f.group != 0 {
			b.WriteRune(f.group)
		}
		b.WriteByte(whole[i])
	}
	if found {
		b.WriteRune(f.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}
