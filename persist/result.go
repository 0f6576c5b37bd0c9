package persist

import (
	"fmt"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/persist/codec"
)

// testBit is set in the seq of tests, which are in no log.
const testBit = 1 << 63

// result writes what came of one try, or what is so without one:
//
//	first try, delivered   Put hist
//	delivered later        Put hist; Delete its old row, its retry and its ref
//	waits                  Put hist, retry and ref; Delete its old row and retry
//	failed                 Put hist and ref; Delete its old row and retry
//	to be sent again       Put its row in place, or a first one, retry and ref; Delete its old retry
//	not to be sent         Put hist; Delete its old row, its retry and its ref
//	ended without a try    Put its row in place, or a first one; Delete its retry and ref
func (w *batchWriter) result(r *core.Result) error {
	switch {
	case r.Test:
		return w.test(r)
	case r.Attempt == nil && r.State == core.Waiting:
		return w.sendAgain(r)
	case r.Attempt == nil:
		return w.end(r)
	case r.State == core.Delivered && r.Prev.IsZero():
		row := &codec.Row{}
		w.tried(row, r)
		return w.putRow(keyOf(r), row)
	default:
		return w.advance(r)
	}
}

// keyOf is where the row of a try belongs.
func keyOf(r *core.Result) core.DeliveryKey {
	return core.DeliveryKey{Last: codec.Milli(r.Attempt.At), Seq: r.Seq, Webhook: r.Webhook}
}

// tried adds a try to its delivery's row and to the hour's count. What ended
// because the program did is shown and does not count as a try.
func (w *batchWriter) tried(row *codec.Row, r *core.Result) {
	if n := len(row.Attempts); n > 0 && row.Attempts[n-1].Revision == 0 {
		row.Attempts[n-1].Revision = row.Revision
	}
	row.State, row.Revision, row.Next = r.State, r.Revision, time.Time{}
	shorten(row.Attempts)
	a := *r.Attempt
	a.Corrected = row.Event != nil && !row.Test
	if len(row.Attempts) > 0 {
		a.Revision = r.Revision // else the row's own says it
	}
	row.Attempts = append(row.Attempts, a)
	if n := len(row.Attempts); n > core.MaxAttempts {
		row.Attempts = row.Attempts[n-core.MaxAttempts:]
	}
	if r.Attempt.Cause != core.CauseStop && r.Attempt.Cause != core.CauseThrown {
		row.Tries++
		if row.First.IsZero() {
			row.First = r.Attempt.At
		}
	}
	if !r.Test {
		w.count(r, r.Attempt.At)
	}
}

// shorten leaves of the last try what is kept of tries before the last.
func shorten(tries []core.Attempt) {
	n := len(tries)
	if n == 0 {
		return
	}
	a := &tries[n-1]
	a.Header = nil
	if len(a.Answer) > core.MaxOldAnswer {
		a.Answer = strings.ToValidUTF8(a.Answer[:core.MaxOldAnswer], "")
	}
}

// count adds a result to the hour that it falls into, if its state counts.
func (w *batchWriter) count(r *core.Result, at time.Time) {
	hour := hourOf{hour: unixHour(at), num: r.Webhook}
	count := w.counts[hour]
	switch r.State {
	case core.Delivered:
		count.Delivered++
	case core.Failed:
		count.Failed++
	default:
		return
	}
	w.counts[hour] = count
}

// test writes the row of a test, with the record that it was made with.
func (w *batchWriter) test(r *core.Result) error {
	if r.Attempt == nil {
		return nil
	}
	row := &codec.Row{Test: true, Event: r.Event}
	w.tried(row, r)
	key := keyOf(r)
	key.Seq |= testBit
	return w.putRow(key, row)
}

// advance writes a try of a delivery that was tried before or that did not
// deliver, and keeps row, retry and ref in step.
func (w *batchWriter) advance(r *core.Result) error {
	was, err := w.find(r)
	if err != nil {
		return err
	}
	key := keyOf(r)
	if err := w.forget(was, r, key); err != nil {
		return err
	}
	row := was.row
	w.tried(row, r)
	if !w.names.has(r.Webhook) { // nobody is left to send it again
		if row.State == core.Waiting {
			row.State = core.Failed
		}
		return w.putRow(key, row)
	}
	switch r.State {
	case core.Waiting:
		return w.wait(key, row, r, r.Due.Sub(r.Attempt.At))
	case core.Failed:
		if err := w.putFailed(key, row); err != nil {
			return err
		}
	}
	return w.putRow(key, row)
}

// putFailed writes the ref of a delivery that failed, and makes it a member of
// its group.
func (w *batchWriter) putFailed(key core.DeliveryKey, row *codec.Row) error {
	f := groupOf(key.Webhook, row)
	if err := w.putRef(key, codec.Ref{Last: key.Last, Cause: f.Cause, Code: f.Code}); err != nil {
		return err
	}
	return w.books.join(w.tx, f, key)
}

// sendAgain makes a row wait anew, where it stands, with no tries behind it, and
// with the record as it was corrected, if it was. A delivery that never had a row
// gets its first, at the time that it is due. A row that is gone, or whose record
// or webhook is, stays as it is.
func (w *batchWriter) sendAgain(r *core.Result) error {
	was, err := w.find(r)
	if err != nil {
		return err
	}
	kept := w.tx.Bucket(bucketEvents).Get(seqKey(r.Seq)) != nil
	fresh := r.Prev.IsZero() && !was.hasRef
	if was.key.IsZero() && !fresh || was.row.Test || !kept || !w.names.has(r.Webhook) {
		return nil
	}
	if fresh {
		was.key = core.DeliveryKey{Last: codec.Milli(r.Due), Seq: r.Seq, Webhook: r.Webhook}
		was.row.Revision = r.Revision
	} else if err := w.forget(was, r, was.key); err != nil {
		return err
	}
	row := was.row
	row.Before, row.First, row.Bare = row.Tries, time.Time{}, false
	if r.Event != nil {
		row.Event, row.Changed = r.Event, r.Due
	}
	return w.wait(was.key, row, r, 0)
}

// end finishes a delivery without a try of its own: a person said that it
// arrived, a newer record took its place, or it was kept for as long as such
// records are. Its row stays where it stands; one that was never tried gets its
// first, at the time that it ended, and one that is removed moves there without
// its content. What is finished already, or gone, stays as it is.
func (w *batchWriter) end(r *core.Result) error {
	was, err := w.find(r)
	if err != nil {
		return err
	}
	known := !was.key.IsZero()
	gone := !known && !was.hasRef && !r.Prev.IsZero()
	if gone || was.row.Test || finished(was.row.State) || was.row.State == r.State {
		return nil
	}
	at := ended(r)
	key, row := was.key, was.row
	if !known || r.State == core.Removed {
		key = core.DeliveryKey{Last: codec.Milli(at), Seq: r.Seq, Webhook: r.Webhook}
	}
	if !known {
		row.Revision = r.Revision
	}
	w.inPlace = w.inPlace || key == was.key
	if err := w.forget(was, r, key); err != nil {
		return err
	}
	row.State, row.Next = r.State, time.Time{}
	if r.State == core.Removed {
		codec.Strip(row)
	}
	w.count(r, at)
	if r.State == core.Failed && w.names.has(r.Webhook) {
		if err := w.putFailed(key, row); err != nil {
			return err
		}
	}
	return w.putRow(key, row)
}

// ended is when a result came about that no try tells the time of.
func ended(r *core.Result) time.Time {
	if r.Due.IsZero() {
		return time.Now()
	}
	return r.Due
}

// finished tells whether nothing more becomes of a delivery unless a person wants
// it sent again, and nothing of it has to be kept.
func finished(s core.DeliveryState) bool {
	return s == core.Delivered || s == core.Replaced || s == core.Removed
}

// wait writes a row that waits, its retry and its ref.
func (w *batchWriter) wait(key core.DeliveryKey, row *codec.Row, r *core.Result, delay time.Duration) error {
	due := max(codec.Milli(r.Due), 1) // 0 would say that it does not wait
	row.State, row.Next = core.Waiting, codec.FromMilli(due)
	retry := core.Retry{
		RetryPlace: core.RetryPlace{Due: due, Seq: key.Seq},
		Key:        key,
		Tries:      row.Tries - row.Before,
		First:      row.First,
		LastDelay:  delay,
		Group:      r.Group,
	}
	if err := w.tx.Bucket(bucketRetries).Put(retryKey(key.Webhook, retry.RetryPlace), codec.Retry(retry)); err != nil {
		return err
	}
	if err := w.putRef(key, codec.Ref{Last: key.Last, Due: due}); err != nil {
		return err
	}
	return w.putRow(key, row)
}

// standing is what is stored of a delivery. A zero key means that it has no row,
// or none that can be read; its row is then a new one.
type standing struct {
	key    core.DeliveryKey
	row    *codec.Row
	due    int64 // of its retry, 0 if it has none
	hasRef bool
	ref    codec.Ref
}

// find looks up what is stored of a result's delivery. The ref knows better than
// the result where its row is.
func (w *batchWriter) find(r *core.Result) (standing, error) {
	was := standing{key: r.Prev, row: &codec.Row{}}
	if value := w.tx.Bucket(bucketRefs).Get(refKey(r.Seq, r.Webhook)); value != nil {
		was.hasRef = true
		if ref, err := codec.UnmarshalRef(value); err == nil {
			was.key = core.DeliveryKey{Last: ref.Last, Seq: r.Seq, Webhook: r.Webhook}
			was.due, was.ref = ref.Due, ref
		}
	}
	if was.key.IsZero() {
		return was, nil
	}
	if was.key.Seq != r.Seq || was.key.Webhook != r.Webhook {
		return was, fmt.Errorf("row %v is not of event %d and webhook %d", was.key, r.Seq, r.Webhook)
	}
	value := w.tx.Bucket(bucketHistory).Get(was.key.Bytes())
	if value == nil {
		was.key = core.DeliveryKey{}
		return was, nil
	}
	if row, err := codec.UnmarshalRow(value); err == nil {
		was.row = row
	}
	return was, nil
}

// forget deletes what is stored of a delivery whose row is going to be at key.
func (w *batchWriter) forget(was standing, r *core.Result, key core.DeliveryKey) error {
	if !was.key.IsZero() {
		w.books.row(r.Webhook, was.row.State, was.row.Test, -1)
		if was.key != key {
			if err := historyIn(w.tx).Delete(was.key.Bytes()); err != nil {
				return err
			}
		}
	}
	retries := w.tx.Bucket(bucketRetries)
	for _, due := range []int64{was.due, r.PrevDue} {
		if due == 0 {
			continue
		}
		if err := retries.Delete(retryKey(r.Webhook, core.RetryPlace{Due: due, Seq: r.Seq})); err != nil {
			return err
		}
	}
	if !was.hasRef {
		return nil
	}
	if was.due == 0 {
		f := core.FailureKey{Webhook: r.Webhook, Cause: was.ref.Cause, Code: was.ref.Code}
		if err := w.books.part(w.tx, f, was.ref.Last, r.Seq); err != nil {
			return err
		}
	}
	return w.tx.Bucket(bucketRefs).Delete(refKey(r.Seq, r.Webhook))
}

func (w *batchWriter) putRow(key core.DeliveryKey, row *codec.Row) error {
	w.books.row(key.Webhook, row.State, row.Test, 1)
	return historyIn(w.tx).Put(key.Bytes(), codec.MarshalRow(row))
}

func (w *batchWriter) putRef(key core.DeliveryKey, ref codec.Ref) error {
	return w.tx.Bucket(bucketRefs).Put(refKey(key.Seq, key.Webhook), codec.MarshalRef(ref))
}

// unixHour gives the hour of a time, counted from 1970.
func unixHour(t time.Time) int64 { return t.Unix() / 3600 }
