package settings

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/core/sign"
)

// Limits of a local address.
const (
	minKey      = 16 // characters
	maxKey      = 128
	minMaxEvent = 1 << 10 // bytes
	maxOrigins  = 100
	maxToken    = 4096
	publicKey   = 32 // bytes
)

func (p *parser) localFields(l *core.LocalSource) fields {
	return fields{
		"key": func(n *node) { l.Key = p.secret(n) },
		"token": func(n *node) {
			if n.value != "" { // an empty one is none
				l.Token = p.secret(n)
			}
		},
		"allowed_origins": func(n *node) { l.AllowedOrigins = p.texts(n) },
		"max_event_bytes": func(n *node) { l.MaxEventBytes = p.whole(n, minMaxEvent, core.MaxEventData) },
		"xml":             func(n *node) { l.XML = p.flag(n) },
		"query":           func(n *node) { l.Query = p.flag(n) },
		"json_field":      func(n *node) { l.JSONField = p.text(n) },
		"verify":          func(n *node) { l.Verify = p.verify(n) },
	}
}

// verify reads the signature that a local address asks for.
func (p *parser) verify(n *node) core.Verify {
	var v core.Verify
	if !p.object(n, "verify", fields{
		"style": func(n *node) {
			v.Style = core.VerifyStyle(p.choice(n, string(core.VerifyStandard), string(core.VerifyHMAC)))
		},
		"secret":    func(n *node) { v.Secret = p.secret(n) },
		"header":    func(n *node) { v.Header = p.text(n) },
		"algorithm": func(n *node) { v.Algorithm = p.choice(n, "sha256", "sha512", "sha1") },
		"encoding":  func(n *node) { v.Encoding = p.choice(n, "hex", "base64") },
		"prefix":    func(n *node) { v.Prefix = p.text(n) },
	}) {
		return v
	}
	style := n.get("style")
	if style == nil {
		p.wrong(n.pointer("style"), `A signature that is asked for needs a "style": %q or %q.`, core.VerifyStandard, core.VerifyHMAC)
	}
	if style == nil || p.places[style.at()] {
		return core.Verify{}
	}
	if n.get("secret") == nil {
		v.Secret = leftOut
	}
	return v
}

func (p *printer) local(l *core.LocalSource) outLocalPart {
	return outLocalPart{
		Key: p.secret(l.Key), Token: p.secret(l.Token), AllowedOrigins: l.AllowedOrigins, MaxEventBytes: l.MaxEventBytes,
		XML: l.XML, Query: l.Query, JSONField: l.JSONField, Verify: p.verify(l.Verify),
	}
}

// verify writes what verify reads; what is kept for a style that was taken back
// means nothing.
func (p *printer) verify(v core.Verify) *outVerify {
	if v.Style == core.VerifyNone {
		return nil
	}
	return &outVerify{
		Style: string(v.Style), Secret: p.secret(v.Secret), Header: v.Header, Algorithm: v.Algorithm, Encoding: v.Encoding, Prefix: v.Prefix,
	}
}

func (c *checker) local(l *core.LocalSource) {
	if l.Key.IsZero() {
		c.add("/key", "A local address needs a key.")
	}
	if key, ok := l.Key.Text(); ok && !validKey(key) {
		c.add("/key", "The key of a local address has %d to %d letters, digits, dashes and underscores.", minKey, maxKey)
	}
	if token, ok := l.Token.Text(); ok && (token == "" || len(token) > maxToken || strings.Trim(token, visible) != "") {
		c.add("/token", "A token has 1 to %d letters, digits and signs of ASCII, without spaces.", maxToken)
	}
	if len(l.AllowedOrigins) > maxOrigins {
		c.add("/allowed_origins", "At most %d web pages can be allowed.", maxOrigins)
	}
	for i, o := range l.AllowedOrigins {
		if !validOrigin(o) {
			c.add("/allowed_origins/"+strconv.Itoa(i), "The origin of a web page is its scheme and host alone, such as https://till.example.org")
		}
	}
	if m := l.MaxEventBytes; m != 0 && (m < minMaxEvent || m > core.MaxEventData) {
		c.add("/max_event_bytes", "A record may have from %d to %d bytes.", minMaxEvent, core.MaxEventData)
	}
	if l.JSONField != "" {
		c.column("/json_field", l.JSONField)
	}
	c.verify(l.Verify)
}

// verify looks at the signature that is asked for, which is made as one that goes
// out.
func (c *checker) verify(v core.Verify) {
	text, typed := v.Secret.Text()
	switch {
	case v.Style == core.VerifyNone:
		return
	case v.Style != core.VerifyStandard && v.Style != core.VerifyHMAC:
		c.add("/verify/style", "There is no signature called %s. Take %s or %s.", quoted(string(v.Style)), core.VerifyStandard, core.VerifyHMAC)
		return
	case v.Secret.IsZero() || typed && text == "":
		c.add("/verify/secret", "Without a secret nobody can tell whose a message is. Paste the one that the sender signs with.")
		v.Secret = core.NewSecret(sign.NewSecret())
	case v.Style == core.VerifyStandard && strings.HasPrefix(text, sign.PrefixPublic):
		c.publicKey(text)
		return
	}
	if v.Header == "" {
		v.Header = "X-Hub-Signature-256"
	}
	for _, e := range sign.Validate(&core.Sign{
		Style: core.SignStyle(v.Style), Secret: v.Secret, Header: v.Header, Algorithm: v.Algorithm, Encoding: v.Encoding, Prefix: v.Prefix,
	}) {
		c.add("/verify"+e.Where, "%s", strings.ReplaceAll(e.Message, "receiver", "sender"))
	}
}

// publicKey looks at the key by which the signature of a private one is told.
func (c *checker) publicKey(text string) {
	key, err := base64.StdEncoding.Strict().DecodeString(strings.TrimPrefix(text, sign.PrefixPublic))
	if err != nil || len(key) != publicKey || strings.ContainsAny(text, "\r\n") {
		c.add("/verify/secret", "This public key is damaged or cut short: behind %s belong 44 letters, digits, + and /. Copy it once more.", sign.PrefixPublic)
	}
}

const (
	letters       = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	keyCharacters = letters + "-_"
	visible       = keyCharacters + "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~"
)

func validKey(key string) bool {
	return len(key) >= minKey && len(key) <= maxKey && strings.Trim(key, keyCharacters) == ""
}

// validOrigin tells whether o is what a browser sends as Origin.
func validOrigin(o string) bool {
	u, err := url.Parse(o)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && o == u.Scheme+"://"+u.Host
}
