package persist

import (
	"encoding/binary"
	"sync"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// webhookNames knows the webhooks by their numbers, so that reading a row of the
// history costs no look into another bucket.
type webhookNames struct {
	mu   sync.RWMutex
	ids  map[uint32]string // also of those that were deleted
	live map[uint32]bool
	nums map[string][]uint32 // of those that are live; one each, unless it cannot be read

	aside map[uint32]uint64 // those whose removal can be undone, and the first event that each has not done with
}

// readNames gives the names as a transaction sees them.
func readNames(tx *bbolt.Tx) (ids map[uint32]string, live map[uint32]bool) {
	ids, live = map[uint32]string{}, map[uint32]bool{}
	webhooks := tx.Bucket(bucketWebhooks)
	c := tx.Bucket(bucketNumbers).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(k) != 4 {
			continue
		}
		num, id := binary.BigEndian.Uint32(k), string(v)
		ids[num] = id
		var stored struct{ Num uint32 } // the rest of it takes long to read
		// One that cannot be read is not deleted.
		if value := webhooks.Get(v); value != nil && (codec.ReadJSON(value, &stored) != nil || stored.Num == num) {
			live[num] = true
		}
	}
	return ids, live
}

// nameChange is what a save changes: a webhook with a new number (live), one that was
// removed, which may be set aside, or one that cannot be put back any more (gone).
type nameChange struct {
	num   uint32
	id    string
	live  bool
	gone  bool
	aside bool
	low   uint64 // of one that is set aside: the first event that it has not done with
}

// change notes changes that are on disk, in their order.
func (n *webhookNames) change(changes []nameChange) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range changes {
		switch {
		case c.live:
			n.ids[c.num], n.live[c.num], n.nums[c.id] = c.id, true, []uint32{c.num}
			delete(n.aside, c.num)
		case c.gone:
			delete(n.aside, c.num)
		default:
			for _, num := range n.nums[c.id] {
				delete(n.live, num)
			}
			delete(n.nums, c.id)
			if c.aside {
				n.aside[c.num] = c.low
			}
		}
	}
}

// setAside notes those whose removal can be undone.
func (n *webhookNames) setAside(list []core.Past) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range list {
		if p.Undo.Lane != nil && !n.live[p.Undo.Num] {
			n.aside[p.Undo.Num] = lowest(p.Undo.Lane)
		}
	}
}

// kept tells whether what waits for a webhook is kept: because it is there, or
// because its removal can be undone.
func (n *webhookNames) kept(num uint32) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	_, aside := n.aside[num]
	return n.live[num] || aside
}

// floor lowers the seq below which nobody has anything left to hand out by what
// those have that can be put back.
func (n *webhookNames) floor(floor uint64) uint64 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, low := range n.aside {
		floor = min(floor, low)
	}
	return floor
}

func (n *webhookNames) set(ids map[uint32]string, live map[uint32]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ids, n.live, n.nums, n.aside = ids, live, map[string][]uint32{}, map[uint32]uint64{}
	for num := range live {
		n.nums[ids[num]] = append(n.nums[ids[num]], num)
	}
}

// id gives a webhook's id, "" if the number was never given.
func (n *webhookNames) id(num uint32) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.ids[num]
}

// has tells whether a webhook is there and not deleted.
func (n *webhookNames) has(num uint32) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.live[num]
}

// state is what has become of a delivery: one that waits for a webhook that was
// deleted will not be tried again.
func (n *webhookNames) state(key core.DeliveryKey, stored codec.RowHead) core.DeliveryState {
	if stored.State == core.Waiting && !n.has(key.Webhook) {
		return core.Failed
	}
	return stored.State
}
