package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// bar stands at the bottom: what is to be fixed, whether all is saved, and what
// to do with it.
type bar struct {
	page          *Page
	object        fyne.CanvasObject
	fix           *fyne.Container
	fixText       *widgets.Text
	saved         *fyne.Container
	savedIcon     *widgets.Icon
	savedText     *widgets.Text
	summary       *widgets.Text
	summaryLine   *fyne.Container
	preview       *widgets.Button
	discard, save *widgets.Button
	shown         barState
}

// barState is all that the bar says; it is drawn anew only when that changes.
type barState struct {
	drawn                             bool
	problems                          int
	saving, isNew, dirty, discardable bool
}

func newBar(p *Page) *bar {
	b := &bar{
		page:      p,
		fixText:   widgets.NewText("", widgets.Small.In(theme.Error)),
		savedIcon: widgets.NewIcon(icons.TickCircle, theme.Success, 16),
		savedText: widgets.NewLine("", widgets.Small),
		summary:   widgets.NewLine("", widgets.Quiet13),
	}
	b.fix = widgets.Padded(0, 10, 0, 0, widgets.HBox(7, widgets.NewStatusIcon(widgets.Bad, 16), b.fixText))
	b.saved = widgets.HBox(7, b.savedIcon, widgets.Grow(b.savedText))
	b.preview = widgets.NewButton(widgets.Quiet, "Preview", icons.Eye, func() { p.pane.open() })
	b.discard = widgets.NewButton(widgets.Quiet, "Discard", icons.None, p.askDiscard)
	b.save = widgets.NewButton(widgets.Primary, "Save", icons.Check, p.save)
	test := widgets.NewButton(widgets.Secondary, "Send test", icons.Plane, p.openTest)
	b.summaryLine = widgets.Padded(7, theme.PageSide, 0, theme.PageSide,
		widgets.HBox(7, widgets.NewIcon(icons.Eye, theme.Muted, 14), widgets.Grow(b.summary)))
	row := widgets.HBox(8, b.fix, widgets.Grow(b.saved), b.preview, b.discard, test, b.save)
	ground := widgets.NewSurface(widgets.Ground{Fill: theme.Card},
		widgets.VBox(0, widgets.NewDivider(), b.summaryLine, widgets.Padded(9, theme.PageSide, 9, theme.PageSide, row)))
	b.object = ground
	return b
}

func (b *bar) setNarrow(narrow bool) {
	b.preview.Hidden = !narrow
	b.summaryLine.Hidden = !narrow
	b.object.Refresh()
}

// update says how many things are to be fixed, and whether all is saved.
func (b *bar) update(problems int) {
	d := b.page.draft
	now := barState{true, problems, b.page.saving, d.IsNew(), d.Dirty(), d.Typed()}
	if now == b.shown {
		return
	}
	b.shown = now
	b.fix.Hidden = problems == 0
	b.fixText.SetText(words.Count(uint64(problems), "thing to fix", "things to fix"))
	b.say(now)
	b.discard.SetEnabled(now.discardable)
	b.save.SetEnabled(!now.saving)
	b.object.Refresh()
}

// say tells whether all is saved.
func (b *bar) say(now barState) {
	icon, colour, text := icons.TickCircle, theme.Success, "All changes saved"
	switch {
	case now.saving:
		icon, colour, text = icons.Clock, theme.Muted, "Saving…"
	case now.isNew:
		icon, colour, text = icons.Pencil, theme.Warning, "Not saved yet"
	case now.dirty:
		icon, colour, text = icons.Pencil, theme.Warning, "Changes not saved yet"
	}
	b.savedIcon.SetIcon(icon, colour)
	b.savedText.SetText(text)
}

// setSummary is the one line of the preview that stays on a narrow window.
func (b *bar) setSummary(text string) {
	b.summary.SetText(text)
	b.summary.Refresh()
}
