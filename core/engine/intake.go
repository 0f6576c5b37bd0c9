package engine

import (
	"context"
	"slices"

	"hookbird/core"
)

// Accept stores events and marks in one commit and returns when they are on
// disk. It is how sources hand in what they have; any goroutine may call it. It
// waits for a commit that has begun even if ctx ends: what it answers is true.
func (e *Engine) Accept(ctx context.Context, events []*core.Event, marks []core.Mark) error {
	return e.AcceptRun(ctx, nil, events, marks)
}

// AcceptRun is Accept for events that are part of a large file, by which they are
// sent after single records, and can be paused. A nil run is none.
func (e *Engine) AcceptRun(ctx context.Context, run *core.Run, events []*core.Event, marks []core.Mark) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	events, marks, err := e.pass(events, marks)
	if err != nil {
		return err
	}
	if l := e.feed.lookerOf(events); l != nil {
		waiting, err := l.hold(run, events)
		if err != nil {
			return err
		}
		defer poke(l.wake)
		return e.take(nil, nil, append(slices.Clone(marks), waiting...))
	}
	return e.take(run, events, marks)
}

// pass sends events through the gates of their sources. What is left out is
// remembered in the same commit.
func (e *Engine) pass(events []*core.Event, marks []core.Mark) ([]*core.Event, []core.Mark, error) {
	if len(events) == 0 {
		return events, marks, nil
	}
	source := events[0].Source
	g := e.feed.gate(source)
	if g == nil {
		return events, marks, nil // a source that was just deleted
	}
	in, more, left, err := g.Pass(events)
	if err != nil {
		return nil, nil, err
	}
	if len(left) > 0 {
		kept, err := e.leaveOut(source, left)
		if err != nil {
			return nil, nil, err
		}
		more = append(more, kept...)
	}
	if len(more) > 0 {
		marks = append(slices.Clone(marks), more...)
	}
	return in, marks, nil
}

// take stores what has passed.
func (e *Engine) take(run *core.Run, events []*core.Event, marks []core.Mark) error {
	size := 0
	for _, ev := range events {
		size += len(ev.Data) + 128
	}
	if err := e.commit.do(&op{events: events, marks: marks, run: run, size: size}); err != nil {
		return err
	}
	e.feed.accepted(events)
	return nil
}

// Mark gives what a source remembered under a key.
func (e *Engine) Mark(source, key string) ([]byte, bool, error) { return e.store.Mark(source, key) }

// Marks visits what a source remembered.
func (e *Engine) Marks(source, prefix string, visit func(string, []byte) error) error {
	return e.store.Marks(source, prefix, visit)
}
