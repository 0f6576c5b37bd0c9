package editor

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/gui/mapping"
)

// ground is the page as the tables and texts on it see it.
type ground struct{ p *Page }

var _ mapping.Page = ground{}

// Canvas is where lists and dialogs open.
func (g ground) Canvas() fyne.Canvas { return g.p.window() }

// Examples are the records that were read.
func (g ground) Examples() *mapping.Examples { return g.p.examples }

// SentAs is the value that goes out under a row's name.
func (g ground) SentAs(row *mapping.Row) (value string, sent bool) { return g.p.pane.sentAs(row) }

// Remark is what the preview says of a row.
func (g ground) Remark(row *mapping.Row) string { return g.p.pane.remark(row) }

// Changed notes a change that a person made.
func (g ground) Changed() { g.p.changed() }

// Left lets what is wrong in a box be said.
func (g ground) Left(row *mapping.Row, box mapping.Box) {
	g.p.draft.Touch(boxOf(row, box))
	g.p.update()
}

// Resized lays the tab out anew.
func (g ground) Resized() { g.p.relayout() }

// ScrollTo brings an object into view.
func (g ground) ScrollTo(o fyne.CanvasObject) { g.p.scrollTo(o) }

// Reveal fetches a stored secret, because somebody asked to see it.
func (g ground) Reveal(row *mapping.Row, show func(string)) {
	g.p.reveal(row.Place(), show)
}

// moveFocused moves the row, or the step of a conversion, that has the focus.
func (p *Page) moveFocused(by int) {
	if !p.built {
		return
	}
	for _, t := range p.tables {
		if t.MoveFocused(by) {
			return
		}
	}
	p.only.MoveFocused(by)
}

// remark is what the preview says of one row, "" for nothing.
func (n *pane) remark(row *mapping.Row) string {
	if n == nil || !n.ready {
		return ""
	}
	for _, note := range n.shown.Notes {
		kind, index, _ := strings.Cut(note.Where, ":")
		rows := map[string]mapping.Rows{"field": n.from.fields, "header": n.from.headers}[kind]
		i, err := strconv.Atoi(index)
		if err == nil && note.Warn && i < len(rows) && rows[i] == row {
			return note.Text
		}
	}
	return ""
}

// sentAs is the value that goes out under a row's name.
func (n *pane) sentAs(row *mapping.Row) (value string, sent bool) {
	if n == nil || !n.ready || n.from.fields.Index(row) < 0 {
		return "", false
	}
	for _, pair := range n.shown.Pairs {
		if pair.Name == row.Field().Name {
			return pair.Value, true
		}
	}
	return "", false
}
