package gui

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/assets"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// link is an engine that a test speaks for.
type link struct {
	lines chan control.Change
	ends  chan error // what Changes returns
	found chan error // what Reconnect returns

	mu    sync.Mutex
	acked []uint64
	quits int
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
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked = append(l.acked, show)
	return nil
}

func (l *link) acknowledged() []uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]uint64(nil), l.acked...)
}

func (l *link) Quit(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quits++
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
	service *guitest.Service
	link    *link
	started int
}

// in runs a test with a window in a bubble of time.
func in(t *testing.T, s *guitest.Service, size fyne.Size, target string, run func(t *testing.T, d *desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := openWindow(t, s, size, target)
		defer func() {
			d.act(d.shut)
			time.Sleep(time.Minute) // for what a page has begun
		}()
		run(t, d)
	})
}

func openWindow(t *testing.T, s *guitest.Service, size fyne.Size, target string) *desk {
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{service: s, link: newLink()}
	background.Act(func() { d.build(presets, size) })
	d.act(func() { d.begin(target) })
	return d
}

// build makes the window, in a size.
func (d *desk) build(presets []assets.Preset, size fyne.Size) {
	d.Window = New(Params{
		App: fyne.CurrentApp(), Service: d.service, Link: d.link, Presets: presets,
		Start: func() error { d.started++; return nil },
	})
	d.hooks.Now, d.activity.Now, d.sources.Now, d.prefs.Now = guitest.Now, guitest.Now, guitest.Now, guitest.Now
	d.win.Resize(size)
}

// act does something as the UI goroutine would, and sees it through.
func (d *desk) act(f func()) {
	background.Act(f)
	synctest.Wait()
}

// open leads to a place and waits until it has read.
func (d *desk) open(target string) { d.act(func() { d.Open(target) }) }

func (d *desk) resize(size fyne.Size) { d.act(func() { d.win.Resize(size) }) }

func (d *desk) content() fyne.CanvasObject { return d.win.Content() }

// tap presses something in the window, or in what lies over it.
func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	d.act(func() { screen.Tap(t, d.front(), label) })
}

// front is the dialog, if there is one, else the window.
func (d *desk) front() fyne.CanvasObject {
	if top := d.win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return d.content()
}

func (d *desk) sees(t *testing.T, words string) {
	t.Helper()
	if !d.has(words) {
		t.Errorf("%q is not on screen; there is %q", words, screen.Texts(d.front()))
	}
}

// has tells whether words are on screen.
func (d *desk) has(words string) (found bool) {
	background.Act(func() { found = screen.Has(d.front(), words) })
	return found
}

func (d *desk) tells(c control.Change) {
	d.link.lines <- c
	synctest.Wait()
}

func (d *desk) key(name fyne.KeyName) {
	event := &fyne.KeyEvent{Name: name}
	d.act(func() {
		if f := d.win.Canvas().Focused(); f != nil {
			f.TypedKey(event)
		} else {
			d.win.Canvas().OnTypedKey()(event)
		}
	})
}

// ctrl presses a key with Ctrl in a text box of the page, which gets it first.
func (d *desk) ctrl(t *testing.T, key fyne.KeyName) {
	t.Helper()
	var box fyne.Shortcutable
	screen.Walk(d.content(), func(o fyne.CanvasObject) bool {
		if b, ok := o.(fyne.Shortcutable); ok && box == nil {
			box = b
		}
		return box != nil
	})
	if box == nil {
		t.Fatal("there is no text box")
	}
	d.act(func() { box.TypedShortcut(ctrl(key)) })
}

var targets = []string{
	"home", "webhooks", "activity", "activity:failed", "sources", "source:till", "settings", "new",
	"webhook:supporter-crm", "test:newsletter",
}

func TestEveryPlaceFitsTheLeastWindow(t *testing.T) {
	room := fyne.NewSize(leastSize.Width-theme.RailWidth, leastSize.Height)
	in(t, guitest.Office(), leastSize, "home", func(t *testing.T, d *desk) {
		for _, target := range targets {
			d.open(target)
			if need := d.current.Content().MinSize(); need.Width > room.Width || need.Height > room.Height {
				t.Errorf("%s needs %v, there is room for %v", target, need, room)
			}
		}
		if need := d.sidebar.root.MinSize(); need.Width > theme.RailWidth || need.Height > room.Height {
			t.Errorf("the rail needs %v, there is room for %v wide, %v high", need, theme.RailWidth, room.Height)
		}
	})
}

func TestSizeClasses(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		if d.frame.narrow() || d.sidebar.root.Size().Width != theme.SidebarWidth {
			t.Errorf("at 1200: narrow %v, sidebar %v", d.frame.narrow(), d.sidebar.root.Size())
		}
		d.sees(t, "4 webhooks on")
		d.resize(screen.Narrow)
		if !d.frame.narrow() || d.sidebar.root.Size().Width != theme.RailWidth {
			t.Errorf("at 900: narrow %v, rail %v", d.frame.narrow(), d.sidebar.root.Size())
		}
		if d.has("4 webhooks on") || d.has("Messages today") {
			t.Error("at 900 the card and the chart are still wide")
		}
		d.open("sources")
		d.resize(screen.Wide)
		d.open("home")
		d.sees(t, "Messages today")
	})
}

func TestNavigation(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "", func(t *testing.T, d *desk) {
		for label, want := range map[string]string{
			"Webhooks": "Where your records go.", "Activity": "All", "Sources": "Add a source", "Settings": "Saved as you change them.", "Home": "What needs you",
		} {
			d.tap(t, label)
			d.sees(t, want)
		}
		before := d.current
		d.open("nowhere")
		if d.current != before {
			t.Error("an unknown target leads somewhere")
		}
	})
}

// The window may be opened at a dialog before it is shown for the first time.
func TestAPersonIsLookedForAtOnce(t *testing.T) {
	s := guitest.Office()
	in(t, s, screen.Wide, "people", func(t *testing.T, d *desk) {
		d.sees(t, "E-mail address, number or name, one a line")
		d.tap(t, "Close")
		d.sees(t, "Saved as you change them.")
		d.open("people:ada@example.org")
		s.Read(func(data guitest.Data) {
			if got := data.People.Looked; len(got) != 1 || got[0] != "ada@example.org" {
				t.Errorf("looked for %q", got)
			}
		})
	})
}

func TestKeysWorkWhileATextBoxHasTheFocus(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "new", func(t *testing.T, d *desk) {
		pages := map[fyne.KeyName]page{
			fyne.Key1: d.home, fyne.Key2: d.hooks, fyne.Key3: d.activity, fyne.Key4: d.sources, fyne.Key5: d.prefs, fyne.KeyN: d.chooser,
		}
		for _, key := range []fyne.KeyName{fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key1, fyne.KeyN} {
			d.open("new")
			d.act(d.chooser.FocusSearch)
			d.ctrl(t, key)
			if d.current != pages[key] {
				t.Errorf("Ctrl+%s leads to %T", key, d.current)
			}
		}
		d.open("new")
		d.act(d.win.Canvas().Unfocus)
		d.ctrl(t, fyne.KeyF)
		if _, ok := d.win.Canvas().Focused().(*widgets.SearchEntry); !ok {
			t.Errorf("Ctrl+F puts the focus on %T", d.win.Canvas().Focused())
		}
		d.key(fyne.KeyF1)
		d.sees(t, "Ctrl+1 to Ctrl+5")
		d.tap(t, "Close")
		d.act(d.win.Canvas().Unfocus)
		d.key(fyne.KeyEscape)
		if d.current != page(d.hooks) {
			t.Errorf("Esc leads from the choice to %T", d.current)
		}
	})
}

func TestSearchKeySurvivesActivity(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "activity", func(t *testing.T, d *desk) {
		d.open("new")
		d.ctrl(t, fyne.KeyF)
		if d.win.Canvas().Focused() == nil {
			t.Error("after Activity, Ctrl+F does nothing")
		}
	})
}

func TestLookIsLive(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Settings.Settings.Look = "dark" })
	in(t, s, screen.Wide, "settings", func(t *testing.T, d *desk) {
		look := func() theme.Variant { return fyne.CurrentApp().Settings().Theme().(*theme.Theme).Variant() }
		if look() != theme.Dark {
			t.Errorf("look %v, want what the settings say", look())
		}
		d.tap(t, "Light")
		if look() != theme.Light {
			t.Errorf("look %v after a tap on Light", look())
		}
		s.Read(func(data guitest.Data) {
			if data.Settings.Settings.Look != "light" {
				t.Errorf("saved %q", data.Settings.Settings.Look)
			}
		})
		if kept := fyne.CurrentApp().Preferences().String(prefLook); kept != "light" {
			t.Errorf("the next window begins with %q", kept)
		}
	})
}

func TestClosingRemembersTheSizeAndAsksFirst(t *testing.T) {
	in(t, guitest.Office(), screen.Narrow, "webhook:staff", func(t *testing.T, d *desk) {
		box := entryWith(d.content(), "Staff directory")
		if box == nil {
			t.Fatal("no box holds the name")
		}
		d.act(func() { box.SetText("Staff list") })
		d.act(d.Close)
		d.sees(t, "Leave without saving?")
		if d.closed {
			t.Fatal("closed over something that is not saved")
		}
		d.tap(t, "Keep editing")
		if box.Text != "Staff list" || d.closed {
			t.Errorf("after keeping on: %q, closed %v", box.Text, d.closed)
		}
		d.act(d.Close)
		d.tap(t, "Leave")
		if !d.closed {
			t.Error("the window is still open")
		}
		if width := fyne.CurrentApp().Preferences().Float(prefWidth); width != 900 {
			t.Errorf("width remembered as %v, want 900", width)
		}
	})
}

func TestTheFirstCloseIsExplained(t *testing.T) {
	screen.App(t)
	for i, want := range []*fyne.Notification{
		fyne.NewNotification("Hookbird keeps working here", "Its icon stays in the tray. Choose Quit there to end it."),
		nil, // once, and never again
	} {
		test.AssertNotificationSent(t, want, func() {
			synctest.Test(t, func(*testing.T) {
				d := openWindow(t, guitest.Office(), screen.Wide, "home")
				d.act(d.Close)
				time.Sleep(time.Minute)
			})
		})
		if t.Failed() {
			t.Fatalf("close %d", i+1)
		}
	}
}

func TestQuitIsAskedFirst(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.open("quit")
		d.sees(t, "Nothing is sent until Hookbird starts again.")
		d.tap(t, "Keep running")
		if d.link.quits != 0 {
			t.Fatal("quit without being told to")
		}
		d.open("quit")
		d.tap(t, "Quit")
		if d.link.quits != 1 {
			t.Errorf("asked the engine %d times to end, want once", d.link.quits)
		}
	})
}

func TestEditorSurvivesAWalkThroughTheWindow(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "webhook:staff", func(t *testing.T, d *desk) {
		d.act(func() { entryWith(d.content(), "Staff directory").SetText("Staff list") })
		d.tap(t, "Sources")
		d.tap(t, "Webhooks")
		if entryWith(d.content(), "Staff list") == nil {
			t.Error("what was typed is gone")
		}
		d.open("webhook:newsletter")
		d.sees(t, "Leave without saving?")
		d.tap(t, "Leave")
		d.sees(t, "Newsletter sign-ups")
	})
}

// entryWith finds a text box by what it holds.
func entryWith(object fyne.CanvasObject, text string) *widgets.Entry {
	var found *widgets.Entry
	screen.Walk(object, func(o fyne.CanvasObject) bool {
		if e, ok := o.(*widgets.Entry); ok && e.Text == text {
			found = e
		}
		return found != nil
	})
	return found
}

func TestNewWebhookBeginsWithAPreset(t *testing.T) {
	in(t, guitest.Empty(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.sees(t, "Where should records go?")
		if screen.Find(d.content(), "Back") != nil {
			t.Error("the first run offers a way back")
		}
		d.tap(t, "Not in the list")
		if d.current != page(d.wizard) {
			t.Errorf("leads to %T", d.current)
		}
		d.sees(t, "Where should we send it?")
		d.tap(t, "Set up by hand")
		if d.current != page(d.editor) || d.wizard != nil {
			t.Errorf("leads to %T", d.current)
		}
		d.sees(t, "Where do I find the web address?")
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	for name, size := range sizes {
		in(t, guitest.Office(), size, "home", func(t *testing.T, d *desk) {
			for _, target := range targets {
				d.open(target)
				screen.Shots(t, d.win, "window-"+target+"-"+name)
			}
		})
		in(t, guitest.Empty(), size, "home", func(t *testing.T, d *desk) {
			screen.Shots(t, d.win, "window-first-"+name)
		})
	}
}

var sizes = map[string]fyne.Size{"1200": screen.Wide, "900": screen.Narrow}
