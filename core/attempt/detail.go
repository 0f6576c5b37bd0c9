package attempt

import (
	"strings"
	"unicode"
)

// Marks stand at the front of a detail and tell apart what has the same cause.
const (
	markNameServer  = "the name server does not answer"
	markSlowConnect = "no connection in time"
	markSlowSecure  = "no secure connection in time"
	markCutSecure   = "cut off before the connection was secure"
	markProxySilent = "the proxy does not answer"
	markProxyCannot = "the proxy cannot reach it"
	markSlowAnswer  = "the answer did not end in time"
	markCutAnswer   = "the answer broke off"
	markNoHTTP      = "the answer is none of a web server"
	markLongHeader  = "the header of the answer is too long"
	markBehind      = "behind the redirect"
	markRunOut      = "its certificate has run out"
	markNotYet      = "its certificate is not valid yet"
	markOtherName   = "its certificate is for another name"
	markAuthority   = "its certificate is from an unknown authority"
	markOldTLS      = "its security is too old"
	markNoTLS       = "it does not speak TLS"
	markNoCommon    = "no way to be secure that both know"
	markWants       = "it wants a certificate"
	markRefuses     = "it refuses our certificate"
	markTooFar      = "one redirect too many"
	markNowhere     = "a redirect to nowhere"
	markInsecure    = "a redirect to what is not secure"
	markKeptOut     = "a redirect to where nothing may be read"
	markCloud       = "an address of a cloud's own data"
)

// detail is what an attempt keeps of what a machine said, in parts:
//
//	its certificate is from an unknown authority; issued by Office CA; through the proxy proxy.example:3128; tls: …
type detail struct {
	signIn bool   // it was not the target, but the server that gives keys for it
	mark   string // one of the marks
	issuer string // of a certificate
	proxy  string // that the way leads through
	text   string // what the machine said
}

// What the parts of a detail begin with, and what stands between them.
const (
	partSignIn = "at the sign-in server"
	partIssuer = "issued by "
	partProxy  = "through the proxy "
	between    = "; "
	maxPart    = 80 // bytes of a name in a part
)

// write gives a detail as an attempt keeps it, masked.
func (d detail) write(m *masker) string {
	d.issuer = m.start([]byte(oneLine(d.issuer)), maxPart)
	d.proxy = m.start([]byte(oneLine(d.proxy)), maxPart)
	d.text = m.start([]byte(d.text), maxDetail)
	return d.joined(maxDetail)
}

// joined puts the parts together, in so many bytes.
func (d detail) joined(limit int) string {
	var parts []string
	if d.signIn {
		parts = append(parts, partSignIn)
	}
	for _, part := range []struct{ begin, text string }{{"", d.mark}, {partIssuer, d.issuer}, {partProxy, d.proxy}, {"", d.text}} {
		if part.text != "" {
			parts = append(parts, part.begin+part.text)
		}
	}
	return cut(strings.Join(parts, between), limit)
}

// cut gives what of a text fits into so many bytes.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return string(wholeRunes([]byte(text[:limit-len("…")]))) + "…"
}

// readDetail takes apart what write gave.
func readDetail(text string) (d detail) {
	for text != "" {
		part, rest, _ := strings.Cut(text, between)
		switch {
		case part == partSignIn && !d.signIn:
			d.signIn = true
		case marks[part] && d.mark == "":
			d.mark = part
		case strings.HasPrefix(part, partIssuer) && d.issuer == "":
			d.issuer = part[len(partIssuer):]
		case strings.HasPrefix(part, partProxy) && d.proxy == "":
			d.proxy = part[len(partProxy):]
		default:
			d.text = text
			return d
		}
		text = rest
	}
	return d
}

// marks are those of the table.
var marks = func() map[string]bool {
	m := map[string]bool{}
	for _, o := range outcomes {
		for _, k := range o.kinds {
			if k.mark != "" {
				m[k.mark] = true
			}
		}
	}
	return m
}()

// oneLine gives a name without what would end a line or a part.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ';' || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
}
