package merge

import (
	"bytes"
	"strings"
)

// segment watches, while an address is filled in, that no part of its path that
// a value stands in becomes . or .., which would lead elsewhere.
type segment struct {
	base  int    // where the address begins
	open  int    // where the part begins; -1 while there is no value in it
	first *field // that stands in it
}

// field hears of a field that is to follow dst.
func (s *segment) field(dst []byte, f *field) {
	if f.spot == spotPath && s.open < 0 {
		s.open, s.first = s.base+bytes.LastIndexByte(dst[s.base:], '/')+1, f
	}
}

// literal hears of text that is to follow dst.
func (s *segment) literal(dst, text []byte) error {
	end := -1
	if s.open >= 0 {
		end = bytes.IndexAny(text, "/?#")
	}
	if end < 0 {
		return nil
	}
	err := s.close(dst[s.open:], text[:end])
	s.open = -1
	return err
}

// end hears that dst is all.
func (s *segment) end(dst []byte) error {
	if s.open < 0 {
		return nil
	}
	return s.close(dst[s.open:], nil)
}

// close looks at a whole segment, in two pieces.
func (s *segment) close(front, back []byte) error {
	if len(front)+len(back) > len("%2e%2e") {
		return nil
	}
	whole := strings.ReplaceAll(strings.ToLower(string(front)+string(back)), "%2e", ".")
	if whole == "." || whole == ".." {
		return wrong("With the value of %s a part of the path of the web address is just %s, which leads to another address. Nothing is sent to that.", s.first.typed(), whole)
	}
	return nil
}
