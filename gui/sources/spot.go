package sources

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
)

// spot is where on the page something of the source stands, by its JSON pointer.
type spot struct {
	where string
	show  func(problem string)
	said  string
	focus func() fyne.Focusable // nil: nothing to type into
	fold  *exchange.Fold        // that it lies in, or nil
	holds []func() bool         // while these hold it is on the page
	lines bool                  // it is a list of lines
}

// say shows a problem, "" for none. A fold does not hide one.
func (s *spot) say(problem string) {
	if s.said == problem {
		return
	}
	s.said = problem
	s.show(problem)
	if problem != "" && s.fold != nil {
		s.fold.SetOpen(true)
	}
}

// lineOf names the line of a list that a place is in: "Line 2: ".
func (s *spot) lineOf(where string) string {
	number, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(where, s.where), "/"), "/")
	if i, err := strconv.Atoi(number); s.lines && err == nil {
		return "Line " + strconv.Itoa(i+1) + ": "
	}
	return ""
}

// live tells whether the spot is on the page, be it folded away.
func (s *spot) live() bool {
	for _, holds := range s.holds {
		if !holds() {
			return false
		}
	}
	return true
}

// spots are all of a page, in its order.
type spots struct {
	list  []*spot
	fold  *exchange.Fold // that new ones lie in
	holds []func() bool  // of new ones
}

func (all *spots) add(where string, show func(string), focus fyne.Focusable) *spot {
	s := &spot{where: where, show: show, fold: all.fold, holds: slices.Clone(all.holds)}
	if focus != nil {
		s.focus = func() fyne.Focusable { return focus }
	}
	all.list = append(all.list, s)
	return s
}

// field puts a label above a control whose problems are those of a place.
func (all *spots) field(where, label string, control fyne.CanvasObject, help string) *widgets.Field {
	f := widgets.NewField(label, control, help)
	focus, _ := control.(fyne.Focusable)
	all.add(where, f.SetProblem, focus)
	return f
}

// at finds the spot of a place, or of what it is a part of.
func (all *spots) at(where string) *spot {
	for strings.HasPrefix(where, "/") {
		for _, s := range all.list {
			if s.where == where && s.live() {
				return s
			}
		}
		where = where[:strings.LastIndexByte(where, '/')]
	}
	return nil
}

// show puts problems at their places, and gives the first place with one and those
// problems that have no place.
func (all *spots) show(problems core.Errors) (first *spot, homeless core.Errors) {
	said := map[*spot]string{}
	for _, p := range problems {
		switch s := all.at(p.Where); {
		case s == nil:
			homeless = append(homeless, p)
		case said[s] == "":
			said[s] = s.lineOf(p.Where) + p.Message
		}
	}
	for _, s := range all.list {
		s.say(said[s])
		if first == nil && said[s] != "" {
			first = s
		}
	}
	return first, homeless
}
