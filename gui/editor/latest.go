package editor

import (
	"context"
	"time"

	"hookbird/gui/background"
)

// settle is how long the page waits for the next key before it asks the engine.
const settle = 150 * time.Millisecond

// latest has answers made in the background. What was asked last wins: older
// answers are never shown. Its methods belong to the UI goroutine.
type latest[Q, A any] struct {
	ask  func(context.Context, Q) (A, error)
	show func(A, error)

	later context.CancelFunc // gives up the one that waits
	stop  context.CancelFunc // gives up the one that runs
	turn  int
}

// want asks what question gives once nobody has typed for a moment.
func (l *latest[Q, A]) want(question func() Q) {
	l.turn++
	turn := l.turn
	if l.later != nil {
		l.later()
	}
	l.later = background.After(settle, func() { l.start(turn, question()) })
}

// leave gives up what waits or runs: nobody looks any more.
func (l *latest[Q, A]) leave() {
	l.turn++
	for _, stop := range []context.CancelFunc{l.later, l.stop} {
		if stop != nil {
			stop()
		}
	}
}

func (l *latest[Q, A]) start(turn int, question Q) {
	if l.stop != nil {
		l.stop()
	}
	l.stop = background.Run(
		func(ctx context.Context) (A, error) { return l.ask(ctx, question) },
		func(answer A, err error) {
			if turn == l.turn {
				l.show(answer, err)
			}
		},
	)
}
