package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Dialog is a card over a dimmed window. Esc closes it.
type Dialog struct {
	canvas  fyne.Canvas
	popUp   *widget.PopUp
	buttons []*Button

	// OnClosed is told once the dialog is gone, however it was closed.
	OnClosed func()
}

// NewDialog makes a dialog of a title, a body (nil: none) and buttons in a row at
// the right, the last one the most important. Buttons do not close it by themselves.
func NewDialog(c fyne.Canvas, title string, body fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{canvas: c, buttons: buttons}
	row := HBox(8, Spacer())
	for _, b := range buttons {
		b.OnKey = d.key
		row.Add(b)
	}
	parts := []fyne.CanvasObject{NewParagraph(title, Title)}
	if body != nil {
		parts = append(parts, body)
	}
	parts = append(parts, Padded(8, 0, 0, 0, row))
	card := NewSurface(Ground{theme.Card, theme.Line, 14, 20, true}, MinWidth(420, VBox(8, parts...)))
	d.popUp = widget.NewModalPopUp(card, c)
	return d
}

func (d *Dialog) key(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		d.Hide()
	}
}

// Show opens the dialog with the focus on its first button.
func (d *Dialog) Show() {
	d.popUp.Show()
	d.popUp.Resize(d.popUp.MinSize()) // the width is known now, so wrapped text has its height
	if len(d.buttons) > 0 {
		d.canvas.Focus(d.buttons[0])
	}
}

// Hide closes the dialog.
func (d *Dialog) Hide() {
	if !d.popUp.Visible() {
		return
	}
	d.popUp.Hide()
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

// Question is something to confirm.
type Question struct {
	Title, Body string
	No, Yes     string // what the buttons do, as verbs: "Cancel", "Send 2 again"
	Danger      bool   // Yes removes something
	OnYes       func()
	OnNo        func() // may be nil
}

// Confirm asks, and acts on Yes. The focus is on No.
func Confirm(c fyne.Canvas, q Question) *Dialog {
	kind := Primary
	if q.Danger {
		kind = Danger
	}
	var d *Dialog
	answer := func(act func()) func() {
		return func() {
			d.Hide()
			if act != nil {
				act()
			}
		}
	}
	d = NewDialog(c, q.Title, NewParagraph(q.Body, Subtitle),
		NewButton(Secondary, q.No, icons.None, answer(q.OnNo)),
		NewButton(kind, q.Yes, icons.None, answer(q.OnYes)))
	d.Show()
	return d
}
