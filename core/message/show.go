package message

import (
	"fmt"
	"time"

	"hookbird/core"
)

// Show makes the message of events to be read: the same as Build makes, but
// with dots where a secret stands, for which no vault is asked. A webhook that is
// not finished yet is shown as far as it goes, with a note at each place that is
// wrong. It fails, with CodeInvalid, only if the event's data cannot be read.
func Show(w *core.Webhook, events []*core.Event, at time.Time, version string) (*core.Shown, error) {
	e, err := single(events)
	if err != nil {
		return nil, err
	}
	r := render{telling: true}
	c := compiler{version: version, note: func(n core.Note) { r.notes = append(r.notes, n) }}
	b, err := c.compile(w)
	if err != nil {
		return nil, err
	}
	body, err := b.render(e, &r)
	if err != nil {
		return nil, err
	}
	shown := &core.Shown{
		Method: b.method,
		Host:   b.host,
		URL:    b.address,
		Pairs:  r.pairs,
		Body:   string(body),
		Notes:  append(r.notes, b.security()...),
	}
	for _, line := range b.lines(e) {
		shown.Headers = append(shown.Headers, fmt.Sprintf("%s: %s", line.Name, line.Value))
	}
	return shown, nil
}

// security says how safe the way to the target is, if it has one.
func (b *Builder) security() []core.Note {
	switch {
	case b.host == "":
		return nil
	case b.target.Scheme == "https":
		return []core.Note{{Where: "address", Text: "Sent over a secure connection (https)."}}
	case Loopback(b.target):
		return []core.Note{{Where: "address", Text: "Does not leave this computer."}}
	default:
		return []core.Note{{Warn: true, Where: "address", Text: "Sent over a connection that is not secure: others on the way could read it."}}
	}
}
