package record

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"hookbird/core"
)

// xmlReader reads the elements of one name as records: what stands in an element
// becomes the members of an object, what comes several times a list, attributes are
// members like any other, and text beside members is called "text". Prefixes are left
// out.
type xmlReader struct {
	r       io.Reader // of bytes
	o       Options
	started bool
	err     error // that keeps it from being read on
	x       *xmlScan
	found   []string // elements that repeat, the likeliest first
	path    [][]byte // the names of the one that is read, the innermost last
	count   int
	tree    xmlTree
}

// xmlSample is how much of a file is looked at to find what repeats.
const xmlSample = 1 << 20

// Columns gives nil: there are none.
func (r *xmlReader) Columns() []string { return nil }

// Close has nothing to free.
func (r *xmlReader) Close() error { return nil }

func (r *xmlReader) Next() (Record, error) {
	if r.begin(); r.err != nil {
		return Record{}, r.err
	}
	for {
		token, err := r.x.next()
		if err == io.EOF && r.count == 0 {
			err = r.notThere()
		}
		if err != nil {
			r.err = err
			return Record{}, err
		}
		if token == xmlStart && r.isRecord() {
			return r.record()
		}
	}
}

func (r *xmlReader) begin() {
	if !r.started {
		r.started = true
		r.err = r.start()
	}
}

// start finds out how the file is written and which element repeats.
func (r *xmlReader) start() error {
	text, err := r.text()
	if err != nil {
		return err
	}
	element := r.o.Element
	if element == "" {
		sample := make([]byte, xmlSample)
		n, err := io.ReadFull(text, sample)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return err
		}
		r.found = repeated(sample[:n])
		text = io.MultiReader(bytes.NewReader(sample[:n]), text)
		if len(r.found) > 0 {
			element = r.found[0]
		}
	}
	for name := range strings.SplitSeq(element, "/") {
		r.path = append(r.path, []byte(strings.TrimSpace(name[strings.IndexByte(name, ':')+1:])))
	}
	r.x = newXMLScan(text)
	return nil
}

// text gives the file in UTF-8, by what it says about itself unless somebody said
// otherwise.
func (r *xmlReader) text() (io.Reader, error) {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r.r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	head = head[:n]
	all := io.MultiReader(bytes.NewReader(head), r.r)
	if r.o.Encoding != "" {
		return decode(all, r.o.Encoding)
	}
	label := declared(head)
	switch {
	case label == "" || strings.EqualFold(label, "utf-8"):
		return decode(all, UTF8)
	case label == string(UTF16LE) || label == string(UTF16BE):
		return decode(all, Encoding(label))
	}
	e, _ := charset.Lookup(label)
	if e == nil {
		return nil, core.Errorf(core.CodeInvalid, "It says that its encoding is %q, which is not known. Have it written in UTF-8.", shorten(label))
	}
	return e.NewDecoder().Reader(all), nil
}

// declared is the encoding by the byte order mark, by where NULs stand, or that the
// first line names.
func declared(head []byte) string {
	var d Detector
	_, _ = d.Write(head) // never fails
	if e, ok := d.Encoding(); ok && (e == UTF16LE || e == UTF16BE) {
		return string(e)
	}
	line, _, ok := bytes.Cut(bytes.TrimPrefix(head, []byte(utf8BOM)), []byte("?>"))
	if !ok || !bytes.HasPrefix(line, []byte("<?xml")) || bytes.HasPrefix(head, []byte(utf8BOM)) {
		return ""
	}
	for attrs := line[len("<?xml"):]; ; {
		name, val, rest, ok := attr(attrs)
		if !ok {
			return ""
		}
		if string(name) == "encoding" {
			return string(val)
		}
		attrs = rest
	}
}

func shorten(text string) string {
	const most = 40
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// isRecord tells whether the element that has begun is the one that repeats.
func (r *xmlReader) isRecord() bool {
	open := len(r.x.ends)
	if len(r.path) > open {
		return false
	}
	for i := range r.path {
		if !bytes.Equal(local(r.x.element(open-1-i)), r.path[len(r.path)-1-i]) {
			return false
		}
	}
	return true
}

// element is the name of an open element, the outermost being 0.
func (s *xmlScan) element(i int) []byte {
	begin := 0
	if i > 0 {
		begin = s.ends[i-1]
	}
	return s.open[begin:s.ends[i]]
}

func (r *xmlReader) notThere() error {
	switch {
	case r.o.Element == "":
		return core.Errorf(core.CodeInvalid, "There is no element in it that could be a record.")
	case len(r.found) > 0:
		return core.Errorf(core.CodeInvalid, "There is no element %q in it. It has %s.", r.o.Element, listed(r.found))
	}
	return core.Errorf(core.CodeInvalid, "There is no element %q in it. Choose the one that stands for a record.", r.o.Element)
}

// record reads an element to its end.
func (r *xmlReader) record() (Record, error) {
	r.count++
	line := r.x.line
	long, err := r.tree.read(r.x, r.o.Limit)
	if err != nil {
		r.err = err
		return Record{}, err
	}
	if long {
		return Record{}, tooLong(line, r.o.Limit)
	}
	data := r.tree.object()
	switch {
	case len(data) > r.o.Limit:
		return Record{}, tooLong(line, r.o.Limit)
	case !utf8.Valid(data):
		return Record{}, &Bad{Line: line, Text: "This record is not written in the encoding that the file says, so it was left out."}
	}
	return Record{Data: data, Place: fmt.Sprintf("record %d", r.count)}, nil
}
