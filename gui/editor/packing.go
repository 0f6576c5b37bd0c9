package editor

import (
	"encoding/json"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/packing"
	"hookbird/gui/widgets"
)

// buildPacking makes the cards to choose from. Of a stored webhook the chosen one
// stands alone until somebody wants another.
func (p *Page) buildPacking() fyne.CanvasObject {
	w := p.what
	w.cards, w.choices, w.open = map[core.BodyStyle]*widgets.ChoiceCard{}, cards(), p.draft.IsNew()
	for _, way := range packing.Ways() {
		card := widgets.NewChoiceCard(way.Name, way.Note, "", func() { p.pack(way.Style) })
		w.cards[way.Style] = card
		w.choices.Add(card)
	}
	other := widgets.NewButton(widgets.Quiet, "Pack it another way", icons.ChevronDown, func() {
		w.open = true
		p.showPacking()
	})
	w.other = widgets.VBox(0, widgets.Spacer(), widgets.HBox(0, other), widgets.Spacer())
	w.choices.Add(w.other)
	w.more = widgets.NewButton(widgets.Quiet, "More ways", icons.ChevronDown, func() {
		w.moreOpen = !w.moreOpen
		p.showPacking()
	})
	w.nothing = widgets.NewNote(widgets.Info, "", "With GET the web address alone is called: nothing of the record is sent but the fields that stand in the address. Choose POST under Where to, if the other system takes data.")
	w.moreLine = widgets.Padded(0, 0, 0, -11, widgets.HBox(0, w.more))
	return widgets.VBox(10, w.choices, w.moreLine, w.nothing, p.remark(Place{Part: PartStyle}))
}

// pack chooses a way to pack. A first text of one's own begins with what was sent
// until now.
func (p *Page) pack(style core.BodyStyle) {
	if style == core.BodyTemplate && p.draft.Web().Body.Template == "" {
		p.draft.Web().Body.Template = startText(p.draft.Style(), p.draft.Fields, p.examples.Fields())
		p.what.text.setText(p.draft.Web().Body.Template)
	}
	p.draft.SetStyle(style)
	p.showPacking()
	p.showSoon()
	p.changed()
	p.relayout()
}

// showPacking shows what is chosen, with the user's own records in each card.
func (p *Page) showPacking() {
	w := p.what
	style, get := p.draft.Style(), p.draft.Web().HTTPMethod() == "GET"
	for _, way := range packing.Ways() {
		card := w.cards[way.Style]
		card.SetSelected(way.Style == style)
		card.SetSample(way.Sample(p.samples))
		card.Hidden = (!w.open || way.Rare && !w.moreOpen) && way.Style != style
	}
	w.other.Hidden = w.open
	w.more.SetText("More ways")
	w.more.SetIcon(icons.ChevronDown)
	if w.moreOpen {
		w.more.SetText("Fewer ways")
		w.more.SetIcon(icons.ChevronUp)
	}
	w.choices.Hidden, w.moreLine.Hidden, w.nothing.Hidden = get, get || !w.open, !get
	setShown(w.tables, p.draft.usesFields())
	w.nesting.Hidden = style == core.BodyForm || style == core.BodyMultipart
	if w.text != nil {
		setShown(w.text.object, style == core.BodyTemplate)
	}
	p.relayout()
}

func setShown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(b)
}
