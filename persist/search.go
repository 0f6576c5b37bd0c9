package persist

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// search is a walk back through the history in several reads, between which others
// can write. It copies nothing of the rows that it passes.
type search struct {
	names *webhookNames
	query core.DeliveryQuery
	text  *textSearch // nil if no text is looked for

	since, until int64  // Unix ms
	from         []byte // the walk goes on before this key; nil: from the newest
	done         bool
	looked       uint64
	seen         int // bytes of events that this read has looked at
	bad          unreadable
	row          codec.RowLook
}

func newSearch(names *webhookNames, q core.DeliveryQuery) *search {
	h := &search{names: names, query: q, since: codec.Milli(q.Since), until: codec.Milli(q.Until)}
	if q.Text != "" {
		h.text = newTextSearch(q.Text)
	}
	if !q.Before.IsZero() {
		h.from = q.Before.Bytes()
	}
	if !q.Until.IsZero() {
		end := core.DeliveryKey{Last: since1970(q.Until)}.Bytes()
		if h.from == nil || bytes.Compare(end, h.from) < 0 {
			h.from = end
		}
	}
	return h
}

// walk gives the rows that a search finds to visit, inside of a read, until that
// returns false, there are no more, or enough were looked at.
func (s *Store) walk(ctx context.Context, h *search, visit func(tx *bbolt.Tx, key core.DeliveryKey, value []byte) bool) error {
	for !h.done && !h.enough() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.view(func(tx *bbolt.Tx) error { h.run(tx, visit); return nil }); err != nil {
			return err
		}
	}
	return nil
}

func (h *search) enough() bool { return h.query.Look > 0 && h.looked >= uint64(h.query.Look) }

// next is where the walk goes on, zero if it has ended.
func (h *search) next() core.DeliveryKey {
	if h.done {
		return core.DeliveryKey{}
	}
	key, _ := core.DeliveryKeyFrom(h.from)
	return key
}

// run looks at the next rows.
func (h *search) run(tx *bbolt.Tx, visit func(tx *bbolt.Tx, key core.DeliveryKey, value []byte) bool) {
	w := h.walker(tx)
	h.seen = 0
	last := h.from
	n := 0
	for k, v := w.before(h.from); k != nil; k, v = w.prev() {
		if n >= historyView || h.seen >= historyBytes || h.enough() {
			h.from = bytes.Clone(last)
			return
		}
		key, ok := core.DeliveryKeyFrom(k)
		if ok && key.Last < h.since {
			break
		}
		n++
		switch {
		case !ok:
			h.bad.add(k, codec.ErrDamaged)
		case h.wants(tx, key, v) && !visit(tx, key, v):
			h.done = true
			return
		}
		last = k
		h.looked++
	}
	h.done = true
}

// wants tells whether a row is all that the query asks for. It looks at what costs
// least first.
func (h *search) wants(tx *bbolt.Tx, key core.DeliveryKey, value []byte) bool {
	q := &h.query
	if len(q.Webhooks) > 0 && !slices.Contains(q.Webhooks, key.Webhook) {
		return false
	}
	head, ok := codec.HeadOfRow(value)
	if !ok {
		h.bad.add(key.Bytes(), codec.ErrDamaged)
		return false
	}
	switch {
	case len(q.States) > 0 && !slices.Contains(q.States, h.names.state(key, head)):
		return false
	case head.Test && q.Tests == core.WithoutTests, !head.Test && q.Tests == core.OnlyTests:
		return false
	case len(q.Causes) == 0 && q.Code == 0 && len(q.Types) == 0 && len(q.Sources) == 0 && h.text == nil:
		return true
	}
	return h.inside(tx, key, value)
}

// inside tells the same of what is further inside of a row, and of its event.
func (h *search) inside(tx *bbolt.Tx, key core.DeliveryKey, value []byte) bool {
	q, row := &h.query, &h.row
	if h.bad.add(key.Bytes(), codec.LookAtRow(value, row)) {
		return false
	}
	if len(q.Causes) > 0 && !slices.Contains(q.Causes, core.Cause(row.Cause)) || q.Code != 0 && row.Code != q.Code {
		return false
	}
	if len(q.Types) == 0 && len(q.Sources) == 0 && h.text == nil {
		return true
	}
	events := h.events(tx, key)
	if len(q.Types) > 0 && !slices.ContainsFunc(events, func(e codec.EventLook) bool { return typeIn(q.Types, e.Type) }) {
		return false
	}
	if len(q.Sources) > 0 && !slices.ContainsFunc(events, func(e codec.EventLook) bool { return slices.Contains(q.Sources, string(e.Source)) }) {
		return false
	}
	return h.text == nil || h.text.inAnswers(row.Answers) || slices.ContainsFunc(events, h.text.inEvent)
}

// events gives the record of a row, and the one that it was corrected to, if they
// are kept.
func (h *search) events(tx *bbolt.Tx, key core.DeliveryKey) []codec.EventLook {
	var all [2]codec.EventLook
	events := all[:0]
	if h.row.HasOwn {
		events = append(events, h.row.Event)
	}
	if h.row.Bare || h.row.Test {
		return events
	}
	value := tx.Bucket(bucketEvents).Get(seqKey(key.Seq))
	if value == nil {
		return events
	}
	h.seen += len(value)
	if e, err := codec.LookAtEvent(value); err == nil {
		events = append(events, e)
	}
	return events
}

func typeIn(types []string, t []byte) bool {
	for _, want := range types {
		if begin, all := strings.CutSuffix(want, "*"); string(t) == want || all && bytes.HasPrefix(t, []byte(begin)) {
			return true
		}
	}
	return false
}

// walker goes back through rows of the history.
type walker interface {
	before(key []byte) (k, v []byte)
	prev() (k, v []byte)
}

func (h *search) walker(tx *bbolt.Tx) walker {
	c := tx.Bucket(bucketHistory).Cursor()
	if h.query.Group == nil {
		if keys, ok := h.failedGroups(tx.Bucket(bucketGroups)); ok {
			return newFailedRows(tx, keys)
		}
		return allRows{c}
	}
	return groupRows{
		members: tx.Bucket(bucketGroups).Cursor(), rows: tx.Bucket(bucketHistory),
		prefix: groupKey(groupMember, *h.query.Group), live: h.names.has(h.query.Group.Webhook),
	}
}

// allRows goes through the whole history.
type allRows struct{ c *bbolt.Cursor }

func (w allRows) before(key []byte) (k, v []byte) { return seekBefore(w.c, key) }
func (w allRows) prev() (k, v []byte)             { return w.c.Prev() }

// groupRows goes through the members of a group.
type groupRows struct {
	members *bbolt.Cursor
	rows    *bbolt.Bucket
	prefix  []byte
	live    bool
}

func (w groupRows) before(key []byte) (k, v []byte) {
	at := bytes.Clone(w.prefix)
	if key == nil {
		at = append(at, bytes.Repeat([]byte{0xff}, 17)...)
	} else {
		at = append(at, key[:16]...) // without the webhook, which the prefix names
		if bytes.Compare(w.prefix[1:5], key[16:]) < 0 {
			at = append(at, 0) // of the same try and record, that of this webhook comes before
		}
	}
	return w.row(seekBefore(w.members, at))
}

func (w groupRows) prev() (k, v []byte) { return w.row(w.members.Prev()) }

// row gives the row that a member's key leads to. One that is not there any more is
// damage, and passed over.
func (w groupRows) row(member, _ []byte) (k, v []byte) {
	for w.live && bytes.HasPrefix(member, w.prefix) {
		if key, ok := memberFrom(member); ok {
			k = key.Bytes()
			if v = w.rows.Get(k); v != nil {
				return k, v
			}
		}
		member, _ = w.members.Prev()
	}
	return nil, nil
}
