package host

import (
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// noScreen says why no window can be opened here, nil if one can.
func (h *host) noScreen() error {
	if h.p.Desktop.Screen == nil {
		return core.Errorf(core.CodeUnavailable, "This Hookbird was built without a window.")
	}
	return h.p.Desktop.Screen()
}

// show brings up the window, where there can be one.
func (h *host) show() {
	if err := h.noScreen(); err != nil {
		h.log.Warn("the window was asked for, but cannot be shown here", "reason", core.Sentence(err))
		return
	}
	h.keeper.Open()
}

// wait runs the tray, if the desktop has a place for one, until it is time to
// stop.
func (h *host) wait() {
	if !h.p.Headless && h.noScreen() == nil && h.p.Desktop.Tray != nil {
		h.runTray()
	}
	<-h.ctx.Done()
}

func (h *host) runTray() {
	tray, err := h.p.Desktop.Tray(Hooks{
		Open: h.server.Show,
		Pause: func(until time.Time) {
			h.logged("pause", h.ask(func(s control.Service) error { return s.Pause(h.ctx, until) }))
		},
		Resume: func() { h.logged("resume", h.ask(func(s control.Service) error { return s.Resume(h.ctx) })) },
		Quit:   h.askQuit,
	}, h.log)
	if err != nil {
		h.log.Warn("no tray icon", "reason", core.Sentence(err))
		return
	}
	go func() {
		<-h.ctx.Done()
		tray.Stop()
	}()
	tray.Run(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.tray = tray
		h.followTray()
	})
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tray = nil
	if s := h.running.service; s != nil {
		s.SetTray(false)
	}
}

// quitAsked is how long the question before quitting may stay unseen, and a
// second choice of Quit in the tray counts as the answer.
const quitAsked = 5 * time.Second

// askQuit has the window ask whether to quit. Where there is nothing that would
// not be sent, or Quit was chosen twice, it quits at once; also where no window
// comes to ask.
func (h *host) askQuit() {
	var st control.Status
	err := h.ask(func(s control.Service) (err error) {
		st, err = s.Status(h.ctx)
		return err
	})
	works := func(w control.WebhookStatus) bool { return w.State != string(control.Off) }
	idle := err == nil && !slices.ContainsFunc(st.Webhooks, works)
	if idle || h.quitting.Swap(true) {
		h.stop()
		return
	}
	h.server.Show("quit")
	time.AfterFunc(quitAsked, func() {
		h.quitting.Store(false)
		if h.server.ShowPending() {
			h.stop()
		}
	})
}
