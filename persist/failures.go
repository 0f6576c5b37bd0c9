package persist

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// What the first byte of a key in the group bucket says of its value.
const (
	groupTally  = 't' // num: how many rows of each state there are
	groupCount  = 'c' // group: how many members it has
	groupMember = 'm' // group, last try, seq: one failed message
)

func tallyKey(num uint32) []byte { return binary.BigEndian.AppendUint32([]byte{groupTally}, num) }

// groupKey gives the part of a key that names a group, after a first byte: num,
// code (2 bytes), length of the cause (1), cause.
func groupKey(first byte, f core.FailureKey) []byte {
	b := make([]byte, 0, 8+len(f.Cause)+16)
	b = append(b, first)
	b = binary.BigEndian.AppendUint32(b, f.Webhook)
	b = binary.BigEndian.AppendUint16(b, uint16(f.Code))
	cause := f.Cause[:min(len(f.Cause), 255)]
	b = append(b, byte(len(cause)))
	return append(b, cause...)
}

func memberKey(f core.FailureKey, last int64, seq uint64) []byte {
	b := groupKey(groupMember, f)
	b = binary.BigEndian.AppendUint64(b, uint64(last))
	return binary.BigEndian.AppendUint64(b, seq)
}

// groupFrom reads the group out of a key, and what follows it; ok is false for
// what is no such key.
func groupFrom(key []byte) (f core.FailureKey, rest []byte, ok bool) {
	if len(key) < 8 || len(key) < 8+int(key[7]) {
		return f, nil, false
	}
	f.Webhook = binary.BigEndian.Uint32(key[1:])
	f.Code = int(binary.BigEndian.Uint16(key[5:]))
	end := 8 + int(key[7])
	f.Cause = core.Cause(key[8:end])
	return f, key[end:], true
}

// memberFrom reads a member's row out of its key.
func memberFrom(key []byte) (k core.DeliveryKey, ok bool) {
	f, rest, ok := groupFrom(key)
	if !ok || key[0] != groupMember || len(rest) != 16 {
		return k, false
	}
	return core.DeliveryKey{
		Last: int64(binary.BigEndian.Uint64(rest)), Seq: binary.BigEndian.Uint64(rest[8:]), Webhook: f.Webhook,
	}, true
}

// groupOf is the group of a row that failed.
func groupOf(num uint32, row *codec.Row) core.FailureKey {
	f := core.FailureKey{Webhook: num}
	if n := len(row.Attempts); n > 0 {
		f.Cause, f.Code = row.Attempts[n-1].Cause, row.Attempts[n-1].Code
	}
	return f
}

// books are what a batch changes in the counts of the history.
type books struct {
	rows   map[uint32]map[codec.RowHead]int64
	groups map[core.FailureKey]int64
}

func newBooks() *books {
	return &books{rows: map[uint32]map[codec.RowHead]int64{}, groups: map[core.FailureKey]int64{}}
}

// row counts a row that comes (1) or goes (-1).
func (b *books) row(num uint32, state core.DeliveryState, test bool, n int64) {
	if state == "" { // of a row that could not be read
		return
	}
	if b.rows[num] == nil {
		b.rows[num] = map[codec.RowHead]int64{}
	}
	b.rows[num][codec.RowHead{State: state, Test: test}] += n
}

// join makes a delivery a member of its group.
func (b *books) join(tx *bbolt.Tx, f core.FailureKey, key core.DeliveryKey) error {
	b.groups[f]++
	return tx.Bucket(bucketGroups).Put(memberKey(f, key.Last, key.Seq), codec.Bytes(nil))
}

// part takes a delivery out of its group, if it was in it.
func (b *books) part(tx *bbolt.Tx, f core.FailureKey, last int64, seq uint64) error {
	bucket, key := tx.Bucket(bucketGroups), memberKey(f, last, seq)
	if bucket.Get(key) == nil {
		return nil
	}
	b.groups[f]--
	return bucket.Delete(key)
}

// put writes the counts down.
func (b *books) put(tx *bbolt.Tx) error {
	bucket := tx.Bucket(bucketGroups)
	for _, num := range slices.Sorted(maps.Keys(b.rows)) {
		if err := putTally(bucket, num, b.rows[num]); err != nil {
			return fmt.Errorf("count history: %w", err)
		}
	}
	for f, n := range b.groups {
		if err := putGroup(bucket, f, n); err != nil {
			return fmt.Errorf("count failures: %w", err)
		}
	}
	return nil
}

func putTally(bucket *bbolt.Bucket, num uint32, changes map[codec.RowHead]int64) error {
	key := tallyKey(num)
	t := codec.Tally{Rows: map[core.DeliveryState]uint64{}, Tests: map[core.DeliveryState]uint64{}}
	if value := bucket.Get(key); value != nil {
		if old, err := codec.UnmarshalTally(value); err == nil {
			t = old
		}
	}
	left := uint64(0)
	for head, n := range changes {
		counts := t.Rows
		if head.Test {
			counts = t.Tests
		}
		counts[head.State] = moved(counts[head.State], n)
	}
	for _, counts := range []map[core.DeliveryState]uint64{t.Rows, t.Tests} {
		for _, n := range counts {
			left += n
		}
	}
	if left == 0 {
		return bucket.Delete(key)
	}
	return bucket.Put(key, codec.MarshalTally(t))
}

func putGroup(bucket *bbolt.Bucket, f core.FailureKey, change int64) error {
	key := groupKey(groupCount, f)
	var count uint64
	if value := bucket.Get(key); value != nil {
		count, _ = codec.ReadNumber(value)
	}
	if count = moved(count, change); count == 0 {
		return bucket.Delete(key)
	}
	return bucket.Put(key, codec.Number(count))
}

// moved adds to a count, and stops at 0.
func moved(count uint64, by int64) uint64 {
	if by < 0 && uint64(-by) > count {
		return 0
	}
	return count + uint64(by)
}

// Tallies gives how many rows there are, those of deleted webhooks together.
func (s *Store) Tallies() ([]core.Tally, error) {
	var tallies []core.Tally
	dropped := core.Tally{States: map[core.DeliveryState]uint64{}, Tests: map[core.DeliveryState]uint64{}}
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketGroups).Cursor()
		prefix := []byte{groupTally}
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			t, err := codec.UnmarshalTally(v)
			if bad.add(k, err) {
				continue
			}
			if num := numFrom(k); s.names.has(num) {
				tallies = append(tallies, core.Tally{Webhook: num, States: t.Rows, Tests: t.Tests})
				continue
			}
			t.Rows[core.Failed] += t.Rows[core.Waiting] // nobody sends them any more
			delete(t.Rows, core.Waiting)
			addAll(dropped.States, t.Rows)
			addAll(dropped.Tests, t.Tests)
		}
		return nil
	})
	if len(dropped.States)+len(dropped.Tests) > 0 {
		tallies = append([]core.Tally{dropped}, tallies...)
	}
	if err == nil {
		err = bad.err("counts of messages")
	}
	return tallies, err
}

func addAll(to, from map[core.DeliveryState]uint64) {
	for state, n := range from {
		if n > 0 {
			to[state] += n
		}
	}
}

// Failures gives the groups of failed messages, without those of webhooks that
// were deleted.
func (s *Store) Failures() ([]core.Failure, error) {
	var all []core.Failure
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketGroups)
		c, members := bucket.Cursor(), bucket.Cursor()
		prefix := []byte{groupCount}
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			f, _, ok := groupFrom(k)
			if !ok {
				bad.add(k, codec.ErrDamaged)
				continue
			}
			n, err := codec.ReadNumber(v)
			if bad.add(k, err) || !s.names.has(f.Webhook) {
				continue
			}
			all = append(all, failure(members, f, n))
		}
		return nil
	})
	if err == nil {
		err = bad.err("counts of failed messages")
	}
	return all, err
}

// failure looks up from when to when a group reaches.
func failure(c *bbolt.Cursor, f core.FailureKey, n uint64) core.Failure {
	g := core.Failure{FailureKey: f, Count: n}
	prefix := groupKey(groupMember, f)
	if k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) {
		if key, ok := memberFrom(k); ok {
			g.Since = codec.FromMilli(key.Last)
		}
	}
	end := append(bytes.Clone(prefix), bytes.Repeat([]byte{0xff}, 17)...)
	if k, _ := seekBefore(c, end); bytes.HasPrefix(k, prefix) {
		if key, ok := memberFrom(k); ok {
			g.Newest, g.Example = codec.FromMilli(key.Last), key
		}
	}
	return g
}

// recount counts the history anew, and writes the groups of what failed. It reads
// every row. live tells of webhooks whether they are there.
func recount(tx *bbolt.Tx, live map[uint32]bool) error {
	if err := emptyBucket(tx, bucketGroups); err != nil {
		return err
	}
	b := newBooks()
	c := tx.Bucket(bucketHistory).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		key, ok := core.DeliveryKeyFrom(k)
		row, err := codec.UnmarshalRow(v)
		if !ok || err != nil {
			continue
		}
		b.row(key.Webhook, row.State, row.Test, 1)
		if row.State != core.Failed || row.Test || !live[key.Webhook] {
			continue
		}
		if err := b.adopt(tx, key, row); err != nil {
			return err
		}
	}
	return b.put(tx)
}

// adopt makes a failed row a member of its group, if its ref leads to it.
func (b *books) adopt(tx *bbolt.Tx, key core.DeliveryKey, row *codec.Row) error {
	refs, at := tx.Bucket(bucketRefs), refKey(key.Seq, key.Webhook)
	ref, err := codec.UnmarshalRef(refs.Get(at))
	if err != nil || ref.Last != key.Last || ref.Due != 0 {
		return nil //nolint:nilerr // a row that nothing leads to cannot be sent again
	}
	f := groupOf(key.Webhook, row)
	if err := refs.Put(at, codec.MarshalRef(codec.Ref{Last: key.Last, Cause: f.Cause, Code: f.Code})); err != nil {
		return err
	}
	return b.join(tx, f, key)
}

func emptyBucket(tx *bbolt.Tx, name []byte) error {
	if tx.Bucket(name) != nil {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
	}
	_, err := tx.CreateBucket(name)
	return err
}

// since1970 keeps times before it out of keys, which order as unsigned numbers.
func since1970(t time.Time) int64 { return max(codec.Milli(t), 0) }
