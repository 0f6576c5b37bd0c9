package persist

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

const (
	// historyView is how many rows are looked at in one read, so that a writer
	// never waits long for a search.
	historyView = 2000
	// historyBytes is how much data of events is looked at in one read, and how much
	// a page holds; both may go over it by one event.
	historyBytes = 16 << 20
	// historyLimit is the largest page, and defaultPage the one of no Limit.
	historyLimit = 500
	defaultPage  = 100
)

// Deliveries gives a page of the history. A search for a text that few rows hold
// looks at very many; it ends when ctx does. It may give rows and an error about
// those that cannot be read.
func (s *Store) Deliveries(ctx context.Context, q core.DeliveryQuery) (core.DeliveryPage, error) {
	if q.Limit <= 0 {
		q.Limit = defaultPage
	}
	search := &historySearch{
		names: &s.names,
		query: q,
		text:  strings.ToLower(q.Text),
		left:  min(q.Limit, historyLimit),
	}
	if !q.Before.IsZero() {
		search.from = q.Before.Bytes()
	}
	for !search.done {
		if err := ctx.Err(); err != nil {
			return core.DeliveryPage{}, err
		}
		if err := s.view(search.run); err != nil {
			return core.DeliveryPage{}, err
		}
	}
	return search.page, search.bad.err("messages of the history")
}

// historySearch is a walk back through the history, in several reads.
type historySearch struct {
	names *webhookNames
	query core.DeliveryQuery
	text  string // looked for, in lower case
	left  int    // rows that the page still has room for

	from []byte // the walk goes on before this key; nil: from the newest
	done bool
	page core.DeliveryPage
	bad  unreadable

	seen int // bytes of events that this read has looked at
	held int // those that the page holds
}

// run looks at the next rows.
func (h *historySearch) run(tx *bbolt.Tx) error {
	c := tx.Bucket(bucketHistory).Cursor()
	var k, v []byte
	n := 0
	h.seen = 0
	enough := func() bool { return n >= historyView || h.seen >= historyBytes }
	for k, v = seekBefore(c, h.from); k != nil && !enough(); k, v = c.Prev() {
		key, ok := core.DeliveryKeyFrom(k)
		if ok && key.Last < codec.Milli(h.query.Since) {
			break
		}
		if h.left == 0 || h.held >= historyBytes {
			h.page.Next = h.page.Rows[len(h.page.Rows)-1].Key
			h.done = true
			return nil
		}
		n++
		h.from = bytes.Clone(k)
		if !ok {
			h.bad.add(k, codec.ErrDamaged)
			continue
		}
		h.look(tx, key, v)
	}
	h.done = !enough()
	return nil
}

// look takes a row into the page if the query asks for it.
func (h *historySearch) look(tx *bbolt.Tx, key core.DeliveryKey, value []byte) {
	if h.query.Webhook != 0 && h.query.Webhook != key.Webhook {
		return
	}
	if h.query.State != "" && !h.wanted(key, value) {
		return
	}
	d, err := readDelivery(tx, h.names, key, value)
	size := 0
	if err == nil && d.Event != nil {
		size = len(d.Event.Data)
	}
	h.seen += size
	if h.bad.add(key.Bytes(), err) || h.text != "" && !holds(d, h.text) {
		return
	}
	h.page.Rows = append(h.page.Rows, *d)
	h.left--
	h.held += size
}

// wanted tells whether a row may be of the state that is asked for, without
// reading it all.
func (h *historySearch) wanted(key core.DeliveryKey, value []byte) bool {
	state, ok := codec.RowState(value)
	return !ok || h.names.state(key, state) == h.query.State
}

// readDelivery reads a row and its event. It shares nothing with the store.
func readDelivery(tx *bbolt.Tx, names *webhookNames, key core.DeliveryKey, value []byte) (*core.Delivery, error) {
	row, err := codec.UnmarshalRow(value)
	if err != nil {
		return nil, err
	}
	d := &core.Delivery{
		Key:      key,
		Webhook:  names.id(key.Webhook),
		Revision: row.Revision,
		State:    names.state(key, row.State),
		Tries:    row.Tries,
		Attempts: row.Attempts,
		Event:    row.Event,
		Test:     row.Test,
	}
	if d.State == core.Waiting {
		d.Next = row.Next
	}
	if d.Event == nil && !d.Test {
		d.Event = eventOf(tx, key.Seq)
	}
	return d, nil
}

// eventOf gives an event of the log, nil if it was trimmed or is damaged.
func eventOf(tx *bbolt.Tx, seq uint64) *core.Event {
	key := seqKey(seq)
	value := tx.Bucket(bucketEvents).Get(key)
	if value == nil {
		return nil
	}
	e, err := readEvent(key, value)
	if err != nil {
		return nil
	}
	return e
}

// holds tells whether a delivery has a text, in lower case, in what a person may
// search it by.
func holds(d *core.Delivery, text string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	if e := d.Event; e != nil {
		if has(e.Title) || has(e.Origin) || has(e.Type) || bytes.Contains(bytes.ToLower(e.Data), []byte(text)) {
			return true
		}
	}
	n := len(d.Attempts)
	return n > 0 && has(d.Attempts[n-1].Answer)
}

// Delivery gives one row of the history with its event.
func (s *Store) Delivery(key core.DeliveryKey) (*core.Delivery, error) {
	var d *core.Delivery
	err := s.view(func(tx *bbolt.Tx) (err error) {
		value := tx.Bucket(bucketHistory).Get(key.Bytes())
		if value == nil {
			return core.Errorf(core.CodeNotFound, "This message is not where it was. It was tried again meanwhile, or is not kept any more.")
		}
		d, err = readDelivery(tx, &s.names, key, value)
		return err
	})
	if errors.Is(err, codec.ErrDamaged) {
		return nil, core.Wrap(core.CodeInternal, err, "This message is damaged on the disk of this computer.")
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}
