package persist

import (
	"bytes"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// erase removes what is about a person, and keeps the books in step.
func (w *batchWriter) erase(e *core.Erasure) error {
	if e.IsEmpty() {
		return nil
	}
	w.inPlace = true // what Trim has looked at may be different
	for _, key := range e.Rows {
		if err := w.eraseRow(key); err != nil {
			return err
		}
	}
	for _, key := range e.Blank {
		if err := w.blankRow(key); err != nil {
			return err
		}
	}
	if len(e.Events) > 0 {
		if err := w.tx.Bucket(bucketMeta).Put(keyHoles, []byte{1}); err != nil {
			return err
		}
	}
	log := eventsIn(w.tx)
	for _, seq := range e.Events {
		if err := keepHeadTime(w.tx, seqKey(seq)); err != nil {
			return err
		}
		if err := log.Delete(seqKey(seq)); err != nil {
			return err
		}
	}
	return nil
}

// eraseRow removes a row with its retry, its ref and its place in a group.
func (w *batchWriter) eraseRow(key core.DeliveryKey) error {
	r := &core.Result{Webhook: key.Webhook, Seq: key.Seq, Prev: key}
	rows := historyIn(w.tx)
	value := rows.Get(key.Bytes())
	if value == nil {
		return nil
	}
	was, err := w.find(r)
	if err != nil {
		return err
	}
	if was.key != key { // the ref leads to another row of the message, which is its own
		if row, err := codec.UnmarshalRow(value); err == nil {
			w.books.row(key.Webhook, row.State, row.Test, -1)
		}
		return rows.Delete(key.Bytes())
	}
	return w.forget(was, r, core.DeliveryKey{})
}

// blankRow removes what was answered to the tries of a row.
func (w *batchWriter) blankRow(key core.DeliveryKey) error {
	rows := historyIn(w.tx)
	row, err := codec.UnmarshalRow(rows.Get(key.Bytes()))
	if err != nil {
		return nil //nolint:nilerr // it is gone, or cannot be shown anyway
	}
	for i := range row.Attempts {
		a := &row.Attempts[i]
		a.Answer, a.Detail, a.Header = "", "", nil
	}
	return rows.Put(key.Bytes(), codec.MarshalRow(row))
}

// ScanRows has visit look at the texts of rows of the history, oldest first, after a
// place, at most most of them. It gives where to go on, zero at the end. Rows that
// cannot be read are passed over. visit must not keep what it is given.
func (s *Store) ScanRows(after core.DeliveryKey, most int, visit func(*core.RowTexts)) (next core.DeliveryKey, err error) {
	var look codec.RowLook
	err = s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketHistory).Cursor()
		from := after.Bytes()
		k, v := c.Seek(from)
		if bytes.Equal(k, from) {
			k, v = c.Next()
		}
		size := 0
		for n := 0; k != nil && n < most && size < historyBytes; n++ {
			size += len(v)
			key, ok := core.DeliveryKeyFrom(k)
			next = key
			if ok && codec.LookAtRow(v, &look) == nil {
				texts := core.RowTexts{Key: key, State: look.State, Answers: append(look.Answers, look.Details...)}
				if look.HasOwn {
					texts.Title, texts.Data = look.Event.Title, look.Event.Data
				}
				visit(&texts)
			}
			k, v = c.Next()
		}
		if k == nil {
			next = core.DeliveryKey{}
		}
		return nil
	})
	return next, err
}

// Standing gives the deliveries of some records that wait or have failed.
func (s *Store) Standing(seqs []uint64) (list []core.Unfinished, err error) {
	var bad unreadable
	err = s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketRefs).Cursor()
		for _, seq := range seqs {
			prefix := seqKey(seq)
			for k, v := c.Seek(prefix); len(k) == 12 && bytes.HasPrefix(k, prefix); k, v = c.Next() {
				ref, err := codec.UnmarshalRef(v)
				if bad.add(k, err) {
					continue
				}
				list = append(list, core.Unfinished{Key: core.DeliveryKey{Last: ref.Last, Seq: seq, Webhook: numFrom(k)}, Due: ref.Due})
			}
		}
		return nil
	})
	if err == nil {
		err = bad.err("notes of unfinished messages")
	}
	return list, err
}
