package persist

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hookbird/persist/codec"
)

func TestTextSearch(t *testing.T) {
	for _, tt := range []struct {
		data, text string
		want       bool
	}{
		{`{"name":"Ada Lovelace"}`, "ada love", true},
		{`{"name":"Ada Lovelace"}`, "ADA", true},
		{`{"name":"Ada Lovelace"}`, "adb", false},
		{`{"name":"Müller"}`, "MÜLLER", true},
		{`{"name":"M\u00fcller"}`, "müller", true},
		{`{"name":"M\u00DCLLER"}`, "Müller", true},
		{`{"name":"ΟΔΟΣ"}`, "οδος", true},
		{`{"name":"Straße"}`, "strasse", false},
		{`{"name":"\u041f\u0451\u0442\u0440"}`, "Пётр", true},
		{`{"name":"\ud83d\ude00!"}`, "😀!", true},
		{`{"name":"\ud83d!"}`, "!", true},
		{`{"name":"\u004bim"}`, "kim", true},
		{`{"name":"Kelvin sign: 300 K"}`, "300 k", true},
		{`{"url":"https:\/\/example.org"}`, "https://EXAMPLE", true},
		{`{"note":"she said \"yes\""}`, `said "yes"`, true},
		{`{"note":"a\nb"}`, "a\nb", true},
		{`{"note":"a\nb"}`, `a\nb`, true},
		{`{"path":"C:\\data"}`, `c:\data`, true},
		{`{"path":"C:\\data"}`, `c:\\data`, true},
		{`{"n":1.50}`, "1.50", true},
		{`{"n":"\u00"}`, "00", true},
		{`{}`, "x", false},
		{``, "x", false},
	} {
		if got := newTextSearch(tt.text).in([]byte(tt.data), true); got != tt.want {
			t.Errorf("%s in %s: %v", tt.text, tt.data, got)
		}
	}
}

// someLetters are those that case, escapes and lengths make hard.
var someLetters = []rune("aAbkKKsSſüÜéÉßΣσςİiıЖж😀 \"\\/\n<&1{}:")

// TestTextSearchIsRight compares with a plain search in what JSON stands for.
func TestTextSearchIsRight(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom(someLetters))
	rapid.Check(t, func(t *rapid.T) {
		value := text.Draw(t, "value")
		needle := rapid.StringOfN(rapid.SampledFrom(someLetters), 1, 3, -1).Draw(t, "needle")
		if cut := []rune(value); len(cut) > 2 && rapid.Bool().Draw(t, "from the value") {
			from := rapid.IntRange(0, len(cut)-2).Draw(t, "from")
			needle = swapCase(string(cut[from:rapid.IntRange(from+1, len(cut)).Draw(t, "to")]))
		}
		data := encoded(t, value)
		search := newTextSearch(needle)
		want := strings.Contains(foldAll(`"`+value+`"`), foldAll(needle))
		if raw := strings.Contains(needle, `\`) && strings.Contains(foldAll(string(data)), foldAll(needle)); search.in(data, true) != (want || raw) {
			t.Fatalf("%q in %s: %v", needle, data, !want)
		}
		want = strings.Contains(foldAll(value), foldAll(needle))
		if search.in([]byte(value), false) != want {
			t.Fatalf("%q in the text %q: %v", needle, value, !want)
		}
	})
}

// encoded writes a text as JSON may, with more or fewer escapes.
func encoded(t *rapid.T, text string) []byte {
	plain, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	if rapid.Bool().Draw(t, "few escapes") {
		return plain
	}
	b := []byte(`"`)
	for _, r := range text {
		switch {
		case r > 0xffff || rapid.Bool().Draw(t, "as it is"):
			one, _ := json.Marshal(string(r))
			b = append(b, one[1:len(one)-1]...)
		default:
			b = fmt.Appendf(b, `\u%04x`, r)
		}
	}
	return append(b, '"')
}

// foldAll makes texts the same that differ in case alone, one letter after the other.
func foldAll(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(slowFold(r))
	}
	return b.String()
}

func swapCase(text string) string {
	return strings.Map(func(r rune) rune {
		if up := unicode.ToUpper(r); up != r {
			return up
		}
		return unicode.ToLower(r)
	}, text)
}

func FuzzTextSearch(f *testing.F) {
	f.Add([]byte(`{"name":"M\u00fcller \ud83d\ude00 \"x\" \\"}`), "MÜLLER")
	f.Add([]byte("\\u00\xff\\"), "\xff")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		search := newTextSearch(text)
		found := search.inEvent(codec.EventLook{Data: data}) || search.inAnswers([][]byte{data})
		if text != "" && !found && utf8.Valid(data) && utf8.ValidString(text) && strings.Contains(string(data), text) && !strings.Contains(string(data), `\`) {
			t.Errorf("%q is not found in %q", text, data)
		}
	})
}

func BenchmarkTextSearch(b *testing.B) {
	for name, data := range map[string]string{
		"plain":   strings.Repeat(`{"firstname":"Ada","email":"ada.lovelace@example.org"},`, 9),
		"escaped": strings.Repeat(`{"firstname":"Zo\u00eb","email":"zoe@example.org"},`, 9),
		"accents": strings.Repeat(`{"firstname":"Zoë","email":"zoe.example@example.org"},`, 9),
	} {
		b.Run(name, func(b *testing.B) {
			search := newTextSearch("Zeppelin")
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				search.in([]byte(data), true)
			}
		})
	}
}
