package wizard

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/paste"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// asking is the dialog for what somebody was given by the other system.
type asking struct {
	dialog *widgets.Dialog
	box    *widgets.Entry
	said   *widgets.Hint
	onward *widgets.Button
	guess  paste.Guess
	use    func(paste.Guess)
}

const pasteRows = 8

// AskPaste asks for a curl line, sample data or a list of fields, says what it
// reads in it, and hands that over.
func AskPaste(c fyne.Canvas, use func(paste.Guess)) {
	a := &asking{box: widgets.NewMultiEntry(pasteRows), said: widgets.NewHint(widgets.Info, ""), use: use}
	a.box.SetPlaceHolder("curl -X POST https://…")
	a.box.SetLabel("What they gave you")
	a.box.TextStyle = fyne.TextStyle{Monospace: true}
	a.box.OnChanged = a.read
	a.box.OnEscape = func() { a.dialog.Hide() }
	a.onward = widgets.NewButton(widgets.Primary, "Use it", icons.None, a.take)
	a.onward.Disable()
	room := widgets.MinSize(540, 300, widgets.VBox(theme.TileGap,
		widgets.NewParagraph("A curl line from their help page, sample data, the names of their fields, or just the web address.", widgets.Subtitle),
		a.box, a.said))
	a.dialog = widgets.NewDialog(c, "Paste what they gave you", room,
		widgets.NewButton(widgets.Quiet, "Cancel", icons.None, func() { a.dialog.Hide() }), a.onward)
	a.dialog.Show()
	c.Focus(a.box)
}

// read says what the text tells.
func (a *asking) read(text string) {
	a.guess = paste.Read(text)
	known := a.guess.Kind != paste.Nothing
	a.onward.SetEnabled(known)
	status := widgets.Good
	if !known {
		status = widgets.Info
	}
	words := strings.Join(a.guess.Said, "\n")
	if strings.TrimSpace(text) == "" {
		words = ""
	}
	a.said.Set(status, words)
}

func (a *asking) take() {
	a.dialog.Hide()
	a.use(a.guess)
}
