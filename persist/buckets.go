package persist

import (
	"encoding/binary"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

// The buckets. The package comment says what is in them.
var (
	bucketMeta     = []byte("meta")
	bucketEvents   = []byte("ev")
	bucketHistory  = []byte("hist")
	bucketRetries  = []byte("retry")
	bucketRefs     = []byte("ref")
	bucketHours    = []byte("hour")
	bucketLanes    = []byte("lane")
	bucketWebhooks = []byte("webhook")
	bucketVersions = []byte("rev")
	bucketNumbers  = []byte("num")
	bucketSources  = []byte("source")
	bucketStats    = []byte("srcstat")
	bucketMarks    = []byte("mark")
	bucketSecrets  = []byte("secret")
	bucketSettings = []byte("settings")
	bucketGroups   = []byte("group")
	bucketPast     = []byte("past")
	bucketAside    = []byte("aside")
	bucketWork     = []byte("work")

	allBuckets = [][]byte{
		bucketMeta, bucketEvents, bucketHistory, bucketRetries, bucketRefs,
		bucketHours, bucketLanes, bucketWebhooks, bucketVersions, bucketNumbers,
		bucketSources, bucketStats, bucketMarks, bucketSecrets, bucketSettings,
		bucketGroups, bucketPast, bucketAside, bucketWork,
	}
)

// Keys of single values.
var (
	keyFormat   = []byte("format")
	keyID       = []byte("id")
	keyVault    = []byte("vault")
	keyHeadTime = []byte("head_time")
	keyHoles    = []byte("holes")
	keySettings = []byte("settings")
)

// How full a page is made before it is split. Both buckets grow at their end;
// rows also go from their middle.
const (
	fillEvents  = 1.0
	fillHistory = 0.9
)

// eventsIn gives the log for writing. bbolt forgets FillPercent with each
// transaction.
func eventsIn(tx *bbolt.Tx) *bbolt.Bucket {
	b := tx.Bucket(bucketEvents)
	b.FillPercent = fillEvents
	return b
}

// historyIn gives the history for writing.
func historyIn(tx *bbolt.Tx) *bbolt.Bucket {
	b := tx.Bucket(bucketHistory)
	b.FillPercent = fillHistory
	return b
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func numKey(num uint32) []byte { return binary.BigEndian.AppendUint32(nil, num) }

func refKey(seq uint64, num uint32) []byte {
	b := make([]byte, 0, 12)
	b = binary.BigEndian.AppendUint64(b, seq)
	return binary.BigEndian.AppendUint32(b, num)
}

func retryKey(num uint32, place core.RetryPlace) []byte {
	b := make([]byte, 0, 20)
	b = binary.BigEndian.AppendUint32(b, num)
	b = binary.BigEndian.AppendUint64(b, uint64(place.Due))
	return binary.BigEndian.AppendUint64(b, place.Seq)
}

// retryPlaceFrom reads the place out of a retry's key; ok is false for a key of
// another length.
func retryPlaceFrom(key []byte) (num uint32, place core.RetryPlace, ok bool) {
	if len(key) != 20 {
		return 0, place, false
	}
	num = binary.BigEndian.Uint32(key)
	place.Due = int64(binary.BigEndian.Uint64(key[4:]))
	place.Seq = binary.BigEndian.Uint64(key[12:])
	return num, place, true
}

func hourKey(hour int64, num uint32) []byte {
	b := make([]byte, 0, 12)
	b = binary.BigEndian.AppendUint64(b, uint64(hour))
	return binary.BigEndian.AppendUint32(b, num)
}

func versionKey(num uint32, revision uint64) []byte {
	b := make([]byte, 0, 12)
	b = binary.BigEndian.AppendUint32(b, num)
	return binary.BigEndian.AppendUint64(b, revision)
}

func markKey(source, key string) []byte {
	b := make([]byte, 0, len(source)+1+len(key))
	b = append(b, source...)
	b = append(b, 0)
	return append(b, key...)
}
