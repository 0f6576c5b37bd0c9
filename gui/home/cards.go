package home

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

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
