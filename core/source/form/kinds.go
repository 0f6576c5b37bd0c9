package form

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/value"
)

// kinds read what was typed into a field, without spaces around it, and give it as
// JSON.
var kinds = map[core.InputKind]func(in core.Input, text string) ([]byte, *core.Error){
	core.InputText:   func(_ core.Input, text string) ([]byte, *core.Error) { return quoted(text), nil },
	core.InputEmail:  email,
	core.InputNumber: number,
	core.InputDate:   date,
	core.InputChoice: choice,
	core.InputYesNo:  yesNo,
}

func quoted(text string) []byte { return value.AppendQuoted(nil, text) }

// printable tells whether a text has no bytes that are no characters, and no control
// characters but those of a text.
func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	})
}

// email looks at an address as far as can be told without asking its server.
func email(_ core.Input, text string) ([]byte, *core.Error) {
	user, host, _ := strings.Cut(text, "@")
	labels := strings.Split(host, ".")
	switch {
	case len(text) > 254, len(user) > 64,
		user == "" || strings.HasPrefix(user, ".") || strings.HasSuffix(user, ".") || strings.Contains(user, ".."),
		strings.ContainsFunc(user, notInUser),
		len(labels) < 2 || slices.ContainsFunc(labels, badLabel):
		return nil, wrong("This is no email address. Write one like ada@example.org.")
	}
	return quoted(text), nil
}

// notInUser tells what cannot stand in front of the @, but in quotes, which nobody
// has.
func notInUser(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`()<>[]:;,"\@`, r)
}

// badLabel tells what cannot stand between two dots of a host.
func badLabel(label string) bool {
	return label == "" || len(label) > 63 || label[0] == '-' || strings.HasSuffix(label, "-") ||
		strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
		})
}

// dates are the forms in which a date can be typed: those that mean one day.
var dates = []string{time.DateOnly, "2.1.2006", "2006-1-2", "2. 1. 2006"}

// date gives a date as 2006-01-02.
func date(_ core.Input, text string) ([]byte, *core.Error) {
	for _, form := range dates {
		if day, err := time.Parse(form, text); err == nil {
			return quoted(day.Format(time.DateOnly)), nil
		}
	}
	return nil, wrong("This is no date that can be read. Write day, month and year like 31.12.2026, or 2026-12-31.")
}

// choice gives one of the choices, which can be typed without looking at case.
func choice(in core.Input, text string) ([]byte, *core.Error) {
	if slices.Contains(in.Choices, text) {
		return quoted(text), nil
	}
	for _, c := range in.Choices {
		if strings.EqualFold(strings.TrimSpace(c), text) {
			return quoted(c), nil
		}
	}
	return nil, wrong("This is none of the choices: %s.", list(in.Choices))
}

// list names a few of many.
func list(all []string) string {
	const most = 8
	if len(all) > most {
		return strings.Join(all[:most], ", ") + " …"
	}
	return strings.Join(all, ", ")
}

// yesNo reads yes and no in the languages that conversions know.
var yesNoSteps = func() convert.Chain {
	chain, err := convert.Parse([]string{"boolean"})
	if err != nil {
		panic(err) // it is one of its own steps
	}
	return chain
}()

func yesNo(_ core.Input, text string) ([]byte, *core.Error) {
	v, err := yesNoSteps.Apply(value.NewText(text))
	if err != nil {
		return nil, wrong("Write yes or no.")
	}
	return v.Raw(), nil
}
