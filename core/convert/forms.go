package convert

import (
	"sync"
)

// DateForms gives the forms of dates, out of those in common use, that read every
// one of the examples, for from; those at the start are more usual. Empty examples
// are passed over. Where 05/12/2026 is all there is, DD/MM/YYYY and MM/DD/YYYY both
// come back, and a person has to choose.
func DateForms(examples []string) []string {
	var fit []string
	for _, form := range commonDates() {
		if readsAll(form.read, examples) {
			fit = append(fit, form.text)
		}
	}
	return fit
}

// NumberForms gives the forms of numbers, out of those in common use, that read
// every one of the examples, for number; those at the start are more usual. Empty
// examples are passed over.
func NumberForms(examples []string) []string {
	var fit []string
	for _, text := range commonNumbers {
		form, _ := parseNumberForm(text)
		if readsAll(form.reads, examples) {
			fit = append(fit, text)
		}
	}
	return fit
}

func readsAll(reads func(text string) bool, examples []string) bool {
	for _, text := range examples {
		if text = trim(text); text != "" && !reads(text) {
			return false
		}
	}
	return true
}

func (f numberForm) reads(text string) bool {
	_, ok := f.read(text)
	return ok
}

var commonNumbers = []string{
	"1234.56", "1234,56", "1.234,56", "1,234.56", "1 234,56", "1'234.56", "1 234.56", "1'234,56",
}

// commonForm is a form in common use.
type commonForm struct {
	text string
	read func(text string) bool
}

// commonDates are the dates in common use alone and with each of the times, then
// times alone and what programs write.
var commonDates = sync.OnceValue(func() (forms []commonForm) {
	add := func(text string, fits func(text string) bool) {
		read, _, err := reader(text)
		if err != nil {
			panic(err) // they are tested
		}
		forms = append(forms, commonForm{text, func(text string) bool {
			_, ok := read(text)
			return ok && fits(text)
		}})
	}
	every := func(string) bool { return true }
	for _, clock := range []string{"", " HH:mm", " HH:mm:ss", " hh:mm A", " hh:mm:ss A"} {
		for _, date := range []string{
			"DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYY-MM-DD", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD",
			"DD MMM YYYY", "DD. MMM YYYY", "DD-MMM-YYYY", "MMM DD, YYYY", "dddd, DD MMM YYYY", "dddd, MMM DD, YYYY",
			"DD/MM/YY", "MM/DD/YY", "DD.MM.YY", "DD-MM-YY", "DD-MMM-YY",
		} {
			add(date+clock, every)
		}
	}
	for _, text := range []string{
		"YYYY-MM-DDTHH:mm:ssZ", "YYYY-MM-DDTHH:mm:ss.SSSZ", "YYYY-MM-DDTHH:mm:ss", "YYYY-MM-DDTHH:mm", "YYYY-MM-DD HH:mm:ssZ",
		"ddd, DD MMM YYYY HH:mm:ss Z", "YYYYMMDD", "DDMMYYYY", "MMDDYYYY", "MM/YYYY", "YYYY-MM", "MMM YYYY", "HH:mm", "HH:mm:ss", "hh:mm A",
	} {
		add(text, every)
	}
	add(unixSeconds, func(text string) bool { return len(text) == 9 || len(text) == 10 })
	add(unixMillis, func(text string) bool { return len(text) == 12 || len(text) == 13 })
	return forms
})
