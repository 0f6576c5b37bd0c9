package sign

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strconv"
	"time"

	"hookbird/core"
)

// Names of the header lines of Standard Webhooks.
const (
	HeaderID        = "webhook-id"
	HeaderTimestamp = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// Line is one header line.
type Line struct{ Name, Value string }

// Signer signs the messages of one webhook. It may be used from any goroutine.
type Signer struct {
	style    core.SignStyle
	key      key // of SignStandard
	previous key // nil: none
	until    time.Time
	own      ownHeader // of SignHMAC
}

// New makes a Signer, asking reveal for the text of the secrets; what it answers
// is passed on. The Signer of SignNone adds nothing. CodeInvalid, with its place
// ("/secret"), for settings that nothing can be signed with.
func New(s core.Sign, reveal func(core.Secret) (string, error)) (*Signer, error) {
	signer := &Signer{style: s.Style, until: s.Until}
	if s.Style == core.SignNone {
		return signer, nil
	}
	if errs := Validate(&s); len(errs) > 0 {
		return nil, errs[0]
	}
	secret, err := reveal(s.Secret)
	if err != nil {
		return nil, err
	}
	if err := checkSecret(s.Style, secret); err != nil {
		return nil, err.At(atSecret)
	}
	if s.Style == core.SignHMAC {
		signer.own = newOwnHeader(s, secret)
		return signer, nil
	}
	if err := signer.keys(s, secret, reveal); err != nil {
		return nil, err
	}
	return signer, nil
}

// keys reads the secrets of Standard Webhooks.
func (s *Signer) keys(settings core.Sign, secret string, reveal func(core.Secret) (string, error)) error {
	s.key, _ = parseKey(secret) // it was checked
	if settings.Previous.IsZero() {
		return nil
	}
	text, err := reveal(settings.Previous)
	if err != nil {
		return err
	}
	previous, invalid := parseKey(text)
	if invalid != nil {
		return invalid.At(atPrevious)
	}
	s.previous = previous
	return nil
}

// Lines gives the header lines that sign a message that is sent at this time
// with this id and body. Of Standard Webhooks these are webhook-timestamp and
// webhook-signature: webhook-id is the message's own and has to be sent too.
func (s *Signer) Lines(id string, at time.Time, body []byte) []Line {
	switch s.style {
	case core.SignStandard:
		timestamp := strconv.FormatInt(at.Unix(), 10)
		return []Line{{HeaderTimestamp, timestamp}, {HeaderSignature, s.signatures(signed(id, timestamp, body), at)}}
	case core.SignHMAC:
		return []Line{{s.own.name, s.own.sign(body)}}
	default:
		return nil
	}
}

// signatures signs with every secret of this time, the newest first.
func (s *Signer) signatures(content []byte, at time.Time) string {
	list := s.key.sign(nil, content)
	if s.previous != nil && (s.until.IsZero() || at.Before(s.until)) {
		list = s.previous.sign(append(list, ' '), content)
	}
	return string(list)
}

// signed gives the bytes that Standard Webhooks signs.
func signed(id, timestamp string, body []byte) []byte {
	content := make([]byte, 0, len(id)+len(timestamp)+len(body)+2)
	content = append(append(content, id...), '.')
	content = append(append(content, timestamp...), '.')
	return append(content, body...)
}

// Shown gives the lines of Lines to read, with dots for what is signed: no
// secret is needed to show where signatures go.
func Shown(s core.Sign, at time.Time) []Line {
	switch s.Style {
	case core.SignStandard:
		return []Line{{HeaderTimestamp, strconv.FormatInt(at.Unix(), 10)}, {HeaderSignature, core.Dots}}
	case core.SignHMAC:
		return []Line{{s.Header, s.Prefix + core.Dots}}
	default:
		return nil
	}
}

// ownHeader is an HMAC of the body alone, in a header line of its own.
type ownHeader struct {
	name, prefix string
	hash         func() hash.Hash
	encode       func([]byte) string
	secret       []byte
}

func newOwnHeader(s core.Sign, secret string) ownHeader {
	return ownHeader{name: s.Header, prefix: s.Prefix, hash: hashes[s.Algorithm], encode: encodings[s.Encoding], secret: []byte(secret)}
}

func (o ownHeader) sign(body []byte) string {
	mac := hmac.New(o.hash, o.secret)
	mac.Write(body)
	return o.prefix + o.encode(mac.Sum(nil))
}

// hashes are the algorithms by the names that settings have for them.
var hashes = map[string]func() hash.Hash{"": sha256.New, "sha256": sha256.New, "sha512": sha512.New, "sha1": sha1.New}

// encodings write a signature as text.
var encodings = map[string]func([]byte) string{
	"": hex.EncodeToString, "hex": hex.EncodeToString, "base64": base64.StdEncoding.EncodeToString,
}
