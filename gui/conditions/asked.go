package conditions

import (
	"context"
	"time"

	"hookbird/gui/background"
)

// pause is how long the card waits for the next key before it asks the engine.
const pause = 200 * time.Millisecond

// asked is something that the engine is asked again and again, of which only the
// last answer counts. Its methods belong to the UI goroutine.
type asked[A any] struct {
	show func(A, error)

	later, stop context.CancelFunc
	turn        int
}

// after asks what question gives once nothing else was asked for a while.
func (a *asked[A]) after(wait time.Duration, question func() func(context.Context) (A, error)) {
	a.leave()
	turn := a.turn
	a.later = background.After(wait, func() {
		a.stop = background.Run(question(), func(answer A, err error) {
			if turn == a.turn {
				a.show(answer, err)
			}
		})
	})
}

// leave gives up what waits or runs.
func (a *asked[A]) leave() {
	a.turn++
	if a.later != nil {
		a.later()
	}
	if a.stop != nil {
		a.stop()
	}
}
