package persist

import (
	"encoding/binary"
	"sort"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// Unfinished gives deliveries that wait or have failed and were last tried before a
// time. It may give some and an error about those that cannot be read.
func (s *Store) Unfinished(before time.Time, after core.UnfinishedPlace, max int) (list []core.Unfinished, next core.UnfinishedPlace, err error) {
	var bad unreadable
	err = s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketRefs).Cursor()
		from := refKey(after.Seq, after.Webhook)
		looked := 0
		for k, v := c.Seek(from); len(k) == 12; k, v = c.Next() {
			place := core.UnfinishedPlace{Seq: binary.BigEndian.Uint64(k), Webhook: numFrom(k)}
			if place == after {
				continue
			}
			if looked++; looked > trimLook || len(list) == max {
				return nil
			}
			next = place
			ref, err := codec.UnmarshalRef(v)
			if bad.add(k, err) || !s.names.has(place.Webhook) || !codec.FromMilli(ref.Last).Before(before) {
				continue
			}
			list = append(list, core.Unfinished{
				Key: core.DeliveryKey{Last: ref.Last, Seq: place.Seq, Webhook: place.Webhook}, Due: ref.Due,
			})
		}
		next = core.UnfinishedPlace{}
		return nil
	})
	if err == nil {
		err = bad.err("notes of unfinished messages")
	}
	return list, next, err
}

// SeqAt looks for the first event of a time or later by halves: times never go
// back along the log.
func (s *Store) SeqAt(t time.Time) (seq uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		log := tx.Bucket(bucketEvents)
		c := log.Cursor()
		seq = log.Sequence() + 1
		first, _ := c.First()
		if len(first) != 8 {
			return nil
		}
		low := binary.BigEndian.Uint64(first)
		seq = low + uint64(sort.Search(int(seq-low), func(i int) bool {
			k, v := c.Seek(seqKey(low + uint64(i))) // or the next that is kept
			at, ok := codec.EventTime(v)
			return k == nil || ok && !at.Before(t)
		}))
		if k, _ := c.Seek(seqKey(seq)); len(k) == 8 {
			seq = binary.BigEndian.Uint64(k)
		}
		return nil
	})
	return seq, err
}

// Reach tells how far back log and history go.
func (s *Store) Reach() (r core.Reach, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		if k, v := tx.Bucket(bucketEvents).Cursor().First(); len(k) == 8 {
			r.First = binary.BigEndian.Uint64(k)
			r.FirstTime, _ = codec.EventTime(v)
		}
		k, _ := tx.Bucket(bucketHistory).Cursor().First()
		if key, ok := core.DeliveryKeyFrom(k); ok {
			r.FirstRow = codec.FromMilli(key.Last)
		}
		return nil
	})
	return r, err
}
