package message

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"

	"hookbird/core"
)

// ID names the message that carries events to a webhook: the delivery's own id
// where there is one event, and else "msg_" and 26 base32 characters of SHA-256
// over the ids of the deliveries, whatever their order. It is worked out and
// never stored, so that it is the same on every try.
func ID(webhookID string, events []*core.Event) string {
	if len(events) == 1 {
		return core.DeliveryID(events[0].ID, webhookID)
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = core.DeliveryID(e.ID, webhookID)
	}
	slices.Sort(ids)
	hash := sha256.New()
	for _, id := range ids {
		hash.Write([]byte(id))
	}
	return "msg_" + lowerBase32.EncodeToString(hash.Sum(nil))[:26]
}

// lowerBase32 is RFC 4648 base32 in lower case, without padding.
var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
