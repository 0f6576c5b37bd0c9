package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/gui/activity"
	"hookbird/gui/backup"
	"hookbird/gui/editor"
	"hookbird/gui/home"
	"hookbird/gui/hooks"
	"hookbird/gui/prefs"
	"hookbird/gui/sources"
	"hookbird/gui/testpage"
	"hookbird/gui/wizard"
)

// page is one place of the window. Its methods belong to the UI goroutine.
type page interface {
	Content() fyne.CanvasObject
	Show(fyne.Canvas) // it becomes visible: it reads
	Leave()           // another page is shown
	Refresh()         // something changed: it reads anew
	SetNarrow(bool)
}

// places are the pages and where we are among them. Home, lists and settings
// live as long as the window; editor, wizard and test as long as they are worked with.
type places struct {
	home     *home.Page
	hooks    *hooks.Page
	activity *activity.Page
	sources  *sources.Page
	prefs    *prefs.Page
	chooser  *hooks.Chooser
	firstRun *hooks.Chooser
	editor   *editor.Page
	editing  string // id of the webhook in the editor, "" for a new one
	test     *testpage.Page
	wizard   *wizard.Page // that was begun, or nil

	current page
	shown   uint64 // the last wish to come forward that was met
}

// Indexes in navPlaces.
const (
	navHome = iota
	navWebhooks
	navActivity // shows how many failed
	navSources
	navSettings
)

// Open shows a place: "home", "webhooks", "activity", "activity:STATE"
// (as in core.DeliveryState), "sources", "source:ID", "byhand", "settings",
// "people" (what is kept about a person), "people:VALUE", "new", "webhook:ID", "fix:ID:ACTION" (as in attempt.Action) or "test:ID"; "quit" asks
// whether to end Hookbird. Where the target is unknown or empty, it stays at the
// page that is shown, or opens Home.
func (w *Window) Open(target string) {
	kind, id, _ := strings.Cut(target, ":")
	switch kind {
	case "home":
		w.show(navHome, w.home)
	case "webhooks":
		w.openWebhooks()
	case "activity":
		w.openActivity(core.DeliveryState(id), "")
	case "sources":
		w.show(navSources, w.sources)
	case "source":
		w.sources.Open(id)
		w.show(navSources, w.sources)
	case "byhand":
		w.show(navSources, w.sources)
		w.sources.SendByHand(id)
	case "settings":
		w.show(navSettings, w.prefs)
	case "people":
		w.show(navSettings, w.prefs)
		w.prefs.FindPerson(w.win.Canvas(), id)
	case "test":
		w.testStored(id)
	case "new":
		w.openNew()
	case "quit":
		w.Open("") // something has to be behind the question
		w.askQuit()
	case "webhook":
		w.edit(id)
	case "fix":
		id, do, _ := strings.Cut(id, ":")
		w.fix(id, attempt.Action(do))
	default:
		if w.current == nil {
			w.show(navHome, w.home)
		}
	}
}

// openActivity shows the messages in a state and of a webhook; "" for all.
func (w *Window) openActivity(state core.DeliveryState, webhook string) {
	w.show(navActivity, w.activity)
	w.activity.Filter(state, webhook)
}

// openWebhooks shows the list; or, coming from another place, the editor or the
// wizard, if something in it waits to be saved.
func (w *Window) openWebhooks() {
	switch {
	case w.unfinished() && w.inWizard():
		w.wizard.Cancel()
	case w.unfinished() && (w.editor == nil || !w.editor.Unsaved()):
		w.show(navWebhooks, w.wizard)
	case w.editor == nil || !w.editor.Unsaved():
		w.editor = nil
		w.show(navWebhooks, w.hooks)
	case w.current == page(w.editor):
		w.editor.Back()
	default:
		w.show(navWebhooks, w.editor)
	}
}

// open is Open, for those who only know a place's name.
func (w *Window) open(target string) { w.Open(target) }

// show changes the page. It stays where it is if the page is shown already.
func (w *Window) show(nav int, p page) {
	w.sidebar.selectItem(nav)
	if w.current == p {
		return
	}
	if w.current != nil {
		w.current.Leave()
	}
	w.addSearchKey() // a page may have had its own
	w.current = p
	p.SetNarrow(w.frame.narrow())
	w.frame.setPage(p.Content())
	p.Show(w.win.Canvas())
	if p != page(w.home) {
		w.overview.Load() // Home may have been left before it had read
	}
}

// connect tells the pages where they lead to.
func (w *Window) connect() {
	w.home.OnOpenWebhook = w.edit
	w.home.OnFix = w.fix
	w.home.OnOpenActivity = w.openActivity
	w.home.OnOpenSources = func() { w.Open("sources") }
	w.home.OnOpenSource = func(id string) { w.Open("source:" + id) }
	w.home.OnOpenSettings = func() { w.Open("settings") }
	w.home.OnRestored = func() { backup.ShowRestored(w.backupParams()) }
	w.home.OnByHand = func() { w.Open("byhand") }
	w.home.OnNew = func() { w.Open("new") }
	w.home.OnRead = w.sidebar.update
	w.home.OnSay = w.say
	w.home.Icon = w.iconOf

	w.hooks.OnOpen = w.edit
	w.hooks.OnFix = w.fix
	w.hooks.OnTest = func(id string) { w.Open("test:" + id) }
	w.hooks.OnNew = func() { w.Open("new") }
	w.hooks.OnHome = func() { w.Open("home") }
	w.hooks.OnSay = w.say
	w.hooks.OnOffer = w.toaster.Say
	w.hooks.Icon = w.iconOf

	w.connectChoosers()

	w.activity.OnEditWebhook = w.editFor
	w.activity.OnPerson = func(address string) { w.Open("people:" + address) }

	w.sources.OnSay = w.say
	w.sources.OnOffer = w.toaster.Say
	w.sources.AskFolder = w.askFolder

	w.prefs.OnLook = w.setLook
	w.prefs.OnSay = w.say
	w.prefs.AskSave = w.askSave
	w.prefs.AskOpen = w.askOpen
	w.prefs.Ask = w.ask
}

// edit opens a webhook in the editor. One that is being edited is kept as it is.
func (w *Window) edit(id string) {
	if w.editor != nil && w.editing == id {
		w.show(navWebhooks, w.editor)
		return
	}
	w.setEditor(editor.Start{ID: id})
}
