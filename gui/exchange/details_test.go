package exchange

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

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
