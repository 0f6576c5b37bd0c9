package sources

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/byhand"
	"hookbird/gui/files"
	"hookbird/gui/past"
	"hookbird/gui/widgets"
)

// Service is what the page asks of the engine.
type Service interface {
	Sources(ctx context.Context) ([]control.SourceView, error)
	SaveSource(ctx context.Context, d control.SourceDraft) (control.SourceView, error)
	DeleteSource(ctx context.Context, id string, revision uint64) error
	past.Service
	SetSourcePaused(ctx context.Context, id string, paused bool) error
	SurveySource(ctx context.Context, d control.SourceDraft) (control.SourceSurvey, error)
	AnswerSource(ctx context.Context, a control.SourceAnswer) error
	RereadSource(ctx context.Context, r control.Reread) error
	LeftOut(ctx context.Context, source string) ([]core.LeftOut, error)
	SendLeftOut(ctx context.Context, r control.LeftOutRef) (int, error)
	LocalExamples(ctx context.Context, source string) (control.Examples, error)
	SendTrial(ctx context.Context, source string) (control.Trial, error)
	RevealSecret(ctx context.Context, r control.SecretRef) (string, error)

	byhand.Service
}

// Page is Sources. It belongs to the UI goroutine.
type Page struct {
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)
	// OnOffer shows one with something to press.
	OnOffer past.Offer
	// AskFolder and AskFile let somebody choose a folder or a file of this computer,
	// and then hand over its path. They open the window's own dialog unless set.
	AskFolder func(then func(path string))
	AskFile   func(then func(path string))
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service Service
	loader  *background.Loader[[]control.SourceView]
	views   []control.SourceView
	read    bool   // views were read at least once
	want    string // id of a source to open once it is read
	narrow  bool

	root   *fyne.Container
	list   *list
	place  place // in front of the list; nil while the list is shown
	hand   *byhand.Card
	byHand bool // it is open beside the list, or in its place
}

// place is what can stand in front of the list: the page of a source, or of
// setting one up.
type place interface {
	object() fyne.CanvasObject
	refresh()      // views were read anew
	unsaved() bool // leaving would lose something
	title() string
	leave() // another page is shown: secrets hide, what runs is given up
	back()
}

// New builds the page.
func New(s Service) *Page {
	p := &Page{service: s, Now: time.Now, OnSay: func(string) {}, OnOffer: func(string, string, func()) {}}
	p.loader = background.NewLoader(s.Sources, p.update)
	p.AskFolder = func(then func(string)) {
		files.Ask(p.canvas(), files.Wish{Kind: files.Folder, Title: "Choose a folder", Yes: "Choose"}, then)
	}
	p.AskFile = func(then func(string)) {
		files.Ask(p.canvas(), files.Wish{Kind: files.Open, Title: "Choose a file", Yes: "Choose"}, then)
	}
	p.hand = byhand.New(s)
	p.hand.OnClose = p.closeByHand
	p.hand.OnNewForm = func() { p.add(core.KindForm) }
	p.hand.OnSay = func(text string) { p.OnSay(text) }
	p.hand.OnLayout = func() { p.list.frame.Layout() }
	p.list = newList(p)
	p.root = widgets.Stack(p.list.object())
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Show reads, when the page becomes visible.
func (p *Page) Show(fyne.Canvas) { p.Refresh() }

// Leave forgets what is being read and hides keys, when another page is shown.
// What was typed stays.
func (p *Page) Leave() {
	p.loader.Stop()
	p.hand.Leave()
	if p.place != nil {
		p.place.leave()
	}
}

// Refresh reads anew, because something changed. What is being typed stays.
func (p *Page) Refresh() { p.loader.Load() }

// Unsaved tells whether leaving would lose something that somebody typed.
func (p *Page) Unsaved() bool { return p.place != nil && p.place.unsaved() }

// Unsent tells whether a form was filled in and not sent.
func (p *Page) Unsent() bool { return p.byHand && p.hand.Unsent() }

// SendByHand opens the card in which a form is filled in: that of a source, or any if
// the id is "". What is being edited is asked after first.
func (p *Page) SendByHand(id string) {
	p.losing(func() {
		p.setPlace(nil)
		p.byHand = true
		p.list.arrange()
		p.hand.Now = p.Now
		p.hand.Open(id)
	})
}

// closeByHand closes that card. What was typed stays in it.
func (p *Page) closeByHand() {
	p.byHand = false
	p.hand.Leave()
	p.list.arrange()
}

// Title is what the page is about.
func (p *Page) Title() string {
	if p.place == nil {
		return "Sources"
	}
	return p.place.title()
}

// SetNarrow chooses between a wide window and a narrow one.
func (p *Page) SetNarrow(on bool) {
	p.narrow = on
	p.list.arrange()
}

// Open shows the page of a source, as soon as it has been read.
func (p *Page) Open(id string) {
	p.want = id
	p.openWanted()
}

// Back leads back to where somebody came from, if that is on this page.
func (p *Page) Back() {
	switch {
	case p.place != nil:
		p.place.back()
	case p.byHand:
		p.closeByHand()
	}
}

func (p *Page) openWanted() {
	if v, ok := p.view(p.want); ok {
		p.want = ""
		p.open(v)
	}
}

// view finds a source among those that were read.
func (p *Page) view(id string) (control.SourceView, bool) {
	for _, v := range p.views {
		if id != "" && v.Source.ID == id {
			return v, true
		}
	}
	return control.SourceView{}, false
}

func (p *Page) update(views []control.SourceView, err error) {
	p.list.frame.Notice.Read(err)
	if err != nil && !p.read {
		return
	}
	if err == nil {
		p.views, p.read = views, true
		p.hand.SetForms(views)
	}
	p.list.show()
	if p.place != nil {
		p.place.refresh()
	}
	p.openWanted()
}

// open shows the page of a source. One that is open already is left alone.
func (p *Page) open(v control.SourceView) {
	if at, ok := p.place.(*own); ok && at.id == v.Source.ID {
		return
	}
	if at, ok := p.place.(*setup); ok && at.draft.src.ID == v.Source.ID && at.unsaved() {
		return // it is open, and being edited
	}
	p.losing(func() { p.setPlace(newOwn(p, v)) })
}

// add opens the page to set up a new source.
func (p *Page) add(k core.SourceKind) {
	p.losing(func() { p.setPlace(newSetup(p, newDraft(k))) })
}

// losing goes on at once, or asks first where something would be lost.
func (p *Page) losing(then func()) {
	if !p.Unsaved() {
		then()
		return
	}
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Leave without saving?", Body: "What you changed in “" + p.Title() + "” is not saved yet.",
		No: "Keep editing", Yes: "Leave", Danger: true, OnYes: then,
	})
}

// setPlace shows something in front of the list; nil shows the list.
func (p *Page) setPlace(at place) {
	if p.place != nil {
		p.place.leave()
	}
	p.place = at
	if at == nil {
		p.root.Objects = []fyne.CanvasObject{p.list.object()}
	} else {
		p.root.Objects = []fyne.CanvasObject{at.object()}
	}
	p.root.Refresh()
}

func (p *Page) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}
