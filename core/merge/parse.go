package merge

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// parser reads a text from its start to its end.
type parser struct {
	text  string
	at    int
	run   []byte // text since the last field, without the backslashes that protect
	mask  []byte // the text with each field blotted out, byte for byte, for checks
	guide guide
	done  *Text
}

// guide knows the rules of one place.
type guide interface {
	// take tells how many bytes at the start of rest are text whatever they look
	// like. 0: merge fields, and backslashes in front of them, are looked for.
	take(rest string) (int, error)
	// spot says how a value is written that stands here.
	spot() (spot, error)
	// literal appends text as it goes out. begins and ends tell whether it is
	// the beginning and the end of the whole.
	literal(dst, text []byte, begins, ends bool) []byte
	// check looks at the whole text, and at the same with its fields blotted out,
	// byte for byte. It gives the offset of what is wrong, if something is, and a
	// sentence in which {at} stands for its position.
	check(t *Text, mask string) (at int, problem string)
}

func newParser(text string, place Place) *parser {
	p := &parser{text: text, mask: []byte(text), done: &Text{text: text, place: place}}
	switch place {
	case Header:
		p.guide = headerGuide{}
	case Form:
		p.guide = &formGuide{}
	case JSON:
		p.guide = &jsonGuide{}
	case XML:
		p.guide = &xmlGuide{}
	case Address:
		p.guide = newAddressGuide(text)
	default:
		p.guide = plainGuide{}
	}
	return p
}

func (p *parser) all() error {
	for p.at < len(p.text) {
		if err := p.next(); err != nil {
			return err
		}
	}
	p.flush(nil)
	if at, problem := p.guide.check(p.done, string(p.mask)); problem != "" {
		return wrong("%s", strings.ReplaceAll(problem, "{at}", position(p.text, at)))
	}
	return nil
}

// next reads the next stretch of text, or the next field.
func (p *parser) next() error {
	rest := p.text[p.at:]
	n, err := p.guide.take(rest)
	switch {
	case err != nil:
		return err
	case n > 0:
		p.literal(n)
	case rest[0] == '\\':
		p.backslashes()
	case rest[0] == '[':
		return p.field("[", ']')
	case strings.HasPrefix(rest, "${"):
		return p.field("${", '}')
	default:
		p.literal(1)
	}
	return nil
}

func (p *parser) literal(n int) {
	p.run = append(p.run, p.text[p.at:p.at+n]...)
	p.at += n
}

// backslashes reads a row of them. In front of [ or ${ every two are one, and an
// odd one makes the bracket text; elsewhere they are what they are.
func (p *parser) backslashes() {
	rest := p.text[p.at:]
	behind := strings.TrimLeft(rest, `\`)
	n := len(rest) - len(behind)
	opener := openerOf(behind)
	if opener == "" {
		p.literal(n)
		return
	}
	p.run = append(p.run, rest[:n/2]...)
	if n%2 == 1 {
		p.mask[p.at+n-1] = 'x'
		p.run = append(p.run, opener...)
		n += len(opener)
	}
	p.at += n
}

// openerOf gives what a merge field opens with, if s begins with that.
func openerOf(s string) string {
	for _, opener := range []string{"[", "${"} {
		if strings.HasPrefix(s, opener) {
			return opener
		}
	}
	return ""
}

// field reads a merge field.
func (p *parser) field(opener string, closer byte) error {
	p.flushText()
	spot, err := p.guide.spot()
	if err != nil {
		return p.misplaced(err)
	}
	if len(p.done.fields) == MaxFields {
		return wrong("This text has too many merge fields: at most %d are allowed.", MaxFields)
	}
	inner, size, ok := cutField(p.text[p.at+len(opener):], opener, closer, spot == spotString)
	if !ok {
		return wrong(`The %s at %s does not close. Write %c behind the name of the field, or \%s where it is just text.`,
			opener, position(p.text, p.at), closer, opener)
	}
	start := p.at + len(opener)
	where := func() string { return position(p.text, p.at) }
	f, err := newField(inner, opener, p.text[p.at:start+size+1], where)
	if err != nil {
		return err
	}
	f.spot = spot
	f.at += start
	p.blot(p.at, start+size+1, spot)
	p.at = start + size + 1
	p.flush(f)
	return nil
}

// misplaced puts the position into a sentence that says that no field can stand
// where one does.
func (p *parser) misplaced(err error) error {
	return wrong("%s", strings.ReplaceAll(err.Error(), "{at}", position(p.text, p.at)))
}

// blot makes what stands between two offsets a plain word, or in JSON a value.
func (p *parser) blot(from, to int, spot spot) {
	for i := from; i < to; i++ {
		p.mask[i] = 'x'
	}
	if spot == spotValue {
		copy(p.mask[from:to], "null"+strings.Repeat(" ", to-from))
	}
}

// flushText hands the text since the last field to the guide, so that it knows
// where it is.
func (p *parser) flushText() {
	pieces := p.done.pieces
	p.done.pieces = append(pieces, piece{
		typed:   p.run,
		literal: p.guide.literal(nil, p.run, len(pieces) == 0, p.at == len(p.text)),
	})
	p.run = nil
}

// flush ends a piece.
func (p *parser) flush(f *field) {
	if f == nil {
		p.flushText()
		return
	}
	p.done.pieces[len(p.done.pieces)-1].field = f
	p.done.fields = append(p.done.fields, f)
}

// position says where an offset is, as a person counts.
func position(text string, at int) string {
	before := text[:min(at, len(text))]
	line := strings.Count(before, "\n") + 1
	character := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	if !strings.Contains(text, "\n") {
		return fmt.Sprintf("character %d", character)
	}
	return fmt.Sprintf("line %d, character %d", line, character)
}
