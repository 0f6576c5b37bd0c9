package codec

import (
	"time"

	"hookbird/core"
)

// Row is a delivery as the history keeps it; its place is its key.
type Row struct {
	State    core.DeliveryState
	Test     bool
	Revision uint64
	Next     time.Time // zero unless it waits
	Tries    int       // all there were
	Before   int       // those of Tries that came before the last "Send again"
	First    time.Time // the first try after the last "Send again"; zero if there was none yet
	Attempts []core.Attempt
	Event    *core.Event // of a test only, with its Seq
}

// states are the states by their stored number, which must never change.
var states = []core.DeliveryState{core.Delivered, core.Waiting, core.Failed, core.Replaced}

// Bits of a row's flags.
const (
	flagTest  = 1 << iota // the row is of a test
	flagEvent             // an event follows at the end
)

// MarshalRow encodes a row:
//
//	state byte | flags byte | revision uint | next time | tries, before uint |
//	first time | count uint | attempts | event seq uint and event, if flagged
//
// Answer and Header are kept of the last attempt alone.
func MarshalRow(row *Row) []byte {
	w := start(rowSize(row))
	w.byte(stateNumber(row.State))
	w.byte(row.flags())
	w.uint(row.Revision)
	w.time(row.Next)
	w.uint(uint64(row.Tries))
	w.uint(uint64(row.Before))
	w.time(row.First)
	w.uint(uint64(len(row.Attempts)))
	for i := range row.Attempts {
		w.attempt(&row.Attempts[i], i == len(row.Attempts)-1)
	}
	if row.Event != nil {
		w.uint(row.Event.Seq)
		w.event(row.Event)
	}
	return w.finish()
}

// rowSize is more than enough for the encoded row.
func rowSize(row *Row) int {
	size := 64
	for i := range row.Attempts {
		a := &row.Attempts[i]
		size += 48 + len(a.Cause) + len(a.Detail)
		if i == len(row.Attempts)-1 {
			size += len(a.Answer)
			for _, line := range a.Header {
				size += maxLength + len(line)
			}
		}
	}
	if row.Event != nil {
		size += maxVarint + eventSize(row.Event)
	}
	return size
}

func (row *Row) flags() (flags byte) {
	if row.Test {
		flags |= flagTest
	}
	if row.Event != nil {
		flags |= flagEvent
	}
	return flags
}

func stateNumber(s core.DeliveryState) byte {
	for i, state := range states {
		if state == s {
			return byte(i)
		}
	}
	return byte(len(states)) // no state: cannot be read back
}

// Bits of an attempt's flags.
const (
	flagUnsure = 1 << iota
	flagPage
)

// attempt encodes one attempt:
//
//	at time | took int | cause text | flags byte | code int | detail text |
//	if last: answer text | count uint | header lines text
func (w *writer) attempt(a *core.Attempt, last bool) {
	w.time(a.At)
	w.int(int64(a.Took))
	w.text(string(a.Cause))
	flags := byte(0)
	if a.Unsure {
		flags |= flagUnsure
	}
	if a.Page {
		flags |= flagPage
	}
	w.byte(flags)
	w.int(int64(a.Code))
	w.text(a.Detail)
	if !last {
		return
	}
	w.text(a.Answer)
	w.uint(uint64(len(a.Header)))
	for _, line := range a.Header {
		w.text(line)
	}
}

// UnmarshalRow gives what MarshalRow encoded. It shares nothing with value.
func UnmarshalRow(value []byte) (*Row, error) {
	r, err := open(value)
	if err != nil {
		return nil, err
	}
	row := &Row{}
	state, flags := r.byte(), r.byte()
	if int(state) >= len(states) {
		r.fail()
	} else {
		row.State = states[state]
	}
	row.Test = flags&flagTest != 0
	row.Revision = r.uint()
	row.Next = r.time()
	row.Tries = int(r.uint())
	row.Before = int(r.uint())
	row.First = r.time()
	row.Attempts = r.attempts()
	if flags&flagEvent != 0 {
		seq := r.uint()
		row.Event = r.event()
		row.Event.Seq = seq
	}
	return row, r.end("a row of the history")
}

func (r *reader) attempts() []core.Attempt {
	n := r.count()
	if n == 0 {
		return nil
	}
	all := make([]core.Attempt, 0, min(n, core.MaxAttempts))
	for i := range n {
		if r.bad {
			return nil
		}
		all = append(all, r.attempt(i == n-1))
	}
	return all
}

func (r *reader) attempt(last bool) core.Attempt {
	a := core.Attempt{
		At:    r.time(),
		Took:  time.Duration(r.int()),
		Cause: core.Cause(r.text()),
	}
	flags := r.byte()
	a.Unsure, a.Page = flags&flagUnsure != 0, flags&flagPage != 0
	a.Code = int(r.int())
	a.Detail = r.text()
	if !last {
		return a
	}
	a.Answer = r.text()
	for range r.count() {
		a.Header = append(a.Header, r.text())
	}
	return a
}

// RowState gives the state of an encoded row without reading the rest of it; ok
// is false if it cannot be one. The checksum is not looked at.
func RowState(value []byte) (s core.DeliveryState, ok bool) {
	if len(value) <= shellSize || value[0] != version1 || int(value[1]) >= len(states) {
		return "", false
	}
	return states[value[1]], true
}
