package openmetrics

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	var text Text
	text.Family("hookbird_messages", Counter, "", "Messages that were delivered.")
	text.Sample("hookbird_messages_total", 12, Label{"webhook", "crm"}, Label{"state", "on"})
	text.Family("hookbird_store_bytes", Gauge, "bytes", "Size of the file.")
	text.Sample("hookbird_store_bytes", 1.5e9)
	want := `# TYPE hookbird_messages counter
# HELP hookbird_messages Messages that were delivered.
hookbird_messages_total{webhook="crm",state="on"} 12
# TYPE hookbird_store_bytes gauge
# UNIT hookbird_store_bytes bytes
# HELP hookbird_store_bytes Size of the file.
hookbird_store_bytes 1.5e+09
# EOF
`
	if got := text.String(); got != want {
		t.Errorf("wrote\n%s\nwant\n%s", got, want)
	}
}

func TestNumbers(t *testing.T) {
	for want, v := range map[string]float64{"+Inf": math.Inf(1), "-Inf": math.Inf(-1), "NaN": math.NaN(), "0": 0, "0.25": 0.25} {
		if got := Number(v); got != want {
			t.Errorf("%v is written %q", v, got)
		}
	}
}

// Whatever a label holds, its sample stays on one line and its value can be read
// back.
func TestLabelsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		var text Text
		text.Sample("a", 1, Label{"l", value})
		line, rest, _ := strings.Cut(text.String(), "\n")
		if rest != "# EOF\n" {
			t.Fatalf("%q is on more than one line: %q", value, text.String())
		}
		quoted := strings.TrimSuffix(strings.TrimPrefix(line, "a{l="), "} 1")
		back, err := unquote(quoted)
		if err != nil || back != strings.ToValidUTF8(value, "\uFFFD") {
			t.Fatalf("%q came back as %q, %v", value, back, err)
		}
	})
}

// unquote reads a label's value as the specification says.
func unquote(s string) (string, error) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", strconv.ErrSyntax
	}
	s = s[1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return "", strconv.ErrSyntax
		case s[i] != '\\':
			b.WriteByte(s[i])
		case i+1 == len(s):
			return "", strconv.ErrSyntax
		default:
			i++
			switch s[i] {
			case 'n':
				b.WriteByte('\n')
			default:
				b.WriteByte(s[i])
			}
		}
	}
	return b.String(), nil
}
