package wizard

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// newSteps says what to do in the other system, a numbered step a line.
func newSteps(p *Page) fyne.CanvasObject {
	preset := p.draft.preset
	if len(preset.Steps) == 0 {
		return widgets.NewNote(widgets.Info, "Where do I find it?", p.draft.inWizard(preset.Find))
	}
	list := widgets.VBox(10)
	for i, text := range preset.Steps {
		words, script, _ := strings.Cut(text, "\n")
		row := widgets.VBox(6, widgets.NewParagraph(p.draft.inWizard(words), widgets.Small))
		if script != "" {
			row.Add(newScript(p, script))
		}
		list.Add(widgets.HBoxTop(10, dot(theme.PrimarySoft, number(i, theme.Primary)), widgets.Grow(widgets.Padded(4, 0, 0, 0, row))))
	}
	return widgets.NewTitledCard("Where do I find it?", "", nil, widgets.Padded(4, 0, 0, 0, list))
}

// newScript shows a text that is to be pasted over there.
func newScript(p *Page, script string) fyne.CanvasObject {
	block := widgets.NewCodeBlock()
	block.SetText(script)
	copyIt := widgets.NewButton(widgets.Secondary, "Copy", icons.Copy, func() {
		fyne.CurrentApp().Clipboard().SetContent(script)
		p.OnSay("Copied.")
	})
	return widgets.VBox(6, block, widgets.HBox(0, copyIt))
}

// newGoodToKnow says what people stumble over, one thing a line.
func newGoodToKnow(d *draft) fyne.CanvasObject {
	small := widgets.Style{Size: 12}
	if len(d.preset.Traps) == 1 {
		return widgets.NewNote(widgets.Info, "Good to know", d.inWizard(d.preset.Traps[0]))
	}
	list := widgets.VBox(5, widgets.NewLine("Good to know", widgets.Strong))
	for _, trap := range d.preset.Traps {
		list.Add(widgets.HBoxTop(7, widgets.NewText("•", small), widgets.Grow(widgets.NewParagraph(d.inWizard(trap), small))))
	}
	return widgets.NewSurface(widgets.Ground{Fill: widgets.Info.Soft(), Radius: theme.CardRadius},
		widgets.Padded(12, 12, 12, 12, widgets.HBoxTop(10, widgets.NewStatusIcon(widgets.Info, 16), widgets.Grow(list))))
}

// inWizard puts the steps of the wizard in place of the tabs of the editor that a
// preset's words speak of. What only a tab has comes later.
func (d *draft) inWizard(text string) string {
	key := "later under Security"
	if !d.key.fixed && len(d.keys()) == 0 {
		key = "on the step Key" // which asks where a key goes
	}
	return strings.NewReplacer(
		"as packing under What to send", "as packing later under What to send",
		"under What to send", "on the step Fields", "Under What to send", "On the step Fields",
		"under Security", key, "Under Security", "On the step Key",
		"under When", "later under When", "under If it fails", "later under If it fails",
	).Replace(text)
}
