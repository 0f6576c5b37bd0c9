package paste

import (
	"encoding/base64"
	"strings"

	"hookbird/core"
)

// ours are header lines that Hookbird writes itself or that are about one
// connection, and those of a browser.
var ours = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`accept-encoding connection content-length expect host hookbird-hops keep-alive
		proxy-authorization proxy-connection te trailer transfer-encoding upgrade user-agent webhook-id webhook-timestamp
		accept-language cache-control cookie dnt origin pragma priority referer upgrade-insecure-requests`) {
		set[name] = true
	}
	return set
}()

// headers takes header lines over and gives the kind of data that one of them
// names.
func (g *Guess) headers(lines []string) (kind string) {
	browser := false
	for _, line := range lines {
		browser = browser || strings.HasPrefix(strings.ToLower(line), "sec-fetch-")
	}
	for _, line := range lines {
		name, text, found := strings.Cut(line, ":")
		if !found {
			name = strings.TrimSuffix(line, ";")
		}
		name, text = strings.TrimFunc(name, isBlank), strings.TrimFunc(text, isBlank)
		lower := strings.ToLower(name)
		switch {
		case !isHeaderName(name):
			g.say("A header line of it cannot be read. It is left out.")
		case lower == "content-type":
			kind, _, _ = strings.Cut(strings.ToLower(text), ";")
			kind = strings.TrimSpace(kind)
		case lower == "cookie":
			g.say("The header line Cookie is left out: it holds a visit to their website, which ends.")
		case ours[lower] || strings.HasPrefix(lower, "sec-") || lower == "accept" && (browser || text == "*/*"):
		default:
			g.header(name, text)
		}
	}
	return kind
}

// isHeaderName tells whether a text can be the name of a header line.
func isHeaderName(name string) bool {
	return name != "" && len(name) <= MaxName && !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	}) && !keyText(name)
}

// header takes a header line over.
func (g *Guess) header(name, text string) {
	lower := strings.ToLower(name)
	h := core.Header{Name: name}
	switch {
	case strings.Contains(lower, "signature"):
		g.say("The header line %s holds a signature, which is another one for every message. Set it up under Security.", name)
		return
	case lower == "idempotency-key" || lower == "x-idempotency-key" || lower == "x-request-id":
		h.Value = "[@delivery]"
		g.say("The header line %s holds the number of each message.", name)
	case !keyName(name) && !keyText(text) && !random(text):
		h.Value = literal(text)
		g.say("The header line %s is sent too.", name)
	case standsIn(text):
		h.Secret = core.MissingSecret()
		g.say("The header line %s needs your key.%s", name, schemeHint(text))
	default:
		h.Secret = core.NewSecret(text)
		g.say("The header line %s looks like a key. It is kept secret.", name)
	}
	g.setHeader(h)
}

// setHeader adds a header line, in place of one of the same name.
func (g *Guess) setHeader(h core.Header) {
	for i := range g.Headers {
		if strings.EqualFold(g.Headers[i].Name, h.Name) {
			g.Headers[i] = h
			return
		}
	}
	if len(g.Headers) < MaxFields {
		g.Headers = append(g.Headers, h)
	}
}

// schemeHint says with which word the value of a header line begins.
func schemeHint(text string) string {
	if scheme, _ := cutScheme(text); scheme != "" {
		return " Type it behind the word " + scheme + " and a space."
	}
	return ""
}

// user takes a user with a password over, as the header line Authorization.
func (g *Guess) user(pair string) {
	login := "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	g.setHeader(core.Header{Name: "Authorization", Secret: core.NewSecret(login)})
	g.say("The user and the password go into the header line Authorization. They are kept secret.")
}
