package merge

import (
	"bytes"
	"net/netip"
	"strings"
)

// addressGuide knows the parts of a web address.
type addressGuide struct {
	site  string // up to the path
	seen  int    // bytes of the site that were read
	query bool
}

// newAddressGuide looks where the path begins.
func newAddressGuide(text string) *addressGuide {
	start := strings.Index(text, "://")
	if start < 0 {
		start = 0
	} else {
		start += len("://")
	}
	end := len(text)
	if i := strings.IndexAny(text[start:], "/?#"); i >= 0 {
		end = start + i
	}
	return &addressGuide{site: text[:end]}
}

// take reads the brackets of an IPv6 host as text, and refuses a placeholder
// without its dollar sign.
func (g *addressGuide) take(rest string) (int, error) {
	if g.seen < len(g.site) {
		n := g.takeSite(rest)
		g.seen += n
		if n == 0 && rest[0] != '[' && !strings.HasPrefix(rest, "${") {
			n, g.seen = 1, g.seen+1
		}
		return n, bareBrace(rest[:n], rest)
	}
	switch {
	case rest[0] == '{':
		return 1, bareBrace("{", rest)
	case rest[0] == '?' || rest[0] == '#':
		g.query = true
		return 1, nil
	}
	return 0, nil
}

// takeSite takes an address of IPv6 in its brackets.
func (g *addressGuide) takeSite(rest string) int {
	before := g.site[:g.seen]
	if rest[0] != '[' || !strings.HasSuffix(before, "://") && !strings.HasSuffix(before, "@") {
		return 0
	}
	inner, _, closed := strings.Cut(rest[1:], "]")
	if _, err := netip.ParseAddr(inner); !closed || err != nil {
		return 0
	}
	return len(inner) + 2
}

// bareBrace refuses {name}, which many take for a placeholder.
func bareBrace(taken, rest string) error {
	if taken != "{" {
		return nil
	}
	if name, _, closed := strings.Cut(rest[1:], "}"); closed && name != "" && !strings.ContainsAny(name, "/?&={") {
		right := name
		if strings.ContainsAny(name, " \t") {
			right = "contactNumber"
		}
		return wrong("The syntax of the placeholder {%s} is not correct. The right one is ${%s}, with a dollar sign in front.", name, right)
	}
	return wrong("This address holds {, which stands for no character of an address. Write %%7B instead.")
}

func (g *addressGuide) spot() (spot, error) {
	switch {
	case g.seen < len(g.site):
		return 0, wrong("The merge field at {at} stands in front of the path. The name of the system has to be typed out: values of a record can stand behind its first / alone.")
	case g.query:
		return spotQuery, nil
	default:
		return spotPath, nil
	}
}

// literal keeps every byte; what is not ASCII, which HTTP cannot carry, is
// percent-encoded behind the host.
func (g *addressGuide) literal(dst, text []byte, begins, _ bool) []byte {
	host := 0
	if begins {
		host = min(len(g.site), len(text))
	}
	dst = append(dst, text[:host]...)
	for _, c := range text[host:] {
		if c < 0x80 {
			dst = append(dst, c)
			continue
		}
		dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
	}
	return dst
}

func (g *addressGuide) check(string) (int, string) { return 0, "" }

// segment watches, while an address is filled in, that no part of its path that
// a value stands in becomes . or .., which would lead elsewhere.
type segment struct {
	base int    // where the address begins
	open int    // where the part begins; -1 while there is no value in it
	name string // of its first field
}

// field hears of a field that is to follow dst.
func (s *segment) field(dst []byte, f *field) {
	if f.spot == spotPath && s.open < 0 {
		s.open, s.name = s.base+bytes.LastIndexByte(dst[s.base:], '/')+1, f.typed()
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
		return wrong("With the value of %s a part of the path of the web address is just %s, which leads to another address. Nothing is sent to that.", s.name, whole)
	}
	return nil
}
