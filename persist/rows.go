package persist

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// rowsView is how many keys of the history are looked at in one read, so that a
// writer never waits long. Nothing is read of the rows themselves.
const rowsView = 50_000

// Rows gives the rows that a webhook has of the events in a span of the log.
func (s *Store) Rows(ctx context.Context, webhook uint32, span core.Span, since time.Time) (map[uint64]core.DeliveryKey, error) {
	rows := map[uint64]core.DeliveryKey{}
	from := core.DeliveryKey{Last: max(0, codec.Milli(since))}.Bytes()
	for from != nil {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := s.view(func(tx *bbolt.Tx) error {
			from = rowsFrom(tx, from, webhook, span, rows)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// rowsFrom looks at the next keys and says where to go on, nil at the end.
func rowsFrom(tx *bbolt.Tx, from []byte, webhook uint32, span core.Span, rows map[uint64]core.DeliveryKey) []byte {
	c := tx.Bucket(bucketHistory).Cursor()
	n := 0
	for k, _ := c.Seek(from); k != nil; k, _ = c.Next() {
		if n++; n > rowsView {
			return bytes.Clone(k)
		}
		key, ok := core.DeliveryKeyFrom(k)
		if ok && key.Webhook == webhook && key.Seq >= span.From && (key.Seq < span.To || span.To == 0 && key.Seq < testBit) {
			rows[key.Seq] = key
		}
	}
	return nil
}
