package record

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func encode(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	text := "name;city\nJosé;Zürich\nMüller;5 €\n" + strings.Repeat("Ada;Ulm\n", 3000) + "Noël;œuvre\n"
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	late := strings.Repeat("Ada;Ulm\n", 30000) + "José;5 €\n"
	tests := map[string]struct {
		file []byte
		text string
		want Encoding
	}{
		"UTF-8":                  {[]byte(text), text, UTF8},
		"UTF-8, marked":          {[]byte(utf8BOM + text), text, UTF8},
		"UTF-16, marked":         {append([]byte{0xff, 0xfe}, encode(t, le, text)...), text, UTF16LE},
		"UTF-16 BE, marked":      {append([]byte{0xfe, 0xff}, encode(t, be, text)...), text, UTF16BE},
		"UTF-16":                 {encode(t, le, text), text, UTF16LE},
		"UTF-16 BE":              {encode(t, be, text), text, UTF16BE},
		"UTF-16, not Latin":      {encode(t, le, "名字,城市\n小明,北京\n"), "名字,城市\n小明,北京\n", UTF16LE},
		"Windows-1252":           {encode(t, charmap.Windows1252, text), text, Windows},
		"Windows-1252 late":      {encode(t, charmap.Windows1252, late), late, Windows},
		"only ASCII":             {[]byte("a,b"), "a,b", UTF8},
		"cut off in a character": {[]byte("a\xc3"), "aÃ", Windows},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, piece := range []int{1, 2, 3, 1000, len(tt.file)} {
				var d Detector
				for part := range pieces(tt.file, piece) {
					_, _ = d.Write(part)
				}
				if got, ok := d.Encoding(); got != tt.want || !ok {
					t.Fatalf("in pieces of %d: %q %v", piece, got, ok)
				}
			}
			r, err := decode(bytes.NewReader(tt.file), tt.want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if diff := cmp.Diff(tt.text, string(got)); err != nil || diff != "" {
				t.Fatal(err, diff)
			}
		})
	}
}

func pieces(b []byte, n int) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(b) > 0 {
			k := min(n, len(b))
			if !yield(b[:k]) {
				return
			}
			b = b[k:]
		}
	}
}

func TestEncodingAsked(t *testing.T) {
	tests := map[Encoding][]byte{
		UTF16:   {0xff, 0xfe, 'a', 0, '\n', 0, 0xac, 0x20},
		UTF16BE: {0, 'a', 0, '\n', 0x20, 0xac},
		Windows: []byte("a\n\x80"),
		Latin9:  []byte("a\n\xa4"),
	}
	for e, file := range tests {
		if diff := cmp.Diff([]string{`row 2 {"a":"€"}`}, all(t, bytes.NewReader(file), Options{Kind: CSV, Encoding: e})); diff != "" {
			t.Errorf("%s: %s", e, diff)
		}
	}
	if _, err := New(nil, Options{Encoding: "ebcdic"}); err == nil {
		t.Error("ebcdic is not known")
	}
}

func TestNoText(t *testing.T) {
	var d Detector
	_, _ = d.Write([]byte("PK\x03\x04\x00\x00\x00\x08\x00\x01"))
	if e, ok := d.Encoding(); ok {
		t.Errorf("a zip file is %q", e)
	}
}

func FuzzDetector(f *testing.F) {
	f.Add([]byte("a\xc3\xa9b"), 1)
	f.Add([]byte("\xf0\x9f\x90\xa6"), 3)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		if n < 1 {
			n = 1
		}
		var d Detector
		for part := range pieces(b, n) {
			_, _ = d.Write(part)
		}
		if got := !d.notUTF8 && len(d.tail) == 0; got != utf8.Valid(b) {
			t.Errorf("UTF-8: %v, standard library: %v", got, utf8.Valid(b))
		}
	})
}
