package message

import (
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
	"hookbird/core/value"
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
	target    target
	kind      string // Content-Type; "" without a body, and where each body has its own
	agent     string // User-Agent
	extra     []extraLine
	body      packer // nil: no body
	list      bool   // the body takes more than one record
	whole     bool   // the record's own bytes are the body
	bound     int    // bytes that a body may have
	reads     bool   // what a record says is needed
	sign      func(id string, at time.Time, body []byte) []sign.Line
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
	b.secrets = append(c.secrets, b.target.secrets...)
	return b, nil
}

// Record is an event whose data was read.
type Record struct {
	Event *core.Event
	Data  value.Value
}

// Read reads the data of an event. CodeInvalid, with a sentence, if it is not an
// object of JSON.
func Read(e *core.Event) (Record, error) {
	data, err := value.Parse(e.Data)
	if err != nil {
		return Record{}, core.Wrap(core.CodeInvalid, err, "No message can be made of this record. "+core.Sentence(err))
	}
	if data.Kind() != value.Object {
		return Record{}, wrong("No message can be made of this record: it is not one object of JSON, with names and values.")
	}
	return Record{Event: e, Data: data}, nil
}

// Build makes the message of events: of one, or of several where the body is a
// list. at is when it is sent. CodeInvalid, with a sentence, if the data of one is
// not an object of JSON, or holds a value that cannot be sent as the webhook wants
// it, whose field the sentence names.
func (b *Builder) Build(events []*core.Event, at time.Time) (*Message, error) {
	records, err := b.records(events)
	if err != nil {
		return nil, err
	}
	return b.build(records, at, &render{})
}

// BuildRead is Build for those who have read the events.
func (b *Builder) BuildRead(records []Record, at time.Time) (*Message, error) {
	return b.build(records, at, &render{})
}

// records reads the events, if what they say is needed.
func (b *Builder) records(events []*core.Event) ([]Record, error) {
	records := make([]Record, len(events))
	for i, e := range events {
		records[i].Event = e
		if !b.reads {
			continue
		}
		var err error
		if records[i], err = Read(e); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (b *Builder) build(records []Record, at time.Time, r *render) (*Message, error) {
	if err := b.takes(len(records)); err != nil {
		return nil, err
	}
	r.begin(b, records, at)
	m := &Message{Method: b.method, Secrets: b.secrets}
	if err := b.target.fill(m, r); err != nil {
		return nil, err
	}
	extra, err := b.extraLines(r)
	if err != nil {
		return nil, err
	}
	if m.Body, err = b.pack(records, r); err != nil {
		return nil, err
	}
	m.Header = b.lines(records, m.Body, extra, r)
	return m, nil
}

// takes tells whether a message can hold a number of records.
func (b *Builder) takes(records int) error {
	switch {
	case records == 1:
		return nil
	case records == 0 || !b.list:
		return wrong("A message of this kind holds one record, and not %d.", records)
	case b.target.text != nil || slices.ContainsFunc(b.extra, func(line extraLine) bool { return line.text != nil }):
		return errOnlyOne
	}
	return nil
}

// pack makes the body.
func (b *Builder) pack(records []Record, r *render) ([]byte, error) {
	switch {
	case b.body == nil:
		return nil, nil
	case b.whole:
		r.tellAll(records[0])
		return records[0].Event.Data, nil
	}
	room := b.room.Load()
	r.body = make([]byte, 0, room+room/8+64)
	if err := b.body.pack(records, r); err != nil {
		return nil, r.wrong("", err)
	}
	if n := int64(len(r.body)); n > room && n <= maxRoom {
		b.room.Store(n)
	}
	return r.body, nil
}

// lines gives the header lines in order.
func (b *Builder) lines(records []Record, body []byte, extra []Line, r *render) []Line {
	lines := make([]Line, 0, len(extra)+6)
	if kind := b.kind + r.kind; kind != "" {
		lines = append(lines, Line{headerType, kind})
	}
	lines = append(lines, Line{headerAgent, b.agent}, Line{headerID, r.id})
	for _, line := range b.sign(r.id, r.scope.At, body) {
		lines = append(lines, Line(line))
	}
	lines = append(lines, extra...)
	hops := 0
	for _, record := range records {
		hops = max(hops, record.Event.Hops)
	}
	if hops > 0 { // it came by a local address, and may be on its way to another
		lines = append(lines, Line{core.HopsHeader, strconv.Itoa(hops)})
	}
	return lines
}
