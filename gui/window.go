// Package gui is the window: its frame with navigation and the sending card, the
// way between pages, shortcuts, the look, and what the engine tells. It must not
// hold a page, nor import fyne.io/fyne/v2/app, which only main does.
package gui

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets"
	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/activity"
	"hookbird/gui/background"
	"hookbird/gui/home"
	"hookbird/gui/hooks"
	"hookbird/gui/prefs"
	"hookbird/gui/sources"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Params is what a window needs.
type Params struct {
	App     fyne.App
	Service control.Service
	Link    Link            // how the window hears of changes
	Presets []assets.Preset // systems to begin a webhook with
	Start   func() error    // starts an engine after it has died; nil: there is no way
	Closing func()          // called once when the window begins to close; may be nil
	Logger  *slog.Logger
}

// The sizes of the window, in pixels of the screen's scale.
var (
	leastSize = fyne.NewSize(880, 560)
	usualSize = fyne.NewSize(1200, 780)
)

// Names of what the window remembers by itself, in Fyne's preferences.
const (
	prefWidth  = "window.width"
	prefHeight = "window.height"
	prefLook   = "window.look" // as in core.Settings, so that the first picture has it

	prefExplained = "window.close-explained" // it was said that closing the window ends nothing
)

// Window is the one window of Hookbird. Its methods belong to the UI goroutine.
type Window struct {
	p    Params
	win  fyne.Window
	log  *slog.Logger
	stop context.CancelFunc // ends what follows the engine

	frame    *frame
	sidebar  *sidebar
	toaster  *widgets.Toaster
	overview *background.Loader[control.Overview]
	settings *background.Loader[control.SettingsView]
	closed   bool
	tray     bool // there is a tray icon

	places

	heard      bool   // something was heard of this engine
	generation uint64 // of what was last heard of
	lost       bool   // the engine is gone, and looked for
	refreshing bool   // since less than refreshGap
	again      bool   // refresh once more after that
	later      func() // gives that up
	retrying   bool   // reading failed, and is tried again soon
	retry      func() // gives that up
	settled    bool   // open for long enough that a tray icon would be there
}

// New builds the window, without showing it.
func New(p Params) *Window {
	w := &Window{p: p, log: p.Logger, stop: func() {}, later: func() {}, retry: func() {}}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	w.setLook(p.App.Preferences().String(prefLook))
	w.win = p.App.NewWindow("Hookbird")
	w.overview = background.NewLoader(w.readOverview, w.showOverview)
	w.settings = background.NewLoader(p.Service.Settings, w.showSettings)
	w.sidebar = newSidebar(w.open, w.pauseSending, w.resumeSending)
	w.frame = newFrame(w.sidebar, w.setNarrow)
	w.toaster = widgets.NewToaster(w.frame.root)
	w.buildPages()
	w.win.SetPadded(false)
	w.win.SetContent(w.toaster)
	w.win.SetMaster()
	w.win.Resize(w.rememberedSize())
	w.win.SetCloseIntercept(w.Close)
	w.addKeys()
	return w
}

func (w *Window) rememberedSize() fyne.Size {
	kept := w.p.App.Preferences()
	size := fyne.NewSize(float32(kept.Float(prefWidth)), float32(kept.Float(prefHeight)))
	if size.Width < leastSize.Width || size.Height < leastSize.Height {
		return usualSize
	}
	return size
}

func (w *Window) buildPages() {
	s := w.p.Service
	w.chooser = hooks.NewChooser(kindsOf(w.p.Presets))
	w.firstRun = hooks.NewChooser(kindsOf(w.p.Presets))
	w.home = home.New(watched{s, w}, w.firstRun.Content())
	w.hooks = hooks.New(s)
	w.activity = activity.New(s)
	w.sources = sources.New(s)
	w.prefs = prefs.New(s)
	w.connect()
}

// Run shows the window at a target (see Open) and returns when it is closed.
func (w *Window) Run(target string) {
	w.begin(target)
	w.win.ShowAndRun()
}

// begin opens the first page and begins to follow the engine.
func (w *Window) begin(target string) {
	ctx, stop := context.WithCancel(context.Background())
	w.stop = stop
	w.Open(target)
	w.Refresh()
	w.settings.Load()
	f := &follower{
		link: w.p.Link, start: w.p.Start, log: w.log,
		onChange: func(c control.Change) { w.changed(ctx, c) },
		onLost:   w.losing,
		onFound:  w.found,
		onEnd:    w.ended,
	}
	go f.follow(ctx)
	go w.tick(ctx)
}

// Close remembers the size and ends the window. What somebody typed and did not
// save is asked after first.
func (w *Window) Close() {
	if w.askBeforeClose() {
		return
	}
	w.explainClose()
	w.shut()
}

// explainLimit is how long the window may wait for the desktop to take a
// notification, before it closes all the same.
const explainLimit = time.Second

// explainClose says, the first time, that closing the window ends nothing. Where
// there is no tray, the window has said so itself.
func (w *Window) explainClose() {
	kept := w.p.App.Preferences()
	if !w.tray || kept.Bool(prefExplained) {
		return
	}
	kept.SetBool(prefExplained, true)
	told := make(chan struct{})
	go func() {
		defer close(told)
		w.p.App.SendNotification(fyne.NewNotification("Hookbird keeps working here",
			"Its icon stays in the tray. Choose Quit there to end it."))
	}()
	select {
	case <-told:
	case <-time.After(explainLimit):
	}
}

func (w *Window) shut() {
	if w.closed {
		return
	}
	w.closed = true // from here on nothing is acknowledged
	if w.p.Closing != nil {
		w.p.Closing()
	}
	size := w.win.Canvas().Size()
	w.p.App.Preferences().SetFloat(prefWidth, float64(size.Width))
	w.p.App.Preferences().SetFloat(prefHeight, float64(size.Height))
	w.stop()
	w.later()
	w.retry()
	if w.current != nil {
		w.current.Leave()
	}
	widgets.RemoveKeys(w.win.Canvas())
	w.win.Close()
}

// Refresh reads what is on screen anew: the visible page and the sidebar.
func (w *Window) Refresh() {
	if w.lost {
		return // there is nobody to ask; found does it
	}
	if w.current != nil {
		w.current.Refresh()
	}
	if w.current != page(w.home) { // Home tells the sidebar what it read
		w.overview.Load()
	}
}

func (w *Window) showOverview(o control.Overview, err error) {
	if err == nil { // trouble is told by the page and by the link
		w.sidebar.update(o)
	}
}

func (w *Window) showSettings(v control.SettingsView, err error) {
	if err != nil {
		return
	}
	w.setLook(v.Settings.Look)
	w.tray = v.Tray
	w.frame.setTray(v.Tray || !w.settled)
}

// setLook changes light and dark at once, and remembers it for the next start.
func (w *Window) setLook(look string) {
	variant := map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark}[look]
	w.p.App.Preferences().SetString(prefLook, look)
	settings := w.p.App.Settings()
	if now, ok := settings.Theme().(*theme.Theme); ok && now.Variant() == variant {
		return
	}
	settings.SetTheme(theme.New(variant))
}

func (w *Window) setNarrow(on bool) {
	w.sidebar.setNarrow(on)
	if w.current != nil {
		w.current.SetNarrow(on)
	}
}

func (w *Window) say(text string) { w.toaster.Say(text, "", nil) }

// iconOf gives the drawing of a preset.
func (w *Window) iconOf(preset string) icons.Name {
	for _, p := range w.p.Presets {
		if p.ID == preset && p.ID != assets.Other {
			return icons.Name(p.Icon)
		}
	}
	return icons.Globe
}

func kindsOf(presets []assets.Preset) []hooks.Kind {
	var kinds []hooks.Kind
	for _, p := range presets {
		if p.ID == assets.Other {
			continue // "Not in the list" stands for it
		}
		words := ""
		for _, w := range p.Search {
			words += " " + w
		}
		kinds = append(kinds, hooks.Kind{
			ID: p.ID, Name: p.Name, Line: p.Line, Icon: icons.Name(p.Icon), Known: p.Featured, Words: words,
		})
	}
	return kinds
}
