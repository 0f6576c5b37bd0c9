package timer

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
)

// stateKey is the mark of what a timer remembers.
const stateKey = "timer"

// maxSpans bounds what is remembered: a new span begins when times were left out.
const maxSpans = 16

// state is what a timer remembers. It is of one place: a timer with other times is
// another one.
type state struct {
	Place  string    `json:"place"`
	Since  time.Time `json:"since"`            // times up to this one are nobody's
	Paused bool      `json:"paused,omitempty"` // it was the last time
	Made   []span    `json:"made,omitempty"`   // times that there is a record for, the earliest first
}

// span is a time that a record was made for, and all of the timer's up to another,
// as nanoseconds since 1970.
type span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// made tells whether there is a record for a time.
func (s *state) made(at time.Time) bool {
	n := at.UnixNano()
	return slices.ContainsFunc(s.Made, func(m span) bool { return m.From <= n && n <= m.To })
}

// with gives the state once there is a record for a time too.
func (s *state) with(at time.Time, send core.Send) state {
	n := *s
	n.Made = append(slices.Clone(s.Made), span{at.UnixNano(), at.UnixNano()})
	slices.SortFunc(n.Made, func(a, b span) int { return cmp.Compare(a.From, b.From) })
	for i := len(n.Made) - 1; i > 0; i-- {
		last := time.Unix(0, n.Made[i-1].To).In(at.Location())
		if schedule.Next(send, last).UnixNano() == n.Made[i].From {
			n.Made = joined(n.Made, i)
		}
	}
	for len(n.Made) > maxSpans {
		n.Made = joined(n.Made, 1) // what was left out between them is left out for good
	}
	return n
}

// joined makes one span of spans i-1 and i.
func joined(list []span, i int) []span {
	list[i-1].To = list[i].To
	return slices.Delete(list, i, i+1)
}

// place gives what makes a timer another one.
func (t *Timer) place() string {
	sum := t.host.Hash("timer", fmt.Sprint(t.send.Every, t.send.At, t.send.Days))
	return hex.EncodeToString(sum[:])
}

// load reads what is remembered, if it is of this place.
func (t *Timer) load() error {
	text, ok, err := t.host.Mark(t.src.ID, stateKey)
	if err != nil {
		return err
	}
	t.state = state{}
	if ok && json.Unmarshal(text, &t.state) != nil || t.state.Place != t.place() {
		t.state = state{}
	}
	return nil
}

// begin remembers since when there is a timer, and since when it is paused no more.
func (t *Timer) begin(ctx context.Context, now time.Time) error {
	switch {
	case t.state.Place == "":
		return t.accept(ctx, nil, state{Place: t.place(), Since: now})
	case t.state.Paused:
		s := t.state
		s.Paused, s.Since = false, now
		return t.accept(ctx, nil, s)
	}
	return nil
}

// pause remembers that the timer is paused.
func (t *Timer) pause(ctx context.Context) {
	if t.state.Place == "" || t.state.Paused {
		return
	}
	s := t.state
	s.Paused = true
	if err := t.accept(ctx, nil, s); err != nil {
		t.log.Warn("pause of a timer not stored", "error", err)
	}
}

// accept stores events together with what the timer remembers from then on.
func (t *Timer) accept(ctx context.Context, events []*core.Event, s state) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := t.host.Accept(ctx, events, []core.Mark{{Source: t.src.ID, Key: stateKey, Value: text}}); err != nil {
		return err
	}
	t.state = s
	return nil
}
