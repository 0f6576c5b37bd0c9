package convert

import (
	"sort"
	"strings"
	"unicode"
)

// dateForm is how a date or a time is written: parts such as DD and MM with what
// stands between them.
type dateForm struct {
	text  string
	parts []formPart
}

// formPart is a part of a form: the token of something that changes, or else a
// literal text.
type formPart struct {
	token   string
	literal string
}

// tokens are what stands in a form for a part of a date, with what each is called.
// yyyy, yy and dd are read like YYYY, YY and DD.
var tokens = map[string]string{
	"YYYY": "year", "YY": "year", "yyyy": "year", "yy": "year",
	"MMMM": "month", "MMM": "month", "MM": "month", "M": "month",
	"DD": "day", "D": "day", "dd": "day", "d": "day",
	"dddd": "weekday", "ddd": "weekday",
	"HH": "hour", "H": "hour", "hh": "hour to 12", "h": "hour to 12",
	"mm": "minute", "m": "minute", "ss": "second", "s": "second",
	"S": "fraction", "SS": "fraction", "SSS": "fraction", "SSSSSS": "fraction",
	"A": "AM or PM", "a": "AM or PM", "Z": "offset", "ZZ": "offset",
}

// byLength are the tokens, the longest first.
var byLength = func() []string {
	var list []string
	for t := range tokens {
		list = append(list, t)
	}
	sort.Slice(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	return list
}()

// maxForm is how long the form of a date may be, in bytes.
const maxForm = 200

// parseDateForm reads a form such as DD/MM/YYYY. Words in it stand in single
// quotes.
func parseDateForm(text string) (*dateForm, error) {
	f := &dateForm{text: trim(text)}
	if len(f.text) > maxForm || strings.ContainsFunc(f.text, unicode.IsControl) {
		return nil, wrong("The form of a date is too long, or holds characters that cannot be seen. Write one such as DD/MM/YYYY.")
	}
	rest := f.text
	for rest != "" {
		var p formPart
		if p, rest = cutPart(rest); p.token == "" && p.literal == "" {
			return nil, wrong("%s means nothing in the form of a date. Write it with DD, MM, YYYY, HH, mm and ss, such as DD/MM/YYYY, and words in single quotes.", quote(letters(rest)))
		}
		f.parts = append(f.parts, p)
	}
	count := f.count()
	switch {
	case len(count) == 0:
		return nil, wrong("Say how the date is written, such as DD/MM/YYYY.")
	case count["minute"] > 0 && count["hour"]+count["hour to 12"] == 0:
		return nil, wrong("In the form %s, mm are minutes. Write MM for the month.", f.text)
	case (count["hour to 12"] > 0) != (count["AM or PM"] > 0):
		return nil, wrong("In the form %s, hh counts to 12 and needs A for AM or PM. Write HH for hours that count to 24.", f.text)
	}
	return f, nil
}

// cutPart cuts the first part off a form. Both are empty where letters stand that
// mean nothing; rest then begins with them.
func cutPart(text string) (p formPart, rest string) {
	if strings.HasPrefix(text, "'") {
		if inner, rest, ok := strings.Cut(text[1:], "'"); ok {
			if inner == "" {
				inner = "'"
			}
			return formPart{literal: inner}, rest
		}
		return formPart{}, text
	}
	for _, t := range byLength {
		if strings.HasPrefix(text, t) {
			return formPart{token: t}, text[len(t):]
		}
	}
	end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) && r != 'T' || r == '\'' })
	if end < 0 {
		end = len(text)
	}
	return formPart{literal: text[:end]}, text[end:]
}

// letters gives the letters that a text begins with, and a quote in front of them.
func letters(text string) string {
	if end := strings.IndexFunc(text, func(r rune) bool { return r != '\'' && !unicode.IsLetter(r) }); end >= 0 {
		return text[:end]
	}
	return text
}

// count tells how often each part stands in the form.
func (f *dateForm) count() map[string]int {
	count := map[string]int{}
	for _, p := range f.parts {
		if p.token != "" {
			count[tokens[p.token]]++
		}
	}
	return count
}

// readable says why dates cannot be read in a form in which they can be written.
func (f *dateForm) readable() error {
	var sure moment // with every part that the form has
	for part, n := range f.count() {
		if n > 1 {
			return wrong("In the form %s the %s stands twice. Take one out.", f.text, part)
		}
		sure.has |= partOf[part]
	}
	sure.year, sure.month, sure.day = 2000, 1, 1
	if !sure.fits() {
		return wrong("The form %s is not enough for a date or a time. It needs a year, a day with its month, or an hour.", f.text)
	}
	for i, p := range f.parts[1:] {
		if isNumber(f.parts[i].token) && len(f.parts[i].token) == 1 && isNumber(p.token) {
			return wrong("In the form %s nothing stands between two numbers. Write them with all digits, such as YYYYMMDD.", f.text)
		}
	}
	return nil
}

var partOf = map[string]parts{
	"year": hasYear, "month": hasMonth, "day": hasDay, "hour": hasClock, "hour to 12": hasClock, "offset": hasOffset,
}

// isNumber tells whether digits stand in the place of a token.
func isNumber(token string) bool {
	switch token {
	case "", "MMMM", "MMM", "dddd", "ddd", "A", "a", "Z", "ZZ":
		return false
	}
	return true
}
