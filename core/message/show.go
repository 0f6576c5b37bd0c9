package message

import (
	"time"

	"hookbird/core"
)

// Show makes the message of events to be read: the same as Build makes, but
// with dots where a secret stands, for which no vault is asked. A webhook that is
// not finished yet, and a record of which something cannot be sent, are shown as
// far as it goes, with a note at each place that is wrong. It fails, with
// CodeInvalid, only if an event's data cannot be read.
func Show(w *core.Webhook, events []*core.Event, at time.Time, version string) (*core.Shown, error) {
	r := render{telling: true}
	c := compiler{version: version, note: func(n core.Note) { r.notes = append(r.notes, n) }}
	b, err := c.compile(w)
	if err != nil {
		return nil, err
	}
	records, err := b.records(events)
	if err != nil {
		return nil, err
	}
	m, err := b.build(records, at, &r)
	if err != nil {
		return nil, err
	}
	shown := &core.Shown{
		Method: m.Method,
		Host:   m.Host,
		URL:    m.URL,
		Pairs:  r.pairs,
		Body:   string(m.Body),
		Notes:  append(r.notes, b.target.security()...),
	}
	for _, line := range m.Header {
		shown.Headers = append(shown.Headers, line.Name+": "+line.Value)
	}
	return shown, nil
}

// security says how safe the way to the target is, if it has one.
func (t *target) security() []core.Note {
	switch {
	case t.url.Host == "":
		return nil
	case t.url.Scheme == "https":
		return []core.Note{{Where: "address", Text: "Sent over a secure connection (https)."}}
	case Loopback(t.url):
		return []core.Note{{Where: "address", Text: "Does not leave this computer."}}
	default:
		return []core.Note{{Warn: true, Where: "address", Text: "Sent over a connection that is not secure: others on the way could read it."}}
	}
}
