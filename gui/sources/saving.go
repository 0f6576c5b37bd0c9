package sources

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	corepast "hookbird/core/past"
	"hookbird/gui/background"
	"hookbird/gui/past"
	"hookbird/gui/widgets"
)

// problems are those to show: what is typed and means nothing, what the engine said,
// and, once somebody wanted to save, all that stands in the way of it.
func (s *setup) problems() core.Errors {
	all := append(atPlaces(s.half), s.told...)
	if s.tried {
		all = append(append(all, atPlaces(s.needs)...), s.draft.problems()...)
	}
	return all
}

func atPlaces(texts map[string]string) core.Errors {
	var all core.Errors
	for _, where := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, core.Errorf(core.CodeInvalid, "%s", texts[where]).At(where))
	}
	return all
}

func (s *setup) showProblems() (first *spot, homeless core.Errors) {
	return s.spots.show(s.problems())
}

// showState says in the bar what is still to do.
func (s *setup) showState() {
	problems := 0
	for _, at := range s.spots.list {
		if at.said != "" {
			problems++
		}
	}
	switch {
	case problems == 1:
		s.saved.Set(widgets.Bad, "1 thing to fix")
	case problems > 1:
		s.saved.Set(widgets.Bad, countOf(problems)+" things to fix")
	case s.draft.isNew():
		s.saved.Set(widgets.Neutral, "It does nothing before you switch it on.")
	case s.draft.changed():
		s.saved.Set(widgets.Info, "Changes not saved yet")
	default:
		s.saved.Set(widgets.Good, "All changes saved")
	}
}

// save saves, or leads to what is in the way.
func (s *setup) save() {
	s.tried = true
	first, homeless := s.showProblems()
	s.showState()
	s.layout()
	switch {
	case first != nil:
		s.lead(first)
		return
	case len(homeless) > 0:
		s.notice.Fail(homeless[0])
		return
	}
	s.send()
}

func (s *setup) send() {
	draft := s.draft.saving()
	s.yes.Disable()
	background.Run(func(ctx context.Context) (control.SourceView, error) { return s.page.service.SaveSource(ctx, draft) }, s.done)
}

func (s *setup) done(v control.SourceView, err error) {
	s.yes.Enable()
	if err != nil {
		s.refused(err)
		return
	}
	s.notice.Clear()
	said := " is saved."
	if s.draft.isNew() {
		said = " is switched on."
	}
	*s.draft = *draftOf(v)
	if s.page.place == place(s) {
		s.page.setPlace(newOwn(s.page, v))
	}
	s.page.OnSay(v.Source.Name + said)
	s.page.Refresh()
}

// refused says why something could not be saved or looked at: at the places that
// the engine names, else over the page.
func (s *setup) refused(err error) {
	s.told = placed(err)
	first, homeless := s.showProblems()
	s.showState()
	s.layout()
	if first != nil && len(s.told) > 0 {
		s.lead(first)
	}
	if len(s.told) > 0 && len(homeless) == 0 {
		return
	}
	if core.CodeOf(err) == core.CodeConflict && !s.draft.isNew() {
		s.conflict()
		return
	}
	s.notice.Fail(err)
}

// conflict joins what somebody else saved meanwhile with what is on screen, and asks
// where both changed the same.
func (s *setup) conflict() {
	background.Run(s.page.service.Sources, func(list []control.SourceView, err error) {
		i := slices.IndexFunc(list, func(v control.SourceView) bool { return v.Source.ID == s.draft.src.ID })
		if err != nil || i < 0 {
			s.notice.Fail(err)
			return
		}
		s.merge(list[i])
	})
}

func (s *setup) merge(theirs control.SourceView) {
	mine := s.draft.saving()
	state := func(src core.Source) core.PastState { return core.PastState{Source: src.Clone()} }
	base, stored, own := state(s.draft.base), state(theirs.Source), state(mine.Source)
	save := func(take func(string) bool) {
		merged, _ := corepast.Merge(base, stored, own, take)
		draft := control.SourceDraft{Source: *merged.Source, Revision: theirs.Revision}
		s.yes.Disable()
		background.Run(func(ctx context.Context) (control.SourceView, error) { return s.page.service.SaveSource(ctx, draft) }, s.done)
	}
	if _, conflicts := corepast.Merge(base, stored, own, nil); len(conflicts) > 0 {
		past.AskConflict(s.page.canvas(), theirs.Source.Name, conflicts, save, func() {})
		return
	}
	save(nil)
}

// lead scrolls to a place and puts the cursor there.
func (s *setup) lead(to *spot) {
	if to.focus == nil {
		return
	}
	focus := to.focus()
	if o, ok := focus.(fyne.CanvasObject); ok {
		s.scrollTo(o)
	}
	if c := s.page.canvas(); c != nil {
		c.Focus(focus)
	}
}

func (s *setup) scrollTo(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.scroll.Content).Y
	const above = 80
	if top := s.scroll.Offset.Y; y < top+above || y > top+s.scroll.Size().Height-above {
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-above)))
	}
}
