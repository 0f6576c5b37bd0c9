package gui

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
)

// tickEvery is how often what is on screen is read anew although nothing
// changed, so that "20 s ago" stays true.
const tickEvery = 20 * time.Second

// changed reads what is on screen anew, and comes forward when it is asked to.
func (w *Window) changed(ctx context.Context, c control.Change) {
	if w.closed || c.Quit {
		return
	}
	if !w.heard || c.Generation != w.generation {
		w.heard, w.generation = true, c.Generation
		w.refreshSoon()
	}
	if c.Show != 0 {
		w.comeForward(ctx, c)
	}
}

// refreshGap is the least time between two readings of what is on screen. Nobody
// reads faster, and an engine at full speed has better things to do.
const refreshGap = 300 * time.Millisecond

// refreshSoon refreshes at once, or as soon as the last time is refreshGap ago.
func (w *Window) refreshSoon() {
	if w.refreshing {
		w.again = true
		return
	}
	w.refreshing = true
	w.Refresh()
	w.later = background.After(refreshGap, func() {
		w.refreshing = false
		if w.again {
			w.again = false
			w.refreshSoon()
		}
	})
}

// comeForward raises the window, and says so once it is there.
func (w *Window) comeForward(ctx context.Context, c control.Change) {
	if c.Show == w.shown {
		return
	}
	w.shown = c.Show
	w.win.Show()
	w.win.RequestFocus()
	if c.Page != "" {
		w.Open(c.Page)
	}
	background.Do(
		func(context.Context) error { return w.p.Link.Shown(ctx, c.Show) },
		func(err error) {
			if err != nil {
				w.log.Warn("show was not acknowledged", "error", err)
				w.shown = 0 // the next line asks again
			}
		})
}

// watched is the service that Home reads through: it notices when that fails.
type watched struct {
	control.Service
	window *Window
}

// Overview reads as the service does.
func (s watched) Overview(ctx context.Context) (control.Overview, error) {
	return s.window.readOverview(ctx)
}

// readOverview reads what Home and the sidebar show. It may be called from any
// goroutine.
func (w *Window) readOverview(ctx context.Context) (control.Overview, error) {
	o, err := w.p.Service.Overview(ctx)
	if err != nil {
		background.Hop(w.retrySoon)
	}
	return o, err
}

// retryAfter is how long to wait when reading failed, as it does while the engine
// still opens its store.
const retryAfter = time.Second

// retrySoon reads anew after a while, since no change may come to tell when
// reading works again.
func (w *Window) retrySoon() {
	if w.retrying || w.lost || w.closed {
		return
	}
	w.retrying = true
	w.retry = background.After(retryAfter, func() {
		w.retrying = false
		w.Refresh()
		w.settings.Load()
	})
}

// losing says that the engine is gone.
func (w *Window) losing() {
	w.lost = true
	w.frame.say(widgets.Waiting, "Hookbird does not answer. Looking for it…", "", nil)
}

// found goes on with an engine that is there again.
func (w *Window) found() {
	w.lost, w.heard = false, false
	w.frame.clear()
	w.Refresh()
	w.settings.Load()
}

// ended says that nothing more will come, or closes the window with the engine.
func (w *Window) ended(err error) {
	if err == nil {
		w.shut()
		return
	}
	w.log.Error("window is cut off", "error", err)
	w.frame.say(widgets.Bad, core.Sentence(err), "Close", w.shut)
}

// tick keeps relative times true, and notices a tray that came late or went.
func (w *Window) tick(ctx context.Context) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			background.Hop(func() {
				w.settled = true
				w.Refresh()
				w.settings.Load()
			})
		case <-ctx.Done():
			return
		}
	}
}

func (w *Window) pauseSending(until time.Time) {
	w.command(func(ctx context.Context) error { return w.p.Service.Pause(ctx, until) })
}

func (w *Window) resumeSending() { w.command(w.p.Service.Resume) }

// command asks the engine for something; what came of it is read anew, and
// trouble is told above the page.
func (w *Window) command(work func(context.Context) error) {
	background.Do(work, func(err error) {
		if err != nil {
			w.frame.say(widgets.Bad, core.Sentence(err), "", nil)
		}
		w.Refresh()
	})
}
