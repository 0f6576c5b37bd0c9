package conditions

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// textView shows the filter as text. Conditions and text say the same: what is
// typed here is shown there as soon as it can be read.
type textView struct {
	card   *Card
	opened bool
	object *fyne.Container
	entry  *widgets.Entry
	hints  *fyne.Container
}

func newTextView(c *Card) *textView {
	v := &textView{card: c, entry: widgets.NewMultiEntry(2), hints: widgets.VBox(3)}
	v.entry.TextStyle = fyne.TextStyle{Monospace: true}
	v.entry.SetPlaceHolder("role=MEMBER;addresses(isMain).zipCode=13.*")
	v.entry.SetLabel("The conditions as text")
	v.entry.OnChanged = v.typed
	copied := widgets.NewIconButton(icons.Copy, "Copy the text", func() {
		fyne.CurrentApp().Clipboard().SetContent(v.entry.Text)
	})
	v.object = widgets.VBox(5, widgets.HBoxTop(6, widgets.Grow(v.entry), copied), v.hints,
		widgets.NewParagraph("A semicolon stands between conditions. With = capital letters count and a pattern may follow; “role is member” ignores capitals.", widgets.Caption))
	return v
}

// open shows or hides the text.
func (v *textView) open(on bool) {
	v.opened = on
	v.set(v.card.draft.text)
	v.card.show()
	if on {
		v.card.focus(v.entry)
	}
}

// set shows a text and tells nobody.
func (v *textView) set(text string) {
	if v.entry.Text == text {
		return
	}
	v.entry.OnChanged = nil
	v.entry.SetText(text)
	v.entry.OnChanged = v.typed
}

func (v *textView) typed(text string) {
	v.card.draft.setText(text)
	v.card.sync()
	v.card.announce()
}

// show says under the text what is wrong with it, or what to know about it.
func (v *textView) show() {
	v.object.Hidden = !v.opened
	words, icon := "Show as text", icons.Pencil
	if v.opened {
		words, icon = "Hide the text", icons.ChevronUp
	}
	v.card.toggle.SetText(words)
	v.card.toggle.SetIcon(icon)
	if !v.opened {
		return
	}
	d := v.card.draft
	v.hints.Objects = nil
	v.entry.SetProblem(d.wrong != "")
	if d.wrong != "" {
		v.hints.Add(widgets.NewHint(widgets.Bad, d.wrong))
	}
	for _, doubt := range v.remarks() {
		v.hints.Add(widgets.NewHint(widgets.Waiting, doubt))
	}
	v.hints.Hidden = len(v.hints.Objects) == 0
	v.hints.Refresh()
}

// remarks lists what to know about the text, unless the lines above say it.
func (v *textView) remarks() []string {
	d := v.card.draft
	if d.detailed == "" {
		return nil
	}
	list := d.doubts()
	for _, field := range d.fields() {
		if text := v.card.records.unknown(strings.TrimSpace(field)); text != "" {
			list = append(list, text)
		}
	}
	return list
}
