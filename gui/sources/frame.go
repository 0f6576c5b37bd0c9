package sources

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// columnWidth is how wide the cards of a page are at most.
const columnWidth = 780

// frameOf puts a head over what scrolls.
func frameOf(head, scroll fyne.CanvasObject) *fyne.Container {
	return container.NewBorder(head, nil, nil, nil, scroll)
}

// headOf gives the line at the top of a page its room, in line with the cards.
func headOf(line fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Padded(16, theme.PageSide, 14, theme.PageSide, widgets.Column(columnWidth, line))
}

// noticed gives a notice its room, in line with the cards.
func noticed(n *parts.Notice) fyne.CanvasObject {
	return widgets.Padded(0, theme.PageSide, 0, theme.PageSide, widgets.Column(columnWidth, n.Object()))
}
