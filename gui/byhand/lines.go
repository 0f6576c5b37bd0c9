package byhand

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/source/form"
	"hookbird/gui/widgets"
)

// lines are the fields of a form, to be filled in.
type lines struct {
	card   *Card
	source core.Source
	list   []*line
	object *fyne.Container
}

// line is one field.
type line struct {
	in      core.Input
	field   *widgets.Field
	control fyne.Focusable
	text    func() string
	set     func(string)
	left    bool // somebody was in it, or tried to send: what is wrong is said
}

func newLines(c *Card, v control.SourceView) *lines {
	l := &lines{card: c, source: v.Source, object: widgets.VBox(10)}
	for _, in := range v.Source.Form.Inputs {
		l.list = append(l.list, l.line(in))
	}
	for i := 0; i < len(l.list); i++ {
		if i+1 < len(l.list) && l.list[i].short() && l.list[i+1].short() {
			l.object.Add(widgets.Columns(12, []float32{1, 1}, l.list[i].field, l.list[i+1].field))
			i++
			continue
		}
		l.object.Add(l.list[i].field)
	}
	return l
}

// short tells whether two such fields stand side by side.
func (l *line) short() bool { return l.in.Kind != core.InputEmail }

// label is what a field is called on screen.
func label(in core.Input) string {
	if in.Label != "" {
		return in.Label
	}
	return in.Name
}

func (l *lines) line(in core.Input) *line {
	f := &line{in: in}
	switch in.Kind {
	case core.InputChoice:
		l.chooser(f, in.Choices, in.Choices)
	case core.InputYesNo:
		l.chooser(f, []string{"Yes", "No"}, []string{"yes", "no"})
	default:
		l.box(f)
	}
	title := label(in)
	if !in.Required {
		title += " (optional)"
	}
	f.field = widgets.NewField(title, f.control.(fyne.CanvasObject), "")
	if f.set(in.Default); in.Default != "" {
		f.field.SetProblem("")
	}
	f.left = false
	return f
}

// box is a field to type into.
func (l *lines) box(f *line) {
	e := widgets.NewEntry()
	switch f.in.Kind {
	case core.InputDate:
		e.SetPlaceHolder("31.12.2026")
	case core.InputEmail:
		e.SetPlaceHolder("ada@example.org")
	}
	e.OnChanged = func(string) { l.check(f) }
	e.OnFocus = func(on bool) {
		if !on && e.Text != f.in.Default {
			f.left = true
			l.check(f)
		}
	}
	e.OnSubmitted = func(string) { l.card.submit(false) }
	f.control, f.text, f.set = e, func() string { return e.Text }, e.SetText
}

// chooser is a field in which one of several is chosen; one that need not be filled in
// can be left open.
func (l *lines) chooser(f *line, names, values []string) {
	if !f.in.Required {
		names, values = append([]string{"Not known"}, names...), append([]string{""}, values...)
	}
	s := widgets.NewSelect(names, func(int) {
		f.left = true
		l.check(f)
	})
	s.SetPlaceHolder("Choose")
	f.control = s
	f.text = func() string {
		if i := s.Selected(); i >= 0 {
			return values[i]
		}
		return ""
	}
	f.set = func(text string) {
		at := -1
		for i, v := range values {
			if strings.EqualFold(v, strings.TrimSpace(text)) {
				at = i
			}
		}
		s.SetSelected(at)
	}
}

// check says what is wrong with a field, once somebody has left it. Until then only
// what was wrong is taken away.
func (l *lines) check(f *line) {
	if f.field == nil {
		return // it is being made
	}
	problem := l.problems()[f.in.Name]
	if !f.left && f.field.Problem() == "" {
		return
	}
	if f.field.Problem() != problem {
		f.field.SetProblem(problem)
		l.card.OnLayout()
	}
}

// problems gives what is wrong, by the names of fields.
func (l *lines) problems() map[string]string {
	all := map[string]string{}
	for _, p := range form.Check(&l.source, l.values()) {
		all[nameAt(p.Where)] = p.Message
	}
	return all
}

// nameAt gives the name of a field at a place like "/first~1last", as far as it names
// one.
func nameAt(where string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(strings.TrimPrefix(where, "/"))
}

// values are what was filled in.
func (l *lines) values() map[string]string {
	all := map[string]string{}
	for _, f := range l.list {
		all[f.in.Name] = f.text()
	}
	return all
}

// complain shows everything that is wrong, and gives the first field with a problem.
func (l *lines) complain() fyne.Focusable {
	return l.say(l.problems())
}

func (l *lines) say(problems map[string]string) (first fyne.Focusable) {
	for _, f := range l.list {
		f.left = true
		f.field.SetProblem(problems[f.in.Name])
		if problems[f.in.Name] != "" && first == nil {
			first = f.control
		}
	}
	l.card.OnLayout()
	return first
}

// placed shows what the engine says of fields; false if it speaks of something else.
func (l *lines) placed(all core.Errors) bool {
	problems := map[string]string{}
	for _, p := range all {
		problems[strings.TrimPrefix(nameAt(p.Where), "0/")] = p.Message
	}
	first := l.say(problems)
	l.card.focus(first)
	return first != nil
}

// clear makes the form ready for the next record.
func (l *lines) clear() { l.fill(nil) }

// fill fills the form in, with defaults where nothing is given.
func (l *lines) fill(values map[string]string) {
	for _, f := range l.list {
		text, ok := values[f.in.Name]
		if !ok {
			text = f.in.Default
		}
		f.set(text)
		f.left = false
		f.field.SetProblem("")
	}
	l.card.OnLayout()
}

// touched tells whether something was filled in.
func (l *lines) touched() bool {
	for _, f := range l.list {
		if f.text() != f.in.Default && !strings.EqualFold(f.text(), f.in.Default) {
			return true
		}
	}
	return false
}

func (l *lines) first() fyne.Focusable {
	if len(l.list) == 0 {
		return nil
	}
	return l.list[0].control
}
