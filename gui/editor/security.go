package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// buildSecurity makes the tab of what lets the other system trust us.
func (p *Page) buildSecurity() fyne.CanvasObject {
	p.sign = p.newSigning()
	p.showSigning()
	return widgets.VBox(theme.CardGap, p.buildSignIn(), p.sign.Signature(), p.buildHeaders(), p.buildKeys(), p.sign.Receiver())
}

// buildHeaders makes the card of extra header lines.
func (p *Page) buildHeaders() fyne.CanvasObject {
	t := mapping.NewHeaders(ground{p}, &p.draft.Headers)
	t.Keys = p.keyNames
	t.Sync()
	p.tables = append(p.tables, t)
	secret := t.Adder("Add a header line", func() *mapping.Row { return &mapping.Row{Kind: core.FieldSecret} })
	open := widgets.NewButton(widgets.Quiet, "Add one with fields in it", "", func() {
		t.Add(&mapping.Row{Kind: core.FieldValue})
	})
	p.headers = widgets.NewTitledCard("Extra header lines",
		"Extra lines some systems ask for, such as X-Api-Key. Values with a lock are hidden on screen and in history.", nil,
		widgets.VBox(10, t.Object(), widgets.HBox(8, secret, open)))
	return p.headers
}

// buildKeys makes the card of secrets that address and header lines read.
func (p *Page) buildKeys() fyne.CanvasObject {
	p.keys = p.newKeyCard(&p.draft.Keys, "Secret values of the address and the header lines", func() []string {
		var missing []string
		missing = mapping.MissingKeys([]string{p.draft.Web().Address}, merge.Address, p.keyNames())
		for _, h := range p.draft.Headers.Headers() {
			missing = append(missing, mapping.MissingKeys([]string{h.Value}, merge.Header, append(p.keyNames(), missing...))...)
		}
		return missing
	})
	return p.keys.object
}

// keyNames are the secrets that address and header lines may read.
func (p *Page) keyNames() []string { return namesOf(p.draft.Keys) }

// bodyKeyNames are the secrets that texts of the message may read.
func (p *Page) bodyKeyNames() []string { return namesOf(p.draft.BodyKeys) }

func namesOf(rows mapping.Rows) []string {
	var names []string
	for _, row := range rows {
		if name := row.Key().Name; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// keyCard holds secrets that texts read by name, and offers to add those that a
// text names already.
type keyCard struct {
	page    *Page
	rows    *mapping.Rows
	missing func() []string
	table   *mapping.Table
	offers  *fyne.Container
	offered string // what is offered now
	object  fyne.CanvasObject
}

func (p *Page) newKeyCard(rows *mapping.Rows, title string, missing func() []string) *keyCard {
	k := &keyCard{page: p, rows: rows, missing: missing, offers: widgets.VBox(8)}
	k.table = mapping.NewKeys(ground{p}, rows)
	k.offers.Hide()
	k.table.OnRows = func() { k.show(true) }
	k.table.Sync()
	p.tables = append(p.tables, k.table)
	add := k.table.Adder("Add a secret value", func() *mapping.Row { return &mapping.Row{Kind: core.FieldSecret} })
	k.object = widgets.NewTitledCard(title, "A text reads them by their name, as in [secret:key]. Hidden on screen and in history.", nil,
		widgets.VBox(10, k.table.Object(), k.offers, widgets.HBox(8, add)))
	return k
}

// show shows the card where it is of use, and offers what is missing. It tells
// whether heights are different now.
func (k *keyCard) show(useful bool) (resized bool) {
	missing := k.missing()
	if hide := !useful && len(*k.rows) == 0 && len(missing) == 0; k.object.Visible() == hide {
		setShown(k.object, !hide)
		resized = true
	}
	now := ""
	for _, name := range missing {
		now += name + "\n"
	}
	if now == k.offered {
		return resized
	}
	k.offered, k.offers.Objects = now, nil
	for _, name := range missing {
		add := widgets.NewButton(widgets.Secondary, "Add “"+name+"”", "", func() {
			row := &mapping.Row{Kind: core.FieldSecret}
			row.SetName(name)
			k.table.Add(row)
		})
		k.offers.Add(widgets.HBox(10, widgets.Grow(widgets.NewHint(widgets.Waiting, "[secret:"+name+"] is used, and there is no such secret value yet.")), add))
	}
	k.offers.Hidden = len(missing) == 0
	k.offers.Refresh()
	return true
}
