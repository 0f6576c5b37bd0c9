package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
)

// reasonNames are what systems call the sentence in their answers, the most
// telling first.
var reasonNames = []string{"message", "error_description", "detail", "description", "reason", "title", "error", "errors"}

// Reason finds the sentence in an answer that says what was wrong: a text under
// one of the usual names, at any depth. It gives "" where there is none.
func Reason(answer string) string {
	dec := json.NewDecoder(strings.NewReader(answer))
	var v any
	if dec.Decode(&v) != nil {
		return ""
	}
	for _, name := range reasonNames {
		if text := textUnder(v, name); text != "" {
			return text
		}
	}
	return ""
}

// textUnder finds the first text under a name.
func textUnder(v any, name string) string {
	switch v := v.(type) {
	case map[string]any:
		switch text := v[name].(type) {
		case string:
			return strings.TrimSpace(text)
		case []any:
			if len(text) > 0 {
				if first, ok := text[0].(string); ok {
					return strings.TrimSpace(first)
				}
			}
		}
		for _, key := range []string{"error", "errors", "data"} {
			if text := textUnder(v[key], name); text != "" {
				return text
			}
		}
	case []any:
		if len(v) > 0 {
			return textUnder(v[0], name)
		}
	}
	return ""
}

// Pretty sets out an answer for reading: JSON on lines of its own, anything else
// as it came, without empty lines at its ends.
func Pretty(answer string) string {
	answer = strings.Trim(strings.TrimRight(answer, " \t\r\n"), "\r\n")
	var b bytes.Buffer
	if json.Indent(&b, []byte(answer), "", "  ") != nil {
		return answer
	}
	return b.String()
}

// Limits of the part of an answer that is shown at once.
const (
	shownLines = 10
	shownBytes = 600
)

// Beginning parts a long answer, at a line or a space where there is one: what is
// shown at once, and what follows.
func Beginning(text string) (start, rest string) {
	at := len(text)
	lines := 0
	for i, r := range text {
		if r == '\n' {
			lines++
		}
		if lines == shownLines || i >= shownBytes && (r == ' ' || r == '\n' || i >= 2*shownBytes) {
			at = i
			break
		}
	}
	return text[:at], strings.TrimPrefix(text[at:], "\n")
}
