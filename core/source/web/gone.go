package web

import (
	"context"
	"encoding/hex"
	"slices"

	"hookbird/core"
	"hookbird/core/value"
)

// doubtful is from how many records on it is asked about if more than half of them
// are gone at once: services that have trouble often give an empty list.
const doubtful = 10

// What a person may answer about records that are gone.
const (
	goneSend = "send"
	goneKeep = "keep"
)

// gone hands on the records that were in the list before and are no more. What there
// is of them is what told them apart.
func (p *pass) gone(ctx context.Context, pages int) error {
	list, known, err := p.book.gone()
	if err != nil {
		return stored(err)
	}
	if list = p.w.confirmed(list, pages); len(list) == 0 {
		return nil
	}
	if known >= doubtful && 2*len(list) > known {
		if send, err := p.surely(list, known); err != nil || !send {
			return err
		}
	}
	for slice := range slices.Chunk(list, maxEvents) {
		var b batch
		for _, l := range slice {
			b.marks = append(b.marks, core.Mark{Source: p.w.src.ID, Key: l.key})
			if len(l.keys) > 0 {
				b.events = append(b.events, p.newEvent(p.w.src.RemovedType(), p.w.client.Name(), l.keys))
			}
		}
		if err := p.accept(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// confirmed gives those that are gone for sure. While the pages of a list are asked for
// one after the other, a record may slip from one that is still to come to one that is
// read already. So what was on none of several pages has to be missing twice.
func (w *Web) confirmed(list []lost, pages int) []lost {
	before := w.missing
	w.missing = make(map[hash]bool, len(list))
	for _, l := range list {
		w.missing[l.id] = true
	}
	if pages == 1 {
		return list
	}
	return slices.DeleteFunc(list, func(l lost) bool { return !before[l.id] })
}

// surely has a person say whether so many records are really gone. What is asked is
// about these records: when others are gone, it is asked anew.
func (p *pass) surely(list []lost, known int) (send bool, err error) {
	w := p.w
	parts := []string{"gone", w.state.Place}
	for _, l := range list {
		parts = append(parts, l.key)
	}
	id := w.host.Hash(parts...)
	answer, err := w.host.Ask(w.src.ID, core.SourceQuestion{
		ID:   "gone:" + hex.EncodeToString(id[:8]),
		Text: grouped(len(list)) + " of " + grouped(known) + " records are no longer in the list of " + w.client.Name() + ".",
		Choices: []core.Choice{
			{ID: goneKeep, Text: "That is a mistake of the service: send nothing", Usual: true},
			{ID: goneSend, Text: "They are gone: send that"},
		},
	})
	switch {
	case err != nil:
		return false, stored(err)
	case answer == "":
		w.host.Report(w.src.ID, "")
		return false, errWait
	}
	return answer == goneSend, nil
}

// tidy takes away what is remembered of other places.
func (p *pass) tidy(ctx context.Context) error {
	marks, err := p.book.others()
	for slice := range slices.Chunk(marks, maxEvents) {
		if err == nil {
			err = p.w.host.Accept(ctx, nil, slice)
		}
	}
	return stored(err)
}

// leaveOut shows a record that does not come in, once.
func (p *pass) leaveOut(r value.Value, origin, why string) {
	w := p.w
	sum := hash(w.host.Hash("left out", string(r.Raw())))
	if w.told[sum] {
		return
	}
	if len(w.told) >= core.MaxLeftOut {
		clear(w.told)
	}
	w.told[sum] = true
	w.host.LeaveOut(w.src.ID, []core.LeftOut{{ID: core.NewEventID(p.began), At: p.began, Origin: origin, Why: why, Data: object(r)}})
}

// newEvent makes an event of a record.
func (p *pass) newEvent(kind, origin string, data []byte) *core.Event {
	return &core.Event{ID: core.NewEventID(p.began), Type: kind, Source: p.w.src.ID, Origin: origin, Data: data}
}
