package merge

import (
	"net/netip"
	"strings"
)

// addressGuide knows the parts of a web address.
type addressGuide struct {
	text  string
	site  string // up to the path
	at    int    // where the text is read
	query bool
}

// newAddressGuide looks where the path begins.
func newAddressGuide(text string) *addressGuide {
	start := 0
	if i := strings.Index(text, "://"); i >= 0 {
		start = i + len("://")
	}
	end := len(text)
	if i := strings.IndexAny(text[start:], "/?#"); i >= 0 {
		end = start + i
	}
	return &addressGuide{text: text, site: text[:end]}
}

func (g *addressGuide) inSite() bool { return g.at < len(g.site) }

// take takes the brackets of an IPv6 host for text, and refuses a placeholder
// without its dollar sign.
func (g *addressGuide) take(rest string) (int, error) {
	g.at = len(g.text) - len(rest)
	switch {
	case rest[0] == '{':
		return 0, bareBrace(rest)
	case g.inSite():
		return g.hostIPv6(rest), nil
	case rest[0] == '?' || rest[0] == '#':
		g.query = true
	}
	return 0, nil
}

// hostIPv6 tells how long the IPv6 address is that rest begins with; 0 if there
// is none.
func (g *addressGuide) hostIPv6(rest string) int {
	before := g.site[:g.at]
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
func bareBrace(rest string) error {
	name, _, closed := strings.Cut(rest[1:], "}")
	if !closed || name == "" || strings.ContainsAny(name, "/?&={[") {
		return wrong("This address holds {, which stands for no character of an address. Write %%7B instead.")
	}
	name = short(name)
	right := name
	if strings.ContainsAny(name, " \t") {
		right = "contactNumber"
	}
	return wrong("The syntax of the placeholder {%s} is not correct. Right is ${%s}, with a dollar sign in front.", name, right)
}

func (g *addressGuide) spot() (spot, error) {
	switch {
	case g.inSite():
		return 0, wrong("The merge field at {at} stands in front of the path. The system that is sent to has to be typed out: values of a record can stand only behind the first / that follows its name.")
	case cutsPercent(g.text[:g.at]):
		return 0, wrong("The merge field at {at} stands behind a %% that needs two hexadecimal digits. Write %%25 for a percent sign.")
	case g.query:
		return spotQuery, nil
	default:
		return spotPath, nil
	}
}

// cutsPercent tells whether text ends before the digits that a % needs do.
func cutsPercent(text string) bool {
	tail := text[max(0, len(text)-2):]
	i := strings.LastIndexByte(tail, '%')
	return i >= 0 && (i == len(tail)-1 || isHex(tail[i+1]))
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

func (g *addressGuide) check(*Text, string) (int, string) { return 0, "" }
