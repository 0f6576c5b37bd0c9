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

// nameChange is what a save changes: a webhook with a new number, or, if it is not
// live, one that was deleted.
type nameChange struct {
	num  uint32
	id   string
	live bool
}

// change notes changes that are on disk, in their order.
func (n *webhookNames) change(changes []nameChange) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range changes {
		if c.live {
			n.ids[c.num], n.live[c.num], n.nums[c.id] = c.id, true, []uint32{c.num}
		} else {
			for _, num := range n.nums[c.id] {
				delete(n.live, num)
			}
			delete(n.nums, c.id)
		}
	}
}

func (n *webhookNames) set(ids map[uint32]string, live map[uint32]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ids, n.live, n.nums = ids, live, map[string][]uint32{}
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
func (n *webhookNames) state(key core.DeliveryKey, stored core.DeliveryState) core.DeliveryState {
	if stored == core.Waiting && !n.has(key.Webhook) {
		return core.Failed
	}
	return stored
}
