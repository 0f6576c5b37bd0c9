package merge

import "bytes"

// formGuide knows pairs joined by &.
type formGuide struct {
	value   bool // what is read next stands right of a =
	written bool // the same of what is written next
}

func (g *formGuide) take(rest string) (int, error) {
	switch rest[0] {
	case '&':
		g.value = false
	case '=':
		g.value = true
	}
	return 0, nil
}

func (g *formGuide) spot() (spot, error) {
	if !g.value {
		return 0, wrong(`The merge field at {at} stands where the name of a pair should. Write the name, = and then the field, or \[ where it is just text.`)
	}
	return spotForm, nil
}

// literal encodes typed text. A valid %XX stays, and line breaks around & and at
// both ends, with the spaces beside them, are only there to be read by people.
func (g *formGuide) literal(dst, text []byte, begins, ends bool) []byte {
	first := true
	for {
		pair, rest, more := bytes.Cut(text, []byte{'&'})
		if !first || begins {
			pair = cutBreak(pair, false)
		}
		if more || ends {
			pair = cutBreak(pair, true)
		}
		dst = g.pair(dst, pair)
		if !more {
			return dst
		}
		dst = append(dst, '&')
		text, first, g.written = rest, false, false
	}
}

// cutBreak cuts blanks off one end of a pair if there is a line break in them.
func cutBreak(pair []byte, end bool) []byte {
	const blanks = " \t\r\n"
	cut := bytes.TrimLeft(pair, blanks)
	gone := pair[:len(pair)-len(cut)]
	if end {
		cut = bytes.TrimRight(pair, blanks)
		gone = pair[len(cut):]
	}
	if bytes.IndexByte(gone, '\n') < 0 {
		return pair
	}
	return cut
}

// pair encodes a pair or a piece of one: its first = stays.
func (g *formGuide) pair(dst, pair []byte) []byte {
	if !g.written {
		if name, value, found := bytes.Cut(pair, []byte{'='}); found {
			dst = append(appendTyped(dst, name), '=')
			pair, g.written = value, true
		}
	}
	return appendTyped(dst, pair)
}

// appendTyped form-encodes text but for each valid %XX.
func appendTyped(dst, text []byte) []byte {
	for len(text) > 0 {
		i := bytes.IndexByte(text, '%')
		if i < 0 {
			break
		}
		dst = appendForm(dst, text[:i])
		if i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			dst = append(dst, text[i:i+3]...)
			text = text[i+3:]
			continue
		}
		dst = append(dst, "%25"...)
		text = text[i+1:]
	}
	return appendForm(dst, text)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func (g *formGuide) check(*Text, string) (int, string) { return 0, "" }
