// Package tray is Hookbird's icon in the notification area and its menu. It
// lives in the engine's process, so it uses the systray library alone: it must
// not import Fyne, and it holds no state that matters.
package tray

import (
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"fyne.io/systray"

	"hookbird/assets/icons"
	"hookbird/gui/words"
)

const (
	slots = 12          // webhooks in the Test menu, and failures in theirs
	gap   = time.Second // between two changes of the menu: the library races under churn

)

// Hooks are what the menu does. Each is called on a goroutine of its own.
type Hooks struct {
	Open   func(page string) // shows the window, at a page: "" for wherever it is
	Pause  func(until time.Time)
	Resume func()
	Quit   func()
}

// Item is a line of a submenu and the page it opens.
type Item struct{ Title, Page string }

// State is what the tray shows.
type State struct {
	Problem   string // the first: "Supporter CRM did not accept the key"; "" if all is well
	More      int    // problems there are besides
	Page      string // where the problem is put right
	Offline   bool   // this computer has no network
	Delivered uint64 // today
	Waiting   uint64
	About     bool // Waiting is still being counted
	Paused    bool
	Until     time.Time     // of the pause; zero: until somebody resumes
	Tests     []Item        // one a webhook
	Failures  []Item        // the latest, newest first
	Now       time.Time     // that all of this is about
	Again     time.Duration // after which it is out of date by itself; 0: never
}

// Tray is the icon and its menu. Make one a process.
type Tray struct {
	hooks Hooks
	log   *slog.Logger
	now   func() time.Time

	mu    sync.Mutex
	want  *State
	wake  chan struct{}
	stop  chan struct{}
	ended sync.Once

	// Of the goroutine that draws.
	shown   State
	drawn   bool
	problem *systray.MenuItem
	counts  *systray.MenuItem
	pause   *systray.MenuItem
	resume  *systray.MenuItem
	test    submenu
	failure submenu
}

// submenu is a fixed number of lines, of which some are hidden.
type submenu struct {
	head  *systray.MenuItem
	lines []*systray.MenuItem

	mu    sync.Mutex
	pages []string
}

// New makes a tray that is not shown yet.
func New(h Hooks, log *slog.Logger) *Tray {
	return &Tray{hooks: h, log: log, now: time.Now, wake: make(chan struct{}, 1), stop: make(chan struct{})}
}

// Run shows the icon until Stop. It must be called once, on the main goroutine.
// Trouble with the desktop ends it early and is only logged.
func (t *Tray) Run(ready func()) {
	defer t.guard("tray")
	systray.SetTitle("Hookbird")
	if runtime.GOOS != "darwin" { // there a click always opens the menu
		systray.SetOnTapped(func() { t.hooks.Open("") })
	}
	systray.Run(func() {
		defer t.guard("tray menu")
		systray.SetTooltip("Hookbird")
		setIcon(icons.TrayNormal)
		t.build()
		ready()
		go t.draw()
	}, func() {})
}

// Stop takes the icon away. It may be called from any goroutine, twice, and
// before Run.
func (t *Tray) Stop() {
	t.ended.Do(func() {
		close(t.stop)
		defer t.guard("end of tray")
		systray.Quit()
	})
}

// Update shows another state, soon. Any goroutine may call it.
func (t *Tray) Update(s State) {
	t.mu.Lock()
	t.want = &s
	t.mu.Unlock()
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// guard keeps a panic of the tray library, as when the session bus dies, from
// stopping the engine.
func (t *Tray) guard(what string) {
	if p := recover(); p != nil {
		t.log.Error("tray failed", "what", what, "error", fmt.Sprint(p))
	}
}

// build makes the whole menu once; later its items only change.
func (t *Tray) build() {
	t.item("Open Hookbird", func() { t.hooks.Open("") })
	t.problem = t.item("", func() { t.hooks.Open(t.problemPage()) })
	t.problem.Hide()
	t.counts = t.item("Starting", func() { t.hooks.Open("activity") })
	systray.AddSeparator()
	t.pause = systray.AddMenuItem("Pause sending", "")
	for _, p := range pauses {
		t.sub(t.pause, p.title, func() { t.hooks.Pause(p.until(t.now())) })
	}
	t.resume = t.item("Resume sending", t.hooks.Resume)
	t.resume.Hide()
	t.test.build(t, "Test")
	t.failure.build(t, "Recent failures")
	t.sub(t.failure.head, "See all in Activity…", func() { t.hooks.Open("activity:failed") })
	t.item("Send one by hand…", func() { t.hooks.Open("byhand") })
	systray.AddSeparator()
	t.item("Quit", t.hooks.Quit)
}

// pauses are the lengths that a pause can have.
var pauses = []struct {
	title string
	until func(now time.Time) time.Time
}{
	{"30 minutes", func(now time.Time) time.Time { return now.Add(30 * time.Minute) }},
	{"1 hour", func(now time.Time) time.Time { return now.Add(time.Hour) }},
	{"Until tomorrow morning", words.NextMorning},
	{"Until I resume", func(time.Time) time.Time { return time.Time{} }},
}

func (t *Tray) item(title string, do func()) *systray.MenuItem {
	m := systray.AddMenuItem(title, "")
	go t.forward(m, do)
	return m
}

func (t *Tray) sub(parent *systray.MenuItem, title string, do func()) *systray.MenuItem {
	m := parent.AddSubMenuItem(title, "")
	go t.forward(m, do)
	return m
}

// forward passes clicks on. The library drops a click that nobody receives, so
// each item has a goroutine that does nothing else.
func (t *Tray) forward(m *systray.MenuItem, do func()) {
	for {
		select {
		case <-t.stop:
			return
		case <-m.ClickedCh:
			go func() {
				defer t.guard("click")
				do()
			}()
		}
	}
}

func (s *submenu) build(t *Tray, title string) {
	s.head = systray.AddMenuItem(title, "")
	s.pages = make([]string, slots)
	for i := range slots {
		m := t.sub(s.head, "", func() { t.hooks.Open(s.page(i)) })
		m.Hide()
		s.lines = append(s.lines, m)
	}
	s.head.Hide()
}

func (s *submenu) page(i int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages[i]
}

// show puts items into the lines there are.
func (s *submenu) show(items []Item) {
	items = items[:min(len(items), slots)]
	for i, m := range s.lines {
		if i >= len(items) {
			m.Hide()
			continue
		}
		s.mu.Lock()
		s.pages[i] = items[i].Page
		s.mu.Unlock()
		m.SetTitle(items[i].Title)
		m.Show()
	}
	if len(items) == 0 {
		s.head.Hide()
	} else {
		s.head.Show()
	}
}

func (t *Tray) problemPage() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.want == nil {
		return ""
	}
	return t.want.Page
}

// draw brings the menu up to date, at most once a second.
func (t *Tray) draw() {
	defer t.guard("tray menu")
	for {
		select {
		case <-t.stop:
			return
		case <-t.wake:
		}
		t.mu.Lock()
		s := *t.want
		t.mu.Unlock()
		t.show(s)
		select {
		case <-t.stop:
			return
		case <-time.After(gap):
		}
	}
}

// show changes only what differs.
func (t *Tray) show(s State) {
	old, first := t.shown, !t.drawn
	t.shown, t.drawn = s, true
	if first || iconOf(s) != iconOf(old) {
		setIcon(iconOf(s))
	}
	if line := problemLine(s); first || line != problemLine(old) {
		t.problem.SetTitle(line)
		visible(t.problem, line != "")
	}
	if line := countLine(s); first || line != countLine(old) {
		t.counts.SetTitle(line)
	}
	if tip := tooltip(s); first || tip != tooltip(old) {
		systray.SetTooltip(tip)
	}
	if first || s.Paused != old.Paused {
		visible(t.pause, !s.Paused)
		visible(t.resume, s.Paused)
	}
	if first || !slices.Equal(s.Tests, old.Tests) {
		t.test.show(s.Tests)
	}
	if first || !slices.Equal(s.Failures, old.Failures) {
		t.failure.show(s.Failures)
	}
}

func visible(m *systray.MenuItem, yes bool) {
	if yes {
		m.Show()
	} else {
		m.Hide()
	}
}

// problemLine names the first problem and says how many there are besides.
func problemLine(s State) string {
	if s.More == 0 {
		return s.Problem
	}
	return fmt.Sprintf("%s, and %d more", s.Problem, s.More)
}

// countLine is the line that says how sending goes.
func countLine(s State) string {
	line := words.Count(s.Delivered, "message today, ", "messages today, ") + words.About(s.Waiting, s.About) + " waiting"
	switch {
	case s.Paused && s.Until.IsZero():
		return "Paused. " + line
	case s.Paused:
		return "Paused until " + words.When(s.Until, s.Now) + ". " + line
	case s.Offline:
		return "No internet connection. " + line
	}
	return line
}

// tooltip is what the icon says without a click, the problem first.
func tooltip(s State) string {
	if s.Problem != "" {
		return "Hookbird: " + problemLine(s)
	}
	return "Hookbird: " + countLine(s)
}

func iconOf(s State) icons.TrayState {
	switch {
	case s.Problem != "":
		return icons.TrayFailed
	case s.Paused:
		return icons.TrayPaused
	}
	return icons.TrayNormal
}

// setIcon takes the kind of picture that each system wants.
func setIcon(state icons.TrayState) {
	switch runtime.GOOS {
	case "windows":
		systray.SetIcon(icons.TrayICO(state))
	default:
		systray.SetIcon(icons.Tray(state))
	}
}
