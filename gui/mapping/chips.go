package mapping

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// Chips are buttons that put the record's fields into a text, each at the cursor.
type Chips struct {
	page  Page
	text  *Text
	box   *fyne.Container
	shown string // the fields that stand there
}

// chipsShown is how many fields have a button of their own.
const chipsShown = 8

// NewChips makes the buttons of a text.
func NewChips(p Page, text *Text) *Chips {
	c := &Chips{page: p, text: text, box: flow()}
	c.Show()
	return c
}

// Object is the buttons, to be laid out.
func (c *Chips) Object() fyne.CanvasObject { return c.box }

// Show makes the buttons those of the record that is looked at, and tells whether
// they are others than before.
func (c *Chips) Show() (changed bool) {
	fields := c.page.Examples().All()
	now := ""
	for _, f := range fields[:min(chipsShown, len(fields))] {
		now += f.Path + "\n"
	}
	if now == c.shown && len(c.box.Objects) > 0 {
		return false
	}
	c.shown, c.box.Objects = now, nil
	for _, f := range fields[:min(chipsShown, len(fields))] {
		c.box.Add(widgets.NewFilterChip(widgets.Neutral, "+ "+f.Path, func() { c.text.Insert(f.Path) }))
	}
	var more *widgets.FilterChip
	more = widgets.NewFilterChip(widgets.Neutral, "Search all fields", func() {
		openFieldList(c.page.Canvas(), more, c.page.Examples().All(), c.text.Insert)
	})
	c.box.Add(more)
	c.box.Refresh()
	return true
}
