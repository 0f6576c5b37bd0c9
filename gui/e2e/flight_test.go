//go:build e2e

package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"hookbird/core/control"
	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
)

// TestFirstFlight goes the whole way of somebody who installs Hookbird: a
// webhook is made and tested, a folder added, a file dropped and seen to arrive;
// then the window is closed and opened again from the tray, and the engine dies
// and is started again. Every record must reach the receiver.
func TestFirstFlight(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx))
	win := w.window()

	w.makeWebhook(win)
	w.sendTest(win)
	folder := w.folder("exports")
	w.addFolder(win, folder)

	w.drop(folder, "Monday.csv", ada, grace)
	w.waitFor(ada, grace)
	w.must(win.Key("ctrl+3"))
	w.must(win.ClickOn(w.ctx, "Ada Lovelace"))
	_, err := win.See(w.ctx, "What we sent")
	w.must(err)

	w.must(win.Close())
	w.must(w.desktop.NoWindow(w.ctx, title))
	tray, err := w.desktop.Tray(w.ctx, w.program.PID())
	w.must(err)
	w.must(tray.Click(w.ctx, "Open Hookbird"))
	win = w.window()
	_, err = win.See(w.ctx, "Your webhooks")
	w.must(err)
	w.must(win.Close())
	w.must(w.desktop.NoWindow(w.ctx, title))

	people := crowd(40)
	w.killInFlight(folder, people)
	w.must(w.program.Start(w.ctx, "--hidden"))
	w.waitFor(people...)
	w.allSettled(2 + len(people))
	w.eachOnce(append(people, ada, grace))
	w.stopInTime()
}

// makeWebhook makes one by mouse and keyboard, from the first page to its test.
func (w *world) makeWebhook(win *desktop.Window) {
	w.Helper()
	w.must(win.ClickOn(w.ctx, "Not in the list"))
	w.must(win.FillIn(w.ctx, "Name", "Our database"))
	w.must(win.FillIn(w.ctx, "Web address (URL)", w.receiver.URL()+"/hooks/people"))
	for _, next := range []string{"Did they give you a key?", "Which records go there?", "What is sent", "Send a test"} {
		w.must(win.ClickOn(w.ctx, "Continue"))
		_, err := win.See(w.ctx, next)
		w.must(err)
	}
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		return err == nil && len(st.Webhooks) == 1 && st.Webhooks[0].State == string(control.Off), err
	}))
}

// sendTest sends a test from the last step, sees that it arrived, and says so.
func (w *world) sendTest(win *desktop.Window) {
	w.Helper()
	w.must(win.ClickOn(w.ctx, "Send test"))
	w.must(w.receiver.Wait(w.ctx, func(got []receiver.Request) bool { return len(got) == 1 }))
	_, err := win.See(w.ctx, "It works")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Yes, turn it on"))
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		return err == nil && st.Webhooks[0].State == string(control.On), err
	}))
}

// addFolder adds a folder as a source.
func (w *world) addFolder(win *desktop.Window, folder string) {
	w.Helper()
	w.must(win.Key("ctrl+4"))
	w.must(win.ClickOn(w.ctx, "Files dropped in it"))
	box, err := win.SeeStill(w.ctx, "Choose a folder, or type its path")
	w.must(err)
	w.must(win.Enter(w.ctx, func() (image.Point, error) { return box.Center(), nil }, folder))
	w.must(win.ClickOn(w.ctx, "Switch it on"))
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		c, err := control.Dial(w.program.Data)
		if err != nil {
			return false, err
		}
		defer c.Close()
		all, err := c.Sources(w.ctx)
		return len(all) == 1 && all[0].State.Working, err
	}))
}

// killInFlight drops a file and kills the engine while messages of it have
// reached the receiver, and its answers have not left.
func (w *world) killInFlight(folder string, people []person) {
	w.Helper()
	const answered = 5
	before := len(w.receiver.Requests())
	gone := make(chan struct{})
	var mu sync.Mutex
	came := 0
	w.receiver.SetAnswer(func(ctx context.Context, _ receiver.Request) (int, string) {
		mu.Lock()
		came++
		hold := came > answered
		mu.Unlock()
		if !hold {
			return http.StatusOK, "ok\n"
		}
		select {
		case <-gone:
		case <-ctx.Done():
		}
		return http.StatusServiceUnavailable, "too late\n"
	})
	w.drop(folder, "Tuesday.csv", people...)
	w.must(w.receiver.Wait(w.ctx, func(got []receiver.Request) bool { return len(got) > before+answered }))
	w.program.Kill()
	close(gone)
	w.receiver.SetAnswer(receiver.OK)
}

// emailOf is the person that a request is about.
func emailOf(r receiver.Request) string {
	if email := r.Form.Get("email"); email != "" {
		return email
	}
	var body struct{ Email string }
	_ = json.Unmarshal(r.Body, &body)
	return body.Email
}

// waitFor waits until the receiver has heard of all of them.
func (w *world) waitFor(people ...person) {
	w.Helper()
	missing := map[string]bool{}
	err := w.receiver.Wait(w.ctx, func(got []receiver.Request) bool {
		clear(missing)
		for _, p := range people {
			missing[p.email] = true
		}
		for _, r := range got {
			delete(missing, emailOf(r))
		}
		return len(missing) == 0
	})
	if err != nil {
		w.Fatalf("the receiver has not heard of %v: %v", missing, err)
	}
}

// allSettled waits until the engine counts n delivered and nothing else.
func (w *world) allSettled(n int) {
	w.Helper()
	var last control.Status
	err := desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		last = st
		return err == nil && st.Waiting == 0 && st.Delivered == uint64(n) && st.Failed == 0, err
	})
	if err != nil {
		w.Fatalf("%d should be delivered and none waiting: %+v: %v", n, last, err)
	}
}

// eachOnce checks that everybody came under one id of their own, and whole.
func (w *world) eachOnce(people []person) {
	w.Helper()
	ids, owner := map[string]string{}, map[string]string{}
	for _, r := range w.receiver.Requests() {
		email, id := emailOf(r), r.ID()
		if was, again := ids[email]; again && was != id {
			w.Errorf("%s came under two ids", email)
		}
		if who, taken := owner[id]; taken && who != email {
			w.Errorf("%s and %s came under one id", who, email)
		}
		ids[email], owner[id] = id, email
	}
	for _, p := range people {
		if ids[p.email] == "" {
			w.Errorf("%s never came", p.email)
		}
	}
}

// TestTheWindowStartsADeadEngineAgain kills the engine under an open window.
func TestTheWindowStartsADeadEngineAgain(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx))
	win := w.window()
	_, err := win.See(w.ctx, "Where should records go?")
	w.must(err)
	dead := w.program.PID()
	w.program.Kill()

	var engine *control.Client
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		c, err := control.Dial(w.program.Data)
		if err != nil {
			return false, nil
		}
		if peer := c.Peer(); !peer.Ready || peer.PID == dead {
			c.Close()
			return false, nil
		}
		engine = c
		return true, nil
	}))
	defer engine.Close()
	// The same window goes on with the new engine.
	w.must(win.Click(image.Pt(100, 127))) // "Webhooks", in the sidebar
	_, err = win.See(w.ctx, "No webhook yet")
	w.must(err)

	w.must(engine.Quit(w.ctx))
	w.must(w.desktop.NoWindow(w.ctx, title))
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		c, err := control.Dial(w.program.Data)
		if err == nil {
			c.Close()
		}
		return errors.Is(err, control.ErrNobody), nil
	}))
}

// TestImportThroughTheRunningEngine takes the settings file of the README over
// beside an open window, which shows it at once.
func TestImportThroughTheRunningEngine(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx))
	win := w.window()
	_, err := win.See(w.ctx, "Where should records go?")
	w.must(err)
	file, err := filepath.Abs(filepath.Join("testdata", "office.json"))
	w.must(err)
	_, err = w.program.Run("--import", file)
	w.must(err)
	_, err = win.See(w.ctx, "Our database")
	w.must(err)
	w.stopInTime()
}
