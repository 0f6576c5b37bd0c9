package mapping

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// pair is a value, and what is sent in its place.
type pair struct{ from, to string }

// parsePairs reads a list of pairs such as Oui=true,"a,b"=c. ok is false where it
// can only be shown as it is written.
func parsePairs(text string) (pairs []pair, ok bool) {
	for _, part := range splitOutside(text, ',') {
		sides := splitOutside(part, '=')
		if len(sides) != 2 {
			return nil, false
		}
		from, okFrom := unquoted(sides[0])
		to, okTo := unquoted(sides[1])
		if !okFrom || !okTo {
			return nil, false
		}
		pairs = append(pairs, pair{from, to})
	}
	return pairs, true
}

// splitOutside splits a text at a character where that is not within quotes.
func splitOutside(text string, at rune) []string {
	var parts []string
	quoted, start := false, 0
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == at && !quoted:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

// unquoted gives what a side means. ok is false for one that means a star and not
// every other value, which nobody would see in a box.
func unquoted(side string) (text string, ok bool) {
	side = strings.TrimSpace(side)
	if !strings.Contains(side, `"`) {
		return side, true
	}
	inner, opens := strings.CutPrefix(side, `"`)
	inner, closes := strings.CutSuffix(inner, `"`)
	text = strings.ReplaceAll(inner, `""`, `"`)
	return text, opens && closes && text != "*" && !strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`)
}

// printPairs writes what parsePairs reads.
func printPairs(pairs []pair) string {
	parts := make([]string, len(pairs))
	for i, p := range pairs {
		parts[i] = printSide(p.from) + "=" + printSide(p.to)
	}
	return strings.Join(parts, ",")
}

func printSide(text string) string {
	if strings.ContainsAny(text, `,="`) || text != strings.TrimSpace(text) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// seenPairs is how many values of the records a new list begins with.
const seenPairs = 8

// samePairs begins a list with the values that there are, each sent as it is.
func samePairs(values []string) []pair {
	var pairs []pair
	for _, v := range values[:min(seenPairs, len(values))] {
		pairs = append(pairs, pair{v, v})
	}
	return append(pairs, pair{"*", "*"})
}

// list makes the boxes of a step's list of values, nil where it can only be shown
// as it is written.
func (d *stepsDialog) list(c *stepCard, arg string, set func(string)) fyne.CanvasObject {
	pairs, ok := parsePairs(arg)
	if !ok {
		return nil
	}
	l := &pairList{dialog: d, card: c, pairs: pairs, box: widgets.VBox(5), set: set}
	l.build()
	add := widgets.NewButton(widgets.Quiet, "Add a value", icons.Plus, l.add)
	add.OnKey = d.key
	title := widgets.Style{Size: 12, Bold: true, Color: theme.Muted}
	return widgets.VBox(5,
		cells(listColumns, widgets.NewLine("Our value", title), widgets.Spacer(), widgets.NewLine("Sent", title), widgets.Spacer()),
		l.box, widgets.Padded(0, 0, 0, -11, widgets.HBox(0, add)))
}

var listColumns = []float32{0, 16, 0, toolWidth}

// pairList is a list of values in boxes.
type pairList struct {
	dialog *stepsDialog
	card   *stepCard
	pairs  []pair
	box    *fyne.Container
	set    func(string)
	first  []fyne.Focusable
}

func (l *pairList) build() {
	l.box.Objects, l.first = nil, nil
	for i := range l.pairs {
		from := l.entry("Our value", l.pairs[i].from, func(text string) { l.pairs[i].from = text })
		to := l.entry("Empty", l.pairs[i].to, func(text string) { l.pairs[i].to = text })
		bin := widgets.NewIconButton(icons.Bin, "Remove this value", func() { l.remove(i) })
		bin.OnKey = l.dialog.key
		l.first = append(l.first, from)
		l.box.Add(cells(listColumns, from, arrow(), to, bin))
	}
	l.box.Refresh()
}

func (l *pairList) entry(placeholder, text string, set func(string)) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(text)
	e.SetPlaceHolder(placeholder)
	e.OnEscape = l.dialog.close
	e.OnChanged = func(text string) {
		set(text)
		l.set(printPairs(l.pairs))
	}
	return e
}

func (l *pairList) add() {
	l.pairs = append(l.pairs, pair{})
	l.changed(len(l.pairs) - 1)
}

func (l *pairList) remove(i int) {
	if len(l.pairs) > 1 {
		l.pairs = slices.Delete(l.pairs, i, i+1)
		l.changed(min(i, len(l.pairs)-1))
	}
}

func (l *pairList) changed(focus int) {
	l.build()
	l.set(printPairs(l.pairs))
	l.card.object.Refresh()
	if c := l.dialog.table.page.Canvas(); c != nil {
		c.Focus(l.first[focus])
	}
}
