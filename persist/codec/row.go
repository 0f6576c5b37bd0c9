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
	Event    *core.Event // with its Seq: of a test, or the record as it was corrected for this delivery
	Changed  time.Time   // when the record was corrected for this delivery; zero if it was not
	Bare     bool        // its content is not kept any more: see Strip
}

// states are the states by their stored number, which must never change.
var states = []core.DeliveryState{core.Delivered, core.Waiting, core.Failed, core.Replaced, core.Removed}

// Bits of a row's flags.
const (
	flagTest    = 1 << iota // the row is of a test
	flagEvent               // an event follows at the end
	flagEach                // each attempt has its own revision and answer
	flagBare                // there is no content any more
	flagChanged             // the time at which the record was corrected follows the attempts
)

// MarshalRow encodes a row:
//
//	state byte | flags byte | revision uint | next time | tries, before uint |
//	first time | count uint | attempts | changed time, if flagged |
//	event seq uint and event, if flagged
//
// Header is kept of the last attempt alone, and so are Answer and Revision unless
// the row is flagged.
func MarshalRow(row *Row) []byte {
	w := start(rowSize(row))
	flags := row.flags()
	w.byte(stateNumber(row.State))
	w.byte(flags)
	w.uint(row.Revision)
	w.time(row.Next)
	w.uint(uint64(row.Tries))
	w.uint(uint64(row.Before))
	w.time(row.First)
	w.uint(uint64(len(row.Attempts)))
	for i := range row.Attempts {
		a := &row.Attempts[i]
		same := i > 0 && a.Answer == row.Attempts[i-1].Answer
		w.attempt(a, i == len(row.Attempts)-1, flags&flagEach != 0, same)
	}
	if flags&flagChanged != 0 {
		w.time(row.Changed)
	}
	if row.Event != nil { // reaches to the end
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
		size += 64 + len(a.Cause) + len(a.Detail) + len(a.Answer)
		if i == len(row.Attempts)-1 {
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
	if row.Bare {
		flags |= flagBare
	}
	if !row.Changed.IsZero() {
		flags |= flagChanged
	}
	for i := range row.Attempts {
		a := &row.Attempts[i]
		if a.Revision != 0 || a.Corrected || a.Answer != "" && i < len(row.Attempts)-1 {
			flags |= flagEach
		}
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
	flagCorrected
	flagSameAnswer // as of the attempt before
)

// attempt encodes one attempt:
//
//	at time | took int | cause text | flags byte | code int | detail text |
//	if each has its own: revision uint |
//	if last or each has its own, and not the same as before: answer text |
//	if last: count uint | header lines text
func (w *writer) attempt(a *core.Attempt, last, each, same bool) {
	w.time(a.At)
	w.int(int64(a.Took))
	w.text(string(a.Cause))
	same = same && each
	w.byte(attemptFlags(a, same))
	w.int(int64(a.Code))
	w.text(a.Detail)
	if each {
		w.uint(a.Revision)
	}
	if (last || each) && !same {
		w.text(a.Answer)
	}
	if !last {
		return
	}
	w.uint(uint64(len(a.Header)))
	for _, line := range a.Header {
		w.text(line)
	}
}

func attemptFlags(a *core.Attempt, same bool) (flags byte) {
	for _, f := range []struct {
		is   bool
		flag byte
	}{{a.Unsure, flagUnsure}, {a.Page, flagPage}, {a.Corrected, flagCorrected}, {same, flagSameAnswer}} {
		if f.is {
			flags |= f.flag
		}
	}
	return flags
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
	row.Test, row.Bare = flags&flagTest != 0, flags&flagBare != 0
	row.Revision = r.uint()
	row.Next = r.time()
	row.Tries = int(r.uint())
	row.Before = int(r.uint())
	row.First = r.time()
	row.Attempts = r.attempts(flags&flagEach != 0)
	if flags&flagChanged != 0 {
		row.Changed = r.time()
	}
	if flags&flagEvent != 0 {
		seq := r.uint()
		row.Event = r.event()
		row.Event.Seq = seq
	}
	return row, r.end("a row of the history")
}

func (r *reader) attempts(each bool) []core.Attempt {
	n := r.count()
	if n == 0 {
		return nil
	}
	all := make([]core.Attempt, 0, min(n, core.MaxAttempts))
	for i := range n {
		if r.bad {
			return nil
		}
		before := ""
		if i > 0 {
			before = all[i-1].Answer
		}
		all = append(all, r.attempt(i == n-1, each, before))
	}
	return all
}

func (r *reader) attempt(last, each bool, before string) core.Attempt {
	a := core.Attempt{
		At:    r.time(),
		Took:  time.Duration(r.int()),
		Cause: core.Cause(r.text()),
	}
	flags := r.byte()
	a.Unsure, a.Page, a.Corrected = flags&flagUnsure != 0, flags&flagPage != 0, flags&flagCorrected != 0
	a.Code = int(r.int())
	a.Detail = r.text()
	if each {
		a.Revision = r.uint()
	}
	switch {
	case flags&flagSameAnswer != 0 && each:
		a.Answer = before
	case last || each:
		a.Answer = r.text()
	}
	if !last {
		return a
	}
	for range r.count() {
		a.Header = append(a.Header, r.text())
	}
	return a
}

// Strip takes away all of a row but the bare trace: when it was last tried, how
// often, and how it ended.
func Strip(row *Row) {
	row.Bare, row.Revision, row.Next, row.Event, row.Changed = true, 0, time.Time{}, nil, time.Time{}
	if n := len(row.Attempts); n > 0 {
		a := row.Attempts[n-1]
		row.Attempts = []core.Attempt{{At: a.At, Took: a.Took, Cause: a.Cause, Unsure: a.Unsure, Page: a.Page, Code: a.Code}}
	}
}

// RowState gives the state of an encoded row without reading the rest of it; ok
// is false if it cannot be one. The checksum is not looked at.
func RowState(value []byte) (s core.DeliveryState, ok bool) {
	if len(value) <= shellSize || value[0] != version1 || int(value[1]) >= len(states) {
		return "", false
	}
	return states[value[1]], true
}
