package form

import (
	"strings"

	"hookbird/core"
)

// maxDigits is how many digits a number can have.
const maxDigits = 100

// number reads a number as people write them, with a point or a comma in front of
// the decimals, and with spaces, apostrophes, points or commas between thousands. It
// gives the number as JSON has it, with every digit that was typed.
func number(_ core.Input, text string) ([]byte, *core.Error) {
	rest, sign := text, ""
	for _, minus := range []string{"-", "\u2212", "+"} {
		if after, ok := strings.CutPrefix(rest, minus); ok {
			rest = after
			if minus != "+" {
				sign = "-"
			}
			break
		}
	}
	whole, decimals, err := parts(strings.TrimLeft(rest, " "))
	if err != nil {
		return nil, err
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if decimals != "" {
		decimals = "." + decimals
	}
	return []byte(sign + whole + decimals), nil
}

// parts cuts a number without sign into the digits before and behind its decimal
// mark.
func parts(text string) (whole, decimals string, err *core.Error) {
	mark, why := decimalMark(text)
	if why != nil {
		return "", "", why
	}
	whole = text
	if mark >= 0 {
		whole, decimals = text[:mark], text[mark+1:]
	}
	whole, ok := ungrouped(whole)
	if !ok || !digits(decimals) || whole == "" && decimals == "" || len(whole)+len(decimals) > maxDigits {
		return "", "", wrong("This is no number. Write one like 1234 or 12.50.")
	}
	return whole, decimals, nil
}

// decimalMark finds the point or comma that decimals stand behind, -1 if there is
// none: the last one, if it stands there once. One that three digits follow could be
// either, and nobody is to be billed a thousand times too much.
func decimalMark(text string) (int, *core.Error) {
	at := strings.LastIndexAny(text, ".,")
	if at < 0 || strings.Count(text, text[at:at+1]) > 1 {
		return -1, nil
	}
	before, after := text[:at], text[at+1:]
	alone := !strings.ContainsAny(before, ".,' \u00a0\u202f\u2019")
	if alone && len(after) == 3 && digits(after) && digits(before) && len(before) >= 1 && len(before) <= 3 && before[0] != '0' {
		return -1, wrong("This can be read as %s and as %s%s0. Write one of them.", before+after, before+text[at:at+1], after)
	}
	return at, nil
}

// groupMarks are what can stand between thousands.
var groupMarks = []string{".", ",", "'", "\u2019", " ", "\u00a0", "\u202f"}

// ungrouped takes the marks between thousands away. ok is false where they stand
// elsewhere.
func ungrouped(whole string) (plain string, ok bool) {
	for _, mark := range groupMarks {
		groups := strings.Split(whole, mark)
		if len(groups) == 1 {
			continue
		}
		for i, g := range groups {
			if !digits(g) || i > 0 && len(g) != 3 || i == 0 && (len(g) < 1 || len(g) > 3) {
				return "", false
			}
		}
		return strings.Join(groups, ""), true
	}
	return whole, digits(whole)
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }
