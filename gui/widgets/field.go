package widgets

import "fyne.io/fyne/v2"

// Problematic is a control that can show that something is wrong with it.
type Problematic interface{ SetProblem(on bool) }

// Field is a control with a label above, and a help line or a problem below.
type Field struct {
	composed
	control fyne.CanvasObject
	label   *Text
	help    *Text
	problem *Hint
	note    *Hint
}

// NewField puts a label above a control. An empty help line leaves it away.
func NewField(label string, control fyne.CanvasObject, help string) *Field {
	f := &Field{
		control: control, label: NewLine(label, Label), help: NewParagraph(help, Caption),
		problem: NewHint(Bad, ""), note: NewHint(Good, ""),
	}
	f.help.Hidden = help == ""
	tellLabel(control, label)
	f.body = VBox(5, f.label, control, f.note, f.problem, f.help)
	f.ExtendBaseWidget(f)
	return f
}

// SetProblem says under the control what is wrong; empty takes it away. The help
// line gives way to it.
func (f *Field) SetProblem(text string) {
	f.problem.Set(Bad, text)
	f.help.Hidden = text != "" || f.help.Text() == ""
	if c, ok := f.control.(Problematic); ok {
		c.SetProblem(text != "")
	}
	f.body.Refresh()
}

// Problem gives the sentence shown, empty for none.
func (f *Field) Problem() string { return f.problem.Text() }

// SetHelp changes the help line; empty takes it away.
func (f *Field) SetHelp(text string) {
	f.help.SetText(text)
	f.help.Hidden = text == "" || f.Problem() != ""
	f.body.Refresh()
}

// SetNote shows a live remark with a status, as of an address that is being
// checked; empty takes it away.
func (f *Field) SetNote(s Status, text string) {
	f.note.Set(s, text)
	f.body.Refresh()
}

// SetLabel changes the words above.
func (f *Field) SetLabel(text string) {
	f.label.SetText(text)
	tellLabel(f.control, text)
}

// tellLabel lets a control say its label to screen readers. A button has words
// of its own.
func tellLabel(control fyne.CanvasObject, label string) {
	if _, own := control.(*Button); own {
		return
	}
	if c, ok := control.(interface{ SetLabel(string) }); ok {
		c.SetLabel(label)
	}
}

// Control gives the control.
func (f *Field) Control() fyne.CanvasObject { return f.control }

// SettingRow is one line of a settings card: a name and a help line at the left,
// the control at the right (270 pixels wide unless it is a Switch).
func SettingRow(name, help string, control fyne.CanvasObject) fyne.CanvasObject {
	tellLabel(control, name)
	if _, ok := control.(*Switch); !ok {
		control = Fixed(270, 0, control)
	}
	words := VBox(2, NewParagraph(name, Strong), NewParagraph(help, Caption))
	return Padded(10, 0, 10, 0, Spread(words, control))
}
