// Package sources is the page of where records come from: the list, and a form
// beside it that adds and edits folders and local addresses. It must not know
// the shell or other pages: what reaches beyond the page is given to it as
// functions.
package sources

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the page asks of the engine.
type Service interface {
	Sources(ctx context.Context) ([]control.SourceView, error)
	SaveSource(ctx context.Context, d control.SourceDraft) (control.SourceView, error)
	DeleteSource(ctx context.Context, id string, revision uint64) error
	SetSourcePaused(ctx context.Context, id string, paused bool) error
	RevealSecret(ctx context.Context, r control.SecretRef) (string, error)
}

// Page is Sources. It belongs to the UI goroutine.
type Page struct {
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)
	// AskFolder lets somebody choose a folder, and then hands over its path.
	AskFolder func(then func(path string))
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service Service
	loader  *background.Loader[[]control.SourceView]
	views   []control.SourceView
	want    string // id of a source to open once it is read
	narrow  bool
	form    *form // nil while none is open

	frame *parts.Page
	list  *parts.List[*row]
	card  *widgets.Surface
	empty *widgets.EmptyState
	tiles *fyne.Container
	left  *fyne.Container
}

// New builds the page.
func New(s Service) *Page {
	p := &Page{service: s, Now: time.Now}
	p.loader = background.NewLoader(s.Sources, p.update)
	p.frame = parts.NewPage("Sources", "Where your records come from.")
	p.list = parts.NewList(func() *row { return newRow(func(v control.SourceView) { p.open(draftOf(v)) }) })
	p.card = widgets.NewCardPadded(8, widgets.Padded(0, 8, 0, 8, p.list.Object()))
	p.empty = widgets.NewEmptyState(widgets.Info, "No source yet",
		"Records come from files in a folder, or from a program on this computer. Add one below.", nil)
	p.tiles = widgets.Grid(2, 10,
		widgets.NewActionTile(icons.Folder, "Folder", "Files dropped in it", func() { p.add(core.KindFolder) }),
		widgets.NewActionTile(icons.Plug, "A program here sends to us", "To an address on this computer", func() { p.add(core.KindLocal) }))
	p.left = widgets.VBox(theme.CardGap, p.card, p.empty,
		widgets.VBox(8, widgets.Padded(4, 0, 0, 0, widgets.NewText("Add a source", widgets.Title)), p.tiles))
	p.card.Hide()
	p.empty.Hide()
	p.frame.SetBody(p.left)
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.frame.Object() }

// Show reads, when the page becomes visible.
func (p *Page) Show(fyne.Canvas) { p.Refresh() }

// Leave forgets what is being read and hides keys, when another page is shown.
// What was typed into the form stays.
func (p *Page) Leave() {
	p.loader.Stop()
	if p.form != nil {
		p.form.mask()
	}
}

// Refresh reads anew, because something changed. What is being typed stays.
func (p *Page) Refresh() { p.loader.Load() }

// SetNarrow chooses between the form beside the list, and instead of it.
func (p *Page) SetNarrow(on bool) {
	p.narrow = on
	p.arrange()
}

// Open shows a source in the form, as soon as it has been read.
func (p *Page) Open(id string) {
	p.want = id
	p.openWanted()
}

func (p *Page) openWanted() {
	for _, v := range p.views {
		if p.want != "" && v.Source.ID == p.want {
			p.want = ""
			p.open(draftOf(v))
			return
		}
	}
}

func (p *Page) update(views []control.SourceView, err error) {
	p.frame.Notice.Read(err)
	if err != nil && len(views) == 0 {
		return
	}
	p.views = views
	for i, r := range p.list.SetLen(len(views)) {
		r.set(views[i], p.Now())
	}
	if p.form != nil {
		p.form.refresh(views)
	}
	p.openWanted()
	p.arrange()
}

// add opens an empty form.
func (p *Page) add(kind core.SourceKind) { p.open(newDraft(kind)) }

// open shows a draft in the form. What was typed for another one is asked after
// before it is lost.
func (p *Page) open(d *draft) {
	if p.form != nil && p.form.draft.changed() {
		if p.form.draft.revision != 0 && p.form.draft.base.ID == d.base.ID {
			return // it is open, and being edited
		}
		p.askLose(func() { p.setForm(newForm(p, d)) })
		return
	}
	p.setForm(newForm(p, d))
}

// Back puts the form away, if one is open.
func (p *Page) Back() {
	if p.form != nil {
		p.close()
	}
}

// close puts the form away, after asking if something would be lost.
func (p *Page) close() {
	if p.form.draft.changed() {
		p.askLose(func() { p.setForm(nil) })
		return
	}
	p.setForm(nil)
}

func (p *Page) askLose(then func()) {
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Leave without saving?", Body: "What you changed in “" + p.form.title() + "” is not saved yet.",
		No: "Keep editing", Yes: "Leave", OnYes: then,
	})
}

func (p *Page) setForm(f *form) {
	if p.form != nil {
		p.form.mask()
	}
	p.form = f
	if f != nil {
		f.refresh(p.views)
	}
	p.arrange()
	p.frame.ScrollToTop()
}

// arrange puts list and form beside each other, or one in place of the other.
func (p *Page) arrange() {
	p.card.Hidden = len(p.views) == 0
	p.empty.Hidden = len(p.views) > 0
	for _, r := range p.list.Rows() {
		r.setShort(p.narrow || p.form != nil)
		r.setChosen(p.form != nil && p.form.draft.base.ID == r.view.Source.ID)
	}
	switch {
	case p.form == nil:
		p.frame.SetBody(p.left)
	case p.narrow:
		p.frame.SetBody(p.form.content)
	default:
		p.frame.SetBody(widgets.Columns(16, []float32{58, 42}, p.left, widgets.VBox(0, p.form.content)))
	}
}

func (p *Page) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.Content())
}
