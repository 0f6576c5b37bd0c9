package settings

import (
	"time"

	"hookbird/core"
)

// sign reads how messages are signed.
func (p *parser) sign(n *node) core.Sign {
	var s core.Sign
	if !p.object(n, "sign", fields{
		"style": func(n *node) {
			s.Style = core.SignStyle(p.choice(n, string(core.SignStandard), string(core.SignHMAC)))
		},
		"secret":          func(n *node) { s.Secret = p.signSecret(n) },
		"previous_secret": func(n *node) { s.Previous = p.secret(n) },
		"until":           func(n *node) { s.Until = p.time(n) },
		"header":          func(n *node) { s.Header = p.text(n) },
		"algorithm":       func(n *node) { s.Algorithm = p.choice(n, "sha256", "sha512", "sha1") },
		"encoding":        func(n *node) { s.Encoding = p.choice(n, "hex", "base64") },
		"prefix":          func(n *node) { s.Prefix = p.text(n) },
	}) {
		return s
	}
	if n.get("style") == nil {
		p.wrong(n.pointer("style"), `A signature needs a "style": %q or %q.`, core.SignStandard, core.SignHMAC)
	}
	if n.get("secret") == nil {
		s.Secret = leftOut
	}
	if until := n.get("until"); until != nil && n.get("previous_secret") == nil && !p.places[until.at()] {
		p.wrong(until.at(), `"until" says when a "previous_secret" ends, which is missing here.`)
	}
	return s
}

// Years that a time may have: Print writes only what can be read again.
const (
	firstYear = 2000
	lastYear  = 9999
)

// time reads a moment, RFC 3339.
func (p *parser) time(n *node) time.Time {
	var t time.Time
	err := t.UnmarshalText([]byte(p.text(n)))
	t = t.UTC()
	if _, isText := n.value.(string); isText && (err != nil || t.Year() < firstYear || t.Year() > lastYear) {
		p.wrong(n.at(), `This has to be a day and a time with its zone, such as "2030-12-31T18:00:00Z" or "2030-12-31T18:00:00+01:00".`)
		return time.Time{}
	}
	return t
}
