package persist

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/pagecheck"
)

// books puts in order what the saved entries say of each other: whatever could be
// read of a message is enough for it to be shown, and sent if it waits.
func (r *repairer) books(tx *bbolt.Tx) error {
	if len(r.report.Lost) == 0 && nothingIn(tx) {
		return errNothing
	}
	if err := r.format(tx); err != nil {
		return err
	}
	for _, step := range []func(*bbolt.Tx) error{r.reach, r.settings, r.webhooks, r.sources, r.history, r.lanes, r.numbers} {
		if err := step(tx); err != nil {
			return err
		}
	}
	_, live := readNames(tx)
	if err := recount(tx, live); err != nil {
		return err
	}
	return r.note(tx)
}

// nothingIn tells whether nothing was saved that would be missed.
func nothingIn(tx *bbolt.Tx) bool {
	for _, name := range [][]byte{bucketEvents, bucketHistory, bucketWebhooks, bucketVersions, bucketSources, bucketSettings, bucketPast} {
		if k, _ := tx.Bucket(name).Cursor().First(); k != nil {
			return false
		}
	}
	return true
}

// format gives the store a number and an id, if it has lost them, and brings an
// older one to today's format.
func (r *repairer) format(tx *bbolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if meta.Get(keyID) == nil {
		r.lost["meta"] = true
		if err := meta.Put(keyID, []byte(core.NewKey(26))); err != nil {
			return err
		}
	}
	if k, _ := tx.Bucket(bucketSecrets).Cursor().First(); k != nil && meta.Get(keyVault) == nil {
		// There is a key somewhere: one that is taken for damaged is not made anew.
		if err := meta.Put(keyVault, []byte("?")); err != nil {
			return err
		}
	}
	format := Format
	if number := meta.Get(keyFormat); number != nil {
		format = int(binary.BigEndian.Uint32(number))
	} else {
		r.lost["meta"] = true
	}
	if format > Format || format < 1 {
		return fmt.Errorf("%w: format %d", errNothing, format)
	}
	steps, err := r.ladder.from(format)
	if err != nil {
		return err
	}
	if err := migrate(tx, steps); err != nil {
		return err
	}
	return putFormat(tx, Format)
}

// reach finds the highest number of a record that a message or the place of a webhook
// tells of, should the log have forgotten its own. Numbers that are far away from
// all others are damaged.
func (r *repairer) reach(tx *bbolt.Tx) error {
	r.highest = lastNumber(tx, bucketEvents)
	higher := func(seq uint64) {
		if seq > r.highest && seq-r.highest < 1<<32 {
			r.highest = seq
		}
	}
	c := tx.Bucket(bucketHistory).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		key, _ := core.DeliveryKeyFrom(k)
		higher(key.Seq)
	}
	c = tx.Bucket(bucketLanes).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var lane core.Lane
		if err := codec.ReadJSON(v, &lane); err != nil {
			return err
		}
		higher(max(lane.Next, 1) - 1)
	}
	return nil
}

// settings brings back the program's own settings from the last change of them.
func (r *repairer) settings(tx *bbolt.Tx) error {
	if tx.Bucket(bucketSettings).Get(keySettings) != nil || !r.lost["settings"] {
		return nil
	}
	p, ok := lastPast(tx, core.PastSettings, "")
	if !ok || p.After.Settings == nil {
		r.tell("Hookbird's own settings could not be read and begin anew. Look through the Settings page.")
		return nil
	}
	return put(tx, bucketSettings, keySettings, p.After.Settings)
}

// lastPast gives the newest change of something that can be read.
func lastPast(tx *bbolt.Tx, kind core.PastKind, target string) (core.Past, bool) {
	c := tx.Bucket(bucketPast).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if p, err := readPast(tx, k, v); err == nil && p.Kind == kind && p.Target == target {
			return p, true
		}
	}
	return core.Past{}, false
}

// tell notes what was lost.
func (r *repairer) tell(format string, args ...any) {
	r.report.Lost = append(r.report.Lost, fmt.Sprintf(format, args...))
}

// webhooks brings back webhooks from the last version of their settings.
func (r *repairer) webhooks(tx *bbolt.Tx) error {
	numbers := tx.Bucket(bucketNumbers)
	c := tx.Bucket(bucketWebhooks).Cursor()
	for id, v := c.First(); id != nil; id, v = c.Next() {
		var stored storedWebhook
		if err := codec.ReadJSON(v, &stored); err != nil {
			return err
		}
		if err := numbers.Put(numKey(stored.Num), id); err != nil {
			return err
		}
	}
	if !r.lost["webhook"] {
		return nil
	}
	return r.eachVersion(tx, func(num uint32, revision uint64, w *core.Webhook) error {
		if tx.Bucket(bucketWebhooks).Get([]byte(w.ID)) != nil || r.removed(tx, num, w.ID) {
			return nil
		}
		if err := numbers.Put(numKey(num), []byte(w.ID)); err != nil {
			return err
		}
		return put(tx, bucketWebhooks, []byte(w.ID), storedWebhook{Num: num, Revision: revision, Changed: r.report.At, Webhook: w})
	})
}

// eachVersion visits the newest version of each webhook's settings, also of deleted
// ones.
func (r *repairer) eachVersion(tx *bbolt.Tx, visit func(num uint32, revision uint64, w *core.Webhook) error) error {
	c := tx.Bucket(bucketVersions).Cursor()
	for k, v := c.First(); k != nil; {
		num, revision, value := binary.BigEndian.Uint32(k), binary.BigEndian.Uint64(k[4:]), v
		if k, v = c.Next(); k != nil && binary.BigEndian.Uint32(k) == num {
			continue
		}
		w := &core.Webhook{}
		if err := codec.ReadJSON(value, w); err != nil {
			return err
		}
		if err := visit(num, revision, w); err != nil {
			return err
		}
	}
	return nil
}

// removed tells whether a webhook that has settings was deleted.
func (r *repairer) removed(tx *bbolt.Tx, num uint32, id string) bool {
	if p, ok := lastPast(tx, core.PastWebhook, id); ok {
		return p.After.Webhook == nil
	}
	return tx.Bucket(bucketLanes).Get(numKey(num)) == nil
}

// sources brings back sources from the last change of them.
func (r *repairer) sources(tx *bbolt.Tx) error {
	if !r.lost["source"] {
		return nil
	}
	sources := tx.Bucket(bucketSources)
	done := map[string]bool{}
	c := tx.Bucket(bucketPast).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		p, err := readPast(tx, k, v)
		if err != nil || p.Kind != core.PastSource || done[p.Target] {
			continue
		}
		done[p.Target] = true
		if p.After.Source == nil || sources.Get([]byte(p.Target)) != nil {
			continue
		}
		stored := storedSource{Revision: p.ID, Changed: r.report.At, Source: p.After.Source}
		if err := put(tx, bucketSources, []byte(p.Target), stored); err != nil {
			return err
		}
	}
	r.tell("The settings of some sources could not be read. Compare the Sources page with what should be there.")
	return nil
}

// history puts rows, retries and refs in step: what waits has a retry, what waits
// or failed has a ref, and each has a row. Of two rows of a message the newer
// counts.
func (r *repairer) history(tx *bbolt.Tx) error {
	if err := r.rowsOfRefs(tx); err != nil {
		return err
	}
	if err := r.rowsOfRetries(tx); err != nil {
		return err
	}
	if err := r.dropOlderRows(tx); err != nil {
		return err
	}
	if err := dropRetries(tx); err != nil {
		return err
	}
	return r.refsOfRows(tx)
}

// rowsOfRefs makes a row of what failed and has none any more.
func (r *repairer) rowsOfRefs(tx *bbolt.Tx) error {
	rows := tx.Bucket(bucketHistory)
	c := tx.Bucket(bucketRefs).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		ref, err := codec.UnmarshalRef(v)
		if err != nil {
			return err
		}
		key := core.DeliveryKey{Last: ref.Last, Seq: binary.BigEndian.Uint64(k), Webhook: binary.BigEndian.Uint32(k[8:])}
		if rows.Get(key.Bytes()) != nil {
			continue
		}
		row := codec.Row{State: core.Failed, Tries: 1, First: codec.FromMilli(ref.Last), Attempts: []core.Attempt{{At: codec.FromMilli(ref.Last), Cause: ref.Cause, Code: ref.Code}}}
		if ref.Due != 0 {
			row.State, row.Next = core.Waiting, codec.FromMilli(ref.Due)
		}
		if err := r.putRow(tx, key, &row); err != nil {
			return err
		}
	}
	return nil
}

// putRow writes a row that may be older than another of its message.
func (r *repairer) putRow(tx *bbolt.Tx, key core.DeliveryKey, row *codec.Row) error {
	r.doubtful[message{key.Seq, key.Webhook}] = true
	return historyIn(tx).Put(key.Bytes(), codec.MarshalRow(row))
}

// rowsOfRetries makes a row of what waits and has none any more.
func (r *repairer) rowsOfRetries(tx *bbolt.Tx) error {
	c := tx.Bucket(bucketRetries).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		num, place, _ := retryPlaceFrom(k)
		retry, err := codec.ReadRetry(num, place, v)
		if err != nil {
			return err
		}
		if tx.Bucket(bucketHistory).Get(retry.Key.Bytes()) != nil {
			continue
		}
		row := codec.Row{State: core.Waiting, Next: codec.FromMilli(place.Due), Tries: retry.Tries, First: retry.First}
		if err := r.putRow(tx, retry.Key, &row); err != nil {
			return err
		}
	}
	return nil
}

// message is one record on its way to one webhook.
type message struct {
	seq uint64
	num uint32
}

// dropOlderRows leaves one row of each message, the one of its last try. Where there
// were two that no repair explains, the key of one is damaged.
func (r *repairer) dropOlderRows(tx *bbolt.Tx) error {
	rows, newest := historyIn(tx), map[message]bool{}
	var older [][]byte
	c := rows.Cursor()
	for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
		key, _ := core.DeliveryKeyFrom(k)
		m := message{key.Seq, key.Webhook}
		if newest[m] {
			older = append(older, bytes.Clone(k))
			r.lost["hist"] = r.lost["hist"] || !r.doubtful[m]
		}
		newest[m] = true
	}
	return deleteAll(rows, older)
}

// dropRetries deletes the retries whose row does not wait for them.
func dropRetries(tx *bbolt.Tx) error {
	rows, retries := tx.Bucket(bucketHistory), tx.Bucket(bucketRetries)
	c := retries.Cursor()
	var gone [][]byte
	for k, v := c.First(); k != nil; k, v = c.Next() {
		num, place, _ := retryPlaceFrom(k)
		retry, err := codec.ReadRetry(num, place, v)
		if err != nil {
			return err
		}
		row, err := codec.UnmarshalRow(rows.Get(retry.Key.Bytes()))
		if err != nil || row.State != core.Waiting || max(codec.Milli(row.Next), 1) != place.Due {
			gone = append(gone, bytes.Clone(k))
		}
	}
	return deleteAll(retries, gone)
}

// refsOfRows writes the refs anew, and the retries that are missing.
func (r *repairer) refsOfRows(tx *bbolt.Tx) error {
	if err := emptyBucket(tx, bucketRefs); err != nil {
		return err
	}
	refs, retries := tx.Bucket(bucketRefs), tx.Bucket(bucketRetries)
	c := tx.Bucket(bucketHistory).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		head, _ := codec.HeadOfRow(v)
		if head.Test || head.State != core.Waiting && head.State != core.Failed {
			continue
		}
		key, _ := core.DeliveryKeyFrom(k)
		row, err := codec.UnmarshalRow(v)
		if err != nil {
			return err
		}
		f := groupOf(key.Webhook, row)
		ref := codec.Ref{Last: key.Last, Cause: f.Cause, Code: f.Code}
		if row.State == core.Waiting {
			ref = codec.Ref{Last: key.Last, Due: max(codec.Milli(row.Next), 1)}
			at := retryKey(key.Webhook, core.RetryPlace{Due: ref.Due, Seq: key.Seq})
			if retries.Get(at) == nil {
				retry := core.Retry{RetryPlace: core.RetryPlace{Due: ref.Due, Seq: key.Seq}, Key: key, Tries: row.Tries - row.Before, First: row.First}
				if err := retries.Put(at, codec.Retry(retry)); err != nil {
					return err
				}
			}
		}
		if err := refs.Put(refKey(key.Seq, key.Webhook), codec.MarshalRef(ref)); err != nil {
			return err
		}
	}
	return nil
}

// lanes gives every webhook a place in the log. One that was lost goes on behind
// the newest record that it has a message of; one of before goes on there too.
func (r *repairer) lanes(tx *bbolt.Tx) error {
	if !r.lost["lane"] && !r.lost["webhook"] {
		return nil
	}
	tried := map[uint32]uint64{}
	c := tx.Bucket(bucketHistory).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		key, _ := core.DeliveryKeyFrom(k)
		if head, _ := codec.HeadOfRow(v); !head.Test && key.Seq <= r.highest {
			tried[key.Webhook] = max(tried[key.Webhook], key.Seq)
		}
	}
	hooks := tx.Bucket(bucketWebhooks).Cursor()
	for id, v := hooks.First(); id != nil; id, v = hooks.Next() {
		var stored storedWebhook
		if err := codec.ReadJSON(v, &stored); err != nil {
			return err
		}
		if err := r.lane(tx, &stored, tried[stored.Num]); err != nil {
			return err
		}
	}
	return nil
}

func (r *repairer) lane(tx *bbolt.Tx, stored *storedWebhook, tried uint64) error {
	known := tx.Bucket(bucketLanes).Get(numKey(stored.Num)) != nil
	if known && r.strays["lane"] == 0 {
		return nil
	}
	lane, err := readLane(tx, stored.Num)
	if err != nil {
		return err
	}
	if !known {
		r.tell("The place of %s among the records could not be read. It goes on behind the newest record that it has a message of; send earlier ones that are missing from its page.", stored.Webhook.Name)
	}
	if lane.Next <= tried {
		lane.Next = tried + 1
		lane.Pending = nil
	}
	lane.Next = max(lane.Next, 1)
	if stored.Webhook.State == core.StateOff && !known {
		lane.Gaps = []core.Span{{From: lane.Next}}
	}
	value, err := codec.JSON(lane)
	if err != nil {
		return err
	}
	return tx.Bucket(bucketLanes).Put(numKey(stored.Num), value)
}

// numbers lets no number be given a second time.
func (r *repairer) numbers(tx *bbolt.Tx) error {
	head, num := r.highest, lastNumber(tx, bucketNumbers)
	if n := r.sequences["ev"]; n&testBit == 0 { // else it is damaged
		head = max(head, n)
	}
	c := tx.Bucket(bucketLanes).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		num = max(num, uint64(numFrom(k)))
	}
	num = max(num, min(r.sequences["num"], math.MaxUint32))
	past := max(lastNumber(tx, bucketPast), r.sequences["past"])
	for name, n := range map[string]uint64{"ev": head, "num": num, "past": past} {
		if err := tx.Bucket([]byte(name)).SetSequence(n); err != nil {
			return err
		}
	}
	return nil
}

// note writes down what was saved and lost, and pauses sending if anything was.
func (r *repairer) note(tx *bbolt.Tx) error {
	r.records(tx)
	r.report.Forgot = r.lost["mark"]
	if r.report.Forgot {
		r.tell("Some of what sources remember could not be read, so they would take what is there already for new. They ask first.")
	}
	for _, name := range allBuckets {
		if k := kinds[string(name)]; k.lost != "" && r.lost[string(name)] {
			r.tell("%s", k.lost)
		}
	}
	r.report.Webhooks, r.report.Sources = countKeys(tx, bucketWebhooks), countKeys(tx, bucketSources)
	r.report.Messages, _ = countMessages(tx)
	if len(r.report.Lost) > 0 {
		settings, err := readSettings(tx)
		if err != nil {
			return err
		}
		r.report.Paused = !settings.Paused || !settings.PausedUntil.IsZero()
		settings.Paused, settings.PausedUntil = true, time.Time{}
		if err := put(tx, bucketSettings, keySettings, settings); err != nil {
			return err
		}
	}
	if r.lost["ev"] {
		if err := tx.Bucket(bucketMeta).Put(keyHoles, []byte{1}); err != nil {
			return err
		}
	}
	return put(tx, bucketMeta, keyRepaired, r.report)
}

// records counts those that were saved, and finds out which are missing: their
// numbers have no gaps.
func (r *repairer) records(tx *bbolt.Tx) {
	log := tx.Bucket(bucketEvents)
	head := log.Sequence()
	var missing uint64
	var before, after time.Time
	at, last := uint64(0), time.Time{}
	c := log.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		t, _ := codec.EventTime(v)
		if at == 0 && seq > 1 && r.lostAt(seqKey(seq-1)) {
			r.tell("Records that came in before %s may be missing. What of them waited is not sent; put it in again from where it came.", timesOf(t))
		}
		if at > 0 && seq > at+1 {
			if n := r.lostBetween(at+1, seq); n > 0 {
				if missing == 0 {
					before = last
				}
				missing, after = missing+n, t
			}
		}
		at, last = seq, t
		r.report.Records++
	}
	if n := r.lostBetween(at+1, head+1); at < head && n > 0 {
		if missing == 0 {
			before = last
		}
		missing, after = missing+n, time.Time{}
	}
	switch {
	case at == 0 && r.lost["ev"] && head > 0:
		r.tell("No record could be read. Nothing of what waited is sent; put it in again from where it came.")
	case missing == 0 && r.unread > 0:
		r.tell("%d records could not be read. What of them waited is not sent; put it in again from where it came.", r.unread)
	case missing > 0:
		r.tell("%d records could not be read: those that came in %s. What of them waited is not sent; put it in again from where it came.", missing, between(before, after))
	}
}

// lostBetween counts the records from one number to another that were lost to
// damage: numbers without a record are not all, since some are trimmed.
func (r *repairer) lostBetween(from, to uint64) (n uint64) {
	for seq := range r.bad {
		if seq >= from && seq < to && !r.lostAt(seqKey(seq)) {
			n++
		}
	}
	for _, l := range r.losses {
		if l.Bucket != "ev" {
			continue
		}
		first, end := from, to
		if len(l.From) == 8 {
			first = max(first, binary.BigEndian.Uint64(l.From))
		}
		if len(l.End) == 8 {
			end = min(end, binary.BigEndian.Uint64(l.End))
		}
		if end > first {
			n, from = n+end-first, max(from, end) // parts that overlap count once
		}
	}
	return n
}

// lostAt tells whether a record of a number may have been where nothing can be read.
func (r *repairer) lostAt(key []byte) bool {
	return slices.ContainsFunc(r.losses, func(l pagecheck.Loss) bool { return l.Bucket == "ev" && l.Holds(key) })
}

// between says when, where one of two times may not be known.
func between(from, to time.Time) string {
	switch {
	case from.IsZero() && to.IsZero():
		return "at times that are not known"
	case from.IsZero():
		return "before " + timesOf(to)
	case to.IsZero():
		return "after " + timesOf(from)
	}
	return "between " + timesOf(from) + " and " + timesOf(to)
}
