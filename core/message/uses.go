package message

import (
	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/merge"
)

// Uses gives the paths of the fields of a record that a webhook reads by name, each
// once: in its address, header lines, body, conditions and order. Where it sends
// records whole, those fields are not among them.
func Uses(w *core.Webhook) []string {
	u := &users{seen: map[string]bool{}}
	u.text(w.Address, merge.Address)
	for _, h := range w.Headers {
		u.text(h.Value, merge.Header)
	}
	if w.Body.Style == core.BodyTemplate {
		u.text(w.Body.Template, PlaceOf(TemplateType(&w.Body)))
	} else {
		for _, f := range w.Body.Fields {
			u.add(f.From)
			u.text(f.Template, merge.Plain)
		}
	}
	if f, err := filter.Parse(w.Filter); err == nil {
		u.add(f.Fields()...)
	}
	u.add(w.Order.Field)
	return u.list
}

// users collects paths.
type users struct {
	list []string
	seen map[string]bool
}

func (u *users) add(paths ...string) {
	for _, p := range paths {
		if p != "" && !u.seen[p] {
			u.seen[p] = true
			u.list = append(u.list, p)
		}
	}
}

// text adds the fields that a text with merge fields reads. One that cannot be read
// uses nothing: it is not saved.
func (u *users) text(text string, place merge.Place) {
	if text == "" {
		return
	}
	t, err := merge.Parse(text, place)
	if err != nil {
		return
	}
	for _, use := range t.Paths() {
		u.add(use.Path)
	}
}
