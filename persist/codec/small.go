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
	Last  int64      // its history key's time
	Due   int64      // its retry's time in Unix milliseconds; 0 if it does not wait
	Cause core.Cause // of a failed one: the group that it is in
	Code  int        // likewise
}

// MarshalRef encodes a ref: last int | due int | of a failed one: code int, cause
// text.
func MarshalRef(ref Ref) []byte {
	w := start(4*maxVarint + len(ref.Cause))
	w.int(ref.Last)
	w.int(ref.Due)
	if ref.Due == 0 {
		w.int(int64(ref.Code))
		w.text(string(ref.Cause))
	}
	return w.finish()
}

// UnmarshalRef gives what MarshalRef encoded.
func UnmarshalRef(value []byte) (Ref, error) {
	r, err := open(value)
	if err != nil {
		return Ref{}, err
	}
	ref := Ref{Last: r.int(), Due: r.int()}
	if len(r.b) > 0 { // format 1 had no more
		ref.Code, ref.Cause = int(r.int()), core.Cause(r.text())
	}
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

// Tally is how many rows of the history a webhook has of each state.
type Tally struct {
	Rows  map[core.DeliveryState]uint64 // without tests
	Tests map[core.DeliveryState]uint64
}

// MarshalTally encodes a tally: count uint | of each state, in the order of their
// numbers: rows, tests uint.
func MarshalTally(t Tally) []byte {
	w := start((1 + 2*len(states)) * maxVarint)
	w.uint(uint64(len(states)))
	for _, state := range states {
		w.uint(t.Rows[state])
		w.uint(t.Tests[state])
	}
	return w.finish()
}

// UnmarshalTally gives what MarshalTally encoded.
func UnmarshalTally(value []byte) (Tally, error) {
	t := Tally{Rows: map[core.DeliveryState]uint64{}, Tests: map[core.DeliveryState]uint64{}}
	r, err := open(value)
	if err != nil {
		return t, err
	}
	for i := range r.count() {
		rows, tests := r.uint(), r.uint()
		if i >= len(states) {
			r.fail()
			break
		}
		if rows > 0 {
			t.Rows[states[i]] = rows
		}
		if tests > 0 {
			t.Tests[states[i]] = tests
		}
	}
	return t, r.end("a count of the history")
}

// Number encodes a count: uint.
func Number(n uint64) []byte {
	w := start(maxVarint)
	w.uint(n)
	return w.finish()
}

// ReadNumber gives what Number encoded.
func ReadNumber(value []byte) (uint64, error) {
	r, err := open(value)
	if err != nil {
		return 0, err
	}
	n := r.uint()
	return n, r.end("a count")
}
