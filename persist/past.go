package persist

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

const (
	pastLimit   = 200
	defaultPast = 100
	pastKept    = 5000 // changes; more are forgotten, the oldest first
)

// remember notes a change of the settings, unless nothing is different by it.
func (w *batchWriter) remember(c *core.Change, p core.Past) error {
	if !p.Before.IsZero() && !p.After.IsZero() && reflect.DeepEqual(comparable(p.Before), comparable(p.After)) {
		return nil
	}
	past := w.tx.Bucket(bucketPast)
	id, err := past.NextSequence()
	if err != nil {
		return err
	}
	p.ID, p.At, p.By = id, c.Now.UTC(), c.By
	if p.Undo != nil {
		if err := put(w.tx, bucketAside, seqKey(id), p.Undo); err != nil {
			return err
		}
	}
	p.Undo = nil // is in a bucket of its own, where it is found without reading all changes
	return put(w.tx, bucketPast, seqKey(id), p)
}

// comparable leaves out what Hookbird counts for itself.
func comparable(s core.PastState) core.PastState {
	if s.Settings != nil {
		set := *s.Settings
		set.Port, set.Saves = 0, 0
		s.Settings = &set
	}
	return s
}

// readPast reads a change, with what it takes to undo it.
func readPast(tx *bbolt.Tx, key, value []byte) (core.Past, error) {
	var p core.Past
	if len(key) != 8 {
		return p, codec.ErrDamaged
	}
	if err := codec.ReadJSON(value, &p); err != nil {
		return p, err
	}
	p.ID = binary.BigEndian.Uint64(key)
	aside := tx.Bucket(bucketAside).Get(key)
	if aside == nil {
		return p, nil
	}
	p.Undo = &core.PastUndo{}
	return p, codec.ReadJSON(aside, p.Undo)
}

// Pasts gives changes of the settings, the newest first. It may give some and an
// error about those that cannot be read.
func (s *Store) Pasts(q core.PastQuery) ([]core.Past, error) {
	if q.Limit <= 0 {
		q.Limit = defaultPast
	}
	q.Limit = min(q.Limit, pastLimit)
	var from []byte
	if q.Before != 0 {
		from = seqKey(q.Before)
	}
	var list []core.Past
	var bad unreadable
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketPast).Cursor()
		for k, v := seekBefore(c, from); k != nil && len(list) < q.Limit; k, v = c.Prev() {
			p, err := readPast(tx, k, v)
			if !bad.add(k, err) && (q.Kind == "" || q.Kind == p.Kind) && (q.Target == "" || q.Target == p.Target) {
				list = append(list, p)
			}
		}
		return nil
	})
	if err == nil {
		err = bad.err("changes of the settings")
	}
	return list, err
}

// Past gives one change of the settings.
func (s *Store) Past(id uint64) (core.Past, error) {
	var p core.Past
	err := s.view(func(tx *bbolt.Tx) (err error) {
		p, err = pastIn(tx, id)
		return err
	})
	return p, err
}

func pastIn(tx *bbolt.Tx, id uint64) (core.Past, error) {
	key := seqKey(id)
	value := tx.Bucket(bucketPast).Get(key)
	if value == nil {
		return core.Past{}, core.Errorf(core.CodeNotFound, "Hookbird does not remember this change any more.")
	}
	return readPast(tx, key, value)
}

// asideWebhook gives what it takes to undo the removal of a webhook: its place, as
// if it had been turned off now.
func (w *batchWriter) asideWebhook(c *core.Change, stored *storedWebhook) (*core.PastUndo, error) {
	lane, err := readLane(w.tx, stored.Num)
	if err != nil {
		return nil, err
	}
	if n := len(lane.Gaps); n == 0 || lane.Gaps[n-1].To != 0 {
		lane.Gaps = append(lane.Gaps, core.Span{From: w.tx.Bucket(bucketEvents).Sequence() + 1})
	}
	return &core.PastUndo{Until: c.Now.Add(core.UndoFor).UTC(), Num: stored.Num, Lane: &lane}, nil
}

// undo puts back what a change removed. A webhook comes back turned off, with what
// waited for it.
func (w *batchWriter) undo(i int, c *core.Change) error {
	p, err := pastIn(w.tx, c.Undo)
	if err != nil {
		return err
	}
	if p.Undo == nil {
		return core.Errorf(core.CodeNotFound, "This cannot be undone any more. An earlier state can still be brought back.")
	}
	switch {
	case p.Before.Webhook != nil:
		err = w.undoWebhook(i, c, &p)
	case p.Before.Source != nil:
		err = w.undoSource(i, c, &p)
	}
	if err != nil {
		return err
	}
	return w.tx.Bucket(bucketAside).Delete(seqKey(p.ID))
}

func (w *batchWriter) undoWebhook(i int, c *core.Change, p *core.Past) error {
	webhooks := w.tx.Bucket(bucketWebhooks)
	id := []byte(p.Target)
	if webhooks.Get(id) != nil {
		return core.Errorf(core.CodeConflict, "A webhook was made in the place of %q meanwhile. Delete that one first.", p.Name)
	}
	stored := storedWebhook{Num: p.Undo.Num, Webhook: p.Before.Webhook.Clone(), Changed: c.Now.UTC()}
	stored.Webhook.State, stored.Webhook.Until = core.StateOff, time.Time{}
	stored.Revision = w.lastRevision(stored.Num) + 1
	lane := *p.Undo.Lane
	lane.Retries = w.retriesOf(stored.Num)
	if err := put(w.tx, bucketWebhooks, id, stored); err != nil {
		return err
	}
	if err := put(w.tx, bucketVersions, versionKey(stored.Num, stored.Revision), stored.Webhook); err != nil {
		return err
	}
	if err := w.putLane(stored.Num, &lane); err != nil {
		return err
	}
	w.renamed = append(w.renamed, nameChange{num: stored.Num, id: p.Target, live: true})
	w.saved.webhooks[i] = &core.WebhookRow{Webhook: stored.Webhook, Num: stored.Num, Revision: stored.Revision, Changed: stored.Changed, Lane: lane}
	return w.remember(c, core.Past{
		Kind: core.PastWebhook, Target: p.Target, Name: stored.Webhook.Name, After: core.PastState{Webhook: stored.Webhook},
	})
}

// lastRevision is the newest that a webhook ever had.
func (w *batchWriter) lastRevision(num uint32) uint64 {
	k, _ := seekBefore(w.tx.Bucket(bucketVersions).Cursor(), versionKey(num, math.MaxUint64))
	if len(k) != 12 || !bytes.HasPrefix(k, numKey(num)) {
		return 0
	}
	return binary.BigEndian.Uint64(k[4:])
}

// retriesOf counts what waits for a webhook. Tries that were on their way when it
// was removed have ended meanwhile.
func (w *batchWriter) retriesOf(num uint32) (n uint64) {
	prefix := numKey(num)
	c := w.tx.Bucket(bucketRetries).Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		n++
	}
	return n
}

func (w *batchWriter) undoSource(i int, c *core.Change, p *core.Past) error {
	id := []byte(p.Target)
	if w.tx.Bucket(bucketSources).Get(id) != nil {
		return core.Errorf(core.CodeConflict, "A source was made in the place of %q meanwhile. Delete that one first.", p.Name)
	}
	stored := storedSource{Revision: 1, Changed: c.Now.UTC(), Source: p.Before.Source.Clone()}
	if err := put(w.tx, bucketSources, id, stored); err != nil {
		return err
	}
	row := &core.SourceRow{Source: stored.Source, Revision: stored.Revision, Changed: stored.Changed}
	stat, err := readStat(w.tx, p.Target)
	row.Last, row.Events = stat.Last, stat.Events
	if err != nil {
		return err
	}
	w.saved.sources[i] = row
	return w.remember(c, core.Past{
		Kind: core.PastSource, Target: p.Target, Name: stored.Source.Name, After: core.PastState{Source: stored.Source},
	})
}

// expire ends the time in which a removal can be undone: its place, its memory and
// its secrets go.
func (w *batchWriter) expire(p *core.Past) error {
	switch {
	case p.Before.Webhook != nil:
		w.named.add(-1, p.Before.Webhook.Secrets)
		w.renamed = append(w.renamed, nameChange{num: p.Undo.Num, gone: true})
	case p.Before.Source != nil:
		w.named.add(-1, p.Before.Source.Secrets)
		if w.tx.Bucket(bucketSources).Get([]byte(p.Target)) == nil {
			if err := w.forgetSource(p.Target); err != nil {
				return err
			}
		}
	}
	return w.tx.Bucket(bucketAside).Delete(seqKey(p.ID))
}

// expireSource ends it for a source in whose place another is made, which must not
// inherit what that one remembered.
func (w *batchWriter) expireSource(id string) error {
	for _, p := range undoable(w.tx) {
		if p.Kind == core.PastSource && p.Target == id {
			if err := w.expire(&p); err != nil {
				return err
			}
		}
	}
	return nil
}

// undoable are the removals that can still be undone.
func undoable(tx *bbolt.Tx) []core.Past {
	var list []core.Past
	past := tx.Bucket(bucketPast)
	c := tx.Bucket(bucketAside).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if p, err := readPast(tx, k, past.Get(k)); err == nil {
			list = append(list, p)
		}
	}
	return list
}

// findPast looks for what was to be undone until now, and for the oldest changes of
// too many.
func (t *trimmer) findPast(tx *bbolt.Tx, now time.Time) {
	past, aside := tx.Bucket(bucketPast), tx.Bucket(bucketAside)
	for _, p := range undoable(tx) {
		if p.Undo.Until.Before(now) {
			t.over = append(t.over, p)
		}
	}
	head := past.Sequence()
	c := past.Cursor()
	for k, _ := c.First(); len(k) == 8 && binary.BigEndian.Uint64(k)+pastKept <= head; k, _ = c.Next() {
		if len(t.past) == trimSlice {
			return
		}
		if aside.Get(k) == nil {
			t.past = append(t.past, bytes.Clone(k))
		}
	}
}

// forgetPast deletes what findPast found.
func (t *trimmer) forgetPast(w *batchWriter) error {
	for i := range t.over {
		if err := w.expire(&t.over[i]); err != nil {
			return err
		}
	}
	if len(t.over) > 0 {
		if err := w.dropUnusedSecrets(); err != nil {
			return err
		}
	}
	return deleteAll(w.tx.Bucket(bucketPast), t.past)
}
