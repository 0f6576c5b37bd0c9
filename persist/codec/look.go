package codec

import "hookbird/core"

// RowHead is what a row's first bytes tell.
type RowHead struct {
	State core.DeliveryState
	Test  bool
	Bare  bool
}

// HeadOfRow gives the head of an encoded row without reading the rest of it; ok is
// false if it cannot be one. The checksum is not looked at.
func HeadOfRow(value []byte) (h RowHead, ok bool) {
	if len(value) <= shellSize+1 || value[0] != version1 || int(value[1]) >= len(states) {
		return h, false
	}
	flags := value[2]
	return RowHead{State: states[value[1]], Test: flags&flagTest != 0, Bare: flags&flagBare != 0}, true
}

// RowLook is what a search looks at in a row, without copies: its slices are those
// of the stored value.
type RowLook struct {
	RowHead
	Cause   []byte // of the last try
	Code    int    // likewise
	Answers [][]byte
	Details [][]byte  // what else was told of the tries
	Event   EventLook // the row's own, if HasOwn
	HasOwn  bool
}

// EventLook is what a search looks at in an event, without copies.
type EventLook struct {
	Type, Source, Title, Origin, Data []byte
}

// LookAtRow reads an encoded row into l, whose room for texts it uses again.
func LookAtRow(value []byte, l *RowLook) error {
	r, err := open(value)
	if err != nil {
		return err
	}
	h, ok := HeadOfRow(value)
	if !ok {
		return ErrDamaged
	}
	*l = RowLook{RowHead: h, Answers: l.Answers[:0], Details: l.Details[:0]}
	_, flags := r.byte(), r.byte()
	r.uint() // revision
	r.int()  // next
	r.uint() // tries
	r.uint() // before
	r.int()  // first
	n := r.count()
	for i := 0; i < n && !r.bad; i++ {
		l.attempt(&r, i == n-1, flags&flagEach != 0)
	}
	if flags&flagChanged != 0 {
		r.int() // when it was corrected
	}
	if flags&flagEvent != 0 {
		r.uint() // seq
		l.Event, l.HasOwn = r.lookAtEvent(), true
	}
	return r.end("a row of the history")
}

func (l *RowLook) attempt(r *reader, last, each bool) {
	r.int() // at
	r.int() // took
	l.Cause = r.bytes()
	flags := r.byte()
	l.Code = int(r.int())
	if detail := r.bytes(); len(detail) > 0 {
		l.Details = append(l.Details, detail)
	}
	if each {
		r.uint() // revision
	}
	if (last || each) && (flags&flagSameAnswer == 0 || !each) {
		if answer := r.bytes(); len(answer) > 0 {
			l.Answers = append(l.Answers, answer)
		}
	}
	if !last {
		return
	}
	for range r.count() {
		l.Details = append(l.Details, r.bytes()) // header lines of the answer
	}
}

// LookAtEvent reads an encoded event.
func LookAtEvent(value []byte) (EventLook, error) {
	r, err := open(value)
	if err != nil {
		return EventLook{}, err
	}
	l := r.lookAtEvent()
	return l, r.end("an event")
}

func (r *reader) lookAtEvent() (l EventLook) {
	r.int()   // time
	r.uint()  // hops
	r.bytes() // id
	l.Type = r.bytes()
	l.Source = r.bytes()
	l.Title = r.bytes()
	l.Origin = r.bytes()
	if !r.bad {
		l.Data, r.b = r.b, nil
	}
	return l
}

// ReadEventHead gives a copy of an event without its data.
func ReadEventHead(seq uint64, value []byte) (*core.Event, error) {
	r, err := open(value)
	if err != nil {
		return nil, err
	}
	e := &core.Event{
		Seq: seq, Time: r.time(), Hops: int(r.uint()), ID: r.text(),
		Type: r.text(), Source: r.text(), Title: r.text(), Origin: r.text(),
	}
	if !r.bad {
		r.b = nil
	}
	return e, r.end("an event")
}
