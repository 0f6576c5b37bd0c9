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
	o := &op{run: run, events: events, marks: marks}
	if err := e.pass(o); err != nil {
		return err
	}
	if l := e.feed.lookerOf(o.events); l != nil {
		waiting, err := l.hold(run, o.events)
		if err != nil {
			return err
		}
		defer poke(l.wake)
		o.run, o.events, o.marks = nil, nil, append(slices.Clone(o.marks), waiting...)
	}
	return e.take(o)
}

// pass sends events through the gates of their sources. What is left out is
// remembered in the same commit.
func (e *Engine) pass(o *op) error {
	if len(o.events) == 0 {
		return nil
	}
	source := o.events[0].Source
	g := e.feed.gate(source)
	if g == nil {
		return nil // a source that was just deleted
	}
	in, marks, left, err := g.Pass(o.events)
	if err != nil {
		return err
	}
	o.events, o.left, o.filed = in, left, e.feed.files(source)
	if len(left) > 0 {
		kept, err := e.leaveOut(source, left)
		if err != nil {
			return err
		}
		marks = append(marks, kept...)
	}
	if len(marks) > 0 {
		o.marks = append(slices.Clone(o.marks), marks...)
	}
	return nil
}

// take stores what has passed.
func (e *Engine) take(o *op) error {
	for _, ev := range o.events {
		o.size += len(ev.Data) + 128
	}
	if err := e.commit.do(o); err != nil {
		return err
	}
	e.feed.accepted(o.events)
	return nil
}

// Mark gives what a source remembered under a key.
func (e *Engine) Mark(source, key string) ([]byte, bool, error) { return e.store.Mark(source, key) }

// Marks visits what a source remembered.
func (e *Engine) Marks(source, prefix string, visit func(string, []byte) error) error {
	return e.store.Marks(source, prefix, visit)
}
