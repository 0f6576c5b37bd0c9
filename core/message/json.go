package message

import (
	"cmp"
	"fmt"

	"hookbird/core/value"
)

// object writes a record as one JSON object.
type object interface {
	write(record Record, r *render) error
}

// single packs one record as its object.
type single struct{ object }

func (s single) pack(records []Record, r *render) error { return s.write(records[0], r) }

// envelope packs one record with what event it is.
type envelope struct{ object }

func (e envelope) pack(records []Record, r *render) error {
	event := records[0].Event
	r.body = append(r.body, '{')
	for _, pair := range [][2]string{
		{"id", event.ID}, {"type", event.Type}, {"timestamp", event.Time.UTC().Format(timestampForm)}, {"source", event.Source},
	} {
		r.body = append(value.AppendQuoted(r.body, pair[0]), ':')
		r.body = append(value.AppendQuoted(r.body, pair[1]), ',')
		r.pair(pair[0], pair[1], false)
	}
	r.body = append(r.body, `"data":`...)
	r.prefix = "data."
	if err := e.write(records[0], r); err != nil {
		return err
	}
	r.body = append(r.body, '}')
	return nil
}

// timestampForm is RFC 3339 with milliseconds, the precision of an event's time.
const timestampForm = "2006-01-02T15:04:05.000Z07:00"

// list packs records as an array of their objects.
type list struct{ object }

func (l list) pack(records []Record, r *render) error {
	for i, record := range records {
		if i == 0 {
			r.body = append(r.body, '[')
		} else {
			r.body = append(r.body, ',')
		}
		if r.telling && r.several {
			r.prefix = fmt.Sprintf("%d. ", i+1)
		}
		if err := cmp.Or(l.write(record, r), r.fits()); err != nil {
			return err
		}
	}
	r.body = append(r.body, ']')
	return nil
}

// wholeObject writes a record as it came.
type wholeObject struct{}

func (wholeObject) write(record Record, r *render) error {
	r.body = append(r.body, record.Event.Data...)
	r.tellAll(record)
	return nil
}
