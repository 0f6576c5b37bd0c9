package attempt

import (
	"bytes"
	"unicode/utf8"

	"hookbird/core/value"
)

// maxJudged is how many bytes of an answer are looked at where a webhook asks what
// it says.
const maxJudged = 64 << 10

// reply is an answer as rules look at it.
type reply struct {
	code   int
	body   []byte // its start
	more   bool   // there is more of it
	err    error  // why it ended before its end; nil if it did not
	folded []byte
	value  value.Value
	parsed bool
}

// foldedBody gives the body with all letters in one case.
func (p *reply) foldedBody() []byte {
	if p.folded == nil {
		p.folded = folded(p.body)
	}
	return p.folded
}

// json gives the body as JSON, null if it is none, or too long to be read.
func (p *reply) json() value.Value {
	if !p.parsed {
		p.parsed = true
		if !p.more && p.err == nil {
			p.value, _ = value.Parse(bytes.TrimPrefix(p.body, []byte("\ufeff")))
		}
	}
	return p.value
}

// folded gives a text with all letters in one case. Bytes that are no UTF-8 are
// taken for Latin-1.
func folded(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r := literal(text)
		out = utf8.AppendRune(out, fold(r.char))
		text = text[r.size:]
	}
	return out
}
