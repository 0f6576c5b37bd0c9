// Package people knows a person by values that somebody typed (an e-mail address, a
// number, a name) and tells whether a record is theirs. It holds nothing on disk.
//
// It must not know where records are kept, nor how they are removed.
package people

import (
	"bytes"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/source"
)

// What a value needs at least, so that it does not stand in nearly every record.
const (
	minLetters = 3
	minDigits  = 5
	maxValues  = 50
)

// Person is known by values, any of which makes a record theirs. It never changes, so
// any goroutine may use it.
type Person struct {
	values  map[string]bool // as Plain gives them
	lengths map[int]bool    // theirs, in bytes
	texts   [][]byte        // in small letters, for texts that may hold one
}

// New makes a Person of values, one a line. CodeInvalid: there are none, or one
// would be found nearly everywhere.
func New(text string) (*Person, error) {
	p := &Person{values: map[string]bool{}, lengths: map[int]bool{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		plain := Plain(line)
		if isDigits(plain) && len(plain) < minDigits || len([]rune(plain)) < minLetters {
			return nil, core.Errorf(core.CodeInvalid, "“%s” is too short: it would be found in records of others. Type a whole e-mail address, number or name.", line)
		}
		p.values[plain], p.lengths[len(plain)] = true, true
		p.texts = append(p.texts, bytes.ToLower([]byte(line)))
	}
	switch {
	case len(p.values) == 0:
		return nil, core.Errorf(core.CodeInvalid, "Type an e-mail address, a number or a name of the person, one a line.")
	case len(p.values) > maxValues:
		return nil, core.Errorf(core.CodeInvalid, "Look for at most %d values at once.", maxValues)
	}
	return p, nil
}

// Values gives what the person is known by, as Plain gives it, in order.
func (p *Person) Values() []string {
	var all []string
	for v := range p.values {
		all = append(all, v)
	}
	slices.Sort(all)
	return all
}

// Has tells whether one of the values of a record is one of the person's. data is
// JSON.
func (p *Person) Has(data []byte) (found bool) {
	source.Texts(data, func(text string) { found = found || p.Is(text) })
	return found
}

// Is tells whether a text is one of the values.
func (p *Person) Is(text string) bool {
	if n, ok := plainLength(text); ok && !p.lengths[n] {
		return false // which is how nearly all end
	}
	return p.values[Plain(text)]
}

// plainLength is how long Plain makes a text, in bytes, where that can be told without
// making it.
func plainLength(text string) (n int, ok bool) {
	digits, number, gap := 0, true, true // gap: a space here would not count
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 0x80:
			return 0, false
		case c >= '0' && c <= '9':
			digits++
		case c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r':
			return 0, false
		case c != ' ' && c != '+' && c != '-' && c != '/' && c != '.' && c != '(' && c != ')':
			number = false
		}
		if text[i] != ' ' || !gap {
			n++
		}
		gap = text[i] == ' '
	}
	if n > 0 && gap {
		n--
	}
	if number && digits >= minDigits {
		return digits, true
	}
	return n, true
}

// Within tells whether a text holds one of the values as they were typed, whatever
// their case: an answer that repeats an address, for example.
func (p *Person) Within(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	lower := bytes.ToLower(text)
	return slices.ContainsFunc(p.texts, func(t []byte) bool { return bytes.Contains(lower, t) })
}

// Plain gives a value as values are compared: in small letters, with single spaces,
// and a number as its digits alone.
func Plain(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	digits := make([]byte, 0, len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case !strings.ContainsRune(" +-/.()", rune(c)):
			return text
		}
	}
	if len(digits) < minDigits {
		return text
	}
	return string(digits)
}

func isDigits(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Hashed knows people by keyed hashes of their values alone.
type Hashed struct {
	sums map[[16]byte]bool
	hash func(value string) [16]byte
}

// NewHashed makes a Hashed. hash is the keyed hash that the sums were made with.
func NewHashed(sums [][16]byte, hash func(value string) [16]byte) *Hashed {
	h := &Hashed{sums: map[[16]byte]bool{}, hash: hash}
	for _, s := range sums {
		h.sums[s] = true
	}
	return h
}

// Has tells whether one of the values of a record is one of theirs.
func (h *Hashed) Has(data []byte) (found bool) {
	source.Texts(data, func(text string) { found = found || h.sums[h.hash(Plain(text))] })
	return found
}
