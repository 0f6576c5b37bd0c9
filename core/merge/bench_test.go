package merge

import (
	"strings"
	"testing"
	"time"
)

var benchTexts = []struct {
	name  string
	place Place
	text  string
}{
	{"address", Address, "https://crm.example.org/contacts/${contactNumber}?update=true&email=[Email]"},
	{"header", Header, "Bearer [secret:key]"},
	{"form", Form, "First_Name=[First Name]&Email=[Email]&address=2040 Alameda Padre Serra&key=[secret:key]&from=[Source|default:desk]"},
	{"json", JSON, `{"contact": "${contactNumber}", "name": "[First Name]", "amount": ${Amount}, "tags": ${Tags}, "note": "[Quote]"}`},
	{"xml", XML, `<contact number="[contactNumber]"><name>[First Name]</name><note>[Quote]</note></contact>`},
}

func BenchmarkAppend(b *testing.B) {
	for _, c := range benchTexts {
		b.Run(c.name, func(b *testing.B) {
			text, s := parse(b, c.text, c.place), scope(b, ada)
			dst := make([]byte, 0, 1024)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := text.Append(dst, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range benchTexts {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				parse(b, c.text, c.place)
			}
		})
	}
}

// Long texts are read in a time that grows with their length alone.
func TestLongTextsAreReadInTime(t *testing.T) {
	for _, part := range []string{
		"[", "${", `\`, `\[`, "[x]", "a=[x]&", "<a>", "<!--", "<![CDATA[", "\n", "&\n", `"`, "{", "[[", `"\"`, "%", "/.", "://", "]]>", "${x}", "[x|trim]",
	} {
		long := strings.Repeat(part, MaxText/4/len(part))
		for place := Plain; place <= Address; place++ {
			start := time.Now()
			if text, err := Parse(long, place); err == nil {
				_, _ = text.Append(nil, &Scope{})
			}
			took := time.Since(start)
			if took > 2*time.Second {
				t.Errorf("%q in place %d took %s", part, place, took)
			}
		}
	}
}
