package sources

import (
	"bytes"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/value"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// How much of what was found is shown.
const (
	shownSamples = 3
	shownFields  = 12
	mostFields   = 200
	shownNotes   = 5
)

// surveyParts shows what a look has found, from the top down. fit is told when
// something unfolds.
func surveyParts(v core.Survey, fit func()) []fyne.CanvasObject {
	all := []fyne.CanvasObject{widgets.NewParagraph(surveyText(v), widgets.Strong)}
	if table := sampleTable(v, fit); table != nil {
		all = append(all, table)
	}
	for _, f := range v.Doctor {
		all = append(all, findingPart(f))
	}
	return append(all, noteParts(v.Notes)...)
}

// surveyText says in a sentence what was found.
func surveyText(v core.Survey) string {
	switch {
	case v.Text != "":
		return v.Text
	case v.Records >= 0:
		return words.Records(uint64(v.Records)) + "."
	}
	return "There is something, but nobody can tell yet how much."
}

// fieldsOf are the fields of what was found, with samples: the columns, or what the
// first records hold.
func fieldsOf(v core.Survey) []core.Column {
	if len(v.Columns) > 0 {
		return v.Columns
	}
	var all []core.Column
	for _, sample := range v.Samples {
		source.Fields(sample, func(key, _ []byte) {
			name := unquoted(key)
			if !slices.ContainsFunc(all, func(c core.Column) bool { return c.Name == name }) {
				all = append(all, core.Column{Name: name})
			}
		})
	}
	for i := range all {
		for _, sample := range v.Samples {
			if text := fieldText(sample, all[i].Name); text != "" && len(all[i].Samples) < shownSamples {
				all[i].Samples = append(all[i].Samples, text)
			}
		}
	}
	return all
}

// unquoted reads the name of a field as JSON writes it.
func unquoted(key []byte) string {
	var s string
	if json.Unmarshal(slices.Concat([]byte{'"'}, key, []byte{'"'}), &s) != nil {
		return string(key)
	}
	return s
}

// fieldText gives a field of a record as it reads; "" for none.
func fieldText(record []byte, name string) string {
	text := ""
	source.Fields(record, func(key, val []byte) {
		if unquoted(key) != name {
			return
		}
		if v, err := value.Parse(bytes.TrimSpace(val)); err == nil {
			text = v.Text()
		}
	})
	return text
}

// sampleTable shows the first records beside each other, a field a line: however
// many fields there are, they fit. It is nil where there is nothing to show.
func sampleTable(v core.Survey, fit func()) fyne.CanvasObject {
	fields := fieldsOf(v)
	n := min(shownSamples, len(v.Samples))
	if len(fields) == 0 || n == 0 {
		return nil
	}
	table := widgets.VBox(0, tableLine("", headings(n), widgets.Section))
	rest := widgets.VBox(0)
	for i, f := range fields[:min(len(fields), mostFields)] {
		cells := make([]string, n)
		for j := range cells {
			cells[j] = fieldText(v.Samples[j], f.Name)
		}
		to := table
		if i >= shownFields {
			to = rest
		}
		to.Add(widgets.VBox(0, widgets.NewDivider(), tableLine(f.Name, cells, widgets.Small)))
	}
	if len(rest.Objects) > 0 {
		table.Add(moreLines(rest, words.Count(uint64(len(fields)-shownFields), "more field", "more fields"), fit))
	}
	return widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius},
		widgets.Padded(4, 12, 4, 12, table))
}

func headings(n int) []string {
	return []string{"First record", "Second", "Third"}[:n]
}

// tableLine is one line of the table.
func tableLine(name string, cells []string, body widgets.Style) fyne.CanvasObject {
	line := []fyne.CanvasObject{widgets.NewLine(name, widgets.Label)}
	ratios := []float32{4}
	for _, c := range cells {
		line, ratios = append(line, widgets.NewLine(c, body)), append(ratios, 5)
	}
	return widgets.Padded(6, 0, 6, 0, widgets.Columns(12, ratios, line...))
}

// moreLines hides lines until somebody wants them.
func moreLines(rest *fyne.Container, text string, fit func()) fyne.CanvasObject {
	rest.Hide()
	var b *widgets.Button
	b = widgets.NewButton(widgets.Quiet, text, icons.ChevronDown, func() {
		b.Hide()
		rest.Show()
		fit()
	})
	return widgets.VBox(0, rest, widgets.HBox(0, b))
}

// noteParts are the newest notes.
func noteParts(notes []core.SourceNote) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i, n := range notes {
		if i == shownNotes {
			all = append(all, widgets.NewText(words.Count(uint64(len(notes)-shownNotes), "more like these", "more like these"), widgets.Caption))
			break
		}
		all = append(all, noteLine(n, ""))
	}
	return all
}

// noteLine is one note; when may be empty.
func noteLine(n core.SourceNote, when string) fyne.CanvasObject {
	text := n.Text
	if n.Where != "" {
		text = n.Where + ": " + text
	}
	return widgets.HBoxTop(8, widgets.Padded(1, 0, 0, 0, widgets.NewIcon(icons.Alert, theme.Warning, 14)),
		widgets.Grow(widgets.NewParagraph(text, widgets.Style{Size: 12})), widgets.NewText(when, widgets.Caption))
}
