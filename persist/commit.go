package persist

import (
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// Commit writes a batch in one transaction, and hands out in the batch's changes
// what was saved as it is kept, its secrets by their names. It may take some seconds the first
// time that it seals a secret, because the key store is asked then. Tries of
// webhooks that were deleted meanwhile go into the history as failed, and their
// lanes nowhere.
func (s *Store) Commit(b *core.Batch) error {
	seals, err := s.prepareSeals(b.Config)
	if err != nil {
		return err
	}
	w := s.writer(seals)
	err = s.update(func(tx *bbolt.Tx) error {
		w.tx = tx
		return w.write(b)
	})
	if err != nil {
		return err
	}
	if len(b.Config) > 0 {
		s.keepBooks(w)
		w.saved.fill(b.Config)
	}
	if w.inPlace || len(w.renamed) > 0 {
		s.trim.finishedInPlace()
	}
	return nil
}

// writer begins a batch.
func (s *Store) writer(seals *sealer) *batchWriter {
	return &batchWriter{names: &s.names, seals: seals, counts: map[hourOf]codec.Count{}, books: newBooks(), uses: s.uses, named: secretUses{}}
}

// keepBooks takes note of the webhooks and secrets that a batch changed, once it is
// on disk.
func (s *Store) keepBooks(w *batchWriter) {
	s.names.change(w.renamed)
	s.uses = w.usesAfter()
}

// batchWriter writes one batch into one transaction.
type batchWriter struct {
	tx     *bbolt.Tx
	names  *webhookNames
	seals  *sealer
	counts map[hourOf]codec.Count // what the batch adds
	books  *books                 // likewise
	saved  savedRows

	inPlace bool // a row was finished where it stands
	renamed []nameChange
	uses    secretUses // before the batch; nil if nobody has counted yet
	named   secretUses // what the batch changes in it
	counted secretUses // after the batch, where uses is nil
}

// hourOf is an hour (Unix time in hours) of a webhook.
type hourOf struct {
	hour int64
	num  uint32
}

func (w *batchWriter) write(b *core.Batch) error {
	if err := w.events(b.Events); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	if err := w.marks(b.Marks); err != nil {
		return fmt.Errorf("write marks: %w", err)
	}
	for i := range b.Results {
		if err := w.result(&b.Results[i]); err != nil {
			return fmt.Errorf("write result: %w", err)
		}
	}
	if err := w.erase(b.Erase); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	if err := w.putCounts(); err != nil {
		return fmt.Errorf("write counts: %w", err)
	}
	if err := w.books.put(w.tx); err != nil {
		return err
	}
	if err := w.lanes(b.Lanes); err != nil {
		return fmt.Errorf("write lanes: %w", err)
	}
	if err := w.works(b.Works); err != nil {
		return fmt.Errorf("write work: %w", err)
	}
	return w.config(b.Config)
}

// events appends to the log. Their numbers have to rise above all that were ever
// in it, whatever was trimmed since.
func (w *batchWriter) events(events []*core.Event) error {
	if len(events) == 0 {
		return nil
	}
	log := eventsIn(w.tx)
	head := log.Sequence()
	stats := map[string]codec.Stat{}
	for _, e := range events {
		if e.Seq <= head || e.Seq&testBit != 0 {
			return fmt.Errorf("event %d does not come after event %d", e.Seq, head)
		}
		head = e.Seq
		if err := log.Put(seqKey(e.Seq), codec.Event(e)); err != nil {
			return err
		}
		stats[e.Source] = codec.Stat{Last: e.Time, Events: stats[e.Source].Events + 1}
	}
	if err := w.addStats(stats); err != nil {
		return err
	}
	return log.SetSequence(head)
}

// addStats adds what a batch brought to what is known of its sources. A stat that
// cannot be read begins anew.
func (w *batchWriter) addStats(stats map[string]codec.Stat) error {
	bucket := w.tx.Bucket(bucketStats)
	for _, id := range slices.Sorted(maps.Keys(stats)) {
		stat := stats[id]
		if value := bucket.Get(statKey(id)); value != nil {
			if old, err := codec.UnmarshalStat(value); err == nil {
				stat.Events += old.Events
			}
		}
		if err := bucket.Put(statKey(id), codec.MarshalStat(stat)); err != nil {
			return err
		}
	}
	return nil
}

func (w *batchWriter) marks(marks []core.Mark) error {
	bucket := w.tx.Bucket(bucketMarks)
	for _, m := range marks {
		var err error
		if m.Value == nil {
			err = bucket.Delete(markKey(m.Source, m.Key))
		} else {
			err = bucket.Put(markKey(m.Source, m.Key), codec.Bytes(m.Value))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *batchWriter) works(works []core.Work) error {
	bucket := w.tx.Bucket(bucketWork)
	for _, work := range works {
		var err error
		if work.Data == nil {
			err = bucket.Delete([]byte(work.ID))
		} else {
			err = bucket.Put([]byte(work.ID), codec.Bytes(work.Data))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *batchWriter) lanes(lanes []core.LaneRow) error {
	for i := range lanes {
		if !w.names.has(lanes[i].Webhook) {
			continue
		}
		if err := w.putLane(lanes[i].Webhook, &lanes[i].Lane); err != nil {
			return err
		}
	}
	return nil
}

func (w *batchWriter) putLane(num uint32, lane *core.Lane) error {
	value, err := codec.JSON(lane)
	if err != nil {
		return err
	}
	return w.tx.Bucket(bucketLanes).Put(numKey(num), value)
}

func (w *batchWriter) putCounts() error {
	bucket := w.tx.Bucket(bucketHours)
	for at, count := range w.counts {
		key := hourKey(at.hour, at.num)
		if value := bucket.Get(key); value != nil {
			if old, err := codec.UnmarshalCount(value); err == nil {
				count.Delivered += old.Delivered
				count.Failed += old.Failed
			}
		}
		if err := bucket.Put(key, codec.MarshalCount(count)); err != nil {
			return err
		}
	}
	return nil
}
