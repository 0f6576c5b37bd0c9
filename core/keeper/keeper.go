// Package keeper starts the window as a process of its own and looks after it: a
// window that crashes, or was closed just as somebody asked for it, takes nothing
// with it and comes again.
//
// It must not know what the window shows.
package keeper

import (
	"log/slog"
	"os/exec"
	"sync"
	"time"
)

// againAfter is how soon a window may be started after one that ended, so that
// one that cannot start is not started over and over.
const (
	againAfter = 250 * time.Millisecond
	mostTries  = 3               // windows that end at once before the keeper gives up
	tooShort   = 2 * time.Second // a window that lived shorter ended at once

	// quitWait is how long a window that was told to end may take. One that has
	// not heard of it, because it was just starting, must not live long enough
	// to think that its engine died and start another (2 seconds).
	quitWait = 1500 * time.Millisecond
)

// Params are what a Keeper is made of.
type Params struct {
	// Command gives the command that opens the window. It is called anew for
	// each window.
	Command func() *exec.Cmd
	// Pending tells whether somebody waits for the window to come forward.
	Pending func() bool
	Logger  *slog.Logger
}

// Keeper keeps at most one window. Its methods may be called from any goroutine.
type Keeper struct {
	p Params

	mu      sync.Mutex
	running bool
	process *exec.Cmd
	done    chan struct{} // closed when the window's loop has ended
	over    bool
}

// New makes a keeper without a window.
func New(p Params) *Keeper { return &Keeper{p: p} }

// Open sees to it that there is a window. It returns at once.
func (k *Keeper) Open() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running || k.over {
		return
	}
	k.running = true
	k.done = make(chan struct{})
	go k.keep()
}

// keep runs windows until one ends that nobody waits for.
func (k *Keeper) keep() {
	defer close(k.done)
	for short := 0; short < mostTries; {
		began := time.Now()
		err := k.runOne()
		if err != nil {
			k.p.Logger.Warn("window ended", "error", err)
		}
		if time.Since(began) < tooShort && err != nil {
			short++
		} else {
			short = 0
		}
		if k.finished() {
			return
		}
		time.Sleep(againAfter)
	}
	k.p.Logger.Error("the window cannot be opened: it ends at once")
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running = false
}

// finished tells whether no other window is wanted, and then lets the next Open
// start over. Both under one lock: an Open in between is not lost.
func (k *Keeper) finished() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over || !k.p.Pending() {
		k.running = false
		return true
	}
	return false
}

// runOne runs one window to its end.
func (k *Keeper) runOne() error {
	cmd := k.p.Command()
	k.mu.Lock()
	if k.over {
		k.mu.Unlock()
		return nil
	}
	if err := cmd.Start(); err != nil {
		k.mu.Unlock()
		return err
	}
	k.process = cmd
	k.mu.Unlock()
	err := cmd.Wait()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process = nil
	return err
}

// Stop waits for the window, which the control API has told to end, and kills it
// if it is not gone soon.
func (k *Keeper) Stop() {
	k.mu.Lock()
	k.over = true
	done, process := k.done, k.process
	k.mu.Unlock()
	if done == nil {
		return
	}
	kill := time.AfterFunc(quitWait, func() {
		if process != nil {
			_ = process.Process.Kill()
		}
	})
	defer kill.Stop()
	<-done
}
