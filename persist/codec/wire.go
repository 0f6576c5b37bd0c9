package codec

import (
	"encoding/binary"
	"fmt"
	"time"
)

// Most bytes a varint and a text's length take.
const (
	maxVarint = binary.MaxVarintLen64
	maxLength = binary.MaxVarintLen32
)

// writer appends the parts of a payload.
type writer struct{ b []byte }

func (w *writer) byte(v byte)      { w.b = append(w.b, v) }
func (w *writer) uint(v uint64)    { w.b = binary.AppendUvarint(w.b, v) }
func (w *writer) int(v int64)      { w.b = binary.AppendVarint(w.b, v) }
func (w *writer) time(t time.Time) { w.int(Milli(t)) }

func (w *writer) text(s string) {
	w.uint(uint64(len(s)))
	w.b = append(w.b, s...)
}

// reader takes the parts of a payload off its front. After the first part that
// is not there, ok stays false and every further part is zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	v := r.b[0]
	r.b = r.b[1:]
	return v
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	return part(r, v, n)
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.b)
	return part(r, v, n)
}

// part takes the n bytes of v off the front; n is at most 0 if there was none.
func part[T any](r *reader, v T, n int) T {
	var zero T
	if n <= 0 || r.bad {
		r.fail()
		return zero
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) time() time.Time { return FromMilli(r.int()) }

func (r *reader) text() string { return string(r.bytes()) }

// bytes gives a text's bytes without copying them.
func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

// count gives a number of things that take at least one byte each.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) fail() { r.b, r.bad = nil, true }

// end tells whether all parts were there and nothing came after them.
func (r *reader) end(what string) error {
	if r.bad || len(r.b) > 0 {
		return fmt.Errorf("%w: %s does not have its parts", ErrDamaged, what)
	}
	return nil
}

// Milli gives t in Unix milliseconds, 0 for the zero time.
func Milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// FromMilli gives the time that Milli made ms of, in UTC.
func FromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
