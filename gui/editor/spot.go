package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/exchange"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// spot is where on the screen a Place is: how to show a problem there, and what
// to focus.
type spot struct {
	show  func(problem string)
	focus fyne.Focusable
	fold  *exchange.Fold // that it lies in, or nil
	said  string         // the problem that it shows
}

// say shows a problem, "" for none. A fold does not hide one that is new.
func (s *spot) say(problem string) {
	s.show(problem)
	if problem != "" && problem != s.said && s.fold != nil {
		s.fold.SetOpen(true)
	}
	s.said = problem
}

// entry makes a text box that writes into the draft and knows its place.
func (p *Page) entry(at Place, text string, set func(string)) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(text)
	p.bind(e, at, set)
	return e
}

func (p *Page) bind(e *widgets.Entry, at Place, set func(string)) {
	e.OnChanged = func(text string) {
		set(text)
		p.changed()
	}
	e.OnFocus = func(on bool) {
		if !on {
			p.draft.Touch(at)
			p.update()
		}
	}
}

// field puts a label above a control and shows the problems of a place under it.
func (p *Page) field(at Place, label string, control fyne.CanvasObject, help string) *widgets.Field {
	f := widgets.NewField(label, control, help)
	s := &spot{show: func(text string) {
		if f.Problem() != text {
			f.SetProblem(text)
		}
	}}
	s.focus, _ = control.(fyne.Focusable)
	if text, ok := control.(*mapping.Text); ok {
		s.focus = text.Focus()
	}
	p.spots[at] = s
	return f
}

// remark makes a line under controls that shows the problems of a place which has
// no one control.
func (p *Page) remark(at Place) *widgets.Hint {
	hint := widgets.NewHint(widgets.Bad, "")
	p.spots[at] = &spot{show: func(text string) {
		if hint.Text() != text {
			hint.Set(widgets.Bad, text)
		}
	}}
	return hint
}

// text makes a box for a text with fields that writes into the draft and knows its
// place.
func (p *Page) text(t *mapping.Text, at Place, text string, set func(string)) *mapping.Text {
	t.SetText(text)
	p.bind(t.Entry(), at, set)
	return t
}

// jump leads to a problem: its tab, its place on the tab, the focus.
func (p *Page) jump(problem Problem) {
	p.choose(problem.Tab)
	s := p.spotOf(problem.Place)
	if s == nil { // no control has this to itself
		p.notice.Say(widgets.Bad, problem.Text, "", nil)
		return
	}
	if s.fold != nil {
		s.fold.SetOpen(true)
	}
	object, ok := s.focus.(fyne.CanvasObject)
	if !ok { // nothing to type into: it stands under what it is about
		return
	}
	p.relayout()
	p.scrollTo(object)
	if c := fyne.CurrentApp().Driver().CanvasForObject(object); c != nil {
		c.Focus(s.focus)
	}
}

// spotOf finds what is on screen for a place, nil if nothing is.
func (p *Page) spotOf(place Place) *spot {
	switch place.Part {
	case PartRow:
	case PartFilter: // whichever condition is wrong now
		return &spot{show: p.only.SetProblem, focus: p.only.Focus()}
	default:
		return p.spots[place]
	}
	for _, t := range p.tables {
		if focus := t.Find(place.Spot); focus != nil {
			return &spot{focus: focus, fold: p.folds[t]}
		}
	}
	return nil
}

// scrollRoom is what stays free around an object that was scrolled to.
const scrollRoom = 16

// scrollTo brings an object of the tab on screen into view, no further than it
// has to.
func (p *Page) scrollTo(object fyne.CanvasObject) {
	body := p.bodies[p.tabs.Selected()]
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(object).Y - driver.AbsolutePositionForObject(body).Y
	bottom := top + object.Size().Height
	by := float32(0)
	if bottom > body.Size().Height {
		by = bottom + scrollRoom - body.Size().Height
	}
	if top-by < 0 { // it is higher than the room, or stands above it
		by = top - 60
	}
	if by == 0 {
		return
	}
	most := max(0, body.Content.MinSize().Height-body.Size().Height)
	body.Offset.Y = min(most, max(0, body.Offset.Y+by))
	body.Refresh()
}

// ShowTab shows a tab, also before the webhook was read.
func (p *Page) ShowTab(tab Tab) {
	p.wanted = tab
	if p.built {
		p.choose(tab)
	}
}

// ShowSecrets leads to the secret values, also before the webhook was read.
func (p *Page) ShowSecrets() {
	p.ShowTab(TabWhat)
	p.secretsWanted = true
	p.leadToSecrets()
}

// leadToSecrets brings the secret values into view if that is still wanted, once
// there is something to see: beside the fields, or among the header lines.
func (p *Page) leadToSecrets() {
	if !p.secretsWanted || !p.built {
		return
	}
	p.secretsWanted = false
	object := p.what.secrets
	if len(p.draft.Fields.Of(mapping.Hidden)) == 0 && len(p.draft.Headers)+len(p.draft.Keys) > 0 {
		p.choose(TabSecurity)
		object = p.headers
	}
	p.relayout()
	p.scrollTo(object)
	p.focusSecret()
}

// focusSecret puts the cursor into the first stored secret, to be typed anew.
func (p *Page) focusSecret() {
	for _, t := range p.tables {
		for _, row := range t.Rows() {
			if box := t.Find(mapping.Spot{Row: row, Box: mapping.BoxValue}); box != nil && row.Place() != "" {
				p.window().Focus(box)
				return
			}
		}
	}
}
