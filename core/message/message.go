package message

import (
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"hookbird/core"
)

// Message is one request, ready to be sent. Nothing in it may be changed: parts
// are shared with other messages and with the event.
type Message struct {
	Method  string
	URL     string   // the address, whole
	Target  *url.URL // the same, ready for a request
	Host    string   // host of the address, to show
	Header  []Line   // in order, each name to be sent exactly as it is written
	Body    []byte   // nil: no body
	Secrets []string // texts that no answer may show: keys, and what is secret of the address
}

// Line is one header line.
type Line struct{ Name, Value string }

// Names of the header lines that every message has or may have.
const (
	headerType  = "Content-Type"
	headerAgent = "User-Agent"
	headerID    = "webhook-id"
)

// Builder builds the messages of one webhook as it was when the Builder was
// made. It may be used from any goroutine.
type Builder struct {
	webhookID string
	method    string
	address   string
	target    *url.URL
	host      string
	header    []Line // complete but for the value of webhook-id
	idLine    int    // its place in header
	body      packer // nil: no body
	secrets   []string
	room      atomic.Int64 // size of the largest body so far, up to maxRoom
}

// maxRoom bounds what is set aside for a body before its size is known.
const maxRoom = 64 << 10

// New compiles a webhook. Its secrets are asked of the vault once, here: what
// Reveal answers is passed on, CodeUnavailable above all. CodeInvalid if the
// webhook is one that no message can be made for; Validate tells all of why.
func New(w *core.Webhook, vault core.Vault, version string) (*Builder, error) {
	c := compiler{version: version, reveal: func(s core.Secret) (string, error) {
		if text, ok := s.Text(); ok {
			return text, nil
		}
		return vault.Reveal(s)
	}}
	b, err := c.compile(w)
	if err != nil {
		return nil, err
	}
	b.secrets = append(c.secrets, addressSecrets(b.target)...)
	return b, nil
}

// Build makes the message of events, of which there is one. at is when it is
// sent. CodeInvalid, with a sentence, if an event's data is not an object of JSON.
func (b *Builder) Build(events []*core.Event, at time.Time) (*Message, error) {
	e, err := single(events)
	if err != nil {
		return nil, err
	}
	r := render{}
	body, err := b.render(e, &r)
	if err != nil {
		return nil, err
	}
	return &Message{
		Method:  b.method,
		URL:     b.address,
		Target:  b.target,
		Host:    b.host,
		Header:  b.lines(e),
		Body:    body,
		Secrets: b.secrets,
	}, nil
}

// single gives the only event of a message.
func single(events []*core.Event) (*core.Event, error) {
	if len(events) != 1 {
		return nil, wrong("A message of this kind holds one record, and not %d.", len(events))
	}
	return events[0], nil
}

// lines gives the header lines for one event.
func (b *Builder) lines(e *core.Event) []Line {
	lines := append([]Line(nil), b.header...)
	lines[b.idLine].Value = core.DeliveryID(e.ID, b.webhookID)
	if e.Hops > 0 { // it came by a local address, and may be on its way to another
		lines = append(lines, Line{core.HopsHeader, strconv.Itoa(e.Hops)})
	}
	return lines
}

// render packs an event's data as the webhook wants it.
func (b *Builder) render(e *core.Event, r *render) ([]byte, error) {
	if b.body == nil {
		return nil, nil
	}
	if b.body.asItCame() && !r.telling {
		return e.Data, nil
	}
	doc, err := parseRecord(e.Data)
	if err != nil {
		return nil, err
	}
	if b.body.asItCame() {
		b.body.tell(doc, r)
		return e.Data, nil
	}
	room := b.room.Load()
	r.body = make([]byte, 0, room+room/8+64)
	b.body.pack(doc, r)
	if n := int64(len(r.body)); n > room && n <= maxRoom {
		b.room.Store(n)
	}
	return r.body, nil
}
