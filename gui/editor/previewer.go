package editor

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
)

// settle is how long the preview waits for the next key.
const settle = 150 * time.Millisecond

// previewer has previews made in the background. What was asked for last wins:
// older answers are never shown. Its methods belong to the UI goroutine.
type previewer struct {
	build func(context.Context, control.TestRequest) (core.Shown, error)
	show  func(core.Shown, error)

	later context.CancelFunc // gives up the one that waits
	stop  context.CancelFunc // gives up the one that runs
	turn  int
}

// want asks for a preview of what request gives once nobody has typed for a
// moment.
func (p *previewer) want(request func() control.TestRequest) {
	p.turn++
	turn := p.turn
	if p.later != nil {
		p.later()
	}
	p.later = background.After(settle, func() { p.start(turn, request()) })
}

// leave gives up what waits or runs: nobody looks any more.
func (p *previewer) leave() {
	p.turn++
	for _, stop := range []context.CancelFunc{p.later, p.stop} {
		if stop != nil {
			stop()
		}
	}
}

func (p *previewer) start(turn int, r control.TestRequest) {
	if p.stop != nil {
		p.stop()
	}
	p.stop = background.Run(
		func(ctx context.Context) (core.Shown, error) { return p.build(ctx, r) },
		func(shown core.Shown, err error) {
			if turn == p.turn {
				p.show(shown, err)
			}
		},
	)
}
