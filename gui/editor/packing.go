package editor

import (
	"encoding/json"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// packing is one way to pack a message, as a card offers it.
type packing struct {
	style      core.BodyStyle
	name, note string
	rare       bool // found under "More ways"
	sample     func(samples []control.Sample) string
}

// packings are all ways, in the order they are offered.
var packings = []packing{
	{core.BodyForm, "Web form", "Most common", false, one(formSample)},
	{core.BodyJSON, "JSON", "One record", false, one(jsonSample)},
	{core.BodyList, "JSON list", "Many at once", false, listSample},
	{core.BodyEnvelope, "Envelope", "JSON with its own name", false, one(envelopeSample)},
	{core.BodyTemplate, "My own text", "With fields", false, one(textSample)},
	{core.BodyMultipart, "Multipart form", "Some form builders want it", true, one(multipartSample)},
	{core.BodyNone, "No data", "Only the web address is called", true, func([]control.Sample) string { return "" }},
}

// buildPacking makes the cards to choose from. Of a stored webhook the chosen one
// stands alone until somebody wants another.
func (p *Page) buildPacking() fyne.CanvasObject {
	w := p.what
	w.cards, w.choices, w.open = map[core.BodyStyle]*widgets.ChoiceCard{}, cards(), p.draft.IsNew()
	for _, way := range packings {
		card := widgets.NewChoiceCard(way.name, way.note, "", func() { p.pack(way.style) })
		w.cards[way.style] = card
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
	for _, way := range packings {
		card := w.cards[way.style]
		card.SetSelected(way.style == style)
		card.SetSample(way.sample(p.samples))
		card.Hidden = (!w.open || way.rare && !w.moreOpen) && way.style != style
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

// one makes a sample of the first record alone.
func one(sample func([]control.SampleField) string) func([]control.Sample) string {
	return func(samples []control.Sample) string {
		if len(samples) == 0 {
			return ""
		}
		return sample(firstFields(samples[0].Fields))
	}
}

// sampleWidth is how many characters a line of a sample has room for.
const sampleWidth = 28

// clipped shortens a text to so many characters.
func clipped(text string, width int) string {
	if runes := []rune(text); len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return text
}

// formSample and the others write the first fields of a record on three lines.
func formSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range fields {
		joint := "&"
		if i == 0 {
			joint = ""
		}
		lines = append(lines, clipped(joint+url.QueryEscape(f.Path)+"="+url.QueryEscape(f.Value), sampleWidth))
	}
	return strings.Join(lines, "\n")
}

func jsonSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range fields {
		start, end := "  ", ","
		if i == 0 {
			start = "{ "
		}
		if i == len(fields)-1 {
			end = " }"
		}
		lines = append(lines, clipped(start+quoted(f.Path)+": "+quoted(f.Value), sampleWidth-len(end))+end)
	}
	return strings.Join(lines, "\n")
}

func listSample(samples []control.Sample) string {
	var lines []string
	for i, s := range samples[:min(2, len(samples))] {
		if len(s.Fields) == 0 {
			continue
		}
		start := " "
		if i == 0 {
			start = "["
		}
		lines = append(lines, clipped(start+"{ "+quoted(s.Fields[0].Path)+": "+quoted(s.Fields[0].Value), sampleWidth-3)+" },")
	}
	return strings.Join(append(lines, " … ]"), "\n")
}

func envelopeSample(fields []control.SampleField) string {
	data := "  \"data\": { …"
	if len(fields) > 0 {
		data = clipped("  \"data\": { "+quoted(fields[0].Path)+": …", sampleWidth-4)
	}
	return "{ \"id\": …, \"time\": …,\n  \"type\": " + quoted(core.DefaultEventType) + ",\n" + data + " } }"
}

func textSample(fields []control.SampleField) string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, clipped(f.Path+": "+mapping.Mention(f.Path, merge.Plain), sampleWidth))
	}
	return strings.Join(lines, "\n")
}

func multipartSample(fields []control.SampleField) string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, clipped(f.Path+" = "+f.Value, sampleWidth))
	}
	return strings.Join(lines, "\n")
}

func firstFields(fields []control.SampleField) []control.SampleField {
	return fields[:min(3, len(fields))]
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(b)
}
