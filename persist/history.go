package persist

import (
	"context"
	"errors"
	"reflect"
	"slices"

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

// Deliveries gives a page of the history. A search for what few rows hold looks at
// very many; it ends when ctx does, or after q.Look of them. It may give rows and
// an error about those that cannot be read.
func (s *Store) Deliveries(ctx context.Context, q core.DeliveryQuery) (core.DeliveryPage, error) {
	if q.Limit <= 0 {
		q.Limit = defaultPage
	}
	p := &pager{search: newSearch(&s.names, q), left: min(q.Limit, historyLimit)}
	if err := s.walk(ctx, p.search, p.take); err != nil {
		return core.DeliveryPage{}, err
	}
	p.page.Looked = p.search.looked
	if p.page.Next.IsZero() {
		p.page.Next = p.search.next()
	}
	return p.page, p.search.bad.err("messages of the history")
}

// pager makes a page of the rows that are found.
type pager struct {
	search *search
	page   core.DeliveryPage
	left   int // rows that the page still has room for
	held   int // bytes of events that it holds
}

// take takes a row into the page, and tells whether there is room for it.
func (p *pager) take(tx *bbolt.Tx, key core.DeliveryKey, value []byte) (room bool) {
	if p.left == 0 || p.held >= historyBytes {
		p.page.Next = p.page.Rows[len(p.page.Rows)-1].Key
		return false
	}
	d, err := readDelivery(tx, p.search.names, key, value, p.search.query.Brief)
	if p.search.bad.add(key.Bytes(), err) {
		return true
	}
	if d.Event != nil {
		p.search.seen += len(d.Event.Data)
		p.held += len(d.Event.Data)
	}
	p.page.Rows = append(p.page.Rows, *d)
	p.left--
	return true
}

// CountDeliveries counts the rows that a query asks for: at once where the store
// keeps such a count, else by looking at rows, as Deliveries does.
func (s *Store) CountDeliveries(ctx context.Context, q core.DeliveryQuery) (core.DeliveryCount, error) {
	if count, ok, err := s.keptCount(q); ok || err != nil {
		return count, err
	}
	found := newSearch(&s.names, q)
	count := core.DeliveryCount{States: map[core.DeliveryState]uint64{}}
	err := s.walk(ctx, found, func(_ *bbolt.Tx, key core.DeliveryKey, value []byte) bool {
		if h, ok := codec.HeadOfRow(value); ok {
			count.States[s.names.state(key, h)]++
		}
		return true
	})
	if err != nil {
		return core.DeliveryCount{}, err
	}
	count.Next, count.Looked = found.next(), found.looked
	return count, found.bad.err("messages of the history")
}

// keptCount gives the count of a query that asks for no more than what is counted
// anyway.
func (s *Store) keptCount(q core.DeliveryQuery) (core.DeliveryCount, bool, error) {
	count := core.DeliveryCount{States: map[core.DeliveryState]uint64{}}
	plain := core.DeliveryQuery{
		Webhooks: q.Webhooks, States: q.States, Tests: q.Tests, Group: q.Group, Limit: q.Limit, Look: q.Look, Brief: q.Brief,
	}
	if !reflect.DeepEqual(q, plain) || q.Group != nil && len(q.Webhooks)+len(q.States) > 0 {
		return count, false, nil
	}
	err := s.view(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketGroups)
		if q.Group != nil {
			return keptGroup(bucket, q, count.States)
		}
		c := bucket.Cursor()
		for k, v := c.Seek([]byte{groupTally}); len(k) == 5 && k[0] == groupTally; k, v = c.Next() {
			if num := numFrom(k); len(q.Webhooks) == 0 || slices.Contains(q.Webhooks, num) {
				s.addTally(q, num, v, count.States)
			}
		}
		return nil
	})
	return count, true, err
}

func keptGroup(bucket *bbolt.Bucket, q core.DeliveryQuery, to map[core.DeliveryState]uint64) error {
	value := bucket.Get(groupKey(groupCount, *q.Group))
	if value == nil || q.Tests == core.OnlyTests {
		return nil
	}
	n, err := codec.ReadNumber(value)
	to[core.Failed] = n
	return err
}

// addTally adds what a query asks for of one webhook's rows; a count that cannot be
// read adds nothing.
func (s *Store) addTally(q core.DeliveryQuery, num uint32, value []byte, to map[core.DeliveryState]uint64) {
	t, err := codec.UnmarshalTally(value)
	if err != nil {
		return
	}
	for _, part := range []struct {
		counts map[core.DeliveryState]uint64
		not    core.Tests
	}{{t.Rows, core.OnlyTests}, {t.Tests, core.WithoutTests}} {
		if q.Tests == part.not {
			continue
		}
		for state, n := range part.counts {
			state = s.names.state(core.DeliveryKey{Webhook: num}, codec.RowHead{State: state})
			if n > 0 && (len(q.States) == 0 || slices.Contains(q.States, state)) {
				to[state] += n
			}
		}
	}
}

// readDelivery reads a row and its event. It shares nothing with the store.
func readDelivery(tx *bbolt.Tx, names *webhookNames, key core.DeliveryKey, value []byte, brief bool) (*core.Delivery, error) {
	row, err := codec.UnmarshalRow(value)
	if err != nil {
		return nil, err
	}
	d := &core.Delivery{
		Key:      key,
		Webhook:  names.id(key.Webhook),
		Revision: row.Revision,
		State:    names.state(key, codec.RowHead{State: row.State, Test: row.Test}),
		Tries:    row.Tries,
		Attempts: row.Attempts,
		Event:    row.Event,
		Test:     row.Test,
		Bare:     row.Bare,
		Changed:  row.Changed,
	}
	if d.State == core.Waiting {
		d.Next = row.Next
	}
	switch {
	case d.Test, d.Bare:
	case d.Event == nil:
		d.Event = eventOf(tx, key.Seq, brief)
	case !brief:
		d.Logged = eventOf(tx, key.Seq, false)
	}
	if brief {
		shortenRow(d)
	}
	return d, nil
}

// shortenRow leaves of a row what a list shows.
func shortenRow(d *core.Delivery) {
	if n := len(d.Attempts); n > 0 {
		d.Attempts = d.Attempts[n-1:]
		d.Attempts[0].Answer, d.Attempts[0].Header = "", nil
	}
	if d.Event != nil {
		d.Event.Data = nil
	}
}

// eventOf gives an event of the log, nil if it was trimmed or is damaged, without
// its data if it is to be brief.
func eventOf(tx *bbolt.Tx, seq uint64, brief bool) *core.Event {
	value := tx.Bucket(bucketEvents).Get(seqKey(seq))
	if value == nil {
		return nil
	}
	read := codec.ReadEvent
	if brief {
		read = codec.ReadEventHead
	}
	e, err := read(seq, value)
	if err != nil {
		return nil
	}
	return e
}

// Delivery gives one row of the history with its event.
func (s *Store) Delivery(key core.DeliveryKey) (*core.Delivery, error) {
	var d *core.Delivery
	err := s.view(func(tx *bbolt.Tx) (err error) {
		value := tx.Bucket(bucketHistory).Get(key.Bytes())
		if value == nil {
			return core.Errorf(core.CodeNotFound, "This message is not where it was. It was tried again meanwhile, or is not kept any more.")
		}
		d, err = readDelivery(tx, &s.names, key, value, false)
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
