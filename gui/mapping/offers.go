package mapping

import (
	"strings"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/convert"
	"hookbird/core/value"
)

// placeholder is what to type behind a step's colon.
func placeholder(kind convert.Step) string {
	switch kind.Argument {
	case convert.CountArgument:
		return "A number, such as 2"
	case convert.DateArgument:
		return "DD/MM/YYYY"
	case convert.NumberArgument:
		return "1.234,56"
	case convert.CountryArgument:
		return "FR"
	case convert.WordsArgument:
		return "Yes/No"
	case convert.TimeZoneArgument:
		return "Europe/Paris"
	case convert.ListArgument:
		return "Mme=F, M.=M, *=X"
	default:
		return "Type it exactly, with its spaces"
	}
}

// dateForms are forms that other systems ask for.
var dateForms = []string{"DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "DD.MM.YYYY", "DD-MM-YYYY", "YYYYMMDD", "YYYY/MM/DD", "YYYY"}

// countries are those that are offered; every other can be typed.
var countries = []control.SampleField{
	{Path: "AT", Value: "Austria"},
	{Path: "AU", Value: "Australia"},
	{Path: "BE", Value: "Belgium"},
	{Path: "BR", Value: "Brazil"},
	{Path: "CA", Value: "Canada"},
	{Path: "CH", Value: "Switzerland"},
	{Path: "CZ", Value: "Czechia"},
	{Path: "DE", Value: "Germany"},
	{Path: "DK", Value: "Denmark"},
	{Path: "ES", Value: "Spain"},
	{Path: "FI", Value: "Finland"},
	{Path: "FR", Value: "France"},
	{Path: "GB", Value: "United Kingdom"},
	{Path: "GR", Value: "Greece"},
	{Path: "IE", Value: "Ireland"},
	{Path: "IN", Value: "India"},
	{Path: "IT", Value: "Italy"},
	{Path: "LU", Value: "Luxembourg"},
	{Path: "MX", Value: "Mexico"},
	{Path: "NL", Value: "Netherlands"},
	{Path: "NO", Value: "Norway"},
	{Path: "NZ", Value: "New Zealand"},
	{Path: "PL", Value: "Poland"},
	{Path: "PT", Value: "Portugal"},
	{Path: "SE", Value: "Sweden"},
	{Path: "US", Value: "United States"},
	{Path: "ZA", Value: "South Africa"},
}

var zones = []string{
	"UTC", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Zurich", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw", "Europe/Athens",
	"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto", "America/Sao_Paulo",
	"Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
}

// readers are the steps that say how the records write what another step writes
// anew.
var readers = map[string]string{"date": "from", "numeral": "number"}

// isReader tells whether a step says how the records write something.
func isReader(name string) bool { return name == "from" || name == "number" }

// offers lists what can stand behind the colon of the draft's step i, each with
// what it makes of the example, or what it is.
func (d *stepsDialog) offers(i int, kind convert.Step) []control.SampleField {
	switch kind.Argument {
	case convert.DateArgument:
		if isReader(kind.Name) {
			return d.tried(i, kind, convert.DateForms(d.values(i)))
		}
		return d.tried(i, kind, dateForms)
	case convert.NumberArgument:
		if isReader(kind.Name) {
			return d.tried(i, kind, convert.NumberForms(d.values(i)))
		}
		return d.tried(i, kind, convert.NumberForms(nil)) // all of them
	case convert.CountryArgument:
		return countries
	case convert.TimeZoneArgument:
		return d.tried(i, kind, zones)
	default:
		return nil
	}
}

// tried shows what the example becomes with each argument.
func (d *stepsDialog) tried(i int, kind convert.Step, args []string) []control.SampleField {
	offers := make([]control.SampleField, len(args))
	for n, arg := range args {
		draft := *d.draft
		draft.Convert = append(draft.Convert[:i:i], kind.Name+":"+arg)
		text, err := d.table.page.Examples().Sent(&draft)
		if err != nil {
			text = ""
		}
		offers[n] = control.SampleField{Path: arg, Value: text}
	}
	return offers
}

// values lists what comes to the draft's step i, of all records.
func (d *stepsDialog) values(i int) []string {
	e := d.table.page.Examples()
	if d.draft.Kind != core.FieldFrom {
		draft := *d.draft
		draft.Convert = draft.Convert[:i]
		text, err := e.Sent(&draft)
		if err != nil || text == "" {
			return nil
		}
		return []string{text}
	}
	return converted(e.Values(d.draft.Field().From), d.draft.Convert[:i])
}

// converted takes texts through steps and leaves out what does not get through.
func converted(texts, steps []string) []string {
	chain, err := convert.Parse(steps)
	if err != nil || chain.IsZero() {
		return texts
	}
	var out []string
	for _, text := range texts {
		if v, err := chain.Apply(value.NewText(text)); err == nil && !v.IsEmpty() {
			out = append(out, v.Text())
		}
	}
	return out
}

// first is what a new step begins with: what the records suggest, else nothing. A
// date or a number that cannot be read as it stands is read first.
func (d *stepsDialog) first(kind convert.Step) []string {
	i := len(d.draft.Convert)
	if kind.Argument == convert.NoArgument {
		return []string{kind.Name}
	}
	if arg := d.guess(i, kind); arg != "" {
		return append(d.reading(i, kind, arg), kind.Name+":"+arg)
	}
	if kind.Optional {
		return []string{kind.Name}
	}
	return []string{kind.Name + ":"}
}

// guess is the argument that a new step begins with, "" for none.
func (d *stepsDialog) guess(i int, kind convert.Step) string {
	switch kind.Argument {
	case convert.ListArgument:
		return printPairs(samePairs(d.values(i)))
	case convert.WordsArgument:
		if values := d.values(i); len(values) == 2 {
			return values[0] + "/" + values[1]
		}
		return ""
	case convert.DateArgument, convert.NumberArgument:
		offers := d.offers(i, kind)
		if len(offers) == 1 || len(offers) > 0 && !isReader(kind.Name) {
			return offers[0].Path
		}
	}
	return "" // several forms read the records: a person has to choose
}

// reading is the step that has to read the records before a step writes them anew,
// without its form where that can be told in more than one way. There is none where
// they can be read as they stand, or are read already.
func (d *stepsDialog) reading(i int, kind convert.Step, arg string) []string {
	reader, values := readers[kind.Name], d.values(i)
	if reader == "" || len(values) == 0 || len(converted(values[:1], []string{kind.Name + ":" + arg})) == 1 {
		return nil
	}
	for _, step := range d.draft.Convert {
		if strings.HasPrefix(step, reader+":") {
			return nil
		}
	}
	forms := convert.DateForms(values)
	if reader == "number" {
		forms = convert.NumberForms(values)
	}
	if len(forms) == 1 {
		return []string{reader + ":" + forms[0]}
	}
	return []string{reader + ":"} // to be chosen
}
