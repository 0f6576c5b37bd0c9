package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// ShowDetails shows details before they are copied, masked until somebody says
// otherwise.
func ShowDetails(c fyne.Canvas, d Details) *widgets.Dialog {
	block := widgets.NewCodeBlock()
	scroll := widgets.NewScroll(block)
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
	var dialog *widgets.Dialog
	dialog = widgets.NewDialog(c, "Copy details",
		widgets.VBox(10, widgets.NewParagraph("This is what will be copied. Secrets are never in it.", widgets.Subtitle),
			widgets.MinSize(min(600, c.Size().Width-120), min(320, c.Size().Height-270), scroll),
			widgets.Padded(0, 0, 0, -7, mask)),
		widgets.NewButton(widgets.Secondary, "Close", icons.None, func() { dialog.Hide() }),
		widgets.NewButton(widgets.Primary, "Copy", icons.Copy, func() {
			fyne.CurrentApp().Clipboard().SetContent(d.Text(masked))
			dialog.Hide()
		}))
	draw()
	dialog.Show()
	draw()
	return dialog
}
