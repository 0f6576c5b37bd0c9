package parts

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Group is a card of rows under a small heading.
func Group(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	list := widgets.VBox(0)
	for i, r := range rows {
		if i > 0 {
			list.Add(widgets.NewDivider())
		}
		list.Add(r)
	}
	heading := widgets.Padded(4, 0, 0, 2, widgets.NewText(strings.ToUpper(title), widgets.Section))
	return widgets.VBox(8, heading, widgets.NewCardPadded(0, widgets.Padded(4, theme.CardPadding, 4, theme.CardPadding, list)))
}

// Setting is one setting: its name, help under it, and what changes it (or nil).
func Setting(name string, help, control fyne.CanvasObject) fyne.CanvasObject {
	text := widgets.VBox(2, widgets.NewParagraph(name, widgets.Strong), help)
	if control == nil {
		return widgets.Padded(10, 0, 10, 0, text)
	}
	return widgets.Padded(10, 0, 10, 0, widgets.Spread(text, control))
}

// Help is a line under the name of a setting.
func Help(text string) fyne.CanvasObject { return widgets.NewParagraph(text, widgets.Caption) }

// Wide gives a control the width of the column at the right.
func Wide(control fyne.CanvasObject) fyne.CanvasObject { return widgets.Fixed(270, 0, control) }
