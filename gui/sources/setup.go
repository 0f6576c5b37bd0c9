package sources

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// setup is the page on which one source is set up, a new one or one that is there.
type setup struct {
	page  *Page
	draft *draft
	tried bool              // somebody wanted to save: problems are shown as they come and go
	half  map[string]string // what is typed and means nothing, by its place
	needs map[string]string // what is missing, by its place
	told  core.Errors       // what the engine found wrong at the last save

	spots  spots
	follow []func() // shows and hides what hangs on choices
	renew  []func() // shows what a look has found
	look   *look    // nil for kinds with nothing to look at
	mask   []func() // hides secrets

	listBox *pick // for the path to the list of a web service; nil for other kinds

	root   *fyne.Container
	notice *parts.Notice
	head   *widgets.Text
	scroll *widgets.Scroll
	body   *fyne.Container
	saved  *widgets.Hint
	yes    *widgets.Button
}

func newSetup(p *Page, d *draft) *setup {
	s := &setup{page: p, draft: d, half: map[string]string{}, needs: map[string]string{}, notice: parts.NewNotice()}
	s.notice.OnChanged = s.layout
	s.body = widgets.VBox(theme.CardGap)
	s.scroll = widgets.NewScroll(widgets.Padded(2, theme.PageSide, theme.PageBottom, theme.PageSide, widgets.Column(columnWidth, s.body)))
	s.build()
	s.root = container.NewBorder(
		widgets.VBox(0, s.header(), noticed(s.notice)),
		s.bar(), nil, nil, s.scroll)
	s.changed()
	return s
}

func (s *setup) header() fyne.CanvasObject {
	k := kindOf(s.draft.src.Kind)
	back := widgets.NewIconButton(icons.ArrowLeft, "Back", s.back)
	s.head = widgets.NewLine(s.draft.title(), widgets.Name)
	words := widgets.VBox(2, s.head, widgets.NewLine(k.about, widgets.Quiet13))
	return headOf(widgets.HBox(10, back, widgets.NewTintedTile(k.icon, widgets.Info, 36), widgets.Grow(words)))
}

func (s *setup) bar() fyne.CanvasObject {
	s.saved = widgets.NewHint(widgets.Neutral, "")
	s.yes = widgets.NewButton(widgets.Primary, s.yesWords(), icons.Check, s.save)
	cancel := widgets.NewButton(widgets.Quiet, "Cancel", icons.None, s.back)
	line := widgets.HBox(8, widgets.Grow(s.saved), cancel, s.yes)
	return widgets.VBox(0, widgets.NewDivider(), widgets.NewSurface(widgets.Ground{Fill: theme.Card},
		widgets.Padded(10, theme.PageSide, 10, theme.PageSide, widgets.Column(columnWidth, line))))
}

func (s *setup) yesWords() string {
	if s.draft.isNew() {
		return "Switch it on"
	}
	return "Save"
}

// build makes the cards anew, of the draft as it is.
func (s *setup) build() {
	s.spots, s.follow, s.renew, s.mask, s.listBox = spots{}, nil, nil, nil, nil
	s.body.Objects = s.cards()
	s.body.Refresh()
}

func (s *setup) object() fyne.CanvasObject { return s.root }

func (s *setup) title() string { return s.draft.title() }

func (s *setup) unsaved() bool { return s.draft.changed() }

func (s *setup) leave() {
	for _, hide := range s.mask {
		hide()
	}
	if s.look != nil {
		s.look.stop()
	}
}

// back leads to the source's own page, or to the list from a new one.
func (s *setup) back() {
	s.page.losing(func() {
		if v, ok := s.page.view(s.draft.src.ID); ok {
			s.page.setPlace(newOwn(s.page, v))
			return
		}
		s.page.setPlace(nil)
	})
}

// refresh takes what was read anew, unless somebody is typing.
func (s *setup) refresh() {
	v, ok := s.page.view(s.draft.src.ID)
	if ok && v.Revision != s.draft.revision && !s.draft.changed() {
		s.reload(v)
	}
}

// reload begins anew with what is stored.
func (s *setup) reload(v control.SourceView) {
	s.leave()
	*s.draft = *draftOf(v)
	s.tried, s.told = false, nil
	s.half, s.needs = map[string]string{}, map[string]string{}
	s.build()
	s.changed()
}

// changed is told of everything that somebody does to the draft.
func (s *setup) changed() {
	s.told = nil
	for _, f := range s.follow {
		f()
	}
	s.head.SetText(s.draft.title())
	s.showProblems()
	s.showState()
	s.layout()
}

// layout fits everything anew, after something has shown, hidden or grown.
func (s *setup) layout() {
	if s.root == nil {
		return
	}
	s.root.Refresh()
	s.scroll.Resize(s.scroll.Size())
	s.scroll.Refresh()
}

// fold hides what few people need behind a line of words.
func (s *setup) fold(words string, open bool, build func() fyne.CanvasObject) fyne.CanvasObject {
	inner := widgets.Stack()
	f := exchange.NewFold(words, inner)
	f.OnChanged = s.layout
	was := s.spots.fold
	s.spots.fold = f
	inner.Objects = []fyne.CanvasObject{build()}
	s.spots.fold = was
	f.SetOpen(open)
	return f
}

// when shows what is built only while a condition holds.
func (s *setup) when(holds func() bool, build func() fyne.CanvasObject) fyne.CanvasObject {
	was := s.spots.holds
	s.spots.holds = append(slices.Clone(was), holds)
	o := build()
	s.spots.holds = was
	show := func() { setVisible(o, holds()) }
	s.follow = append(s.follow, show)
	show()
	return o
}
