package mapping

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/gui/choices"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// stepsDialog is where somebody says how a row's value is converted: steps in
// order, each with what the example's value is after it. What is changed counts
// once it is taken over.
type stepsDialog struct {
	table  *Table
	line   *line
	draft  *Row // what is edited
	dialog *widgets.Dialog
	box    *fyne.Container
	scroll *widgets.Scroll
	cards  []*stepCard
	sent   *widgets.Text
}

const (
	stepsWidth  = 560
	stepsHeight = 232
)

// openSteps opens the dialog for a row.
func (t *Table) openSteps(l *line) {
	c := t.page.Canvas()
	if c == nil {
		return
	}
	d := &stepsDialog{table: t, line: l, draft: l.row.Copy(), box: widgets.VBox(8), sent: widgets.NewLine("", widgets.Code)}
	d.draft.Name = l.row.Name
	add := widgets.NewButton(widgets.Secondary, "Add a step", icons.Plus, nil)
	add.OnTapped = func() { d.choose(add) }
	omit := widget.NewCheck("Leave out when empty", func(on bool) { d.draft.OmitEmpty = on })
	omit.SetChecked(d.draft.OmitEmpty)
	d.scroll = widgets.NewScroll(widgets.Padded(2, 10, 2, 2, d.box))
	body := widgets.MinWidth(stepsWidth, widgets.VBox(10,
		d.pair("Now", widgets.NewLine(t.now(l.row), widgets.Code)),
		widgets.MinSize(stepsWidth, stepsHeight, d.scroll),
		d.pair("As sent", d.sent),
		widgets.HBox(8, add, widgets.Spacer(), widgets.Padded(0, 0, 0, -7, omit))))
	cancel := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, d.close)
	done := widgets.NewButton(widgets.Primary, "Use it", icons.Check, d.use)
	d.dialog = widgets.NewDialog(c, "Convert "+l.row.Title(), body, cancel, done)
	d.dialog.OnClosed = func() { t.steps = nil }
	add.OnKey = d.key
	t.steps = d
	d.build()
	d.dialog.Show()
	c.Focus(add)
}

// now is what the example has before any step.
func (t *Table) now(row *Row) string {
	v, err := t.page.Examples().origin(row)
	switch {
	case err != nil:
		return core.Sentence(err)
	default:
		return shown(v.Text())
	}
}

// pair lays out a word and a value on a quiet ground.
func (d *stepsDialog) pair(word string, value fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius},
		widgets.Padded(6, 12, 6, 12, widgets.HBox(12, widgets.Fixed(54, 0, widgets.NewLine(word, widgets.Caption)), widgets.Grow(value))))
}

func (d *stepsDialog) key(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		d.close()
	}
}

func (d *stepsDialog) close() { d.dialog.Hide() }

// use takes over what was changed.
func (d *stepsDialog) use() {
	row := d.line.row
	row.Convert, row.OmitEmpty = d.draft.Convert, d.draft.OmitEmpty
	d.close()
	d.table.page.Left(row, BoxSteps)
	d.table.showExample(d.line)
	d.table.page.Changed()
	d.table.page.Resized()
}

// build makes a card of every step.
func (d *stepsDialog) build() {
	d.cards, d.box.Objects = nil, nil
	for i := range d.draft.Convert {
		card := d.card(i)
		d.cards = append(d.cards, card)
		d.box.Add(card.object)
	}
	if len(d.cards) == 0 {
		d.box.Add(widgets.NewParagraph("No step yet: the value goes out as it is.", widgets.Subtitle))
	}
	d.show()
	d.resized()
}

// resized lays the dialog out anew.
func (d *stepsDialog) resized() {
	d.scroll.Resize(d.scroll.Size())
	d.scroll.Refresh()
}

// show says what the example's value is after each step.
func (d *stepsDialog) show() {
	after, err := d.table.page.Examples().Steps(d.draft)
	for i, card := range d.cards {
		switch {
		case i < len(after):
			card.result.Set(widgets.Good, "→ "+shown(after[i]))
		case i == len(after) && err != nil:
			card.result.Set(widgets.Waiting, core.Sentence(err))
		default:
			card.result.Set(widgets.Neutral, "")
		}
		card.object.Refresh()
	}
	switch {
	case err != nil:
		d.sent.SetText("This example cannot be sent so.")
	case len(after) > 0:
		d.sent.SetText(shown(after[len(after)-1]))
	default:
		d.sent.SetText(d.table.now(d.draft))
	}
	d.box.Refresh()
}

// shown is a text as a person sees it who looks whether there is one.
func shown(text string) string {
	if text == "" {
		return "(empty)"
	}
	return text
}

// choose offers all kinds of step, to be searched.
func (d *stepsDialog) choose(below fyne.CanvasObject) {
	list := &choices.List{Title: "Search", Width: wideList}
	for _, s := range convert.Steps() {
		list.Choices = append(list.Choices, choices.Choice{Text: s.Title, Note: s.Example.In + " → " + s.Example.Out})
	}
	list.Open(d.table.page.Canvas(), below, func(title string) {
		for _, s := range convert.Steps() {
			if s.Title == title {
				d.add(s)
			}
		}
	})
}

// add puts a step behind the others, with what the records suggest for it.
func (d *stepsDialog) add(s convert.Step) {
	d.draft.Convert = append(d.draft.Convert, d.first(s)...)
	d.build()
	d.focus(len(d.cards) - 1)
}

// focus puts the focus into a step: its box, or its first button.
func (d *stepsDialog) focus(i int) {
	c := d.table.page.Canvas()
	if c == nil || i < 0 || i >= len(d.cards) {
		return
	}
	c.Focus(d.cards[i].order[0])
	card := d.cards[i].object
	if y := card.Position().Y; y < d.scroll.Offset.Y || y+card.Size().Height > d.scroll.Offset.Y+d.scroll.Size().Height {
		d.scroll.ScrollToOffset(fyne.NewPos(0, y))
	}
}

// move puts a step before (by -1) or behind (by 1) its neighbour.
func (d *stepsDialog) move(i, by int) {
	to := i + by
	if to < 0 || to >= len(d.draft.Convert) {
		return
	}
	steps := d.draft.Convert
	steps[i], steps[to] = steps[to], steps[i]
	d.build()
	d.focus(to)
}

func (d *stepsDialog) remove(i int) {
	d.draft.Convert = slices.Delete(d.draft.Convert, i, i+1)
	d.build()
	d.focus(min(i, len(d.cards)-1))
}

// moveFocused moves the step that has the focus.
func (d *stepsDialog) moveFocused(focused fyne.Focusable, by int) {
	for i, card := range d.cards {
		if slices.Contains(card.order, focused) {
			d.move(i, by)
			return
		}
	}
}

// kindOf finds the kind of a step.
func kindOf(step string) (kind convert.Step, arg string, known bool) {
	name, arg, _ := strings.Cut(step, ":")
	for _, s := range convert.Steps() {
		if strings.EqualFold(s.Name, strings.TrimSpace(name)) {
			return s, arg, true
		}
	}
	return convert.Step{}, step, false
}
