package exchange

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// ShowDetails shows details before they are copied, masked until somebody says
// otherwise.
func ShowDetails(c fyne.Canvas, d Details) *widgets.Dialog {
	block := widgets.NewCodeBlock()
	scroll := widgets.NewScroll(widgets.Padded(1, 12, 1, 1, widgets.VBox(0, block)))
	intro := widgets.NewParagraph("This is what will be copied. Secrets are never in it.", widgets.Subtitle)
	masked := true
	draw := func() {
		block.SetText(d.Text(masked))
		scroll.Resize(scroll.Size())
		scroll.Refresh()
	}
	mask := widget.NewCheck("Hide what is personal: names, addresses, numbers", nil)
	mask.SetChecked(true)
	mask.OnChanged = func(on bool) {
		masked = on
		draw()
	}
	dialog := copyDialog(c, "Copy details", widgets.VBox(10, intro, room(c, 320, scroll), widgets.Padded(0, 0, 0, -7, mask)),
		func() string { return d.Text(masked) })
	draw()
	dialog.Show()
	draw()
	return dialog
}

// ShowNote shows a note for an IT department before it is copied.
func ShowNote(c fyne.Canvas, note string) *widgets.Dialog {
	block := widgets.NewCodeBlock()
	block.SetText(strings.TrimRight(note, "\n"))
	scroll := widgets.NewScroll(widgets.Padded(1, 12, 1, 1, widgets.VBox(0, block)))
	intro := widgets.NewParagraph("This is what will be copied, for the people who run this office's network. Secrets are never in it.", widgets.Subtitle)
	dialog := copyDialog(c, "Copy a note for IT", widgets.VBox(10, intro, room(c, 230, scroll)), func() string { return note })
	dialog.Show()
	scroll.Resize(scroll.Size())
	scroll.Refresh()
	return dialog
}

// room is how much of a text is seen at once: so much height, unless the window has
// less.
func room(c fyne.Canvas, height float32, scroll *widgets.Scroll) fyne.CanvasObject {
	return widgets.MinSize(min(600, c.Size().Width-120), min(height, c.Size().Height-270), scroll)
}

// copyDialog shows a text and offers to copy it.
func copyDialog(c fyne.Canvas, title string, body fyne.CanvasObject, text func() string) *widgets.Dialog {
	var dialog *widgets.Dialog
	dialog = widgets.NewDialog(c, title, body,
		widgets.NewButton(widgets.Secondary, "Close", icons.None, func() { dialog.Hide() }),
		widgets.NewButton(widgets.Primary, "Copy", icons.Copy, func() {
			fyne.CurrentApp().Clipboard().SetContent(text())
			dialog.Hide()
		}))
	return dialog
}
