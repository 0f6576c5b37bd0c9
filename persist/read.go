package persist

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// keysUnder gives copies of all keys with a prefix. Keys are collected before
// they are deleted, because a cursor may pass one over after a Delete.
func keysUnder(b *bbolt.Bucket, prefix []byte) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

// unreadable collects values that could not be read, beside the good ones.
type unreadable struct {
	n     int
	first error
}

// add notes an error about the value under a key, and tells whether there is one.
func (u *unreadable) add(key []byte, err error) bool {
	if err == nil {
		return false
	}
	if u.n++; u.first == nil {
		u.first = fmt.Errorf("value of key %x: %w", key, err)
	}
	return true
}

// err gives nil, or an error that tells how many there were.
func (u *unreadable) err(what string) error {
	if u.n == 0 {
		return nil
	}
	return core.Wrap(core.CodeInternal, u.first,
		fmt.Sprintf("%d %s on the disk of this computer are damaged and were left out.", u.n, what))
}

// Events gives events from a seq on, in one short read. It may give events and
// an error about those that cannot be read.
func (s *Store) Events(from uint64, max, maxBytes int) ([]*core.Event, error) {
	var events []*core.Event
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		size := 0
		c := tx.Bucket(bucketEvents).Cursor()
		for k, v := c.Seek(seqKey(from)); k != nil && len(events) < max; k, v = c.Next() {
			e, err := readEvent(k, v)
			if bad.add(k, err) {
				continue
			}
			if size += len(e.Data); size > maxBytes && len(events) > 0 {
				return nil
			}
			events = append(events, e)
		}
		return nil
	})
	if err == nil {
		err = bad.err("records")
	}
	return events, err
}

// backBytes is how much data EventsBack gives, and one event more.
const backBytes = 32 << 20

// EventsBack gives events before a seq, newest first, and fewer than are asked for
// where they are very big.
func (s *Store) EventsBack(before uint64, max int) ([]*core.Event, error) {
	var events []*core.Event
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketEvents).Cursor()
		var from []byte
		if before != 0 {
			from = seqKey(before)
		}
		size := 0
		for k, v := seekBefore(c, from); k != nil && len(events) < max && size < backBytes; k, v = c.Prev() {
			if e, err := readEvent(k, v); !bad.add(k, err) {
				events = append(events, e)
				size += len(e.Data)
			}
		}
		return nil
	})
	if err == nil {
		err = bad.err("records")
	}
	return events, err
}

// seekBefore moves to the last key before another; nil means to the last of all.
func seekBefore(c *bbolt.Cursor, before []byte) (k, v []byte) {
	if before == nil {
		return c.Last()
	}
	if k, _ := c.Seek(before); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// Event gives one event.
func (s *Store) Event(seq uint64) (*core.Event, error) {
	var e *core.Event
	err := s.view(func(tx *bbolt.Tx) (err error) {
		key := seqKey(seq)
		value := tx.Bucket(bucketEvents).Get(key)
		if value == nil {
			return core.Errorf(core.CodeNotFound, "The record is not kept any more.")
		}
		e, err = readEvent(key, value)
		return err
	})
	if errors.Is(err, codec.ErrDamaged) {
		return nil, core.Wrap(core.CodeInternal, err, "The record is damaged on the disk of this computer.")
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

func readEvent(key, value []byte) (*core.Event, error) {
	if len(key) != 8 {
		return nil, fmt.Errorf("%w: an event's key of %d bytes", codec.ErrDamaged, len(key))
	}
	return codec.ReadEvent(binary.BigEndian.Uint64(key), value)
}

// Retries gives a webhook's waiting retries after a place, nearest first, none
// if the webhook was deleted.
func (s *Store) Retries(webhook uint32, after core.RetryPlace, max int) ([]core.Retry, error) {
	if !s.names.has(webhook) {
		return nil, nil
	}
	var retries []core.Retry
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketRetries).Cursor()
		start := retryKey(webhook, after)
		for k, v := c.Seek(start); k != nil && len(retries) < max; k, v = c.Next() {
			num, place, ok := retryPlaceFrom(k)
			if !ok || num != webhook {
				return nil
			}
			if place == after {
				continue
			}
			if r, err := codec.ReadRetry(webhook, place, v); !bad.add(k, err) {
				retries = append(retries, r)
			}
		}
		return nil
	})
	if err == nil {
		err = bad.err("waiting messages")
	}
	return retries, err
}

// Hours gives the counts of the hours that begin in [from, to).
func (s *Store) Hours(from, to time.Time) ([]core.HourCount, error) {
	var hours []core.HourCount
	var bad unreadable
	first := unixHour(from.Add(time.Hour - 1))
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketHours).Cursor()
		for k, v := c.Seek(hourKey(first, 0)); len(k) == 12; k, v = c.Next() {
			hour := hourFrom(k)
			if !hour.Before(to) {
				return nil
			}
			count, err := codec.UnmarshalCount(v)
			if bad.add(k, err) {
				continue
			}
			hours = append(hours, core.HourCount{
				Hour: hour, Webhook: numFrom(k), Delivered: count.Delivered, Failed: count.Failed,
			})
		}
		return nil
	})
	if err == nil {
		err = bad.err("counts of messages")
	}
	return hours, err
}

// hourFrom reads the hour out of a key that hourKey made.
func hourFrom(key []byte) time.Time {
	return time.Unix(int64(binary.BigEndian.Uint64(key))*3600, 0).UTC()
}

// Mark gives what a source remembered under a key.
func (s *Store) Mark(source, key string) (value []byte, ok bool, err error) {
	err = s.view(func(tx *bbolt.Tx) (err error) {
		stored := tx.Bucket(bucketMarks).Get(markKey(source, key))
		if stored == nil {
			return nil
		}
		ok = true
		value, err = codec.ReadBytes(stored)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("read mark %q: %w", key, err)
	}
	return value, ok, nil
}

// markPage is how many marks are read at once.
const markPage = 512

// Marks visits what a source remembered. Nothing is held open meanwhile.
func (s *Store) Marks(source, prefix string, visit func(key string, value []byte) error) error {
	var bad unreadable
	under := markKey(source, prefix)
	for from := under; from != nil; {
		var page []core.Mark
		var err error
		page, from, err = s.marks(under, from, len(source)+1, &bad)
		if err != nil {
			return err
		}
		for _, m := range page {
			if err := visit(m.Key, m.Value); err != nil {
				return err
			}
		}
	}
	return bad.err("notes of a source")
}

// marks reads one page of marks from a key on, and gives the key to go on from,
// nil at the end.
func (s *Store) marks(under, from []byte, cut int, bad *unreadable) (page []core.Mark, next []byte, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketMarks).Cursor()
		n := 0
		for k, v := c.Seek(from); k != nil && bytes.HasPrefix(k, under); k, v = c.Next() {
			if n++; n > markPage {
				next = bytes.Clone(k)
				return nil
			}
			if value, err := codec.ReadBytes(v); !bad.add(k, err) {
				page = append(page, core.Mark{Key: string(k[cut:]), Value: value})
			}
		}
		return nil
	})
	return page, next, err
}

// Works gives the long work that is not finished. It may give some and an error
// about what cannot be read.
func (s *Store) Works() ([]core.Work, error) {
	var works []core.Work
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketWork).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			if data, err := codec.ReadBytes(v); !bad.add(k, err) {
				works = append(works, core.Work{ID: string(k), Data: data})
			}
		}
		return nil
	})
	if err == nil {
		err = bad.err("pieces of long work")
	}
	return works, err
}
