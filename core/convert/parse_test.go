package convert_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
)

func TestWrongStepsAreRefused(t *testing.T) {
	const (
		pairs = ". Write pairs with commas between them, such as values:Oui=true,Non=false."
		form  = " means nothing in the form of a date. Write it with DD, MM, YYYY, HH, mm and ss, such as DD/MM/YYYY, and words in single quotes."
		shown = " does not show how numbers are written. Write the number 1234.56 that way, such as number:1.234,56."
		words = " does not say what means yes and what means no. Write both with a slash between them, such as boolean:Oui/Non."
	)
	for step, sentence := range map[string]string{
		"dat":                                `There is no step "dat". Did you mean date?`,
		"Lowercase":                          `There is no step "lowercase". Did you mean lower?`,
		"trim:x":                             "The step trim stands alone. Remove what is behind it.",
		"date":                               "The step date needs more, such as date:DD/MM/YYYY.",
		"from":                               "The step from needs more, such as from:DD.MM.YYYY.",
		"limit":                              "The step limit needs more, such as limit:3.",
		"limit:0":                            `"0" is no number of characters. Write one from 1 up, such as limit:20.`,
		"limit:ten":                          `"ten" is no number of characters. Write one from 1 up, such as limit:20.`,
		"item:0":                             `"0" is no place in a list. Write a number from 1 up, first or last, such as item:2.`,
		"item:-1":                            `"-1" is no place in a list. Write a number from 1 up, first or last, such as item:2.`,
		"before:":                            "Say at what to cut, such as before:@.",
		"phone:France":                       `"France" is no country whose phone numbers are known. Write its two letters, such as phone:FR.`,
		"zone:Paris":                         `There is no time zone "Paris". Write one such as zone:Europe/Paris, or zone:local for that of this computer.`,
		"zone:":                              `There is no time zone "". Write one such as zone:Europe/Paris, or zone:local for that of this computer.`,
		"zone:../../etc/passwd":              `There is no time zone "../../etc/passwd". Write one such as zone:Europe/Paris, or zone:local for that of this computer.`,
		"number:12,5":                        `"12,5"` + shown,
		"number:1.234.56":                    `"1.234.56"` + shown,
		"number:1x234,56":                    `"1x234,56"` + shown,
		"number:1.234,567":                   `"1.234,567"` + shown,
		"number:1234\x00":                    `"1234 "` + shown,
		"number:1234,":                       `"1234,"` + shown,
		"boolean:Oui":                        `"Oui"` + words,
		"boolean:Oui/oui":                    `"Oui/oui"` + words,
		"boolean:/":                          `"/"` + words,
		"values:Oui":                         `The list of values stops making sense at "Oui"` + pairs,
		"values:a=b,":                        `The list of values stops making sense at ""` + pairs,
		`values:"a=b`:                        `The list of values stops making sense at ""a=b"` + pairs,
		`values:"a" b=c`:                     `The list of values stops making sense at ""a" b=c"` + pairs,
		`values:a="b" c`:                     `The list of values stops making sense at ""b" c". A text in quotes ends with a quote, and a comma comes behind it.`,
		"values:a=1,a=2":                     `"a" stands twice in the list of values. Remove one.`,
		"date:DD" + strings.Repeat("-", 200): "The form of a date is too long, or holds characters that cannot be seen. Write one such as DD/MM/YYYY.",
		"date:":                              "Say how the date is written, such as DD/MM/YYYY.",
		"date:--":                            "Say how the date is written, such as DD/MM/YYYY.",
		"date:JJ/MM/AAAA":                    `"JJ"` + form,
		"date:DD/MM/YYYY at":                 `"t"` + form,
		"date:DD 'de MM":                     `"'de"` + form,
		"date:dd/mm/yyyy":                    "In the form dd/mm/yyyy, mm are minutes. Write MM for the month.",
		"date:hh:mm":                         "In the form hh:mm, hh counts to 12 and needs A for AM or PM. Write HH for hours that count to 24.",
		"from:HH:mm A":                       "In the form HH:mm A, hh counts to 12 and needs A for AM or PM. Write HH for hours that count to 24.",
		"from:DD/DD/YYYY":                    "In the form DD/DD/YYYY the day stands twice. Take one out.",
		"from:DD YYYY":                       "The form DD YYYY is not enough for a date or a time. It needs a year, a day with its month, or an hour.",
		"from:Z":                             "The form Z is not enough for a date or a time. It needs a year, a day with its month, or an hour.",
		"from:DMYYYY":                        "In the form DMYYYY nothing stands between two numbers. Write them with all digits, such as YYYYMMDD.",
		"trim\xff":                           "A step holds characters that cannot be read. Type it anew.",
		strings.Repeat("x", 1e5):             "A step has 100000 characters, and 10000 are allowed. Shorten it.",
	} {
		_, err := convert.Parse([]string{"trim", step})
		if core.CodeOf(err) != core.CodeInvalid || err.Error() != sentence {
			t.Errorf("%.40s:\n got %v\nwant %s", step, err, sentence)
		}
	}
	for _, step := range []string{"", " :x", "frobnicate"} {
		if _, err := convert.Parse([]string{step}); err == nil || !strings.Contains(err.Error(), " Steps are trim, lower, ") {
			t.Errorf("%q: %v", step, err)
		}
	}
	if _, err := convert.Parse(make([]string, convert.MaxSteps+1)); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("too many steps: %v", err)
	}
}

func TestChainWithoutSteps(t *testing.T) {
	c := chain(t)
	if !c.IsZero() || chain(t, "trim").IsZero() {
		t.Error("a chain is zero exactly where it has no step")
	}
	good{"text", `1.10`, `"1.10"`}.check(t)
	v, err := convert.Chain{}.Apply(parsed(t, ` {"a": 1.10} `))
	if err != nil || string(v.Raw()) != `{"a": 1.10}` {
		t.Errorf("%s %v", v.Raw(), err)
	}
	if v, err := chain(t, "number").Apply(value.Value{}); err != nil || v.Kind() != value.Null {
		t.Errorf("missing: %s %v", v.Raw(), err)
	}
}

func TestQuietChainQuotesNothing(t *testing.T) {
	_, err := chain(t, "number").Quiet().Apply(value.NewText("topsecret"))
	const want = "This value is no number written like 1234.56. Correct it in the record, or choose how the numbers are written."
	if err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestControlCharactersAreNotQuoted(t *testing.T) {
	_, err := chain(t, "number").Apply(value.NewText("a\nb\u202e"))
	if err == nil || !strings.HasPrefix(err.Error(), `"a b " is`) {
		t.Error(err)
	}
}

func TestResultIsBounded(t *testing.T) {
	steps := make([]string, convert.MaxSteps)
	for i := range steps {
		steps[i] = "base64"
	}
	_, err := chain(t, steps...).Apply(value.NewText(strings.Repeat("x", 1<<20)))
	if err == nil || !strings.Contains(err.Error(), "becomes too long to be sent") || len(err.Error()) > 200 {
		t.Error(err)
	}
	if _, err := chain(t, "split").Apply(value.NewText(strings.Repeat(",", convert.MaxItems-1))); err != nil {
		t.Error(err)
	}
	_, err = chain(t, "split").Apply(value.NewText(strings.Repeat(",", convert.MaxItems)))
	if err == nil || !strings.Contains(err.Error(), "has more than 10000 parts") {
		t.Error(err)
	}
}

func TestDescribe(t *testing.T) {
	for step, want := range map[string]string{
		"date:DD/MM/YYYY": "Date as DD/MM/YYYY",
		"number":          "Number",
		"phone":           "Phone number with country code",
		"phone:FR":        "Phone number with country code, at home in FR",
		"limit:20":        "At most 20 characters",
		"date":            "Date as",
		"trim":            "Without spaces around it",
		"nonsense:x":      "nonsense:x",
	} {
		if got := convert.Describe(step); got != want {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
}

func TestFormsThatReadExamples(t *testing.T) {
	for _, tt := range []struct {
		examples, want []string
	}{
		{[]string{"22.12.2026", "", " 5.1.2026 "}, []string{"DD.MM.YYYY"}},
		{[]string{"05/12/2026"}, []string{"DD/MM/YYYY", "MM/DD/YYYY"}},
		{[]string{"05/12/2026", "22/12/2026"}, []string{"DD/MM/YYYY"}},
		{[]string{"05/12/2026", "12/22/2026"}, []string{"MM/DD/YYYY"}},
		{[]string{"22/12/2026", "12/22/2026"}, nil},
		{[]string{"12/22/2026 3:05 PM"}, []string{"MM/DD/YYYY hh:mm A"}},
		{[]string{"2026-12-22 10:00:00"}, []string{"YYYY-MM-DD HH:mm:ss"}},
		{[]string{"2026-12-22T10:00:00Z", "2026-12-22T10:00:00+01:00"}, []string{"YYYY-MM-DDTHH:mm:ssZ"}},
		{[]string{"1 mar 2026", "22 September 2026"}, []string{"DD MMM YYYY"}},
		{[]string{"20261222"}, []string{"YYYYMMDD"}},
		{[]string{"1766397600"}, []string{"unix"}},
		{[]string{"1766397600123"}, []string{"unix-ms"}},
		{[]string{"5"}, nil},
		{[]string{"hello"}, nil},
	} {
		if diff := cmp.Diff(tt.want, convert.DateForms(tt.examples)); diff != "" {
			t.Errorf("%q: %s", tt.examples, diff)
		}
	}
	for _, tt := range []struct {
		examples, want []string
	}{
		{[]string{"12,5"}, []string{"1234,56", "1.234,56", "1 234,56", "1'234,56"}},
		{[]string{"1.234,56", "7"}, []string{"1.234,56"}},
		{[]string{"1\u202f234,56"}, []string{"1 234,56"}},
		{[]string{"1’234.50"}, []string{"1'234.56"}},
		{[]string{"1.234"}, []string{"1234.56", "1.234,56", "1,234.56", "1'234.56", "1 234.56"}},
		{[]string{"12,5", "1.5"}, nil},
	} {
		if diff := cmp.Diff(tt.want, convert.NumberForms(tt.examples)); diff != "" {
			t.Errorf("%q: %s", tt.examples, diff)
		}
	}
	for _, form := range convert.DateForms(nil) {
		chain(t, "from:"+form, "date:"+form)
	}
	for _, form := range convert.NumberForms(nil) {
		chain(t, "number:"+form)
	}
}
