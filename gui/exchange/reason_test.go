package exchange

import (
	"strings"
	"testing"
)

func TestReason(t *testing.T) {
	tests := map[string]string{
		`{"error": "invalid_key", "message": "API key not recognised"}`: "API key not recognised",
		`{"error": {"message": "No such list", "code": 12}}`:            "No such list",
		`{"errors": ["Email is missing", "x"]}`:                         "Email is missing",
		`{"errors": [{"detail": "zip is too short"}]}`:                  "zip is too short",
		`[{"message": "one"}]`:                                          "one",
		`{"error": "invalid_grant"}`:                                    "invalid_grant",
		`{"ok": true}`:                                                  "",
		`{"message": 12}`:                                               "",
		`<html>`:                                                        "",
		``:                                                              "",
	}
	for answer, want := range tests {
		if got := Reason(answer); got != want {
			t.Errorf("Reason(%s) = %q, want %q", answer, got, want)
		}
	}
}

func FuzzReason(f *testing.F) {
	f.Add(`{"errors": [{"detail": "x"}]}`)
	f.Add(`{"a":`)
	f.Fuzz(func(t *testing.T, answer string) {
		_ = Reason(answer)
		start, rest := Beginning(answer)
		if len(start)+len(rest) < len(answer)-1 {
			t.Errorf("%q is parted into %q and %q", answer, start, rest)
		}
	})
}

func TestBeginning(t *testing.T) {
	tests := []struct {
		name, text string
		start      int // bytes shown at once
	}{
		{"short", `{"ok": true}`, 12},
		{"many lines", strings.Repeat("x\n", 50), 19},
		{"long words", strings.Repeat("word ", 500), 604},
		{"one line", strings.Repeat("x", 4000), 1200},
	}
	for _, tt := range tests {
		start, rest := Beginning(tt.text)
		if len(start) != tt.start || (rest == "") != (tt.name == "short") {
			t.Errorf("%s: %d bytes shown, %d behind; want %d", tt.name, len(start), len(rest), tt.start)
		}
	}
}

func TestPretty(t *testing.T) {
	for answer, want := range map[string]string{
		"Service Unavailable\n":     "Service Unavailable",
		"\r\n  indented\r\n\r\n \n": "  indented",
		"{\"ok\": true}\n":          "{\n  \"ok\": true\n}",
		" \n":                       "",
		"":                          "",
	} {
		if got := Pretty(answer); got != want {
			t.Errorf("%q: %q, want %q", answer, got, want)
		}
	}
}
