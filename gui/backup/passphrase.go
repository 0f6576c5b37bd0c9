package backup

import (
	"fmt"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/widgets"
)

// askNewPassphrase has somebody choose a passphrase, and type it twice.
func askNewPassphrase(c fyne.Canvas, then func(passphrase string)) {
	first, second := widgets.NewSecretEntry(), widgets.NewSecretEntry()
	one := widgets.NewField("Passphrase", first, fmt.Sprintf("At least %d characters. Four or five words that you remember are best.", core.MinPassphrase))
	two := widgets.NewField("The same again", second, "")
	body := widgets.MinWidth(440, widgets.VBox(14,
		widgets.NewParagraph("Everything goes into one file, keys as well, locked with a passphrase. Nobody can open it without that, and nobody can tell you what it was.", widgets.Subtitle),
		one, two))
	var d *widgets.Dialog
	yes := widgets.NewButton(widgets.Primary, "Choose where it goes…", icons.None, func() {
		one.SetProblem(tooShort(first.Text()))
		two.SetProblem("")
		switch {
		case one.Problem() != "":
		case first.Text() != second.Text():
			two.SetProblem("This is not the same as above.")
		default:
			d.Hide()
			then(first.Text())
		}
	})
	d = widgets.NewDialog(c, "A backup for another computer", body,
		widgets.NewButton(widgets.Quiet, "Cancel", icons.None, func() { d.Hide() }), yes)
	d.Show()
}

// tooShort says what is wrong with a passphrase, "" if nothing is.
func tooShort(passphrase string) string {
	if len([]rune(passphrase)) < core.MinPassphrase {
		return fmt.Sprintf("Type at least %d characters.", core.MinPassphrase)
	}
	return ""
}

// askPassphrase asks for the passphrase of a backup. try opens the backup with it and
// tells wrong why it does not, "" if it does.
func askPassphrase(c fyne.Canvas, try func(passphrase string, wrong func(sentence string))) {
	box := widgets.NewSecretEntry()
	field := widgets.NewField("Passphrase", box, "It was chosen when the backup was made.")
	var d *widgets.Dialog
	var open *widgets.Button
	open = widgets.NewButton(widgets.Primary, "Open", icons.Lock, func() {
		open.SetEnabled(false)
		try(box.Text(), func(sentence string) {
			open.SetEnabled(true)
			field.SetProblem(sentence)
			if sentence == "" {
				d.Hide()
			}
		})
	})
	d = widgets.NewDialog(c, "This backup is locked", widgets.MinWidth(420, field),
		widgets.NewButton(widgets.Quiet, "Cancel", icons.None, func() { d.Hide() }), open)
	d.Show()
}
