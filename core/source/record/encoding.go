package record

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"hookbird/core"
)

// Encoding is how a file writes characters, by the name settings use.
type Encoding string

// The encodings. UTF16LE and UTF16BE come from detection only: settings say
// UTF16, which goes by the byte order mark and takes little endian without one.
const (
	UTF8    Encoding = "utf-8"
	UTF16   Encoding = "utf-16"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
	Windows Encoding = "windows-1252"
	Latin9  Encoding = "iso-8859-15"
)

const utf8BOM = "\xef\xbb\xbf"

// decode gives r's text as UTF-8 without a byte order mark.
func decode(r io.Reader, e Encoding) (io.Reader, error) {
	var from encoding.Encoding
	switch e {
	case "", UTF8:
		return &withoutBOM{r: r}, nil
	case UTF16, UTF16LE:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case Windows:
		from = charmap.Windows1252
	case Latin9:
		from = charmap.ISO8859_15
	default:
		return nil, core.Errorf(core.CodeInvalid, "The encoding %q is not known. Choose utf-8, utf-16, windows-1252 or iso-8859-15.", string(e))
	}
	return from.NewDecoder().Reader(r), nil
}

// withoutBOM leaves out the byte order mark of UTF-8 text.
type withoutBOM struct {
	r       io.Reader
	started bool
	head    []byte
	err     error
}

func (w *withoutBOM) Read(p []byte) (int, error) {
	if !w.started {
		w.started = true
		head := make([]byte, len(utf8BOM))
		n, err := io.ReadFull(w.r, head)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			w.err = err
		}
		w.head = bytes.TrimPrefix(head[:n], []byte(utf8BOM))
	}
	if len(w.head) > 0 {
		n := copy(p, w.head)
		w.head = w.head[n:]
		return n, nil
	}
	if w.err != nil {
		return 0, w.err
	}
	return w.r.Read(p)
}

// Detector finds out a file's encoding from all of its bytes, which are written
// to it in order, in pieces of any size. The zero Detector is ready.
type Detector struct {
	head    []byte // the first bytes
	tail    []byte // an unfinished character at the end of the last piece
	notUTF8 bool
}

const detectorHead = 4 << 10

// Write takes the next piece. It never fails.
func (d *Detector) Write(p []byte) (int, error) {
	d.head = append(d.head, p[:min(len(p), detectorHead-len(d.head))]...)
	if !d.notUTF8 {
		d.check(p)
	}
	return len(p), nil
}

func (d *Detector) check(p []byte) {
	for len(d.tail) > 0 && len(p) > 0 && !utf8.FullRune(d.tail) {
		d.tail = append(d.tail, p[0])
		p = p[1:]
	}
	if len(d.tail) > 0 && !utf8.FullRune(d.tail) {
		return
	}
	whole := len(p) - unfinished(p)
	d.notUTF8 = !utf8.Valid(d.tail) || !utf8.Valid(p[:whole])
	d.tail = append(d.tail[:0], p[whole:]...)
}

// unfinished counts the bytes of a character at the end of p that is cut off.
func unfinished(p []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		if end := p[len(p)-n:]; utf8.RuneStart(end[0]) {
			if utf8.FullRune(end) {
				return 0
			}
			return n
		}
	}
	return 0
}

// Encoding tells what was found: by the byte order mark, by where the NULs of
// 16-bit text stand, by whether it is UTF-8 throughout, else Windows-1252, in
// which every byte means something. ok is false for what is no text at all.
func (d *Detector) Encoding() (e Encoding, ok bool) {
	switch {
	case bytes.HasPrefix(d.head, []byte(utf8BOM)):
		return UTF8, true
	case bytes.HasPrefix(d.head, []byte{0xff, 0xfe}):
		return UTF16LE, true
	case bytes.HasPrefix(d.head, []byte{0xfe, 0xff}):
		return UTF16BE, true
	case bytes.IndexByte(d.head, 0) >= 0:
		return wide(d.head)
	case !d.notUTF8 && len(d.tail) == 0:
		return UTF8, true
	}
	return Windows, true
}

// wide tells the byte order of 16-bit text by its NULs: Latin characters, and the
// delimiters among others, have one in their pair, always on the same side.
func wide(head []byte) (Encoding, bool) {
	var nuls [2]int
	for i, c := range head {
		if c == 0 {
			nuls[i%2]++
		}
	}
	few := len(head) / 2 / 16
	switch {
	case nuls[1] > few && nuls[0] == 0:
		return UTF16LE, true
	case nuls[0] > few && nuls[1] == 0:
		return UTF16BE, true
	}
	return "", false
}

// Kind guesses the kind of a file whose name says nothing by how it begins.
func (d *Detector) Kind() Kind {
	text := bytes.TrimLeft(bytes.TrimPrefix(d.head, []byte(utf8BOM)), " \r\n\t")
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		return JSON
	}
	return CSV
}
