package persist

import (
	"bytes"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

// wantedSpan is of how many events at once it is found out whether any webhook
// wanted them: 512 KB of bits.
const wantedSpan = 4 << 20

// wanted knows of a span of the log which of its events have a row in the history.
// It is found out by one walk over the keys there, in slices. What gets its first
// row meanwhile may be missed, and is then kept until the next walk.
type wanted struct {
	first uint64
	bits  []uint64
	from  []byte // where the walk goes on
	done  bool
}

func newWanted(first uint64) *wanted {
	return &wanted{first: first, bits: make([]uint64, wantedSpan/64)}
}

func (w *wanted) covers(seq uint64) bool {
	return w != nil && seq >= w.first && seq-w.first < wantedSpan
}

func (w *wanted) has(seq uint64) bool {
	i := seq - w.first
	return w.bits[i/64]&(1<<(i%64)) != 0
}

// look walks over the next keys.
func (w *wanted) look(tx *bbolt.Tx) {
	c := tx.Bucket(bucketHistory).Cursor()
	n := 0
	for k, _ := c.Seek(w.from); k != nil; k, _ = c.Next() {
		if n++; n > trimLook {
			w.from = bytes.Clone(k)
			return
		}
		if key, ok := core.DeliveryKeyFrom(k); ok && w.covers(key.Seq) {
			i := key.Seq - w.first
			w.bits[i/64] |= 1 << (i % 64)
		}
	}
	w.done = true
}
