package backup

import (
	"context"
	"time"

	"hookbird/core/job"
	"hookbird/gui/background"
)

// lookEvery is how often is read how far a backup is.
const lookEvery = 500 * time.Millisecond

// watch reads what there is of backups, again and again while one is made.
type watch struct {
	loader *background.Loader[standing]
	show   func(standing, error)
	later  context.CancelFunc
	over   bool
}

func newWatch(s Service, show func(standing, error)) *watch {
	w := &watch{show: show, later: func() {}}
	w.loader = background.NewLoader(func(ctx context.Context) (standing, error) { return read(ctx, s) }, w.told)
	return w
}

func (w *watch) look() {
	if !w.over {
		w.loader.Load()
	}
}

func (w *watch) told(s standing, err error) {
	w.show(s, err)
	w.later()
	if err != nil || s.job.State == job.Running {
		w.later = background.After(lookEvery, w.look)
	}
}

func (w *watch) stop() {
	w.over = true
	w.later()
	w.loader.Stop()
}

// soon reads once more after a while, whatever runs.
func (w *watch) soon() {
	w.later()
	w.later = background.After(lookEvery, w.look)
}
