//go:build e2e

package e2e_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// noDisplay and noBus take the display and the session bus away from a program.
var (
	noDisplay = []string{"DISPLAY=", "WAYLAND_DISPLAY="}
	noBus     = []string{"DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR=/nonexistent"}
)

// stopInTime asks the program to end and wants code 0 within 10 seconds.
func (w *world) stopInTime() {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	if err := w.program.Stop(ctx); err != nil {
		w.Errorf("SIGTERM should end it with 0 within 10 s: %v", err)
	}
	if strings.Contains(w.program.Said(), "panic") {
		w.Error("it panicked")
	}
}

func (w *world) saysOneOf(words ...string) {
	w.Helper()
	said := strings.ToLower(w.program.Said())
	for _, word := range words {
		if strings.Contains(said, strings.ToLower(word)) {
			return
		}
	}
	w.Errorf("it should say one of %q", words)
}

func TestWithoutDisplayTheEngineRunsAndSaysSo(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Launch(append(noDisplay, noBus...)))
	w.must(w.program.Ready(w.ctx))
	w.saysOneOf("no display")
	w.stopInTime()
}

func TestTheWindowWithoutADisplayEndsWithASentence(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Launch(noDisplay, "--window"))
	if err := w.program.Wait(w.ctx); err == nil {
		t.Error("it ended with 0 without having shown anything")
	}
	w.saysOneOf("no display")
	if strings.Contains(w.program.Said(), "panic") || strings.Contains(w.program.Said(), "goroutine ") {
		t.Error("it panicked")
	}
}

func TestWithoutSessionBusTheWindowOpensAndTheEngineRuns(t *testing.T) {
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("this computer has a session bus at the usual place, where it is found without being named")
	}
	w := newWorld(t)
	w.must(w.program.Launch(noBus))
	w.must(w.program.Ready(w.ctx))
	w.window()
	w.saysOneOf("tray", "session bus")
	w.stopInTime()
	w.must(w.desktop.NoWindow(w.ctx, title))
}

func TestHiddenShowsTheTrayIconAlone(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx, "--hidden"))
	tray, err := w.desktop.Tray(w.ctx, w.program.PID())
	w.must(err)
	if win, err := soon(w, title); err == nil {
		t.Errorf("a window is open: %v", win)
	}
	w.must(tray.Click(w.ctx, "Open Hookbird"))
	w.window()
	w.stopInTime()
}

// soon looks for a window for as long as one usually takes, and a little more.
func soon(w *world, title string) (*desktop.Window, error) {
	ctx, cancel := context.WithTimeout(w.ctx, 2*time.Second)
	defer cancel()
	return w.desktop.Window(ctx, title)
}

func TestASecondStartRaisesTheWindow(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx))
	win := w.window()
	w.must(win.Minimize())
	w.must(w.desktop.NoWindow(w.ctx, title))

	second := program.New(w.desktop, binary, w.program.Data)
	w.must(second.Launch(nil))
	if err := second.Wait(w.ctx); err != nil {
		t.Errorf("the second start should end with 0: %v: %s", err, second.Said())
	}
	w.must(desktop.Until(w.ctx, func() (bool, error) { return win.IsActive(), nil }))
	w.stopInTime()
}

func TestQuitFromTheTray(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx, "--hidden"))
	tray, err := w.desktop.Tray(w.ctx, w.program.PID())
	w.must(err)
	w.must(tray.Click(w.ctx, "Quit"))
	w.must(w.program.Wait(w.ctx))
}

// Where something would not be sent any more, Quit asks first, in the window.
func TestQuitAsksWhereSomethingIsOn(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx, "--hidden"))
	c, err := control.Dial(w.program.Data)
	w.must(err)
	defer c.Close()
	_, err = c.SaveWebhook(w.ctx, control.WebhookDraft{Webhook: core.Webhook{
		Name: "Our database", State: core.StateOn, Address: w.receiver.URL(), Body: core.Body{Style: core.BodyJSON},
	}})
	w.must(err)
	tray, err := w.desktop.Tray(w.ctx, w.program.PID())
	w.must(err)
	w.must(tray.Click(w.ctx, "Quit"))
	win := w.window()
	w.must(win.ClickOn(w.ctx, "Keep running"))
	w.must(win.Close())
	w.must(w.desktop.NoWindow(w.ctx, title))

	w.must(c.Show(w.ctx, "quit")) // as the tray does; a second Quit so soon would be an answer
	win = w.window()
	_, err = win.See(w.ctx, "Nothing is sent until Hookbird starts again. What waits is kept.")
	w.must(err)
	w.must(win.Key("Tab", "space")) // from "Keep running" to "Quit"
	w.must(w.program.Wait(w.ctx))
}
