package attempt

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/message"
)

// masker puts dots over secrets in what a target answered, in every form in
// which a program is likely to give one back.
type masker struct {
	secrets []string
	forms   [256][][]byte // by their first byte, longest first so that no form is left half
	longest int
}

// maskerFor gives the masker of a message's secrets, made again only when they
// are others than last time.
func (c *Client) maskerFor(msg *message.Message) *masker {
	if m := c.masker.Load(); m != nil && slices.Equal(m.secrets, msg.Secrets) {
		return m
	}
	m := newMasker(msg.Secrets)
	c.masker.Store(m)
	return m
}

func newMasker(secrets []string) *masker {
	m := &masker{secrets: secrets}
	seen := map[string]bool{"": true}
	for _, secret := range secrets {
		for _, part := range parts(secret) {
			for _, form := range forms(part) {
				if !seen[form] {
					seen[form] = true
					m.forms[form[0]] = append(m.forms[form[0]], []byte(form))
					m.longest = max(m.longest, len(form))
				}
			}
		}
	}
	for _, list := range m.forms {
		slices.SortFunc(list, func(a, b []byte) int { return len(b) - len(a) })
	}
	return m
}

// parts gives a secret and what of it is a secret alone: of "Bearer abc" the
// abc, of "Basic …" the user and password inside.
func parts(secret string) []string {
	list := []string{secret}
	scheme, rest, found := strings.Cut(secret, " ")
	if !found || rest == "" || strings.ContainsFunc(scheme, func(r rune) bool { return r == '=' || r == ':' }) {
		return list
	}
	list = append(list, rest)
	if plain, err := base64.StdEncoding.DecodeString(rest); err == nil && strings.EqualFold(scheme, "Basic") {
		list = append(list, string(plain))
		if _, password, ok := strings.Cut(string(plain), ":"); ok {
			list = append(list, password)
		}
	}
	return list
}

// forms gives the ways in which a text may be written: as it is, encoded for
// forms, paths, JSON and HTML, in hexadecimal and in base64.
func forms(text string) []string {
	if len(text) < minForms {
		return []string{text}
	}
	query, path := url.QueryEscape(text), url.PathEscape(text)
	list := []string{
		text,
		query, lowerEscapes(query), strings.ReplaceAll(query, "+", "%20"), lowerEscapes(strings.ReplaceAll(query, "+", "%20")),
		path, lowerEscapes(path),
		html.EscapeString(text),
		hex.EncodeToString([]byte(text)), strings.ToUpper(hex.EncodeToString([]byte(text))),
	}
	list = append(list, formEncoded(text))
	list = append(list, jsonForms(text)...)
	return append(list, base64Forms(text)...)
}

// minForms is how long a text has to be for its encodings to stand for it: those
// of a shorter one are found anywhere.
const minForms = 4

// formEncoded writes a text the way messages do, with * as it is and ~ encoded.
func formEncoded(text string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(text))
}

// lowerEscapes writes the hexadecimal digits of %XX in lower case.
func lowerEscapes(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], bytes.ToLower(b[i+1:i+3]))
			i += 2
		}
	}
	return string(b)
}

// jsonForms gives the inside of the JSON strings that a text becomes: with as
// few escapes as can be, with those that guard HTML, with slashes escaped, and
// in ASCII.
func jsonForms(text string) []string {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always can be
	guarded, _ := json.Marshal(text)
	var list []string
	for _, form := range []string{strings.TrimSpace(plain.String()), string(guarded)} {
		form = form[1 : len(form)-1]
		slashed := strings.ReplaceAll(form, "/", `\/`)
		list = append(list, form, slashed,
			escapeNonASCII(form, `\u%04x`), escapeNonASCII(slashed, `\u%04x`),
			escapeNonASCII(form, `\u%04X`), escapeNonASCII(slashed, `\u%04X`))
	}
	return list
}

func escapeNonASCII(text, format string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, format, unit)
		}
	}
	return b.String()
}

// base64Forms gives what a text looks like in base64, also in the middle of a
// longer one: there it begins at one of three places of a group, and the
// characters that it shares with its neighbours are left out.
func base64Forms(text string) []string {
	var list []string
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		whole := encoding.EncodeToString([]byte(text))
		list = append(list, whole, strings.TrimRight(whole, "="))
		for shift := range 3 {
			form := encoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + text))
			from := (shift*8 + 5) / 6
			to := (shift + len(text)) * 8 / 6
			if to-from >= minBase64 {
				list = append(list, form[from:to])
			}
		}
	}
	return list
}

// minBase64 is how long a piece of base64 has to be to stand for a secret.
const minBase64 = 6

// mask gives text with dots over every secret.
func (m *masker) mask(text string) string {
	if !m.found([]byte(text)) {
		return text
	}
	covered, _ := m.cover([]byte(text), math.MaxInt)
	return string(covered)
}

// start gives the first keep bytes of an answer, masked, and … where more
// follows. raw has to reach as far beyond keep as the longest form, or to the
// answer's end.
func (m *masker) start(raw []byte, keep int) string {
	if len(raw) == 0 {
		return ""
	}
	covered, read := raw[:min(len(raw), keep)], min(len(raw), keep)
	if m.found(raw[:min(len(raw), keep+m.longest)]) {
		covered, read = m.cover(raw, keep)
	}
	if read == len(raw) && len(covered) <= keep {
		return strings.ToValidUTF8(string(covered), "\ufffd")
	}
	whole := covered[:min(len(covered), keep-len("…"))]
	return strings.ToValidUTF8(string(wholeRunes(whole)), "\ufffd") + "…"
}

// wholeRunes drops a character at the end of text that was cut in two.
func wholeRunes(text []byte) []byte {
	for i := 1; i <= min(utf8.UTFMax, len(text)); i++ {
		if last := text[len(text)-i:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return text[:len(text)-i]
			}
			break
		}
	}
	return text
}

// found tells whether any form stands in text, which is rare.
func (m *masker) found(text []byte) bool {
	for i := range text {
		if m.at(text[i:]) > 0 {
			return true
		}
	}
	return false
}

// cover gives text with dots over every form, and how much of it was read: it
// stops once it has read or written limit bytes.
func (m *masker) cover(text []byte, limit int) (covered []byte, read int) {
	covered = make([]byte, 0, min(len(text), limit)+len(core.Dots))
	for read < min(limit, len(text)) && len(covered) < limit {
		if n := m.at(text[read:]); n > 0 {
			covered = append(covered, core.Dots...)
			read += n
			continue
		}
		covered = append(covered, text[read])
		read++
	}
	return covered, read
}

// at gives the length of the form that text begins with, or 0.
func (m *masker) at(text []byte) int {
	for _, form := range m.forms[text[0]] {
		if bytes.HasPrefix(text, form) {
			return len(form)
		}
	}
	return 0
}
