package codec

import (
	"time"

	"hookbird/core"
)

// Retry encodes what a retry entry holds besides its place:
//
//	history key's time int | tries uint | first time | last delay int |
//	group uint, if it is not 0
//
// The rest of the history key is in the entry's own key.
func Retry(r core.Retry) []byte {
	w := start(5 * maxVarint)
	w.int(r.Key.Last)
	w.uint(uint64(r.Tries))
	w.time(r.First)
	w.int(int64(r.LastDelay))
	if r.Group != 0 {
		w.uint(r.Group)
	}
	return w.finish()
}

// ReadRetry gives the retry of a webhook at a place.
func ReadRetry(webhook uint32, place core.RetryPlace, value []byte) (core.Retry, error) {
	r, err := open(value)
	if err != nil {
		return core.Retry{}, err
	}
	retry := core.Retry{
		RetryPlace: place,
		Key:        core.DeliveryKey{Last: r.int(), Seq: place.Seq, Webhook: webhook},
		Tries:      int(r.uint()),
		First:      r.time(),
		LastDelay:  time.Duration(r.int()),
	}
	if len(r.b) > 0 {
		retry.Group = r.uint()
	}
	return retry, r.end("a waiting try")
}

// Ref says where a delivery that is not finished stands.
type Ref struct {
	Last int64 // its history key's time
	Due  int64 // its retry's time in Unix milliseconds; 0 if it does not wait
}

// MarshalRef encodes a ref: last int | due int.
func MarshalRef(ref Ref) []byte {
	w := start(2 * maxVarint)
	w.int(ref.Last)
	w.int(ref.Due)
	return w.finish()
}

// UnmarshalRef gives what MarshalRef encoded.
func UnmarshalRef(value []byte) (Ref, error) {
	r, err := open(value)
	if err != nil {
		return Ref{}, err
	}
	ref := Ref{Last: r.int(), Due: r.int()}
	return ref, r.end("a note of an unfinished message")
}

// Count is what happened to one webhook's messages in one hour.
type Count struct{ Delivered, Failed uint64 }

// MarshalCount encodes a count: delivered uint | failed uint.
func MarshalCount(c Count) []byte {
	w := start(2 * maxVarint)
	w.uint(c.Delivered)
	w.uint(c.Failed)
	return w.finish()
}

// UnmarshalCount gives what MarshalCount encoded.
func UnmarshalCount(value []byte) (Count, error) {
	r, err := open(value)
	if err != nil {
		return Count{}, err
	}
	c := Count{Delivered: r.uint(), Failed: r.uint()}
	return c, r.end("a count of messages")
}

// Stat is what is known of a source's events.
type Stat struct {
	Last   time.Time
	Events uint64
}

// MarshalStat encodes a stat: last time | events uint.
func MarshalStat(s Stat) []byte {
	w := start(2 * maxVarint)
	w.time(s.Last)
	w.uint(s.Events)
	return w.finish()
}

// UnmarshalStat gives what MarshalStat encoded.
func UnmarshalStat(value []byte) (Stat, error) {
	r, err := open(value)
	if err != nil {
		return Stat{}, err
	}
	s := Stat{Last: r.time(), Events: r.uint()}
	return s, r.end("a source's count")
}
