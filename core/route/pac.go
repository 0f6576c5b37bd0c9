package route

import (
	"net/url"
	"strings"
	"unicode"
)

// maxPAC is how much of an answer is looked at, in bytes.
const maxPAC = 4 << 10

// pacKinds are the words of automatic configuration (PAC) for kinds of proxies.
// SOCKS alone is taken as version 5, which nearly every such proxy speaks.
var pacKinds = map[string]string{"PROXY": "http", "HTTP": "http", "HTTPS": "https", "SOCKS": "socks5", "SOCKS5": "socks5"}

// parsePAC reads what settings say of the proxy that leads to a target with this
// scheme, and gives the first that can be used, nil for the straight way. Settings
// of different systems say it differently:
//
//	PROXY a.example:3128; SOCKS5 b.example:1080; DIRECT
//	a.example:3128;b.example:3128
//	http=a.example:3128;https=http://b.example:3128;socks=c.example:1080
func parsePAC(answer, scheme string) *url.URL {
	if len(answer) > maxPAC {
		answer = answer[:strings.LastIndex(answer[:maxPAC], ";")+1]
	}
	for part := range strings.SplitSeq(answer, ";") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		if strings.EqualFold(words[0], "DIRECT") {
			return nil
		}
		kind, words := pacKind(words)
		for _, word := range words {
			if u := pacProxy(word, kind, scheme); u != nil {
				return u
			}
		}
	}
	return nil
}

// pacKind takes the kind of proxy off the words of one entry, and gives no words
// for a kind that nobody here speaks. A word in front is a kind unless it looks
// like a host; one that stands alone is a host, as far as it can be.
func pacKind(words []string) (kind string, rest []string) {
	known, ok := pacKinds[strings.ToUpper(words[0])]
	switch {
	case ok && (len(words) > 1 || words[0] == strings.ToUpper(words[0])):
		return known, words[1:]
	case ok || len(words) == 1 || strings.ContainsAny(words[0], ".:=[/"):
		return "http", words
	default:
		return "", nil
	}
}

// pacProxy reads one proxy: "a.example:3128", with the scheme it is for in front
// ("https=") or the one it speaks ("socks5://"). nil if it cannot be used.
func pacProxy(word, kind, scheme string) *url.URL {
	if what, rest, ok := strings.Cut(word, "="); ok {
		switch strings.ToLower(what) {
		case scheme:
			word = rest
		case "socks":
			kind, word = "socks5", rest
		default:
			return nil
		}
	}
	if speaks, rest, ok := strings.Cut(word, "://"); ok {
		kind, word = strings.ToLower(speaks), rest
		if kind == "socks" {
			kind = "socks5"
		}
	}
	u, err := url.Parse(kind + "://" + strings.TrimSuffix(word, "/"))
	if err != nil || u.User != nil || !usable(u) || strings.ContainsFunc(u.Host, oddInHost) {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}
}

// oddInHost tells whether no name of a proxy holds a character.
func oddInHost(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_:[]%", r)
}
