package persist

import (
	"bytes"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// trimSlice is how many entries of each kind one Trim looks at, and so at most
// deletes.
const trimSlice = 1024

// trimPlace is how far a walk over all that is old has come: the next slice begins
// behind entries that are kept although they are old. The zero place is the
// beginning. A walk ends when all its parts have.
type trimPlace struct {
	events, history         []byte
	eventsDone, historyDone bool
	retriesDone             bool
}

// Trim deletes a slice of what is not kept any longer. A row of the history that
// waits or failed stays, whatever its age, as long as its webhook does. Retries of
// deleted webhooks go at any age.
func (s *Store) Trim(before time.Time, floor uint64) (deleted int, more bool, err error) {
	if err := s.certain(); err != nil {
		return 0, false, err
	}
	t := &trimmer{names: &s.names, before: before, floor: floor}
	// Only the committer writes, so what is found stays so until it is deleted.
	if err := s.view(func(tx *bbolt.Tx) error { t.find(tx, s.trim); return nil }); err != nil {
		return 0, false, err
	}
	if t.n() > 0 {
		if err := s.update(t.delete); err != nil {
			return 0, false, err
		}
	}
	if t.next.eventsDone && t.next.historyDone && !t.left {
		s.trim = trimPlace{}
		return t.n(), false, nil
	}
	s.trim = t.next
	return t.n(), true, nil
}

// trimmer holds the keys of one slice.
type trimmer struct {
	names  *webhookNames
	before time.Time
	floor  uint64

	events, history, retries, hours [][]byte

	next trimPlace
	left bool // there are more retries or hours
}

func (t *trimmer) n() int {
	return len(t.events) + len(t.history) + len(t.retries) + len(t.hours)
}

func (t *trimmer) find(tx *bbolt.Tx, from trimPlace) {
	t.next = from
	if !from.eventsDone {
		t.findEvents(tx, from.events)
	}
	if !from.historyDone {
		t.findHistory(tx, from.history)
	}
	if !from.retriesDone {
		t.findRetries(tx)
	}
	t.findHours(tx)
}

// findEvents looks for old events below the floor that nobody needs.
func (t *trimmer) findEvents(tx *bbolt.Tx, from []byte) {
	refs := tx.Bucket(bucketRefs).Cursor()
	c := tx.Bucket(bucketEvents).Cursor()
	n := 0
	for k, v := c.Seek(from); len(k) == 8; k, v = c.Next() {
		at, ok := codec.EventTime(v)
		if binary.BigEndian.Uint64(k) >= t.floor || ok && !at.Before(t.before) {
			break
		}
		if n++; n > trimSlice {
			t.next.events = bytes.Clone(k)
			return
		}
		if !t.needed(refs, k) {
			t.events = append(t.events, bytes.Clone(k))
		}
	}
	t.next.eventsDone = true
}

// needed tells whether a delivery of an event is not finished.
func (t *trimmer) needed(refs *bbolt.Cursor, event []byte) bool {
	for k, _ := refs.Seek(event); len(k) == 12 && bytes.HasPrefix(k, event); k, _ = refs.Next() {
		if t.names.has(numFrom(k)) {
			return true
		}
	}
	return false
}

// findHistory looks for old rows of deliveries that are finished.
func (t *trimmer) findHistory(tx *bbolt.Tx, from []byte) {
	c := tx.Bucket(bucketHistory).Cursor()
	n := 0
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		key, ok := core.DeliveryKeyFrom(k)
		if ok && key.Last >= t.before.UnixMilli() {
			break
		}
		if n++; n > trimSlice {
			t.next.history = bytes.Clone(k)
			return
		}
		state, readable := codec.RowState(v)
		unfinished := readable && !finished(state) && key.Seq&testBit == 0 && t.names.has(key.Webhook)
		if !unfinished {
			t.history = append(t.history, bytes.Clone(k))
		}
	}
	t.next.historyDone = true
}

// findRetries looks for those of deleted webhooks, whose walk asks each webhook
// that has any.
func (t *trimmer) findRetries(tx *bbolt.Tx) {
	c := tx.Bucket(bucketRetries).Cursor()
	t.next.retriesDone = true
	for k, _ := c.First(); k != nil; {
		num, _, ok := retryPlaceFrom(k)
		if ok && t.names.has(num) {
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

// findHours looks for counts of old hours.
func (t *trimmer) findHours(tx *bbolt.Tx) {
	end := hourKey(max(unixHour(t.before), 0), 0)
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
		{tx.Bucket(bucketHours), t.hours},
	} {
		if err := deleteAll(part.bucket, part.keys); err != nil {
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
	last, value := tx.Bucket(bucketEvents).Cursor().Last()
	if len(t.events) == 0 || !bytes.Equal(last, t.events[len(t.events)-1]) {
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
