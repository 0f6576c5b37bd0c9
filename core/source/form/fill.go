package form

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hookbird/core"
)

// Fill takes what was filled in, and gives the id by which it can be taken back and
// which its record will have. It returns when that is on disk. The error is
// core.Errors, as Check gives them, for what cannot be taken; CodeUnavailable if it
// cannot be stored now.
func (f *Form) Fill(ctx context.Context, values map[string]string) (id string, err error) {
	ids, err := f.FillAll(ctx, []map[string]string{values})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// FillAll is Fill for many, such as those of a table that was pasted. If one of them
// cannot be taken, none is: the places then begin with its number, from 0
// ("/3/email"), if there are several. Many are stored in slices: after another error
// ids says which were.
func (f *Form) FillAll(ctx context.Context, all []map[string]string) (ids []string, err error) {
	if f.src.Paused {
		return nil, core.Errorf(core.CodeUnavailable, "This form is paused. Go on with it first.")
	}
	if err := Validate(f.src.Form).OrNil(); err != nil {
		return nil, err
	}
	if len(all) > maxRows {
		return nil, tooMany()
	}
	list, err := f.records(all)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		return nil, err
	}
	for len(list) > 0 {
		n := upTo(list)
		some, err := f.hold(ctx, list[:n], len(ids))
		if err != nil {
			return ids, err
		}
		ids, list = append(ids, some...), list[n:]
	}
	return ids, nil
}

// records makes the records of what was filled in.
func (f *Form) records(all []map[string]string) ([][]byte, error) {
	var list [][]byte
	var errs core.Errors
	for i, values := range all {
		data, wrong := read(f.src.Form, values)
		for _, err := range wrong {
			if len(all) > 1 {
				err = err.At(fmt.Sprintf("/%d%s", i, err.Where))
			}
			errs = append(errs, err)
		}
		list = append(list, data)
	}
	return list, errs.OrNil()
}

// upTo gives how many records make one commit.
func upTo(list [][]byte) int {
	size := 0
	for i, data := range list {
		if size += len(data); i == slice || i > 0 && size > sliceBytes {
			return i
		}
	}
	return len(list)
}

// hold stores records that go out when grace is over, or at once if there is none.
// nr is the number of the first. f.mu is locked.
func (f *Form) hold(ctx context.Context, list [][]byte, nr int) (ids []string, err error) {
	now := time.Now()
	grace := grace(f.src.Form)
	var events []*core.Event
	var marks []core.Mark
	var places []place
	for i, data := range list {
		id := core.NewEventID(now)
		ids = append(ids, id)
		if grace == 0 {
			events = append(events, f.event(id, now, data))
			continue
		}
		text, err := json.Marshal(stored{At: now, Nr: nr + i, Until: now.Add(grace), Data: data})
		if err != nil {
			return nil, err
		}
		marks = append(marks, core.Mark{Source: f.src.ID, Key: heldKey + id, Value: text})
		places = append(places, place{id, now, nr + i, now.Add(grace)})
	}
	if err := f.host.Accept(ctx, events, marks); err != nil {
		return nil, err
	}
	f.held = append(f.held, places...)
	select {
	case f.wake <- struct{}{}:
	default: // it is awake already
	}
	return ids, nil
}

// grace is how long a record can be taken back; 0 for not at all.
func grace(f *core.FormSource) time.Duration {
	switch {
	case f.Grace == 0:
		return core.DefaultGrace
	case f.Grace < 0:
		return 0
	}
	return f.Grace
}

// Undo takes back records that were filled in. CodeNotFound if one of them has gone
// out already, or there was none; the others are taken back all the same.
func (f *Form) Undo(ctx context.Context, ids ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		return err
	}
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	back := map[string]bool{}
	var marks []core.Mark
	for _, p := range f.held {
		if wanted[p.id] {
			back[p.id] = true
			marks = append(marks, f.released(p.id))
		}
	}
	if len(marks) > 0 {
		if err := f.host.Accept(ctx, nil, marks); err != nil {
			return err
		}
		f.forget(back)
	}
	return gone(len(wanted), len(wanted)-len(back))
}

// gone says how many of some records could not be taken back.
func gone(all, gone int) error {
	switch {
	case gone == 0:
		return nil
	case all == 1:
		return core.Errorf(core.CodeNotFound, "It has gone out already and cannot be taken back.")
	case gone == all:
		return core.Errorf(core.CodeNotFound, "They have gone out already and cannot be taken back.")
	}
	return core.Errorf(core.CodeNotFound, "%d of %d have gone out already and cannot be taken back. The others were.", gone, all)
}
