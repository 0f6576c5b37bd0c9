package sources

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core/schedule"
	"hookbird/gui/widgets"

	"hookbird/core"
)

// entry is a box for one line that writes into the draft.
func (s *setup) entry(to *string, placeholder string) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(*to)
	e.SetPlaceHolder(placeholder)
	e.OnChanged = func(text string) {
		*to = text
		s.changed()
	}
	e.OnSubmitted = func(string) { s.save() }
	return e
}

// text is a labelled box for one line.
func (s *setup) text(where, label string, to *string, placeholder, help string) *widgets.Field {
	return s.spots.field(where, label, s.entry(to, placeholder), help)
}

// number is a labelled box for a whole number; empty is 0.
func (s *setup) number(where, label string, to *int, placeholder, help string) *widgets.Field {
	e := widgets.NewEntry()
	if *to != 0 {
		e.SetText(strconv.Itoa(*to))
	}
	e.SetPlaceHolder(placeholder)
	e.OnChanged = func(text string) {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		delete(s.half, where)
		if *to = n; err != nil {
			*to = 0
			if strings.TrimSpace(text) != "" {
				s.half[where] = "Type a whole number, like 30."
			}
		}
		s.changed()
	}
	return s.spots.field(where, label, e, help)
}

// choice is a labelled choice of values by their words. A stored value that is not
// among them keeps its place.
func choice[T comparable](s *setup, where, label string, to *T, values []T, names []string, help string) *widgets.Field {
	sel := widgets.NewSelect(names, func(i int) {
		*to = values[i]
		s.changed()
	})
	sel.SetSelected(slices.Index(values, *to))
	return s.spots.field(where, label, sel, help)
}

// span is a labelled choice of a length of time; usual is what 0 means.
func (s *setup) span(where, label string, to *time.Duration, usual time.Duration, spans []time.Duration, help string) *widgets.Field {
	if *to != 0 && !slices.Contains(spans, *to) {
		spans = append([]time.Duration{*to}, spans...)
	}
	names := make([]string, len(spans))
	for i, d := range spans {
		if names[i] = spanWords(d); d == usual {
			names[i] += " (usual)"
		}
	}
	sel := widgets.NewSelect(names, func(i int) {
		if *to = spans[i]; spans[i] == usual {
			*to = 0
		}
		s.changed()
	})
	show := func() { sel.SetSelected(slices.Index(spans, cmp.Or(*to, usual))) }
	s.follow = append(s.follow, show)
	show()
	return s.spots.field(where, label, sel, help)
}

// spanWords says a length of time: "15 minutes", "1 minute".
func spanWords(d time.Duration) string {
	text := strings.TrimPrefix(schedule.Describe(core.Send{Every: d}), "Every ")
	if text != "" && (text[0] < '0' || text[0] > '9') {
		return "1 " + text
	}
	return text
}

// tick is a box to tick that says to screen readers what it is about.
type tick struct {
	widget.Check
	label string
}

func newTick(text string, on bool, changed func(bool)) *tick {
	t := &tick{label: text}
	t.Text = text
	t.Checked = on
	t.OnChanged = changed
	t.ExtendBaseWidget(t)
	return t
}

// AccessibilityLabel reads what is ticked, and whether it is.
func (t *tick) AccessibilityLabel() string {
	if t.Checked {
		return t.label + ", ticked"
	}
	return t.label + ", not ticked"
}

// AccessibilityRole says that this is pressed.
func (t *tick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// flag is a box to tick with a help line, which writes into the draft.
func (s *setup) flag(where, text string, to *bool, help string) fyne.CanvasObject {
	t := newTick(text, *to, nil)
	t.OnChanged = func(on bool) {
		*to = on
		s.changed()
	}
	problem := widgets.NewHint(widgets.Bad, "")
	s.spots.add(where, func(text string) { problem.Set(widgets.Bad, text) }, t)
	return widgets.VBox(0, widgets.Padded(0, 0, 0, -7, t), helpUnder(help), problem)
}

// helpUnder is the help line of a tick, in line with its words.
func helpUnder(help string) fyne.CanvasObject {
	line := widgets.NewParagraph(help, widgets.Caption)
	line.Hidden = help == ""
	return widgets.Padded(0, 0, 0, 25, line)
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on && !o.Visible() {
		o.Show()
	} else if !on && o.Visible() {
		o.Hide()
	}
}
