package persist

import (
	"bytes"
	"slices"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// Failed messages may lie far apart in a long history. Where the groups hold all that
// a query can find, their members are walked through in place of it.

// failedGroups gives the groups that hold all rows that a query for failed messages
// can find; ok is false if there may be others: tests, or rows of deleted webhooks.
func (h *search) failedGroups(groups *bbolt.Bucket) (keys []core.FailureKey, ok bool) {
	q := &h.query
	if len(q.States) != 1 || q.States[0] != core.Failed || q.Tests == core.OnlyTests {
		return nil, false
	}
	asked := func(num uint32) bool { return len(q.Webhooks) == 0 || slices.Contains(q.Webhooks, num) }
	c := groups.Cursor()
	for k, v := c.Seek([]byte{groupTally}); len(k) == 5 && k[0] == groupTally; k, v = c.Next() {
		num := numFrom(k)
		t, err := codec.UnmarshalTally(v)
		switch {
		case err != nil:
			return nil, false
		case !asked(num):
		case t.Tests[core.Failed] > 0 && q.Tests != core.WithoutTests:
			return nil, false
		case !h.names.has(num) && t.Rows[core.Failed]+t.Rows[core.Waiting] > 0:
			return nil, false
		}
	}
	for k, _ := c.Seek([]byte{groupCount}); len(k) > 0 && k[0] == groupCount; k, _ = c.Next() {
		f, _, ok := groupFrom(k)
		if ok && asked(f.Webhook) && h.names.has(f.Webhook) &&
			(len(q.Causes) == 0 || slices.Contains(q.Causes, f.Cause)) && (q.Code == 0 || q.Code == f.Code) {
			keys = append(keys, f)
		}
	}
	return keys, true
}

// failedRows goes through the members of several groups together.
type failedRows struct {
	groups []groupRows
	at     []place // of each group
	last   int     // the group that gave the last row
}

// place is where a walk through a group stands; nil keys are its end.
type place struct{ k, v []byte }

func newFailedRows(tx *bbolt.Tx, keys []core.FailureKey) *failedRows {
	w := &failedRows{last: -1}
	for _, f := range keys {
		w.groups = append(w.groups, groupRows{
			members: tx.Bucket(bucketGroups).Cursor(), rows: tx.Bucket(bucketHistory), prefix: groupKey(groupMember, f), live: true,
		})
	}
	return w
}

func (w *failedRows) before(key []byte) (k, v []byte) {
	w.at = w.at[:0]
	for _, g := range w.groups {
		k, v := g.before(key)
		w.at = append(w.at, place{k, v})
	}
	return w.newest()
}

func (w *failedRows) prev() (k, v []byte) {
	if w.last >= 0 {
		k, v := w.groups[w.last].prev()
		w.at[w.last] = place{k, v}
	}
	return w.newest()
}

// newest gives the newest of the rows at which the groups stand.
func (w *failedRows) newest() (k, v []byte) {
	w.last = -1
	for i, p := range w.at {
		if p.k != nil && (w.last < 0 || bytes.Compare(p.k, w.at[w.last].k) > 0) {
			w.last = i
		}
	}
	if w.last < 0 {
		return nil, nil
	}
	return w.at[w.last].k, w.at[w.last].v
}
