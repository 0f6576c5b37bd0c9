package sources

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// pick is a box whose text can be typed, or chosen from what a look has found.
type pick struct {
	widgets.Entry
	title string
	offer func() []choices.Choice
	arrow *widgets.Button
}

func newPick(title, text, placeholder string, offer func() []choices.Choice, set func(string)) *pick {
	b := &pick{title: title, offer: offer}
	b.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	b.Text, b.PlaceHolder = text, placeholder
	b.arrow = widgets.NewIconButton(icons.ChevronDown, "Choose: "+title, b.open)
	b.ActionItem = b.arrow
	b.ExtendBaseWidget(b)
	b.SetLabel(title)
	b.OnChanged = set
	b.renew()
	return b
}

// renew shows the arrow only where there is something to choose.
func (b *pick) renew() {
	setVisible(b.arrow, len(b.offer()) > 0)
}

// TypedKey opens the list on Down.
func (b *pick) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown && len(b.offer()) > 0 {
		b.open()
		return
	}
	b.Entry.TypedKey(k)
}

func (b *pick) open() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(b)
	if canvas == nil {
		return
	}
	list := &choices.List{Title: b.title, Choices: b.offer(), OnClose: func() { canvas.Focus(b) }}
	list.Open(canvas, b, func(text string) {
		b.SetText(text)
		canvas.Focus(b)
	})
}

// picked is a labelled pick that writes into the draft.
func (s *setup) picked(where, label string, to *string, placeholder, help string, offer func() []choices.Choice) *widgets.Field {
	b := newPick(label, *to, placeholder, offer, func(text string) {
		*to = text
		s.changed()
	})
	b.OnSubmitted = func(string) { s.save() }
	s.renew = append(s.renew, b.renew)
	return s.spots.field(where, label, b, help)
}

// names is a list of boxes for names of columns; there is always one.
type names struct {
	setup *setup
	to    *[]string
	label string
	box   *fyne.Container
	offer func() []choices.Choice
	boxes []*pick
}

// columns are labelled boxes for names of columns that write into the draft.
func (s *setup) columns(where, label string, to *[]string, help string) fyne.CanvasObject {
	n := &names{setup: s, to: to, label: label, box: widgets.VBox(6), offer: s.fieldOffers}
	if len(*to) == 0 {
		*to = []string{""}
	}
	n.build()
	s.renew = append(s.renew, n.renew)
	hint := widgets.NewHint(widgets.Bad, "")
	caption := widgets.NewParagraph(help, widgets.Caption)
	caption.Hidden = help == ""
	s.spots.add(where, func(text string) {
		hint.Set(widgets.Bad, text)
		for _, b := range n.boxes {
			b.SetProblem(text != "")
		}
	}, nil).focus = func() fyne.Focusable { return n.boxes[0] }
	return widgets.VBox(5, widgets.NewLine(label, widgets.Label), n.box, hint, caption)
}

func (n *names) build() {
	n.box.Objects, n.boxes = nil, nil
	for i := range *n.to {
		b := newPick(n.label, (*n.to)[i], n.placeholder(), n.offer, func(text string) {
			(*n.to)[i] = text
			n.setup.changed()
		})
		n.boxes = append(n.boxes, b)
		row := widgets.HBox(4, widgets.Grow(b))
		if len(*n.to) > 1 {
			row.Add(widgets.NewIconButton(icons.Bin, "Remove this "+n.noun(), func() { n.remove(i) }))
		}
		n.box.Add(row)
	}
	n.box.Add(widgets.Padded(0, 0, 0, -11, widgets.HBox(0,
		widgets.NewButton(widgets.Quiet, "Add another "+n.noun(), icons.Plus, n.add))))
	n.box.Refresh()
}

// noun is what the names are of.
func (n *names) noun() string {
	if strings.HasPrefix(n.label, "Field") {
		return "field"
	}
	return "column"
}

func (n *names) placeholder() string { return "Name of a " + n.noun() }

func (n *names) renew() {
	for _, b := range n.boxes {
		b.renew()
	}
}

func (n *names) add() {
	*n.to = append(*n.to, "")
	n.build()
	n.setup.layout()
	if c := n.setup.page.canvas(); c != nil {
		c.Focus(n.boxes[len(n.boxes)-1])
	}
}

func (n *names) remove(i int) {
	*n.to = append((*n.to)[:i:i], (*n.to)[i+1:]...)
	n.build()
	n.setup.changed()
}
