package editor

import (
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// ownText is the card of a message that is a text of one's own.
type ownText struct {
	page   *Page
	text   *mapping.Text
	chips  *mapping.Chips
	field  *widgets.Field
	kind   *widgets.Select
	object fyne.CanvasObject
	said   string // under the text
}

// textKind is a kind of text that the other system may want.
type textKind struct{ name, contentType string }

var textKinds = []textKind{
	{"Web form text", "application/x-www-form-urlencoded"},
	{"JSON", "application/json"},
	{"XML", "application/xml"},
	{"Plain text", "text/plain; charset=utf-8"},
}

const textRows = 7

func (p *Page) newOwnText() *ownText {
	o := &ownText{page: p}
	at := Place{Part: PartTemplate}
	o.text = p.text(mapping.NewMultiText(ground{p}, merge.Plain, textRows, p.bodyKeyNames), at, p.draft.Web().Body.Template, func(text string) {
		p.draft.Web().Body.Template = text
	})
	o.chips = mapping.NewChips(ground{p}, o.text)
	o.field = p.field(at, "The text", o.text, "")
	o.kind = widgets.NewSelect(nil, func(i int) { o.choose(i) })
	kind := p.field(Place{Part: PartContentType}, "What kind of text it is", o.kind, "It decides how the values of fields are written into it.")
	o.object = widgets.NewTitledCard("My own text", "Type what the other system expects. Fields of the record stand in square brackets; type [ to see what there is.", nil,
		widgets.VBox(10, o.chips.Object(), o.field, kind))
	return o
}

func (o *ownText) setText(text string) { o.text.SetText(text) }

// kinds lists what can be chosen: what the text looks like first, and last what is
// stored, if it is none of the usual.
func (o *ownText) kinds() (names, types []string) {
	body := o.page.draft.Web().Body
	guessed := body
	guessed.ContentType = ""
	names, types = []string{"What it looks like: " + kindName(message.TemplateType(&guessed))}, []string{""}
	for _, k := range textKinds {
		names, types = append(names, k.name), append(types, k.contentType)
	}
	if body.ContentType != "" && !slices.Contains(types, body.ContentType) {
		names, types = append(names, body.ContentType), append(types, body.ContentType)
	}
	return names, types
}

func kindName(contentType string) string {
	for _, k := range textKinds {
		if k.contentType == contentType {
			return k.name
		}
	}
	return contentType
}

func (o *ownText) choose(i int) {
	_, types := o.kinds()
	o.page.draft.Web().Body.ContentType = types[i]
	o.page.changed()
}

// showText says of the text of one's own what is found in it, and which secrets
// texts still lack.
func (p *Page) showText() {
	if p.what == nil || p.what.keys == nil {
		return
	}
	o := p.what.text
	names, types := o.kinds()
	o.kind.SetOptions(names)
	o.kind.SetSelected(slices.Index(types, p.draft.Web().Body.ContentType))
	o.text.SetPlace(p.textPlace())
	resized := o.chips.Show()
	resized = o.check() || resized
	if p.draft.Style() == core.BodyNone {
		p.what.keys.object.Hide()
	} else {
		resized = p.what.keys.show(p.draft.Style() == core.BodyTemplate) || resized
	}
	if p.keys != nil {
		resized = p.keys.show(false) || resized
	}
	if resized {
		p.relayout()
	}
}

func (p *Page) textPlace() merge.Place {
	body := p.draft.Web().Body
	return message.PlaceOf(message.TemplateType(&body))
}

// check says what is found in the text, else what the preview says of it. It tells
// whether that is something else than before.
func (o *ownText) check() (changed bool) {
	p := o.page
	text := p.draft.Web().Body.Template
	status, words := widgets.Neutral, ""
	if text != "" {
		status, words = mapping.CheckText(text, p.textPlace(), p.examples, p.bodyKeyNames())
	}
	if remark := p.pane.remarkOn("template"); status == widgets.Good && remark != "" {
		status, words = widgets.Waiting, remark
	}
	if status == widgets.Bad && o.text.Typing() || o.field.Problem() != "" {
		status, words = widgets.Neutral, ""
	}
	if words == o.said {
		return false
	}
	o.said = words
	o.field.SetNote(status, words)
	return true
}

// remarkOn is what the preview warns of at a place, "" for nothing.
func (n *pane) remarkOn(where string) string {
	if n == nil || !n.ready {
		return ""
	}
	for _, note := range n.shown.Notes {
		if note.Warn && note.Where == where {
			return note.Text
		}
	}
	return ""
}

// missingBodyKeys lists the secrets that texts of the message name and that are
// not there.
func (p *Page) missingBodyKeys() []string {
	have := p.bodyKeyNames()
	if p.draft.Style() == core.BodyTemplate {
		return mapping.MissingKeys([]string{p.draft.Web().Body.Template}, p.textPlace(), have)
	}
	var texts []string
	for _, row := range p.draft.Fields {
		texts = append(texts, row.Template)
	}
	return mapping.MissingKeys(texts, merge.Plain, have)
}

// startText begins a text of one's own with what was sent until now: the fields of
// the rows, or all of the record.
func startText(style core.BodyStyle, rows mapping.Rows, fields []control.SampleField) string {
	place := merge.JSON
	if style == core.BodyForm || style == core.BodyMultipart {
		place = merge.Form
	}
	var names, values []string
	for _, f := range rows.Complete().Fields() {
		names, values = append(names, f.Name), append(values, valueText(f, place))
	}
	if len(names) == 0 {
		for _, f := range fields {
			names, values = append(names, f.Path), append(values, mapping.Mention(f.Path, place))
		}
	}
	if place == merge.Form {
		return formText(names, values)
	}
	return jsonText(names, values)
}

// valueText writes what a field is sent as into a text.
func valueText(f core.Field, place merge.Place) string {
	switch f.Kind() {
	case core.FieldFrom:
		return mapping.Mention(f.From, place)
	case core.FieldTemplate:
		return f.Template
	case core.FieldSecret:
		return "[secret:" + f.Name + "]"
	}
	if place == merge.Form {
		return url.QueryEscape(f.Value)
	}
	text := quoted(f.Value)
	return strings.NewReplacer("[", `\[`, "${", `\${`).Replace(text[1 : len(text)-1])
}

func formText(names, values []string) string {
	pairs := make([]string, len(names))
	for i := range names {
		pairs[i] = url.QueryEscape(names[i]) + "=" + values[i]
	}
	return strings.Join(pairs, "&")
}

func jsonText(names, values []string) string {
	lines := make([]string, len(names))
	for i := range names {
		lines[i] = "  " + strings.NewReplacer("[", `\[`, "${", `\${`).Replace(quoted(names[i])) + `: "` + values[i] + `"`
	}
	return "{\n" + strings.Join(lines, ",\n") + "\n}"
}
