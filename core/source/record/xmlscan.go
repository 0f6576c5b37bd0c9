package record

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"hookbird/core"
)

// xmlScan takes XML apart in bounded memory. encoding/xml is not used because it
// keeps whatever stands between two tags in memory and takes several times as long.
//
// Tags have to match, and only the five entities that every XML file has are known:
// a file that declares others is refused, so that none can grow. Texts may come in
// pieces. Names keep their prefix.
type xmlScan struct {
	r        io.Reader
	buf      []byte
	from, to int
	err      error // of r, io.EOF included

	line  int    // of what comes next, from 1
	open  []byte // names of the elements that are open, one behind the other
	ends  []int  // where each of them ends in open
	root  bool   // the first element has begun
	empty bool   // the tag that came last is its own end

	name  []byte // of the tag that came last
	attrs []byte // what stands behind its name
	text  []byte // of the text that came last
	plain []byte // room for texts that had to be changed
}

type xmlToken int

const (
	xmlStart xmlToken = iota + 1
	xmlEnd
	xmlText
)

// Bounds of XML.
const (
	maxTag   = 1 << 20 // bytes of a tag or of the pieces of a text
	maxDepth = 100     // elements in each other: with lists between them, JSON of it is twice as deep
)

func newXMLScan(r io.Reader) *xmlScan {
	return &xmlScan{r: r, buf: make([]byte, firstWindow), line: 1}
}

// depth is how many elements are open.
func (s *xmlScan) depth() int { return len(s.ends) }

// next gives the next token: io.EOF once the first element has ended, a core.Error
// for what is no XML, and what the file's own reader returns as it is.
func (s *xmlScan) next() (xmlToken, error) {
	if s.empty {
		s.empty = false
		return xmlEnd, s.leave(s.name)
	}
	for {
		if s.from == s.to {
			if err := s.fill(); err == io.EOF {
				return 0, s.end()
			} else if err != nil {
				return 0, err
			}
		}
		if s.buf[s.from] != '<' {
			piece, err := s.takeText()
			if err != nil {
				return 0, err
			}
			if piece {
				return xmlText, nil
			}
			continue
		}
		token, err := s.markup()
		if token != 0 || err != nil {
			return token, err
		}
	}
}

// end tells whether the file may end here.
func (s *xmlScan) end() error {
	switch {
	case len(s.ends) > 0:
		return core.Errorf(core.CodeInvalid, "The file is cut off in line %d: the element %s is not closed.", s.line, s.innermost())
	case !s.root:
		return core.Errorf(core.CodeInvalid, "It is not XML: there is no element in it.")
	}
	return io.EOF
}

// innermost is the name of the element that was opened last.
func (s *xmlScan) innermost() []byte {
	begin := 0
	if n := len(s.ends); n > 1 {
		begin = s.ends[n-2]
	}
	return s.open[begin:]
}

func (s *xmlScan) wrong(text string) error {
	return core.Errorf(core.CodeInvalid, "It is not well-formed XML in line %d: %s", s.line, text)
}

// fill reads more behind what is there.
func (s *xmlScan) fill() error {
	if s.err != nil {
		return s.err
	}
	if s.from > 0 {
		s.to = copy(s.buf, s.buf[s.from:s.to])
		s.from = 0
	}
	if s.to == len(s.buf) {
		grown := make([]byte, 2*len(s.buf))
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 { // a reader may give nothing a few times
		n, err := s.r.Read(s.buf[s.to:])
		s.to += n
		s.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	s.err = io.ErrNoProgress
	return s.err
}

// use moves on by n bytes and gives them.
func (s *xmlScan) use(n int) []byte {
	b := s.buf[s.from : s.from+n]
	s.from += n
	s.line += bytes.Count(b, []byte{'\n'})
	return b
}

// need sees to it that n bytes are there, unless the file ends before.
func (s *xmlScan) need(n int) error {
	for s.to-s.from < n {
		if err := s.fill(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// takeText takes the text up to the next tag, or a piece of it. There is none
// outside of the first element, where only white space may stand.
func (s *xmlScan) takeText() (piece bool, err error) {
	n := bytes.IndexByte(s.buf[s.from:s.to], '<')
	for n < 0 && s.to-s.from < firstWindow/2 {
		if err := s.fill(); err == io.EOF {
			break
		} else if err != nil {
			return false, err
		}
		n = bytes.IndexByte(s.buf[s.from:s.to], '<')
	}
	if n < 0 {
		n = s.whole()
	}
	line := s.line
	raw := s.use(n)
	if len(s.ends) == 0 {
		if rest := bytes.TrimSpace(raw); len(rest) > 0 {
			s.line = line
			return false, s.outside(rest)
		}
		return false, nil
	}
	s.text, err = s.unescape(raw)
	return true, err
}

func (s *xmlScan) outside(rest []byte) error {
	if s.root {
		return core.Errorf(core.CodeInvalid, "Something stands behind the end of the first element, in line %d.", s.line)
	}
	r, _ := utf8.DecodeRune(rest)
	return core.Errorf(core.CodeInvalid, "It is not XML: it begins with %q in line %d, where a < must stand.", string(r), s.line)
}

// whole is how much of what is there can be taken without cutting an entity, a line
// end or a character.
func (s *xmlScan) whole() int {
	raw := s.buf[s.from:s.to]
	if s.err == io.EOF {
		return len(raw)
	}
	n := len(raw) - unfinished(raw)
	const longest = 16 // bytes of an entity
	if at := bytes.LastIndexByte(raw[:n], '&'); at > 0 && len(raw)-at < longest {
		return at
	}
	if n > 1 && raw[n-1] == '\r' {
		n--
	}
	return n
}

// markup takes what begins with "<". It gives 0 for what is neither a tag nor text.
func (s *xmlScan) markup() (xmlToken, error) {
	if err := s.need(len("<![CDATA[")); err != nil {
		return 0, err
	}
	rest := s.buf[s.from:s.to]
	switch {
	case len(rest) > 1 && rest[1] != '!' && rest[1] != '?':
		return s.tag() // so nearly always
	case bytes.HasPrefix(rest, []byte("<!--")):
		s.use(4)
		return 0, s.skip("-->", "a comment")
	case bytes.HasPrefix(rest, []byte("<?")):
		s.use(2)
		return 0, s.skip("?>", "an instruction")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.cdata()
	case bytes.HasPrefix(rest, []byte("<!")):
		return 0, s.doctype()
	}
	return s.tag()
}

// skip passes over everything up to and with mark.
func (s *xmlScan) skip(mark, what string) error {
	for {
		if n := bytes.Index(s.buf[s.from:s.to], []byte(mark)); n >= 0 {
			s.use(n + len(mark))
			return nil
		}
		if n := s.to - s.from - len(mark); n > 0 {
			s.use(n)
		}
		if err := s.fill(); err == io.EOF {
			return core.Errorf(core.CodeInvalid, "The file is cut off in line %d: %s is not closed.", s.line, what)
		} else if err != nil {
			return err
		}
	}
}

// cdata takes text in which nothing is escaped. It is small or refused.
func (s *xmlScan) cdata() (xmlToken, error) {
	if len(s.ends) == 0 {
		return 0, s.wrong("text stands outside of the first element.")
	}
	n, err := s.find(len("<![CDATA["), []byte("]]>"))
	if err != nil {
		return 0, err
	}
	raw := s.use(n)
	s.text = s.lineEnds(raw[len("<![CDATA[") : n-len("]]>")])
	return xmlText, nil
}

// find tells how many bytes there are to the end of mark, which stands behind the
// first bytes.
func (s *xmlScan) find(from int, mark []byte) (int, error) {
	for {
		if n := bytes.Index(s.buf[s.from+from:s.to], mark); n >= 0 {
			return from + n + len(mark), nil
		}
		from = max(from, s.to-s.from-len(mark)+1)
		if s.to-s.from > maxTag {
			return 0, s.wrong("a tag or a text is longer than " + size(maxTag) + ".")
		}
		if err := s.fill(); err == io.EOF {
			return 0, core.Errorf(core.CodeInvalid, "The file is cut off in line %d.", s.line)
		} else if err != nil {
			return 0, err
		}
	}
}

// doctype passes over the declaration of the file's type, unless it declares
// entities: those are how a small file becomes a large one.
func (s *xmlScan) doctype() error {
	if s.root {
		return s.wrong("a declaration stands inside of an element.")
	}
	for from := 2; ; {
		n, err := s.find(from, []byte(">"))
		if err != nil {
			return err
		}
		raw := s.buf[s.from : s.from+n]
		if bytes.IndexByte(raw, '[') >= 0 {
			return core.Errorf(core.CodeInvalid, "It declares XML entities or elements of its own in line %d, which Hookbird does not take. Have it written without a DOCTYPE.", s.line)
		}
		if bytes.Count(raw, []byte{'"'})%2 == 0 && bytes.Count(raw, []byte{'\''})%2 == 0 {
			s.use(n)
			return nil
		}
		from = n
	}
}

// tag takes a tag that begins or ends an element.
func (s *xmlScan) tag() (xmlToken, error) {
	n, err := s.tagEnd()
	if err != nil {
		return 0, err
	}
	line := s.line
	raw := s.use(n)
	raw = raw[1 : len(raw)-1]
	if len(raw) > 0 && raw[0] == '/' {
		return xmlEnd, s.leave(beforeSpace(raw[1:]))
	}
	if s.empty = len(raw) > 0 && raw[len(raw)-1] == '/'; s.empty {
		raw = raw[:len(raw)-1]
	}
	end := nameEnd(raw)
	s.name, s.attrs = raw[:end], raw[end:]
	switch {
	case end == 0 || !utf8.Valid(s.name):
		s.line = line
		return 0, s.wrong("a < is not followed by a name.")
	case s.root && len(s.ends) == 0:
		return 0, s.outside(nil)
	case len(s.ends) == maxDepth:
		return 0, core.Errorf(core.CodeInvalid, "More than %d XML elements stand in each other, in line %d.", maxDepth, s.line)
	}
	s.root = true
	s.open = append(s.open, s.name...)
	s.ends = append(s.ends, len(s.open))
	return xmlStart, nil
}

// tagEnd tells how many bytes there are to the > that ends a tag: one that does not
// stand between quotes.
func (s *xmlScan) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; {
		for raw := s.buf[s.from:s.to]; i < len(raw); i++ {
			switch c := raw[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '>':
				return i + 1, nil
			case c == '"' || c == '\'':
				quote = c
			case c == '<':
				return 0, s.wrong("a < stands inside of a tag.")
			}
		}
		if i > maxTag {
			return 0, s.wrong("a tag is longer than " + size(maxTag) + ".")
		}
		if err := s.fill(); err == io.EOF {
			return 0, core.Errorf(core.CodeInvalid, "The file is cut off in line %d: a tag is not closed.", s.line)
		} else if err != nil {
			return 0, err
		}
	}
}

// leave closes the innermost element, whose name must be this.
func (s *xmlScan) leave(name []byte) error {
	if len(s.ends) == 0 {
		return s.wrong("the element " + string(name) + " ends, but never began.")
	}
	if open := s.innermost(); !bytes.Equal(open, name) {
		return s.wrong("the element " + string(open) + " is not closed before " + string(name) + " is.")
	}
	s.open = s.open[:len(s.open)-len(name)]
	s.ends = s.ends[:len(s.ends)-1]
	s.name = name
	return nil
}

func nameEnd(raw []byte) int {
	for i, c := range raw {
		if isSpace(c) || c == '=' || c == '/' || c == '"' || c == '\'' {
			return i
		}
	}
	return len(raw)
}

// attr cuts the first attribute off. ok is false if there is none left, or if what
// is left is none. Its value is still escaped.
func attr(attrs []byte) (name, val, rest []byte, ok bool) {
	attrs = behindSpace(attrs)
	n := nameEnd(attrs)
	name, rest = attrs[:n], behindSpace(attrs[n:])
	if n == 0 || len(rest) == 0 || rest[0] != '=' {
		return nil, nil, attrs, false
	}
	rest = behindSpace(rest[1:])
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, attrs, false
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, nil, attrs, false
	}
	return name, rest[1 : 1+end], rest[end+2:], true
}

// behindSpace is what stands behind the white space that text begins with.
func behindSpace(text []byte) []byte {
	for len(text) > 0 && isSpace(text[0]) {
		text = text[1:]
	}
	return text
}

// beforeSpace is text without the white space at its end.
func beforeSpace(text []byte) []byte {
	for len(text) > 0 && isSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// attr gives the value of an attribute of the tag that came last, as it is meant.
func (s *xmlScan) attr(name string) (string, bool) {
	for attrs := s.attrs; ; {
		n, val, rest, ok := attr(attrs)
		if !ok {
			return "", false
		}
		if string(n) == name {
			meant, err := s.unescape(val)
			return string(meant), err == nil
		}
		attrs = rest
	}
}

// unescape gives what a text means. The bytes are good until the next token.
func (s *xmlScan) unescape(raw []byte) ([]byte, error) {
	if bytes.IndexByte(raw, '&') < 0 {
		return s.lineEnds(raw), nil
	}
	raw = s.lineEnds(raw)
	to := make([]byte, 0, len(raw))
	for {
		n := bytes.IndexByte(raw, '&')
		if n < 0 {
			return append(to, raw...), nil
		}
		to = append(to, raw[:n]...)
		end := bytes.IndexByte(raw[n:], ';')
		if end < 0 || end > 32 {
			return nil, s.wrong("a & is not written as &amp;.")
		}
		r, ok := entity(raw[n+1 : n+end])
		if !ok {
			return nil, s.wrong("it does not say what " + string(raw[n:n+end+1]) + " means.")
		}
		to = utf8.AppendRune(to, r)
		raw = raw[n+end+1:]
	}
}

// entity gives the character that the name of an entity stands for.
func entity(name []byte) (r rune, ok bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}

// lineEnds writes every end of a line as one newline.
func (s *xmlScan) lineEnds(raw []byte) []byte {
	if bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	s.plain = s.plain[:0]
	for i, c := range raw {
		if c != '\r' {
			s.plain = append(s.plain, c)
		} else if i+1 == len(raw) || raw[i+1] != '\n' {
			s.plain = append(s.plain, '\n')
		}
	}
	return s.plain
}

// local is a name without its prefix.
func local(name []byte) []byte {
	if at := bytes.IndexByte(name, ':'); at > 0 && at < len(name)-1 {
		return name[at+1:]
	}
	return name
}
