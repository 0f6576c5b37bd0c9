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
		if from == others && to == "" {
			return nil, false // an empty box means something else
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
	return text, opens && closes && text != others && !strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`)
}

// others stands for every value that is not in the list.
const others = "*"

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
	return append(pairs, pair{others, others})
}

// list makes the boxes of a step's list of values, nil where it can only be shown
// as it is written.
func (d *stepsDialog) list(c *stepCard, arg string, set func(string)) fyne.CanvasObject {
	pairs, ok := parsePairs(arg)
	if !ok {
		return nil
	}
	l := &pairList{dialog: d, card: c, pairs: pairs, box: widgets.VBox(5), set: set, tools: c.order}
	add := widgets.NewButton(widgets.Quiet, "Add a value", icons.Plus, func() { l.add(pair{}) })
	l.rest = widgets.NewButton(widgets.Quiet, "Add “every other value”", icons.Plus, func() { l.add(pair{others, others}) })
	add.OnKey, l.rest.OnKey = d.key, d.key
	l.build()
	title := widgets.Style{Size: 12, Bold: true, Color: theme.Muted}
	return widgets.VBox(5,
		cells(listColumns, widgets.NewLine("Our value", title), widgets.Spacer(), widgets.NewLine("Sent", title), widgets.Spacer()),
		l.box, widgets.Padded(0, 0, 0, -11, widgets.HBox(0, add, l.rest)))
}

var listColumns = []float32{0, 16, 0, toolWidth}

// pairList is a list of values in boxes.
type pairList struct {
	dialog *stepsDialog
	card   *stepCard
	pairs  []pair
	box    *fyne.Container
	rest   *widgets.Button // adds every other value
	set    func(string)
	tools  []fyne.Focusable // of the card
	first  []fyne.Focusable // of each pair
}

func (l *pairList) build() {
	l.box.Objects, l.first, l.rest.Hidden = nil, nil, false
	for i, p := range l.pairs {
		bin := widgets.NewIconButton(icons.Bin, "Remove this value", func() { l.remove(i) })
		bin.OnKey = l.dialog.key
		if p.from == others {
			l.rest.Hidden = true
			l.box.Add(cells(listColumns, widgets.NewLine("Every other value", widgets.Body), arrow(), l.restBox(i), bin))
			continue
		}
		from := l.entry("Our value", p.from, func(text string) { l.pairs[i].from = text })
		to := l.entry("Empty", p.to, func(text string) { l.pairs[i].to = text })
		l.first = append(l.first, from)
		l.box.Add(cells(listColumns, from, arrow(), to, bin))
	}
	l.card.order = append(slices.Clone(l.first), l.tools...)
	l.box.Refresh()
}

// restBox makes the box for what is sent for every other value.
func (l *pairList) restBox(i int) *widgets.Entry {
	text := l.pairs[i].to
	if text == others {
		text = ""
	}
	e := l.entry("Stays as it is", text, func(text string) {
		if text == "" {
			text = others
		}
		l.pairs[i].to = text
	})
	l.first = append(l.first, e)
	return e
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

// add puts a pair behind the others, before what counts for every other value.
func (l *pairList) add(p pair) {
	at := len(l.pairs)
	if at > 0 && p.from != others && l.pairs[at-1].from == others {
		at--
	}
	l.pairs = slices.Insert(l.pairs, at, p)
	l.changed(at)
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
	l.dialog.resized()
	if c := l.dialog.table.page.Canvas(); c != nil {
		c.Focus(l.first[focus])
	}
}
