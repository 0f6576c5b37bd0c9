package record

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"

	"hookbird/core"
)

// File is a file that can be read at any place: an *os.File as an
// io.SectionReader, or bytes.
type File interface {
	io.ReaderAt
	Size() int64
}

// Bounds of a workbook, which is a zip archive: a small one may hold much.
const (
	maxDirectory = 4 << 20   // bytes that are read for the list of its parts
	maxPart      = 8 << 30   // bytes of one part
	bombFrom     = 128 << 20 // bytes from which on
	bombRatio    = 250       // a part may not be so many times as large as it is in the archive
)

// archive is an open workbook.
type archive struct {
	disk  *watched
	parts map[string]*zip.File
}

// watched remembers an error of the disk, so that it is not taken for one of the
// file.
type watched struct {
	File
	left int // bytes that may be read; -1: any number
	err  error
}

var errDirectory = errors.New("the list of the parts is too long")

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 { // a damaged list has parts before the beginning of the file
		return 0, io.ErrUnexpectedEOF
	}
	if w.left >= 0 {
		if w.left -= len(p); w.left < 0 {
			w.left = 0
			return 0, errDirectory
		}
	}
	n, err := w.File.ReadAt(p, at)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

func openArchive(f File) (*archive, error) {
	a := &archive{disk: &watched{File: f, left: maxDirectory}, parts: map[string]*zip.File{}}
	z, err := zip.NewReader(a.disk, f.Size())
	switch {
	case a.disk.err != nil:
		return nil, a.disk.err
	case errors.Is(err, errDirectory):
		return nil, core.Errorf(core.CodeInvalid, "This workbook is made of far more parts than a program would write, so it was not read.")
	case err != nil:
		return nil, core.Errorf(core.CodeInvalid, "This workbook is damaged or cut off. Copy it again, or open it and save it once more.")
	}
	a.disk.left = -1
	for _, part := range z.File {
		a.parts[part.Name] = part
	}
	return a, nil
}

// open reads a part, as text. The error says what is missing.
func (a *archive) open(name string) (*part, error) {
	f, ok := a.parts[name]
	if !ok {
		return nil, core.Errorf(core.CodeInvalid, "This workbook is damaged: a part of it (%s) is missing. Open it and save it once more.", shortName(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, a.broken(err)
	}
	p := &part{a: a, r: r, head: make([]byte, 0, 2), packed: max(min(int64(f.CompressedSize64), a.disk.Size()), 1)}
	text, err := decode(p, partEncoding(p))
	if err != nil {
		return nil, err
	}
	p.xml = newXMLScan(text)
	return p, nil
}

func (a *archive) has(name string) bool {
	_, ok := a.parts[name]
	return ok
}

// each visits the elements of a part as they begin.
func (a *archive) each(name string, visit func(s *xmlScan) error) error {
	p, err := a.open(name)
	if err != nil {
		return err
	}
	defer p.close()
	for {
		token, err := p.xml.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case token == xmlStart:
			if err := visit(p.xml); err != nil {
				return err
			}
		}
	}
}

// broken says what is wrong with a part.
func (a *archive) broken(err error) error {
	switch {
	case a.disk.err != nil:
		return a.disk.err
	case errors.Is(err, zip.ErrAlgorithm):
		return core.Errorf(core.CodeInvalid, "This workbook is packed in a way that Hookbird does not know. Open it and save it once more.")
	}
	return core.Errorf(core.CodeInvalid, "This workbook is damaged: a part of it cannot be unpacked. Copy it again, or open it and save it once more.")
}

// part is an open part of a workbook.
type part struct {
	a      *archive
	r      io.ReadCloser
	xml    *xmlScan
	packed int64
	n      int64
	head   []byte // read already
}

// partEncoding looks how a part begins: office programs write UTF-8, and are allowed
// to write UTF-16 with a byte order mark.
func partEncoding(p *part) Encoding {
	n, _ := io.ReadFull(p.r, p.head[:2]) // what is wrong shows when it is read on
	p.head = p.head[:n]
	if n == 2 && (p.head[0] == 0xff && p.head[1] == 0xfe || p.head[0] == 0xfe && p.head[1] == 0xff) {
		return UTF16
	}
	return UTF8
}

func (p *part) close() { _ = p.r.Close() } // it was only read

// Read unpacks, as far as a workbook may grow.
func (p *part) Read(b []byte) (int, error) {
	if n := copy(b, p.head); n > 0 {
		p.head = p.head[n:]
		return n, nil
	}
	n, err := p.r.Read(b)
	p.n += int64(n)
	switch {
	case p.n > maxPart || p.n > bombFrom && p.n/p.packed > bombRatio:
		return 0, core.Errorf(core.CodeInvalid, "This workbook unpacks to more than %s, which is far more than it should hold. Nothing more of it was read.", size(min(int(p.n), maxPart)>>20<<20))
	case err != nil && err != io.EOF:
		return n, p.a.broken(err)
	}
	return n, err
}

func shortName(name string) string {
	if len(name) > 60 {
		return name[:60] + "…"
	}
	return fmt.Sprintf("%q", name)
}
