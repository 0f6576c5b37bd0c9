package attempt

import (
	"encoding/base64"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/message"
)

// masker puts dots over secrets in what a target answered, in every form in
// which a program is likely to give one back.
type masker struct {
	secrets []string
	keys    [2]string    // those that were fetched besides
	forms   [256][]*form // by the low byte of their first character
}

// maskerFor gives the masker of a message's secrets and of keys that were fetched
// for it, made again only when they are others than last time.
func (c *Client) maskerFor(msg *message.Message, keys [2]string) *masker {
	if m := c.masker.Load(); m != nil && m.keys == keys && slices.Equal(m.secrets, msg.Secrets) {
		return m
	}
	m := newMasker(msg.Secrets, keys[:]...)
	m.keys = keys
	c.masker.Store(m)
	return m
}

func newMasker(secrets []string, more ...string) *masker {
	m := &masker{secrets: secrets}
	seen := map[string]bool{"": true}
	for _, secret := range slices.Concat(secrets, more) {
		for _, part := range parts(secret) {
			if seen[part] {
				continue
			}
			seen[part] = true
			for _, f := range forms(part) {
				first := byte(fold(f.chars[0]))
				m.forms[first] = append(m.forms[first], f)
			}
		}
	}
	return m
}

// Hider gives a function that puts dots where a text has one of some secrets, in any
// of the forms in which they are looked for in answers. Any goroutine may call it.
func Hider(secrets []string) func(text string) string {
	m := newMasker(secrets)
	return func(text string) string { return m.start([]byte(text), 2*len(text)+len(core.Dots)) }
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

// Bounds of what is looked at.
const (
	beyond  = 4 << 10            // bytes after the last one that is kept: a secret may go on there
	maxForm = maxAnswer + beyond // characters of a secret: no text is looked at further
	maxWork = 1 << 20            // steps in one text: a tenth of a second or so at worst
)

// start gives the first keep bytes of a text, with dots over every secret, and …
// where more follows. raw has to reach beyond bytes further than keep, or to the
// text's end; what is further than that is not looked at. Of a text that takes
// too much work to be looked through, only dots are left.
func (m *masker) start(raw []byte, keep int) string {
	if len(raw) == 0 {
		return ""
	}
	s := search{text: raw, work: maxWork, open: math.MaxInt}
	if len(raw) >= keep+beyond {
		s.text = raw[:keep+beyond]
		s.open = len(s.text) - maxReading
	}
	covered, read := m.cover(&s, keep)
	if s.work < 0 {
		return core.Dots
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

// cover gives text with dots over every secret, and how much of it was read: it
// stops once it has read or written limit bytes.
func (m *masker) cover(s *search, limit int) (covered []byte, read int) {
	covered = make([]byte, 0, min(len(s.text), limit)+len(core.Dots))
	for read < min(limit, len(s.text)) && len(covered) < limit && s.work >= 0 {
		if end := m.end(s, read); end > read {
			covered = append(covered, core.Dots...)
			read = end
			continue
		}
		covered = append(covered, s.text[read])
		read++
	}
	return covered, read
}

// end gives where the longest secret that begins at a place ends, or 0.
func (m *masker) end(s *search, place int) int {
	end := 0
	list, n := readings(s.text[place:], layers)
	for i, r := range list[:n] {
		for _, f := range m.forms[byte(fold(r.char))] {
			if i <= f.layers && f.is(0, r.char) {
				end = max(end, s.end(f, place+r.size))
			}
		}
	}
	return end
}
