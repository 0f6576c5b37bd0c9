package wizard

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// bar stands at the bottom: away, back, on.
type bar struct {
	page                         *Page
	object                       fyne.CanvasObject
	cancel, byHand, back, onward *widgets.Button
}

func newBar(p *Page) *bar {
	b := &bar{page: p}
	b.cancel = widgets.NewButton(widgets.Quiet, "Cancel", icons.None, p.cancel)
	b.byHand = widgets.NewButton(widgets.Quiet, "Set up by hand", icons.None, p.byHand)
	b.back = widgets.NewButton(widgets.Secondary, "Back", icons.None, p.Back)
	b.onward = widgets.NewButton(widgets.Primary, "Continue", icons.None, p.next)
	away := widgets.Padded(0, 0, 0, -14, widgets.HBox(8, b.cancel, b.byHand)) // the words on the edge of the column
	row := widgets.HBox(8, away, widgets.Spacer(), b.back, b.onward)
	b.object = widgets.NewSurface(widgets.Ground{Fill: theme.Card}, widgets.VBox(0, widgets.NewDivider(),
		widgets.Padded(9, theme.PageSide, 9, theme.PageSide, widgets.Column(Width, row))))
	return b
}

// show says what the buttons do on this step.
func (b *bar) show() {
	p := b.page
	test := p.step == stepTest
	b.cancel.Hidden = test // it is saved: there is nothing to cancel
	b.byHand.SetText("Set up by hand")
	b.onward.SetText("Continue")
	b.onward.SetKind(widgets.Primary)
	if test {
		b.byHand.SetText("All settings")
		b.onward.SetText("Save, leave off")
		b.onward.SetKind(widgets.Secondary)
	}
	for _, button := range []*widgets.Button{b.cancel, b.byHand, b.back, b.onward} {
		button.SetEnabled(!p.saving)
	}
	b.object.Refresh()
}
