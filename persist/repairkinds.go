package persist

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/vault"
)

// kind is what the entries of a bucket look like, for telling them from what is
// damaged.
type kind struct {
	fits func(key, value []byte) bool
	// anew says that the bucket is made of others, once those are saved.
	anew bool
	// alone says that nobody can tell a stray entry of it from those of others.
	alone bool
	// lost says what is missing if some of it cannot be read; "" if that is told
	// otherwise, or matters to nobody.
	lost string
}

// kinds are those of all buckets.
var kinds = map[string]kind{
	"meta": {fits: fitsMeta, alone: true, lost: "The description of the store could not be read and was made anew. If keys are asked for, type them in again."},
	"ev":   {fits: fitsEvent},
	"hist": {fits: fitsRow, lost: "Some messages of the history could not be read. Activity does not show them."},
	"retry": {fits: func(k, v []byte) bool {
		num, place, ok := retryPlaceFrom(k)
		if !ok {
			return false
		}
		_, err := codec.ReadRetry(num, place, v)
		return err == nil
	}},
	"ref":  {fits: func(k, v []byte) bool { _, err := codec.UnmarshalRef(v); return len(k) == 12 && err == nil }, alone: true},
	"hour": {fits: func(k, v []byte) bool { _, err := codec.UnmarshalCount(v); return len(k) == 12 && err == nil }, alone: true, lost: "Some counts of messages by hour could not be read. Charts show fewer than there were."},
	"lane": {fits: func(k, v []byte) bool { return len(k) == 4 && isJSON(v, &core.Lane{}) }},
	"webhook": {fits: func(k, v []byte) bool {
		var w storedWebhook
		return isJSON(v, &w) && w.Webhook != nil && w.Num != 0 && w.Webhook.ID == string(k)
	}},
	"rev": {fits: func(k, v []byte) bool { return len(k) == 12 && isJSON(v, &core.Webhook{}) }},
	"num": {fits: func(k, v []byte) bool { return len(k) == 4 && len(v) > 0 && utf8.Valid(v) }, alone: true},
	"source": {fits: func(k, v []byte) bool {
		var s storedSource
		return isJSON(v, &s) && s.Source != nil && s.Source.ID == string(k)
	}},
	"srcstat": {fits: func(k, v []byte) bool {
		_, err := codec.UnmarshalStat(v)
		return bytes.HasSuffix(k, []byte{0}) && err == nil
	}, alone: true},
	"mark":     {fits: func(k, v []byte) bool { return bytes.IndexByte(k, 0) > 0 && isValue(v) }, alone: true},
	"secret":   {fits: func(_, v []byte) bool { return isValue(v) }, lost: "Some keys and secret values could not be read. Their webhooks and sources say that they need them; type them in again."},
	"settings": {fits: func(k, v []byte) bool { return bytes.Equal(k, keySettings) && isJSON(v, &core.Settings{}) }},
	"group":    {anew: true},
	"past":     {fits: func(k, v []byte) bool { var p core.Past; return len(k) == 8 && isJSON(v, &p) && p.Kind != "" }, lost: "Some of what was changed in the settings could not be read."},
	"aside":    {fits: func(k, v []byte) bool { var u core.PastUndo; return len(k) == 8 && isJSON(v, &u) && !u.Until.IsZero() }},
	"work":     {fits: func(k, v []byte) bool { return bytes.IndexByte(k, '/') > 0 && isValue(v) }, lost: "Some of the long work that was going on could not be read. What it had not done is not done."},
}

// bucketNames are the names of all buckets.
func bucketNames() []string {
	names := make([]string, len(allBuckets))
	for i, name := range allBuckets {
		names[i] = string(name)
	}
	return names
}

func isValue(v []byte) bool {
	_, err := codec.ReadBytes(v)
	return err == nil
}

func isJSON(v []byte, into any) bool { return codec.ReadJSON(v, into) == nil }

func fitsEvent(k, v []byte) bool {
	if len(k) != 8 {
		return false
	}
	e, err := codec.ReadEvent(binary.BigEndian.Uint64(k), v)
	return err == nil && e.Seq != 0 && e.Seq&testBit == 0 && e.ID != ""
}

func fitsRow(k, v []byte) bool {
	key, ok := core.DeliveryKeyFrom(k)
	if !ok || key.Webhook == 0 {
		return false
	}
	_, err := codec.UnmarshalRow(v)
	return err == nil
}

func fitsMeta(k, v []byte) bool {
	switch string(k) {
	case string(keyFormat):
		return len(v) == 4
	case string(keyID):
		return len(v) > 0 && utf8.Valid(v)
	case string(keyHoles):
		return len(v) == 1
	case string(keyHeadTime):
		return len(v) == 8
	case string(keyVault):
		return isJSON(v, &vault.Record{})
	default:
		return isJSON(v, &json.RawMessage{})
	}
}

// timesOf gives the time of a record, as text for people.
func timesOf(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") }
