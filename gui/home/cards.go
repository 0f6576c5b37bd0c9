package home

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// needsCard is "What needs you": a line each, the cause and its button. It takes
// no room while nothing does.
type needsCard struct {
	object *widgets.Surface
	open   func(control.Need)
	needs  []control.Need
	lines  *fyne.Container
}

func newNeedsCard(open func(control.Need)) *needsCard {
	c := &needsCard{open: open, lines: widgets.VBox(0)}
	head := widgets.Padded(0, 0, 2, 0, widgets.NewText("What needs you", widgets.Title))
	ground := widgets.Ground{Fill: widgets.Bad.Soft(), Radius: theme.CardRadius}
	c.object = widgets.NewSurface(ground, widgets.Padded(14, 16, 8, 16, widgets.VBox(4, head, c.lines)))
	c.object.Hide()
	return c
}

// set shows the needs. The same again leaves the lines alone, and the focus.
func (c *needsCard) set(needs []control.Need) {
	c.object.Hidden = len(needs) == 0
	if slices.Equal(c.needs, needs) {
		return
	}
	c.needs = slices.Clone(needs)
	c.lines.Objects = nil
	for i, n := range c.needs {
		c.lines.Add(c.line(n, i == 0))
	}
	c.lines.Refresh()
}

// line is one need; the first one has the main button.
func (c *needsCard) line(n control.Need, first bool) fyne.CanvasObject {
	kind := widgets.Secondary
	if first {
		kind = widgets.Primary
	}
	button := widgets.NewButton(kind, needButton(n.Kind), icons.None, func() { c.open(n) })
	text := widgets.VBox(1, widgets.NewParagraph(n.Title, widgets.Strong), widgets.NewParagraph(n.Text, widgets.Small))
	return widgets.Padded(5, 0, 6, 0, widgets.HBox(14, widgets.NewStatusIcon(widgets.Bad, 20), widgets.Grow(text), button))
}

// comingCard is "Coming up": the next few tries.
type comingCard struct {
	object *widgets.Surface
	try    func(webhook string)
	coming []control.Coming
	lines  *fyne.Container
}

// maxComing is how many tries the card has room for.
const maxComing = 3

func newComingCard(try func(string)) *comingCard {
	c := &comingCard{try: try, lines: widgets.VBox(6)}
	c.object = widgets.NewCard(widgets.VBox(8, widgets.NewText("Coming up", widgets.Title), c.lines))
	return c
}

func (c *comingCard) set(coming []control.Coming) {
	coming = coming[:min(len(coming), maxComing)]
	if slices.Equal(c.coming, coming) {
		return
	}
	c.coming = slices.Clone(coming)
	c.lines.Objects = nil
	tried := map[string]bool{}
	for _, next := range c.coming {
		c.lines.Add(c.line(next, !tried[next.WebhookID]))
		tried[next.WebhookID] = true
	}
	c.lines.Refresh()
}

// line is one try; the first one of each webhook has the button, which makes all
// that waits for it due.
func (c *comingCard) line(next control.Coming, button bool) fyne.CanvasObject {
	when := widgets.Fixed(46, 0, widgets.NewText(words.Clock(next.At), widgets.Strong))
	text := widgets.VBox(1, widgets.NewLine(next.Webhook, widgets.Small), widgets.NewLine(comingText(next), widgets.Caption))
	row := widgets.HBox(6, when, widgets.Grow(text))
	if button {
		row.Add(widgets.NewButton(widgets.Quiet, "Try now", icons.Refresh, func() { c.try(next.WebhookID) }))
	}
	return row
}
