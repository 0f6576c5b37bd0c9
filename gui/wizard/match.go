package wizard

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/core/paste"
	"hookbird/gui/mapping"
	"hookbird/gui/words"
)

// match chooses our field for every row that has none of ours yet, by the names
// of the newest record. Without a record everything stays as the preset has it.
func (d *draft) match(samples []control.Sample, e *mapping.Examples) {
	if len(samples) == 0 || samples[0].Seq == 0 {
		return
	}
	find := d.partner(samples[0], e)
	for i, row := range d.rows {
		if row.Kind == core.FieldFrom && (row.From == "" || !e.Known(row.From)) {
			d.rows[i] = d.matched(row, find)
		}
	}
	free := func(name string) (string, bool) { return meaning(name, samples[0], nil) }
	d.base.Address = renamed(d.base.Address, merge.Address, e, free)
	if d.base.Body.Style == core.BodyTemplate {
		d.base.Body.Template = renamed(d.base.Body.Template, d.textPlace(), e, free)
	}
}

// matched is a row with the field that means the same as what the preset would
// have taken, or as the other system's name; without one where there is none. It
// is a row of its own, so that it is shown anew.
func (d *draft) matched(row *mapping.Row, find func(string) (string, bool)) *mapping.Row {
	meant := d.meant[row]
	if row.From != "" {
		meant = row.From
	}
	made := *row
	made.From = ""
	for _, name := range []string{meant, row.Name} {
		if ours, ok := find(name); ok {
			made.SetFrom(ours)
			break
		}
	}
	if made.From == row.From {
		return row
	}
	d.meant[&made] = meant
	return &made
}

// partner gives for a name the field of a record that means the same. No field is
// given twice, nor one that a row has already.
func (d *draft) partner(s control.Sample, e *mapping.Examples) func(name string) (string, bool) {
	taken := map[string]bool{}
	for _, row := range d.rows {
		if e.Known(row.From) {
			taken[row.From] = true
		}
	}
	return func(name string) (string, bool) {
		found, ok := meaning(name, s, taken)
		if ok {
			taken[found] = true
		}
		return found, ok
	}
}

// meaning finds the field of a record that means the same as a name, but for those
// that are taken.
func meaning(name string, s control.Sample, taken map[string]bool) (string, bool) {
	var ours []string
	for _, f := range s.Fields {
		if !taken[f.Path] {
			ours = append(ours, f.Path)
		}
	}
	found, ok := paste.Match([]string{name}, ours)[name]
	return found, ok && name != ""
}

// renamed puts names of the record in place of those that no record has.
func renamed(text string, place merge.Place, e *mapping.Examples, find func(string) (string, bool)) string {
	parsed, err := merge.Parse(text, place)
	if err != nil {
		return text
	}
	given := map[string]string{}
	uses := parsed.Paths()
	for _, use := range uses {
		if _, asked := given[use.Path]; !asked && !e.Known(use.Path) {
			given[use.Path], _ = find(use.Path)
		}
	}
	for i := len(uses) - 1; i >= 0; i-- { // from the end, so that places stay true
		if ours := given[uses[i].Path]; ours != "" {
			mention := mapping.Mention(ours, place)
			text = text[:uses[i].At] + mention[1:len(mention)-1] + text[uses[i].At+uses[i].Len:]
		}
	}
	return text
}

// addAll makes a row of every field of a record, each under its own name, where
// something else is sent beside them.
func (d *draft) addAll(s control.Sample) {
	if d.key.kind != keyToken || d.key.place != inField || len(d.rows.Of(mapping.Taken)) > 0 || !d.usesFields() {
		return
	}
	for _, f := range s.Fields {
		row := &mapping.Row{Kind: core.FieldFrom, Name: f.Path}
		row.SetFrom(f.Path)
		d.rows = append(d.rows, row)
	}
}

// usesFields tells whether the message is made of fields.
func (d *draft) usesFields() bool {
	return d.base.Body.Style != core.BodyTemplate && d.base.Body.Style != core.BodyNone
}

func (d *draft) textPlace() merge.Place {
	body := d.base.Body
	return message.PlaceOf(message.TemplateType(&body))
}

// matchedText says how many fields found their partner.
func (d *draft) matchedText(e *mapping.Examples) string {
	rows := d.rows.Of(mapping.Taken)
	matched := 0
	for _, row := range rows {
		if row.Complete() && (row.Kind == core.FieldTemplate || e.Known(row.From)) {
			matched++
		}
	}
	n, left := uint64(len(rows)), len(rows)-matched
	switch {
	case n == 0:
		return "Look below at what goes out, and choose fields if they want others."
	case left == 0 && n == 1:
		return "We matched it by name. Check it."
	case left == 0:
		return fmt.Sprintf("We matched all %s by name. Check them.", words.Number(n))
	case matched == 0:
		return "We matched none of them by name. Choose our field for each, or remove those you do not need."
	case left == 1:
		return fmt.Sprintf("We matched %d of %d by name. Check them, and fill in the last one.", matched, n)
	default:
		return fmt.Sprintf("We matched %d of %d by name. Check them, and fill in or remove the %d that are left.", matched, n, left)
	}
}
