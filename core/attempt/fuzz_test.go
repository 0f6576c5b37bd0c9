package attempt

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core"
)

func FuzzMask(f *testing.F) {
	f.Add("the open sesame & more", "open sesame & more", 10)
	f.Add("abcabcabc", "abc", 4)
	f.Add("\xff\xfe", "\xff", 1)
	f.Add("äöü", "ö", 300)
	f.Add(`{"a":"%26amp%3B\u0026#x41;\\\ud83d\ude00"}`, "&A😀", 300)
	f.Add(strings.Repeat(`\`, 2000), strings.Repeat(`\`, 900)+"!", 300)
	f.Fuzz(func(t *testing.T, text, secret string, keep int) {
		if keep < len("…") || keep > maxAnswer || len(secret) > 1000 {
			return
		}
		m := newMasker([]string{secret})
		got := m.start([]byte(text), keep)
		if len(got) > 3*keep+len("…") || !utf8.ValidString(got) {
			t.Fatalf("%d bytes of %q: %q", keep, text, got)
		}
		if !utf8.ValidString(text) || !utf8.ValidString(secret) || strings.ContainsAny(secret, core.Dots+"\x00") || secret == "" {
			return
		}
		if left := strings.ReplaceAll(whole(m, text), core.Dots, "\x00"); strings.Contains(left, secret) {
			t.Fatalf("%q is left in %q", secret, left)
		}
	})
}
