package persist

import (
	"bytes"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// trimSlice is how many entries of each kind one Trim removes, and trimLook how
// many it looks at.
const (
	trimSlice = 1024
	trimLook  = 20_000
)

// trimPlace is how far a walk over all that is old has come: the next slice begins
// behind entries that are kept although they are old. The zero place is the
// beginning. A walk ends when all its parts have.
type trimPlace struct {
	wanted          *wanted // nil until it is known that it is needed
	events, history []byte
	eventsDone      bool
	historyDone     bool
	retriesDone     bool
	groupsDone      bool
	unwanted        uint64
	oldest          time.Time // of the unwanted
	bared           []byte    // of rows before this one the walk before has taken the content
	stale           bool      // some of them were finished since
}

// finishedInPlace takes note that a row was finished where it stands, or that all of
// a webhook count as finished: the next walk looks at all rows again.
func (p *trimPlace) finishedInPlace() { p.bared, p.stale = nil, true }

// atStart tells whether a walk begins.
func (p *trimPlace) atStart() bool {
	return p.wanted == nil && p.events == nil && p.history == nil &&
		!p.eventsDone && !p.historyDone && !p.retriesDone && !p.groupsDone
}

// Trim removes a slice of what is not kept any longer. A row of the history that
// waits or failed stays, whatever its age, as long as its webhook does. What is left
// of deleted webhooks goes at any age.
func (s *Store) Trim(kept core.Kept, floor uint64) (core.Trimmed, error) {
	if err := s.certain(); err != nil {
		return core.Trimmed{}, err
	}
	t := &trimmer{names: &s.names, kept: kept, floor: s.names.floor(floor), books: newBooks()}
	// Only the committer writes, so what is found stays so until it is deleted.
	err := s.view(func(tx *bbolt.Tx) error {
		if s.trim.atStart() {
			t.findPast(tx, time.Now())
		}
		if len(t.over) == 0 { // else what they held on to goes with it, in another slice
			t.find(tx, s.trim)
		}
		return nil
	})
	if err != nil {
		return core.Trimmed{}, err
	}
	if t.n() > 0 {
		w := s.writer(nil)
		err := s.update(func(tx *bbolt.Tx) error {
			w.tx = tx
			if err := t.forgetPast(w); err != nil {
				return err
			}
			return t.delete(tx)
		})
		if err != nil {
			return core.Trimmed{}, err
		}
		s.keepBooks(w)
	}
	if len(t.over) > 0 {
		s.trim.finishedInPlace()
		return core.Trimmed{Deleted: t.n(), More: true}, nil
	}
	done := core.Trimmed{Deleted: t.n(), More: !t.ended()}
	if t.ended() {
		done.Unwanted, done.Oldest = t.next.unwanted, t.next.oldest
		s.trim = trimPlace{}
		if !t.next.stale {
			s.trim.bared = t.next.history
		}
	} else {
		s.trim = t.next
	}
	return done, nil
}

// trimmer holds the keys of one slice.
type trimmer struct {
	names *webhookNames
	kept  core.Kept
	floor uint64
	books *books

	events, history, bare, retries, groups, hours, past [][]byte

	over []core.Past // what cannot be undone any more

	next trimPlace
	left bool // there are more retries, groups or hours
}

func (t *trimmer) n() int {
	return len(t.events) + len(t.history) + len(t.bare) + len(t.retries) + len(t.groups) + len(t.hours) + len(t.past) + len(t.over)
}

func (t *trimmer) ended() bool { return t.next.eventsDone && t.next.historyDone && !t.left }

func (t *trimmer) find(tx *bbolt.Tx, from trimPlace) {
	t.next = from
	switch {
	case from.eventsDone:
	case t.kept.RowsOnly:
		t.next.eventsDone = true
	case from.wanted != nil && !from.wanted.done:
		from.wanted.look(tx)
	default:
		t.findEvents(tx, from.events)
	}
	if t.next.eventsDone && !from.historyDone { // rows tell which events were wanted, so they go later
		t.findHistory(tx, from.history)
	}
	if !from.retriesDone {
		t.findRetries(tx)
	}
	if !from.groupsDone {
		t.findGroups(tx)
	}
	t.findHours(tx)
}

// findEvents looks for old events below the floor that nobody needs. Those that no
// webhook wanted have a limit of their own.
func (t *trimmer) findEvents(tx *bbolt.Tx, from []byte) {
	refs := tx.Bucket(bucketRefs).Cursor()
	c := tx.Bucket(bucketEvents).Cursor()
	looked := 0
	for k, v := c.Seek(from); len(k) == 8; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		at, ok := codec.EventTime(v)
		if seq >= t.floor || ok && !at.Before(t.kept.Content) {
			break
		}
		if looked++; looked > trimLook || len(t.events) == trimSlice {
			t.next.events = bytes.Clone(k)
			return
		}
		switch {
		case t.needed(refs, k):
		case !ok || at.Before(t.kept.Unfinished):
			t.events = append(t.events, bytes.Clone(k))
		case !t.next.wanted.covers(seq): // find out first, and go on from here
			t.next.wanted, t.next.events = newWanted(seq), bytes.Clone(k)
			return
		case t.next.wanted.has(seq):
			t.events = append(t.events, bytes.Clone(k))
		default:
			t.unwanted(at)
		}
	}
	t.next.eventsDone = true
}

// unwanted counts an old event that is kept though no webhook wanted it, and goes
// soon.
func (t *trimmer) unwanted(at time.Time) {
	if !t.kept.Soon.IsZero() && !at.Before(t.kept.Soon) {
		return
	}
	if t.next.unwanted++; t.next.unwanted == 1 {
		t.next.oldest = at
	}
}

// needed tells whether a delivery of an event is not finished.
func (t *trimmer) needed(refs *bbolt.Cursor, event []byte) bool {
	for k, _ := refs.Seek(event); len(k) == 12 && bytes.HasPrefix(k, event); k, _ = refs.Next() {
		if t.names.kept(numFrom(k)) {
			return true
		}
	}
	return false
}

// findHistory looks for old rows of deliveries that are finished: those whose
// content goes, and those that go themselves. What the walk before has looked at for
// its content is passed over, unless something was finished in its place since.
func (t *trimmer) findHistory(tx *bbolt.Tx, from []byte) {
	c := tx.Bucket(bucketHistory).Cursor()
	trace, content := t.kept.Trace.UnixMilli(), t.kept.Content.UnixMilli()
	looked, last := 0, from
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		key, ok := core.DeliveryKeyFrom(k)
		if ok && key.Last >= trace && bytes.Compare(k, t.next.bared) < 0 {
			last = t.next.bared
			if k, v = c.Seek(last); k == nil {
				break
			}
			key, ok = core.DeliveryKeyFrom(k)
		}
		if ok && key.Last >= max(content, trace) {
			break
		}
		if looked++; looked > trimLook || len(t.history)+len(t.bare) == trimSlice {
			t.next.history = bytes.Clone(k)
			return
		}
		last = k
		head, readable := codec.HeadOfRow(v)
		if readable && !finished(head.State) && key.Seq&testBit == 0 && t.names.kept(key.Webhook) {
			continue
		}
		switch {
		case !readable || !ok || key.Last < trace:
			t.history = append(t.history, bytes.Clone(k))
			t.books.row(key.Webhook, head.State, head.Test, -1)
		case !head.Bare:
			t.bare = append(t.bare, bytes.Clone(k))
		}
	}
	t.next.history, t.next.historyDone = bytes.Clone(last), true
}

// findRetries looks for those of deleted webhooks, whose walk asks each webhook
// that has any.
func (t *trimmer) findRetries(tx *bbolt.Tx) {
	c := tx.Bucket(bucketRetries).Cursor()
	t.next.retriesDone = true
	for k, _ := c.First(); k != nil; {
		num, _, ok := retryPlaceFrom(k)
		if ok && t.names.kept(num) {
			if num++; num == 0 {
				return
			}
			k, _ = c.Seek(numKey(num))
			continue
		}
		if len(t.retries) == trimSlice {
			t.next.retriesDone, t.left = false, true
			return
		}
		t.retries = append(t.retries, bytes.Clone(k))
		k, _ = c.Next()
	}
}

// findGroups looks for failures of deleted webhooks, likewise.
func (t *trimmer) findGroups(tx *bbolt.Tx) {
	t.next.groupsDone = true
	for _, first := range []byte{groupCount, groupMember} {
		c := tx.Bucket(bucketGroups).Cursor()
		for k, _ := c.Seek([]byte{first}); len(k) > 5 && k[0] == first; {
			if num := binary.BigEndian.Uint32(k[1:]); t.names.kept(num) {
				if num++; num == 0 {
					break
				}
				k, _ = c.Seek(append([]byte{first}, numKey(num)...))
				continue
			}
			if len(t.groups) == trimSlice {
				t.next.groupsDone, t.left = false, true
				return
			}
			t.groups = append(t.groups, bytes.Clone(k))
			k, _ = c.Next()
		}
	}
}

// findHours looks for counts of old hours.
func (t *trimmer) findHours(tx *bbolt.Tx) {
	end := hourKey(max(unixHour(t.kept.Trace), 0), 0)
	c := tx.Bucket(bucketHours).Cursor()
	for k, _ := c.First(); k != nil && bytes.Compare(k, end) < 0; k, _ = c.Next() {
		if len(t.hours) == trimSlice {
			t.left = true
			return
		}
		t.hours = append(t.hours, bytes.Clone(k))
	}
}

func (t *trimmer) delete(tx *bbolt.Tx) error {
	if err := t.keepHeadTime(tx); err != nil {
		return err
	}
	refs := tx.Bucket(bucketRefs)
	for _, event := range t.events { // what is left of deleted webhooks
		if err := deleteAll(refs, keysUnder(refs, event)); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		bucket *bbolt.Bucket
		keys   [][]byte
	}{
		{eventsIn(tx), t.events},
		{historyIn(tx), t.history},
		{tx.Bucket(bucketRetries), t.retries},
		{tx.Bucket(bucketGroups), t.groups},
		{tx.Bucket(bucketHours), t.hours},
	} {
		if err := deleteAll(part.bucket, part.keys); err != nil {
			return err
		}
	}
	if err := t.strip(tx); err != nil {
		return err
	}
	return t.books.put(tx)
}

// strip takes the content out of rows, and what cannot be read altogether.
func (t *trimmer) strip(tx *bbolt.Tx) error {
	history := historyIn(tx)
	for _, key := range t.bare {
		row, err := codec.UnmarshalRow(history.Get(key))
		if err != nil {
			if err := history.Delete(key); err != nil {
				return err
			}
			continue
		}
		codec.Strip(row)
		if err := history.Put(key, codec.MarshalRow(row)); err != nil {
			return err
		}
	}
	return nil
}

func deleteAll(b *bbolt.Bucket, keys [][]byte) error {
	for _, key := range keys {
		if err := b.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// keepHeadTime notes the time of the newest event if that one goes, so that the
// time of the next is not before it.
func (t *trimmer) keepHeadTime(tx *bbolt.Tx) error {
	if len(t.events) == 0 {
		return nil
	}
	return keepHeadTime(tx, t.events[len(t.events)-1])
}

// keepHeadTime notes the time of an event that goes, if it is the newest.
func keepHeadTime(tx *bbolt.Tx, goes []byte) error {
	last, value := tx.Bucket(bucketEvents).Cursor().Last()
	if !bytes.Equal(last, goes) {
		return nil
	}
	at, _ := codec.EventTime(value)
	if !at.After(keptHeadTime(tx)) { // a newer one went before
		return nil
	}
	ms := binary.BigEndian.AppendUint64(nil, uint64(codec.Milli(at)))
	return tx.Bucket(bucketMeta).Put(keyHeadTime, ms)
}

// keptHeadTime gives what keepHeadTime noted last, zero if nothing.
func keptHeadTime(tx *bbolt.Tx) time.Time {
	ms := tx.Bucket(bucketMeta).Get(keyHeadTime)
	if len(ms) != 8 {
		return time.Time{}
	}
	return codec.FromMilli(int64(binary.BigEndian.Uint64(ms)))
}
