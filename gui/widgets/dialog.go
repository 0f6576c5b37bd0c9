package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Dialog is a card over a dimmed window. Esc closes it.
type Dialog struct {
	canvas  fyne.Canvas
	veil    *veil
	buttons []*Button

	// OnClosed is told once the dialog is gone, however it was closed.
	OnClosed func()
}

// dialogWidth is the room for words in a dialog.
const dialogWidth = 420

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
	d.veil = newVeil(NewSurface(Ground{theme.Card, theme.Line, 14, 20, true}, MinWidth(dialogWidth, VBox(8, parts...))))
	return d
}

func (d *Dialog) key(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		d.Hide()
	}
}

// Show opens the dialog with the focus on its first button.
func (d *Dialog) Show() {
	d.canvas.Overlays().Add(d.veil)
	d.veil.Resize(d.canvas.Size())
	if len(d.buttons) > 0 {
		d.canvas.Focus(d.buttons[0])
	}
}

// Relayout gives the card the height that its body has now.
func (d *Dialog) Relayout() {
	if d.veil.place != nil {
		d.veil.place(d.veil.Size())
		d.veil.Refresh()
	}
}

// Hide closes the dialog. Closing it twice does nothing.
func (d *Dialog) Hide() {
	if !slices.Contains(d.canvas.Overlays().List(), fyne.CanvasObject(d.veil)) {
		return
	}
	d.canvas.Overlays().Remove(d.veil)
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

// veil dims the window and holds a card in its middle.
type veil struct {
	widget.BaseWidget
	card  fyne.CanvasObject
	place func(fyne.Size) // nil before it is drawn
}

func newVeil(card fyne.CanvasObject) *veil {
	v := &veil{card: card}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer draws dimming and card.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	dim := canvas.NewRectangle(nil)
	v.place = func(size fyne.Size) {
		dim.Resize(size)
		width := v.card.MinSize().Width
		height := widen(v.card, width)
		put(v.card, middle(size.Width, width), middle(size.Height, height), width, height)
	}
	return newFace(&face{
		owner: v, objects: []fyne.CanvasObject{dim, v.card},
		min:   v.card.MinSize,
		place: v.place,
		paint: func() { dim.FillColor = theme.Color(theme.Veil) },
	})
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
