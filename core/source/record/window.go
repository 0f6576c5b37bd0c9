package record

import (
	"bytes"
	"io"
)

// window looks at a stream through a buffer that grows up to a limit. What
// begins at the window's start is found by scanning on for its end; what is
// longer than the limit is scanned all the same, but not kept.
type window struct {
	r        io.Reader
	buf      []byte
	from, to int // what has been read and not been used
	limit    int
	err      error // of r, io.EOF included
}

const firstWindow = 64 << 10

func newWindow(r io.Reader, limit int) *window {
	return &window{r: r, buf: make([]byte, min(firstWindow, limit+2)), limit: limit}
}

// span is a stretch of the stream. Its bytes are good until the window is used
// again; there are none if it was longer than the limit.
type span struct {
	bytes []byte
	long  bool // longer than the limit
	cut   bool // the stream ended before it did
}

// next takes the stretch that begins here. end looks at the bytes not shown to
// it yet and tells how many of them still belong to it, -1 if all do. The error
// is that of the stream; io.EOF only if nothing was left.
func (w *window) next(end func(fresh []byte) int) (span, error) {
	s := span{}
	seen := 0
	for {
		fresh := w.buf[w.from+seen : w.to]
		if n := end(fresh); n >= 0 {
			s.bytes = w.use(seen + n)
			s.long = s.long || len(s.bytes) > w.limit
			return s.trim(), nil
		}
		seen += len(fresh)
		if seen > w.limit {
			s.long = true
		}
		if s.long {
			w.use(seen)
			seen = 0
		}
		if err := w.fill(); err == io.EOF && (seen > 0 || s.long) {
			s.bytes, s.cut = w.use(seen), true
			return s.trim(), nil
		} else if err != nil {
			return span{}, err
		}
	}
}

func (s span) trim() span {
	if s.long {
		s.bytes = nil
	}
	return s
}

// use moves the window on by n bytes and gives them.
func (w *window) use(n int) []byte {
	b := w.buf[w.from : w.from+n]
	w.from += n
	return b
}

// unread moves the window back by n bytes of what next gave last.
func (w *window) unread(n int) { w.from -= n }

// fill reads more, or says why there is no more.
func (w *window) fill() error {
	if w.err != nil {
		return w.err
	}
	w.makeRoom()
	for range 100 { // a reader may give nothing a few times
		n, err := w.r.Read(w.buf[w.to:])
		w.to += n
		w.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	w.err = io.ErrNoProgress
	return w.err
}

func (w *window) makeRoom() {
	if w.from == w.to {
		w.from, w.to = 0, 0
	}
	if w.to < len(w.buf) {
		return
	}
	if w.from > 0 {
		w.to = copy(w.buf, w.buf[w.from:w.to])
		w.from = 0
		return
	}
	grown := make([]byte, 2*len(w.buf))
	w.to = copy(grown, w.buf[:w.to])
	w.buf = grown
}

// peek gives up to n bytes without using them: fewer only at the stream's end.
func (w *window) peek(n int) ([]byte, error) {
	for w.to-w.from < n {
		if err := w.fill(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return w.buf[w.from:min(w.to, w.from+n)], nil
}

// skipMark passes over a byte order mark. One stands in the middle of a file that was
// put together from several.
func (w *window) skipMark() {
	if w.from < w.to && w.buf[w.from] != utf8BOM[0] {
		return // so nearly always
	}
	if head, err := w.peek(len(utf8BOM)); err == nil && string(head) == utf8BOM { // what is wrong shows when it is read on
		w.use(len(utf8BOM))
	}
}

// lineEnd finds the end of a line, its newline included.
func lineEnd(fresh []byte) int {
	if i := bytes.IndexByte(fresh, '\n'); i >= 0 {
		return i + 1
	}
	return -1
}
