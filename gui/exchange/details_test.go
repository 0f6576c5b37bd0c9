package exchange

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"hookbird/core"
)

func TestMask(t *testing.T) {
	tests := map[string]string{
		"":                               "",
		"Ada Lovelace":                   "A… L…",
		"ada@example.org":                "a…@example.org",
		"Ada <ada@example.org>, +44 20":  "A… <a…@example.org>, +00 00",
		"75011":                          "00000",
		"2026-11-22":                     "0000-00-00",
		"Jürgen Östlund":                 "J… Ö…",
		"x":                              "x",
		"O'Neil":                         "O'N…",
		"a=ada@example.org&b=Rue de Mai": "a=a…@example.org&b=R… d… M…",
	}
	for in, want := range tests {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskLeavesNoWordAndNoDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`[A-Za-zé0-9 .,'-]{0,30}`).Draw(t, "value")
		inside := false
		for _, r := range Mask(in) {
			if unicode.IsDigit(r) && r != '0' {
				t.Fatalf("%q: a digit stands in %q", in, Mask(in))
			}
			if unicode.IsLetter(r) && inside {
				t.Fatalf("%q: two letters in a row in %q", in, Mask(in))
			}
			inside = unicode.IsLetter(r)
		}
	})
}

func example() Details {
	return Details{
		Verdict: "Supporter CRM did not accept the key",
		At:      time.Date(2026, 11, 22, 10, 45, 2, 0, time.UTC),
		Sent: &core.Shown{
			Method: "POST", Host: "crm.example.org", URL: "https://crm.example.org/hooks/catch-key",
			Headers: []string{"Content-Type: application/json", "X-Key: " + core.Dots},
			Pairs:   []core.Pair{{Name: "fname", Value: "Ada"}, {Name: "zip", Value: "75011"}, {Name: "token", Value: core.Dots, Secret: true}},
			Body:    `{"fname":"Ada"}`,
		},
		Attempt: &core.Attempt{
			Took: 310 * time.Millisecond, Code: 401, Header: []string{"Content-Type: text/plain"},
			Answer: "No Ada (ada@example.org) with zip 75011 here",
		},
	}
}

func TestDetailsAreMasked(t *testing.T) {
	text := example().Text(true)
	for _, bad := range []string{"Ada", "75011", "catch-key", "ada@"} {
		if strings.Contains(text, bad) {
			t.Errorf("masked details hold %q:\n%s", bad, text)
		}
	}
	for _, good := range []string{"Supporter CRM", "POST crm.example.org/…", "fname: A…", "token: " + core.Dots, "401 Unauthorized", "0.31 seconds", "are masked"} {
		if !strings.Contains(text, good) {
			t.Errorf("masked details lack %q:\n%s", good, text)
		}
	}
}

func TestWholeDetailsStillHideTheAddress(t *testing.T) {
	text := example().Text(false)
	if !strings.Contains(text, "fname: Ada") || !strings.Contains(text, "ada@example.org") {
		t.Errorf("whole details lack values:\n%s", text)
	}
	if strings.Contains(text, "catch-key") {
		t.Errorf("details hold the path of the address:\n%s", text)
	}
}

func TestDetailsWithoutMessageOrAnswer(t *testing.T) {
	d := Details{Verdict: "Nobody answers there.", Attempt: &core.Attempt{Detail: "connection refused"}}
	if text := d.Text(true); !strings.Contains(text, "No answer") || !strings.Contains(text, "connection refused") {
		t.Errorf("details: %s", text)
	}
}
