package gui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/assets"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// link is an engine that a test speaks for.
type link struct {
	lines  chan control.Change
	ends   chan error // what Changes returns
	found  chan error // what Reconnect returns
	acked  []uint64
	change func(control.Change)
}

func newLink() *link {
	return &link{lines: make(chan control.Change), ends: make(chan error), found: make(chan error)}
}

func (l *link) Changes(ctx context.Context, told func(control.Change)) error {
	for {
		select {
		case c := <-l.lines:
			told(c)
		case err := <-l.ends:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *link) Shown(_ context.Context, show uint64) error {
	l.acked = append(l.acked, show)
	return nil
}

func (l *link) Reconnect(ctx context.Context) error {
	select {
	case err := <-l.found:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// desk is a window over a service in memory.
type desk struct {
	*Window
	app     fyne.App
	service *guitest.Service
	link    *link
}

func openWindow(t *testing.T, s *guitest.Service, size fyne.Size, target string) *desk {
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{app: fyne.CurrentApp(), service: s, link: newLink()}
	d.Window = New(Params{App: d.app, Service: s, Link: d.link, Presets: presets})
	d.win.Resize(size)
	d.begin(target)
	synctest.Wait()
	t.Cleanup(func() { d.shut() })
	return d
}

func (d *desk) content() fyne.CanvasObject { return d.win.Content() }

func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	screen.Tap(t, d.content(), label)
	synctest.Wait()
}

func TestShots(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		for name, size := range map[string]fyne.Size{"1200": screen.Wide, "900": screen.Narrow} {
			d := openWindow(t, guitest.Office(), size, "home")
			screen.Shots(t, d.win, "window-home-"+name)
			for _, target := range []string{"webhooks", "activity", "sources", "settings", "new", "webhook:supporter-crm", "test:newsletter"} {
				d.Open(target)
				synctest.Wait()
				screen.Shots(t, d.win, "window-"+strings.ReplaceAll(target, ":", "-")+"-"+name)
			}
			d.shut()
			d = openWindow(t, guitest.Empty(), size, "home")
			screen.Shots(t, d.win, "window-first-"+name)
			d.shut()
			synctest.Wait()
		}
	})
}
