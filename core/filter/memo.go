package filter

import (
	"bytes"
	"slices"

	"hookbird/core/value"
)

// maxShort is up to which length, in bytes of JSON, a value is read anew for each
// condition.
const maxShort = 96

// memo keeps the text of the last long value that was looked at, so that many
// conditions on one field make it once. It never takes more than a few times the
// length of the longest value.
type memo struct {
	of     value.Value
	view   []byte // its text
	fold   []byte // the same folded,
	isFold bool   // once it was asked for
	space  []byte // for texts that do not stand in the record as they are
}

// text gives the text of a value; buf is for a short one, and may be nil. It holds
// until the memo or buf is used for another value.
func (m *memo) text(v value.Value, buf []byte) []byte {
	raw := v.Raw()
	if len(raw) <= maxShort {
		return v.View(buf)
	}
	if m.of == v {
		return m.view
	}
	if v.Kind() != value.String || bytes.IndexByte(raw, '\\') >= 0 {
		m.space = slices.Grow(m.space[:0], len(raw))
	}
	m.of, m.view, m.isFold = v, v.View(m.space), false
	return m.view
}

// folded gives the folded form of a text that is text(v).
func (m *memo) folded(v value.Value, text, buf []byte) []byte {
	if len(v.Raw()) <= maxShort {
		return folded(buf, text)
	}
	if !m.isFold {
		m.fold, m.isFold = folded(slices.Grow(m.fold[:0], len(text)), text), true
	}
	return m.fold
}
