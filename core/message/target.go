package message

import (
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/merge"
)

// target is where messages go: to one address, or to one that is filled in for
// each.
type target struct {
	url     *url.URL // what every message has, or the address without its fields
	address string   // the same as text
	text    *text    // nil: one address
	secrets []string // what of the address can be a key
}

// target compiles an address.
func (c *compiler) target(w *core.Webhook) (target, error) {
	none := target{url: &url.URL{}, address: w.Address}
	u, err := ParseAddress(w.Address)
	if err != nil {
		return none, c.wrong("address", err)
	}
	address, err := c.text("address", w.Address, merge.Address, w.Keys)
	if err != nil {
		return none, c.wrong("address", err)
	}
	t := target{url: u, address: w.Address, text: address, secrets: addressSecrets(address.Sample(gap))}
	if !address.Fixed() {
		return t, c.wrong("address", c.onlyOne(address))
	}
	whole, err := address.Append(nil, &merge.Scope{Secret: address.secret})
	if err != nil {
		return none, c.wrong("address", err)
	}
	t.text, t.address = nil, string(whole)
	t.url, err = requestURL(t.address)
	return t, c.wrong("address", err)
}

// fill puts the target into a message.
func (t *target) fill(m *Message, r *render) error {
	m.Target, m.URL, m.Host = t.url, t.address, t.url.Host
	if t.text == nil {
		return nil
	}
	whole, err := t.text.fill(nil, r)
	if err != nil {
		return r.wrong("address", err)
	}
	u, err := requestURL(string(whole))
	if err != nil {
		return r.wrong("address", err)
	}
	m.URL, m.Target = string(whole), u
	return nil
}

// requestURL gives the URL that puts an address on the wire as it stands.
func requestURL(address string) (*url.URL, error) {
	scheme, rest, err := cutScheme(address)
	if err != nil {
		return nil, err
	}
	u, parseErr := url.Parse(scheme + "://" + rest)
	if parseErr != nil {
		return nil, faultyAddress(rest)
	}
	return u, setLiteral(u, rest)
}

// gap stands for a merge field where only what is around it is looked at. No
// address can hold it.
const gap = "\x00"

// addressSecrets gives the parts of an address, with gaps for its fields, that
// can be a key: whoever knows the address of a catch hook can send to it.
func addressSecrets(address string) []string {
	_, rest, _ := strings.Cut(address, "://")
	target := requestTarget(rest)
	var texts []string
	for run := range strings.SplitSeq(target, gap) {
		texts = append(texts, runSecrets(run)...)
	}
	return texts
}

// runSecrets gives what can be a key of a stretch of path and query.
func runSecrets(run string) []string {
	if len(run) < minSecretPart {
		return nil
	}
	texts := []string{run}
	if path, query, found := strings.Cut(run, "?"); found {
		if len(path) >= minSecretPart {
			texts = append(texts, path)
		}
		if len(query) >= minSecretPart {
			texts = append(texts, query)
		}
	}
	for _, part := range strings.FieldsFunc(run, func(r rune) bool { return strings.ContainsRune("/?&=", r) }) {
		if len(part) >= minSecretSegment && strings.ContainsAny(part, "0123456789") {
			texts = append(texts, part)
		}
	}
	return texts
}

// Below these lengths a path, and one part of it, are words and not keys.
const (
	minSecretPart    = 8
	minSecretSegment = 12
)
