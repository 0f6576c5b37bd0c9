package editor

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// what is the tab that says what a message holds.
type what struct {
	cards    map[core.BodyStyle]*widgets.ChoiceCard
	choices  *fyne.Container
	nothing  *widgets.Note
	tables   *fyne.Container
	everyone *widgets.Text // what is sent while no field is chosen
	titles   *fyne.Container
	fields   *table
	addAll   *widgets.Button
	choose   *widgets.Button
	secrets  fyne.CanvasObject // the card of secret values
}

// buildWhat makes the tab: how it is packed first, since that decides the rest.
func (p *Page) buildWhat() fyne.CanvasObject {
	w := &what{}
	p.what = w
	packing := widgets.NewTitledCard("How it is packed", "Which of these looks like their example?", nil, p.buildPacking())
	w.tables = widgets.VBox(theme.CardGap, p.buildFields(), p.buildFixed(), p.buildSecrets())
	p.showPacking()
	p.showFieldCards()
	return widgets.VBox(theme.CardGap, packing, w.tables)
}

func (p *Page) buildPacking() fyne.CanvasObject {
	w := p.what
	w.cards = map[core.BodyStyle]*widgets.ChoiceCard{}
	card := func(style core.BodyStyle, name, note string) *widgets.ChoiceCard {
		c := widgets.NewChoiceCard(name, note, "", func() {
			p.draft.SetStyle(style)
			p.showPacking()
			p.changed()
		})
		w.cards[style] = c
		return c
	}
	w.choices = widgets.Grid(2, theme.TileGap,
		card(core.BodyForm, "Web form", "Most common"),
		card(core.BodyJSON, "JSON", "One record"),
		card(core.BodyNone, "No data", "Only the web address is called"))
	w.nothing = widgets.NewNote(widgets.Info, "", "With GET the web address alone is called, so nothing of the record is sent. Choose POST under Where to, if the other system takes data.")
	return widgets.VBox(10, w.choices, w.nothing)
}

// showPacking shows what is chosen, with the user's own record in each card.
func (p *Page) showPacking() {
	w := p.what
	style, get := p.draft.Style(), p.draft.Web().HTTPMethod() == "GET"
	for s, card := range w.cards {
		card.SetSelected(s == style)
	}
	w.cards[core.BodyNone].Hidden = !get && style != core.BodyNone && p.draft.Web().HTTPMethod() != "DELETE"
	w.choices.Hidden, w.nothing.Hidden = get, !get
	w.tables.Hidden = style == core.BodyNone
	fields := p.sample().Fields
	w.cards[core.BodyForm].SetSample(formSample(fields))
	w.cards[core.BodyJSON].SetSample(jsonSample(fields))
	p.relayout()
}

// formSample and jsonSample write the first fields of a record on three lines.
func formSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range firstFields(fields) {
		joint := "&"
		if i == 0 {
			joint = ""
		}
		lines = append(lines, joint+url.QueryEscape(f.Path)+"="+url.QueryEscape(f.Value))
	}
	return strings.Join(lines, "\n")
}

func jsonSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range firstFields(fields) {
		start := "  "
		if i == 0 {
			start = "{ "
		}
		lines = append(lines, fmt.Sprintf("%s%s: %s", start, quoted(f.Path), quoted(f.Value)))
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, ",\n") + " }"
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

// buildFields makes the card of the fields that are taken from the record.
func (p *Page) buildFields() fyne.CanvasObject {
	w := p.what
	w.fields = newKindTable(p, core.FieldFrom)
	w.fields.make = w.fields.fieldRow
	title := widgets.Style{Size: 12, Bold: true, Color: theme.Muted}
	w.titles = cells(fieldColumns, widgets.NewLine("Our field", title), widgets.NewLine("Now → as sent", title),
		widgets.Spacer(), widgets.NewLine("Their field name", title), widgets.Spacer())
	add := w.fields.adder("Add a field", func() *Row { return &Row{Kind: core.FieldFrom} })
	w.addAll = widgets.NewButton(widgets.Quiet, "", icons.None, p.addAllFields)
	w.choose = widgets.NewButton(widgets.Secondary, "Choose fields", icons.Sliders, p.addAllFields)
	w.everyone = widgets.NewParagraph("", widgets.Body)
	buttons := widgets.Padded(4, 0, 0, 0, widgets.HBox(8, w.choose, add, w.addAll))
	chosen := widgets.VBox(7, w.everyone, w.titles, w.fields.box, buttons)
	w.fields.sync()
	return widgets.NewTitledCard("Fields to send", "Choose one of our fields and type the name the other system uses for it.", nil, chosen)
}

// showFieldCards says what is sent while no field is chosen, and how many are
// left to add.
func (p *Page) showFieldCards() {
	w := p.what
	if w == nil || w.fields == nil {
		return
	}
	none := len(p.draft.Fields.Of(core.FieldFrom)) == 0
	w.titles.Hidden = none
	w.everyone.Hidden = !none
	if len(p.draft.Fields) == 0 {
		w.everyone.SetText("Everything in the record is sent, under its own names.")
	} else {
		w.everyone.SetText("Nothing of the record itself is sent now, only the values below. Choose the fields to send.")
	}
	left := len(p.leftFields())
	w.choose.Hidden = left == 0 || !none
	w.addAll.Hidden = left == 0 || none
	w.addAll.SetText("Add all " + words.Number(uint64(left)) + " that are left")
	if left == 1 {
		w.addAll.SetText("Add the one that is left")
	}
}

// leftFields lists the example's fields that no row takes.
func (p *Page) leftFields() []control.SampleField {
	taken := map[string]bool{}
	for _, row := range p.draft.Fields {
		taken[row.From] = true
	}
	var left []control.SampleField
	for _, f := range p.sample().Fields {
		if !taken[f.Path] {
			left = append(left, f)
		}
	}
	return left
}

// addAllFields adds what is left, each under its own name.
func (p *Page) addAllFields() {
	for _, f := range p.leftFields() {
		p.draft.Fields = p.draft.Fields.Add(&Row{Kind: core.FieldFrom, From: f.Path, Name: f.Path, typed: true})
	}
	p.what.fields.changed()
}

// fieldRow makes the line of one field to send.
func (t *table) fieldRow(row *Row) *line {
	l := newLine(row)
	from := newChooser(t.page, row.From)
	t.page.bind(&from.Entry, Place{PartFrom, row}, func(text string) {
		row.SetFrom(text)
		t.page.showExample(l)
	})
	t.spot(l, PartFrom, from)
	name := t.named(l)
	l.example = widgets.NewLine("", widgets.Quiet13)
	tools := t.tools(row, func() []*fyne.MenuItem { return []*fyne.MenuItem{t.omitItem(l)} })
	l.object = widgets.VBox(3, cells(fieldColumns, from, l.example, arrow(), name, tools), l.hint)
	t.page.showExample(l)
	return l
}

// omitItem leaves a field out of messages in which it would be empty, or not.
func (t *table) omitItem(l *line) *fyne.MenuItem {
	item := fyne.NewMenuItem("Leave out when empty", func() {
		l.row.OmitEmpty = !l.row.OmitEmpty
		t.page.showHint(l)
		t.page.changed()
		t.page.relayout()
	})
	item.Checked = l.row.OmitEmpty
	return item
}

// showExample says what the field holds now and, where that differs, what is
// sent of it.
func (p *Page) showExample(l *line) {
	now, known := p.valueOf(l.row.From)
	sent, isSent := p.pane.sentAs(l.row)
	switch {
	case l.row.From == "":
		l.example.SetText("")
	case !known && (!isSent || sent == ""):
		l.example.SetText("not in this example")
	case !known:
		l.example.SetText(sent)
	case isSent && sent != now:
		l.example.SetText(now + " → " + sent)
	default:
		l.example.SetText(now)
	}
}

// valueOf is what the example has under a path.
func (p *Page) valueOf(path string) (value string, known bool) {
	for _, f := range p.sample().Fields {
		if f.Path == path {
			return f.Value, true
		}
	}
	return "", false
}

// buildFixed makes the card of values that are the same every time.
func (p *Page) buildFixed() fyne.CanvasObject {
	t := newKindTable(p, core.FieldValue)
	t.make = func(row *Row) *line {
		l := newLine(row)
		name := t.named(l)
		at := Place{PartValue, row}
		value := p.entry(at, row.Value, func(text string) { row.Value = text })
		value.SetPlaceHolder("Value")
		t.spot(l, PartValue, value)
		l.object = widgets.VBox(3, cells(pairColumns, name, arrow(), value, t.tools(row, nil)), l.hint)
		return l
	}
	t.sync()
	add := t.adder("Add a value", func() *Row { return &Row{Kind: core.FieldValue} })
	return widgets.NewTitledCard("Fixed values", "The same name and value every time, such as a source tag.", nil,
		widgets.VBox(10, t.box, widgets.HBox(8, add)))
}

// buildSecrets makes the card of values that nobody may see.
func (p *Page) buildSecrets() fyne.CanvasObject {
	t := newKindTable(p, core.FieldSecret)
	t.make = func(row *Row) *line {
		l := newLine(row)
		t.keyLine(l, t.named(l))
		return l
	}
	t.sync()
	add := t.adder("Add a secret value", func() *Row { return &Row{Kind: core.FieldSecret} })
	p.what.secrets = widgets.NewTitledCard("Secret values", "Keys and tokens. Hidden on screen and in history.", nil,
		widgets.VBox(10, t.box, widgets.HBox(8, add)))
	return p.what.secrets
}
