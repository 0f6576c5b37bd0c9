package wizard

import (
	"encoding/json"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// packing asks how messages to a system that nobody knows are packed, by samples
// of the user's own record.
type packing struct {
	part   *fieldsPart
	object fyne.CanvasObject
	cards  map[core.BodyStyle]*widgets.ChoiceCard
}

// ways are those that are offered, in their order.
var ways = []struct {
	style      core.BodyStyle
	name, note string
	sample     func([]control.SampleField) string
}{
	{core.BodyForm, "Web form", "Most common", formSample},
	{core.BodyJSON, "JSON", "One record", jsonSample},
	{core.BodyList, "JSON list", "Many at once", listSample},
	{core.BodyTemplate, "My own text", "With fields", textOf},
}

func newPacking(f *fieldsPart) *packing {
	k := &packing{part: f, cards: map[core.BodyStyle]*widgets.ChoiceCard{}}
	grid := widgets.Grid(2, theme.TileGap)
	for _, way := range ways {
		card := widgets.NewChoiceCard(way.name, way.note, "", func() { k.choose(way.style) })
		k.cards[way.style] = card
		grid.Add(card)
	}
	k.object = widgets.NewTitledCard("Which of these looks like their example?", "", nil, grid)
	if f.page.draft.preset.ID != assets.Other {
		k.object.Hide()
	}
	return k
}

// show puts the newest record into the samples.
func (k *packing) show() {
	f := k.part
	var fields []control.SampleField
	if len(f.samples) > 0 {
		fields = f.samples[0].Fields
	}
	for _, way := range ways {
		card := k.cards[way.style]
		card.SetSelected(way.style == f.page.draft.base.Body.Style)
		card.SetSample(way.sample(fields[:min(3, len(fields))]))
	}
}

// choose takes a way to pack. A first text of one's own names every field.
func (k *packing) choose(style core.BodyStyle) {
	f := k.part
	body := &f.page.draft.base.Body
	if style == core.BodyTemplate && body.Template == "" && len(f.samples) > 0 {
		body.Template = textOf(f.samples[0].Fields)
	}
	body.Style = style
	f.arrange()
	f.changed()
}

func formSample(fields []control.SampleField) string {
	var pairs []string
	for _, f := range fields {
		pairs = append(pairs, url.QueryEscape(f.Path)+"="+url.QueryEscape(f.Value))
	}
	return strings.Join(pairs, "\n&")
}

func jsonSample(fields []control.SampleField) string {
	var pairs []string
	for _, f := range fields {
		pairs = append(pairs, quoted(f.Path)+": "+quoted(f.Value))
	}
	return "{ " + strings.Join(pairs, ",\n  ") + " }"
}

func listSample(fields []control.SampleField) string {
	if len(fields) == 0 {
		return "[ … ]"
	}
	first := "{ " + quoted(fields[0].Path) + ": " + quoted(fields[0].Value) + ", … }"
	return "[ " + first + ",\n  { … },\n  … ]"
}

// textOf is a text that names fields, a line each.
func textOf(fields []control.SampleField) string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, literal.Replace(f.Path)+": "+mapping.Mention(f.Path, merge.Plain))
	}
	return strings.Join(lines, "\n")
}

// literal keeps a name from being read as a field.
var literal = strings.NewReplacer(`[`, `\[`, `${`, `\${`)

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(b)
}
