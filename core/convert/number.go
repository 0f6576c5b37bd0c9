package convert

import (
	"strings"
	"unicode/utf8"

	"hookbird/core/value"
)

// numberForm is how numbers are written: what stands between groups of three
// digits and in front of the decimals. A mark of 0 is not used.
type numberForm struct {
	group, decimal rune
	sample         string // 1234.56 in this form
}

// plainNumber is the form of a number without one stated.
var plainNumber = numberForm{decimal: '.', sample: "1234.56"}

// makeNumber makes the step that reads a number and makes a JSON number of it with
// the same digits. Its argument is the number 1234.56, or 1234, as the record
// writes it; without one only numbers like 1234.56 are read.
func makeNumber(arg string) (work, error) {
	form, err := numberFormOf("number", arg)
	if err != nil {
		return nil, err
	}
	return each(func(v value.Value) (value.Value, *fault) {
		text := trim(v.Text())
		switch {
		case v.Kind() == value.Number:
			return v, nil
		case text == "":
			return value.NewText(""), nil
		case v.Kind() == value.Bool:
			return refuse(v, "is yes or no and no number. Choose another field, or send it as it is.")
		}
		if number, ok := form.read(text); ok {
			return parsed(number), nil
		}
		return refuse(v, "is no number written like %s. Correct it in the record, or choose how the numbers are written.", form.sample)
	}), nil
}

// numberFormOf reads the argument of a step that has to do with numbers.
func numberFormOf(step, arg string) (numberForm, error) {
	if arg == "" {
		return plainNumber, nil
	}
	form, ok := parseNumberForm(arg)
	if !ok {
		return form, wrong("%s does not show how numbers are written. Write the number 1234.56 that way, such as %s:1.234,56.", quote(arg), step)
	}
	return form, nil
}

// parseNumberForm reads the number 1234.56, or 1234, written in some form.
func parseNumberForm(arg string) (f numberForm, ok bool) {
	f.sample = trim(arg)
	rest, ok := strings.CutPrefix(f.sample, "1")
	if !ok {
		return f, false
	}
	f.group, rest = cutMark(rest)
	if rest, ok = strings.CutPrefix(rest, "234"); !ok {
		return f, false
	}
	f.decimal, rest = cutMark(rest)
	return f, f.fits() && (rest == "56" || rest == "" && f.decimal == 0)
}

// cutMark cuts the character off a text that is no digit; 0 if it is one.
func cutMark(text string) (mark rune, rest string) {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || r >= '0' && r <= '9' || r == 0 {
		return 0, text
	}
	return r, text[size:]
}

// fits tells whether the marks of a form are marks that people use.
func (f numberForm) fits() bool {
	groups, decimals := ".,'’ \u00a0\u202f\u2009", ".,"
	return (f.group == 0 || strings.ContainsRune(groups, f.group)) &&
		(f.decimal == 0 || strings.ContainsRune(decimals, f.decimal)) &&
		(f.group == 0 || f.group != f.decimal)
}

// read gives the JSON number that a text in this form is.
func (f numberForm) read(text string) (number string, ok bool) {
	sign, text := cutSign(text)
	text, exponent, ok := f.cutExponent(text)
	if !ok {
		return "", false
	}
	whole, fraction := text, ""
	if f.decimal != 0 {
		whole, fraction, _ = strings.Cut(text, string(f.decimal))
	}
	if whole, ok = f.ungroup(whole); !ok || whole+fraction == "" || !isDigits(whole+fraction) {
		return "", false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction + exponent, true
}

// cutSign cuts off the sign that a number may begin with, and gives that of JSON.
func cutSign(text string) (sign, rest string) {
	for _, minus := range []string{"-", "\u2212"} {
		if rest, found := strings.CutPrefix(text, minus); found {
			return "-", rest
		}
	}
	return "", strings.TrimPrefix(text, "+")
}

// cutExponent cuts off a power of ten, which a number without groups may have.
func (f numberForm) cutExponent(text string) (digits, exponent string, ok bool) {
	at := strings.IndexAny(text, "eE")
	if at < 0 {
		return text, "", true
	}
	digits, exponent = text[:at], text[at:]
	power := strings.TrimLeft(exponent[1:], "+-")
	ok = f.group == 0 && isDigits(power) && power != "" && len(exponent)-len(power) <= 2
	return digits, exponent, ok
}

// ungroup takes the group marks out of a number's whole part. They may be left
// out, but where one stands all of them do.
func (f numberForm) ungroup(whole string) (string, bool) {
	if f.group == 0 {
		return whole, true
	}
	parts := strings.Split(alike(whole), alike(string(f.group)))
	if len(parts) == 1 {
		return whole, true
	}
	for i, part := range parts {
		if i > 0 && len(part) != 3 || i == 0 && (part == "" || len(part) > 3) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

// alike writes the marks that look the same in one way: every space as a space and
// every apostrophe as '.
func alike(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2009':
			return ' '
		case '’':
			return '\''
		default:
			return r
		}
	}, text)
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
