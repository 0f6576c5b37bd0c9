package attempt

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"hookbird/core"

	"pgregory.net/rapid"
)

// whole gives all of a text, masked.
func whole(m *masker, text string) string {
	return m.start([]byte(text), max(len(text)*len(core.Dots), len("…")))
}

// writer gives one character in an encoding.
type writer func(c rune) string

// all writes every character that is not among kept.
func (w writer) all(text, kept string) string {
	var b strings.Builder
	for _, c := range text {
		if strings.ContainsRune(kept, c) {
			b.WriteRune(c)
		} else {
			b.WriteString(w(c))
		}
	}
	return b.String()
}

// octets writes the bytes of a character, units its UTF-16, and number itself.
func octets(format string) writer {
	return func(c rune) (text string) {
		for _, b := range []byte(string(c)) {
			text += fmt.Sprintf(format, b)
		}
		return text
	}
}

func units(format string) writer {
	return func(c rune) (text string) {
		for _, unit := range utf16.Encode([]rune{c}) {
			text += fmt.Sprintf(format, unit)
		}
		return text
	}
}

func number(format string) writer {
	return func(c rune) string { return fmt.Sprintf(format, c) }
}

const (
	alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	printable    = alphanumeric + " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

func inJSON(text string, guarded bool) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(guarded)
	_ = encoder.Encode(text)
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(b.String(), `"`), "\n"), `"`)
}

func inXML(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// written are encodings as programs write them.
var written = map[string]func(secret string) string{
	"text":              strings.Clone,
	"upper case":        strings.ToUpper,
	"lower case":        strings.ToLower,
	"Go, JSON":          func(s string) string { return inJSON(s, true) },
	"Go, JSON as it is": func(s string) string { return inJSON(s, false) },
	"Go, query":         url.QueryEscape,
	"Go, path":          url.PathEscape,
	"Go, HTML":          html.EscapeString,
	"Go, XML":           inXML,
	"Go, quoted":        func(s string) string { return fmt.Sprintf("%q", s) },
	"Go, ASCII":         func(s string) string { return fmt.Sprintf("%+q", s) },
	".NET, JSON": func(s string) string {
		return strings.ReplaceAll(units(`\u%04X`).all(s, strings.Trim(printable, `"`)), `\u005C`, `\\`)
	},
	".NET, JSON, guarded": func(s string) string {
		escaped := units(`\u%04X`).all(s, alphanumeric+" !#$%()*,-./:;=?@[]^_{|}~")
		return strings.ReplaceAll(escaped, `\u005C`, `\\`)
	},
	"PHP, JSON": func(s string) string {
		return strings.ReplaceAll(units(`\u%04x`).all(inJSON(s, false), printable), "/", `\/`)
	},
	"PHP, JSON, guarded":    func(s string) string { return units(`\u%04X`).all(s, alphanumeric+" !#$%()*+,-./:;=?@[]^_{|}~") },
	"PHP, addslashes":       strings.NewReplacer(`'`, `\'`, `"`, `\"`, `\`, `\\`).Replace,
	"PHP, htmlspecialchars": strings.NewReplacer("&", "&amp;", "'", "&#039;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace,
	"PHP, htmlentities":     strings.NewReplacer("&", "&amp;", "'", "&apos;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "é", "&eacute;", "ß", "&szlig;", "€", "&euro;").Replace,
	"Python, html.escape":   strings.NewReplacer("&", "&amp;", "'", "&#x27;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace,
	"Python, quote":         func(s string) string { return octets("%%%02X").all(s, alphanumeric+"_.-~/") },
	"encodeURIComponent":    func(s string) string { return octets("%%%02X").all(s, alphanumeric+"-_.!~*'()") },
	"encodeURI":             func(s string) string { return octets("%%%02X").all(s, alphanumeric+"-_.!~*'();/?:@&=+$,#") },
	"URLSearchParams": func(s string) string {
		return strings.ReplaceAll(octets("%%%02X").all(s, alphanumeric+" *-._"), " ", "+")
	},
	"percent, lower case": func(s string) string { return octets("%%%02x").all(s, alphanumeric+"_.-~") },
	"percent, all of it":  func(s string) string { return octets("%%%02x").all(s, "") },
	"escape": func(s string) string {
		return strings.ReplaceAll(units("%%u%04X").all(s, alphanumeric+"@*_+-./"), "%u00", "%")
	},
	"JavaScript, \\x": func(s string) string {
		return strings.ReplaceAll(units(`\u%04x`).all(s, alphanumeric+" "), `\u00`, `\x`)
	},
	"HTML, numbers":           func(s string) string { return number("&#%d;").all(s, alphanumeric) },
	"HTML, hexadecimal":       func(s string) string { return number("&#x%x;").all(s, alphanumeric) },
	"HTML, capitals":          func(s string) string { return number("&#X%X;").all(s, "") },
	"base64":                  func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, not padded":      func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
	"base64 for addresses":    func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"base64, no pads, URL":    func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"hexadecimal":             func(s string) string { return hex.EncodeToString([]byte(s)) },
	"hexadecimal in capitals": func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"JSON in JSON":            func(s string) string { return inJSON(inJSON(s, true), true) },
	"form in JSON":            func(s string) string { return inJSON(url.QueryEscape(s), true) },
	"form in form":            func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"JSON in HTML":            func(s string) string { return html.EscapeString(inJSON(s, false)) },
	"HTML in JSON":            func(s string) string { return inJSON(html.EscapeString(s), true) },
	"HTML in form":            func(s string) string { return url.QueryEscape(html.EscapeString(s)) },
	"base64 in .NET's JSON": func(s string) string {
		return units(`\u%04X`).all(base64.StdEncoding.EncodeToString([]byte(s)), alphanumeric)
	},
}

func TestEveryEncodingIsMasked(t *testing.T) {
	secrets := []string{
		"open sesame & more", `q"u/o<t>e'é+%~*\:;=?é`, "Plain-KEY-0123456789abcdef", "p@ss~word!(*)'$,#", "€uro ß 😀 key",
		`\n\u0041%41&amp;+`, `abc\`, "abc%", "abc&", "key2024",
	}
	for name, write := range written {
		for _, secret := range secrets {
			text := write(secret)
			got := whole(newMasker([]string{secret}), `{"said":"`+text+`"}`)
			if want := `{"said":"` + core.Dots + `"}`; got != want && got != strings.Replace(want, core.Dots, `"`+core.Dots+`"`, 1) {
				t.Errorf("%s of %q: %q became %q", name, secret, text, got)
			}
		}
	}
}

func TestBase64AroundASecretIsMasked(t *testing.T) {
	for before := range 6 {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("b", before) + "Open:Sesame?" + "after"))
		got := whole(newMasker([]string{"Open:Sesame?"}), text)
		if !strings.Contains(got, core.Dots) || len(got) > len(core.Dots)+before*2+10 {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// What is none of the secret stays as it is.
func TestOtherTextsStay(t *testing.T) {
	m := newMasker([]string{"a=open sesame", `a\b&c%d`, "Grün-99", "ab", "Basic dXNlcjpodXNo"})
	for _, text := range []string{
		"", "ok", `{"a":"open","b":"sesame"}`, "a=open+sesam", "a=opensesame", "a%3Dopen sesam%", "a=open&#32;sesam&", `a=open\u0020sesa\u00`,
		"%", "%%", `\`, `\\`, `\u`, `\ud83d`, "&", "&&;", "&#;", "&#x;", "&nothing;", "%2", "%u12", "caf\u00e9 &eacute; %C3%A9",
		"AB aB %61%62", "Grun-99", "user", "b3BlbiBz", strings.Repeat("a=open sesam ", 500),
	} {
		if got := whole(m, text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// ways are all in which a character may be given back.
func ways(c rune) []string {
	list := []string{
		string(c), strings.ToUpper(string(c)), strings.ToLower(string(c)),
		octets("%%%02X")(c), octets("%%%02x")(c), units(`\u%04x`)(c), units(`\u%04X`)(c), units("%%u%04X")(c),
		number("&#%d;")(c), number("&#%05d;")(c), number("&#x%x;")(c), number("&#X%X;")(c),
	}
	if c < 0x80 {
		list = append(list, number(`\x%02x`)(c), html.EscapeString(string(c)), inJSON(string(c), true))
	}
	if sign(c) {
		list = append(list, `\`+string(c))
	}
	if c == ' ' {
		list = append(list, "+")
	}
	return list
}

var secretText = rapid.StringOfN(rapid.OneOf(
	rapid.RuneFrom([]rune(printable)),
	rapid.RuneFrom([]rune(`\%&+;#xu0425amp`)),
	rapid.RuneFrom([]rune("äÉßΣ€я日😀"))), minForms, 40, -1)

func TestAnyMixOfEncodingsIsMasked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := secretText.Draw(t, "secret")
		var text strings.Builder
		for _, c := range secret {
			text.WriteString(rapid.SampledFrom(ways(c)).Draw(t, "way"))
		}
		before := rapid.StringOf(rapid.RuneFrom([]rune("☃☂"))).Draw(t, "before")
		if got, want := whole(newMasker([]string{secret}), before+text.String()+"☃"), before+core.Dots+"☃"; got != want {
			t.Fatalf("%q, as %q, became %q", secret, text.String(), got)
		}
	})
}

// Two encodings, one over the other, each for as many characters as it likes.
func TestAnyTwoEncodingsAreMasked(t *testing.T) {
	layers := map[string]func(string) string{
		"JSON": func(s string) string { return inJSON(s, true) }, "query": url.QueryEscape, "path": url.PathEscape, "HTML": html.EscapeString,
		"HTML by numbers": func(s string) string { return number("&#x%x;").all(s, alphanumeric) },
		"JSON in ASCII":   func(s string) string { return units(`\u%04x`).all(s, alphanumeric) },
		"XML":             inXML,
	}
	var names []string
	for name := range layers {
		names = append(names, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		secret := secretText.Draw(t, "secret")
		inner, outer := rapid.SampledFrom(names).Draw(t, "inner"), rapid.SampledFrom(names).Draw(t, "outer")
		text := layers[outer](layers[inner](secret))
		if got := whole(newMasker([]string{secret}), "☃"+text+"☃"); got != "☃"+core.Dots+"☃" {
			t.Fatalf("%q, as %q, became %q", secret, text, got)
		}
	})
}

func TestNothingElseIsMasked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := secretText.Draw(t, "secret") + "☃"
		text := rapid.StringOf(rapid.RuneFrom([]rune(`\%&+;#xu04amp "{}:,äÉ😀`))).Draw(t, "text")
		if got := whole(newMasker([]string{secret}), text); got != text {
			t.Fatalf("with %q, %q became %q", secret, text, got)
		}
	})
}

// A secret that goes on after the last byte that is looked at is masked, however
// long it is and wherever it begins.
func TestSecretLongerThanWhatIsRead(t *testing.T) {
	secret := strings.Repeat("0123456789 abcdefghij+", 64<<10/22)
	m := newMasker([]string{secret})
	for name, write := range written {
		text := strings.TrimPrefix(write(secret), `"`)
		for _, before := range []int{0, 1, 200, maxAnswer - 2} {
			raw := []byte(strings.Repeat(".", before) + text)
			got := m.start(raw[:maxAnswer+beyond], maxAnswer)
			if left := strings.Trim(got, ".•…"); left != "" {
				t.Errorf("%s after %d bytes: %q is left", name, before, left[:min(len(left), 80)])
			}
		}
	}
}

// hard are texts and secrets that look alike at many places.
func hard() map[string]struct {
	secrets []string
	text    string
} {
	long := strings.Repeat("0123456789 abcdefghij+", 64<<10/22)
	many := make([]string, 100)
	alike := make([]string, 100)
	for i := range many {
		many[i] = fmt.Sprintf("%x-key-%d & more", i*7919, i)
		alike[i] = strings.Repeat("a", 64<<10) + fmt.Sprint(i)
	}
	size := maxAnswer + beyond - 1
	return map[string]struct {
		secrets []string
		text    string
	}{
		"plain answer":        {[]string{"open sesame & more"}, `{"id":"0123456789","status":"accepted"}`},
		"a long one":          {[]string{"open sesame & more"}, strings.Repeat(`{"id":"0123","name":"Ada"},`, 400)[:size]},
		"a long one, escaped": {[]string{"open sesame & more"}, strings.Repeat(`%7B%22id%22\u0026&#x20;\\`, 400)[:size]},
		"100 secrets":         {many, strings.Repeat(`{"id":"0123","name":"Ada"},`, 400)[:size]},
		"64 KiB secret":       {[]string{long}, strings.Repeat(long[:200]+"!", 50)[:size]},
		"100 alike":           {alike, strings.Repeat("a", size)},
		"backslashes":         {[]string{strings.Repeat(`\`, 64<<10) + "!"}, strings.Repeat(`\`, size)},
		"percents":            {[]string{strings.Repeat("%25", 20<<10) + "!"}, strings.Repeat("%25", size/3)},
		"ampersands":          {[]string{strings.Repeat("&amp;", 10<<10) + "!"}, strings.Repeat("&amp;", size/5)},
	}
}

// No answer takes long: one that would is left as dots alone. Without a bound the
// hardest would take hours; a fifth of a second is usual, and much more with the
// race detector on a busy computer.
func TestHardTextsAreBounded(t *testing.T) {
	for name, tt := range hard() {
		m := newMasker(tt.secrets)
		began := time.Now()
		got := m.start([]byte(tt.text), maxAnswer)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if got != core.Dots && !strings.HasPrefix(tt.text, strings.TrimSuffix(got, "…")) {
			t.Errorf("%s became %q", name, got)
		}
	}
}

func BenchmarkMask(b *testing.B) {
	for name, tt := range hard() {
		m := newMasker(tt.secrets)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.start([]byte(tt.text), maxAnswer)
			}
		})
	}
}
