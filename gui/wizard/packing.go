package wizard

import (
	"fyne.io/fyne/v2"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/gui/packing"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// packer asks how messages to a system that nobody knows are packed, by samples
// of the user's own record.
type packer struct {
	part   *fieldsPart
	object fyne.CanvasObject
	cards  map[core.BodyStyle]*widgets.ChoiceCard
}

// ways are those that are offered.
var ways = packing.Some(core.BodyForm, core.BodyJSON, core.BodyList, core.BodyTemplate)

func newPacker(f *fieldsPart) *packer {
	k := &packer{part: f, cards: map[core.BodyStyle]*widgets.ChoiceCard{}}
	grid := widgets.Grid(2, theme.TileGap)
	for _, way := range ways {
		card := widgets.NewChoiceCard(way.Name, way.Note, "", func() { k.choose(way.Style) })
		k.cards[way.Style] = card
		grid.Add(card)
	}
	k.object = widgets.NewTitledCard("Which of these looks like their example?", "", nil, grid)
	if f.page.draft.preset.ID != assets.Other {
		k.object.Hide()
	}
	return k
}

// show puts the newest record into the samples.
func (k *packer) show() {
	f := k.part
	for _, way := range ways {
		card := k.cards[way.Style]
		card.SetSelected(way.Style == f.page.draft.base.Body.Style)
		card.SetSample(way.Sample(f.samples))
	}
}

// choose takes a way to pack. A first text of one's own names every field.
func (k *packer) choose(style core.BodyStyle) {
	f := k.part
	body := &f.page.draft.base.Body
	if style == core.BodyTemplate && body.Template == "" && len(f.samples) > 0 {
		body.Template = packing.Text(body.Style, f.samples[0].Fields)
	}
	body.Style = style
	f.arrange()
	f.changed()
}
