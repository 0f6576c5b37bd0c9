package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// what is the tab that says what a message holds.
type what struct {
	cards    map[core.BodyStyle]*widgets.ChoiceCard
	choices  *fyne.Container
	open     bool            // all common ways are offered
	other    *fyne.Container // the button that offers them
	more     *widgets.Button // shows the rare ways to pack
	moreLine *fyne.Container
	moreOpen bool
	nothing  *widgets.Note
	tables   *fyne.Container
	fields   *mapping.Fields
	nesting  *widgets.Text // how names nest in JSON
	text     *ownText
	keys     *keyCard          // of texts of the message
	secrets  fyne.CanvasObject // the card of secret values
}

// buildWhat makes the tab: how it is packed first, since that decides the rest.
func (p *Page) buildWhat() fyne.CanvasObject {
	w := &what{}
	p.what = w
	packing := p.buildPacking()
	w.tables = widgets.VBox(theme.CardGap, p.buildFields(), p.buildFixed(), p.buildSecrets())
	w.text = p.newOwnText()
	w.keys = p.newKeyCard(&p.draft.BodyKeys, "Secret values of the text", p.missingBodyKeys)
	p.showPacking()
	p.showText()
	choices := widgets.NewTitledCard("How it is packed", "Which of these looks like their example?", nil, packing)
	return widgets.VBox(theme.CardGap, choices, w.tables, w.text.object, w.keys.object)
}

// buildFields makes the card of the fields that are taken from the record.
func (p *Page) buildFields() fyne.CanvasObject {
	f := mapping.NewFields(ground{p}, &p.draft.Fields)
	f.Keys = p.bodyKeyNames
	f.Sync()
	p.what.fields = f
	p.tables = append([]*mapping.Table{f.Table}, p.tables...)
	p.what.nesting = widgets.NewParagraph("A dot in their name puts one value inside another, as in address.city.", widgets.Caption)
	return widgets.NewTitledCard("Fields to send", "Choose one of our fields and type the name the other system uses for it.", nil,
		widgets.VBox(8, f.Object(), p.what.nesting))
}

// buildFixed makes the card of values that are the same every time.
func (p *Page) buildFixed() fyne.CanvasObject {
	t := p.newTable(mapping.NewFixed(ground{p}, &p.draft.Fields))
	add := t.Adder("Add a value", func() *mapping.Row { return &mapping.Row{Kind: core.FieldValue} })
	return widgets.NewTitledCard("Fixed values", "The same name and value every time, such as a source tag.", nil,
		widgets.VBox(10, t.Object(), widgets.HBox(8, add)))
}

// buildSecrets makes the card of values that nobody may see.
func (p *Page) buildSecrets() fyne.CanvasObject {
	t := p.newTable(mapping.NewHidden(ground{p}, &p.draft.Fields))
	add := t.Adder("Add a secret value", func() *mapping.Row { return &mapping.Row{Kind: core.FieldSecret} })
	p.what.secrets = widgets.NewTitledCard("Secret values", "Keys and tokens. Hidden on screen and in history.", nil,
		widgets.VBox(10, t.Object(), widgets.HBox(8, add)))
	return p.what.secrets
}

// newTable takes a table of the message's other rows: what the fields' card says
// depends on them.
func (p *Page) newTable(t *mapping.Table) *mapping.Table {
	t.OnRows = func() { p.what.fields.Sync() }
	t.Sync()
	p.tables = append(p.tables, t)
	return t
}
