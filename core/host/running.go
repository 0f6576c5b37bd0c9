package host

import (
	"context"
	"errors"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/service"
)

// running is the store and what works on it. It is ended and begun anew when a backup
// is put in the store's place; the process, its lock, its window and its tray icon go on
// meanwhile.
type running struct {
	store   core.Store
	engine  *engine.Engine
	service *service.Service
	follow  context.CancelFunc // ends the tray's following of the service
}

// begin opens the store and sets the engine going. h.mu is held.
func (h *host) begin() error {
	var r running
	var err error
	if r.store, err = h.p.Storage.Open(h.ctx, h.p.Data, !h.p.Headless, h.log); err != nil {
		return err
	}
	h.running = r // so that it is closed in any case
	quiet, err := settle(h.ctx, r.store)
	if err != nil {
		return err
	}
	e := engine.New(engine.Params{Store: r.store, Logger: h.log, Version: h.p.Version, OnChange: h.onChange, Tries: h.tries, Quiet: quiet})
	h.running.engine = e
	if err := e.Start(h.ctx); err != nil {
		return err
	}
	h.running.service = h.p.serve(service.Params{Engine: e, Store: r.store, Logger: h.log, OnChange: h.onChange, Renew: h.askRenewal, Daily: true})
	h.server.SetService(h.running.service)
	h.followTray()
	return nil
}

// settle has every source of a store that was put back, or has lost what sources
// remember, ask what becomes of what is there, before an engine reads any of it. quiet:
// nothing may be read or sent.
func settle(ctx context.Context, store core.Store) (quiet bool, err error) {
	if r, ok := store.Repaired(); ok && r.Forgot {
		if err := engine.AskSources(ctx, store); err != nil {
			return false, err
		}
		if err := store.SourcesAsk(); err != nil {
			return false, err
		}
	}
	r, ok := store.Restored()
	if !ok {
		return false, nil
	}
	if !r.Asked {
		if err := engine.AskSources(ctx, store); err != nil {
			return false, err
		}
		r.Asked = true
		if err := store.SetRestored(&r); err != nil {
			return false, err
		}
	}
	return r.Moved, nil
}

// end stops all that works on the store and closes it. h.mu is held.
func (h *host) end() {
	r := h.running
	h.running = running{}
	if r.follow != nil {
		r.follow()
	}
	if r.service != nil {
		r.service.Close()
	}
	if r.engine != nil {
		h.logged("stop of the engine", r.engine.Stop(context.Background()))
	}
	if r.store != nil {
		h.logged("close of the store", r.store.Close())
	}
}

// now is what is running.
func (h *host) now() running {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.running
}

// failed is why the process ends by itself.
func (h *host) failed() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failure
}

// askRenewal has engine and store begin anew. It does not wait.
func (h *host) askRenewal(restore bool) {
	select {
	case h.renewals <- restore:
	default: // it is about to happen
	}
}

// renew begins anew as often as it is asked for, until the process ends.
func (h *host) renew() {
	for {
		select {
		case <-h.ctx.Done():
			return
		case restore := <-h.renewals:
			h.beginAnew(restore)
		}
	}
}

// beginAnew ends engine and store, puts a backup in the store's place if there is to be
// one, and sets all going again. Where a backup cannot be put there, the store of before
// goes on.
func (h *host) beginAnew(restore bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return
	}
	h.log.Info("hookbird begins anew", "restore", restore)
	h.server.Starting()
	h.end()
	if restore {
		h.logged("restore", h.p.Storage.Commit(h.p.Data))
	}
	if err := h.begin(); err != nil && h.ctx.Err() == nil {
		h.log.Error("hookbird cannot begin anew", "error", err)
		h.failure = err
		h.stop()
		return
	}
	h.onChange()
}

// followTray has the tray follow the service that answers now. h.mu is held.
func (h *host) followTray() {
	if h.tray == nil || h.running.service == nil {
		return
	}
	ctx, cancel := context.WithCancel(h.ctx)
	h.running.follow = cancel
	h.running.service.SetTray(true)
	go h.tray.Follow(ctx, h.running.service, h.changed)
}

// ask asks the service that answers now.
func (h *host) ask(what func(s control.Service) error) error {
	s := h.now().service
	if s == nil {
		return errors.New("it is starting")
	}
	return what(s)
}
