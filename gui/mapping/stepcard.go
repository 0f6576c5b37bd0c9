package mapping

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/convert"
	"hookbird/gui/choices"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// stepCard is one step in the dialog.
type stepCard struct {
	object *widgets.Surface
	result *widgets.Hint
	order  []fyne.Focusable // the first one first
}

// card makes the card of a step.
func (d *stepsDialog) card(i int) *stepCard {
	kind, arg, known := kindOf(d.draft.Convert[i])
	c := &stepCard{result: widgets.NewHint(widgets.Neutral, "")}
	title, help := d.draft.Convert[i], "Hookbird does not know this step. Remove it."
	if known {
		title, help = strings.TrimSpace(kind.Title), kind.Help
	}
	parts := []fyne.CanvasObject{
		widgets.HBox(8, widgets.NewText(strconv.Itoa(i+1), widgets.Quiet13), widgets.Grow(widgets.NewLine(title, widgets.Strong)), d.tools(c, i)),
	}
	if known && kind.Argument != convert.NoArgument {
		parts = append(parts, d.argument(c, i, kind, arg))
	}
	if pairs, ok := parsePairs(arg); ok && len(pairs) > 0 && kind.Argument == convert.ListArgument {
		help = "A record whose value is not in the list is not sent, unless the list has “every other value”."
	}
	parts = append(parts, widgets.NewParagraph(help, widgets.Caption), c.result)
	c.object = widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: theme.Radius, Padding: 0},
		widgets.Padded(4, 8, 10, 14, widgets.VBox(5, parts...)))
	return c
}

// tools move and remove a step.
func (d *stepsDialog) tools(c *stepCard, i int) fyne.CanvasObject {
	row := widgets.HBox(0)
	for _, tool := range []struct {
		icon icons.Name
		word string
		act  func()
		can  bool
	}{
		{icons.ArrowUp, "Move this step up", func() { d.move(i, -1) }, i > 0},
		{icons.ArrowDown, "Move this step down", func() { d.move(i, 1) }, i < len(d.draft.Convert)-1},
		{icons.Bin, "Remove this step", func() { d.remove(i) }, true},
	} {
		b := widgets.NewIconButton(tool.icon, tool.word, tool.act)
		b.SetEnabled(tool.can)
		b.OnKey = d.key
		c.order = append(c.order, b)
		row.Add(b)
	}
	return row
}

// argument makes the box for what stands behind a step's colon.
func (d *stepsDialog) argument(c *stepCard, i int, kind convert.Step, arg string) fyne.CanvasObject {
	set := func(text string) {
		step := kind.Name
		if text != "" || !kind.Optional {
			step += ":" + text
		}
		d.draft.Convert[i] = step
		d.show()
	}
	if kind.Argument == convert.ListArgument {
		if list := d.list(c, arg, set); list != nil {
			return list
		}
	}
	p := newPicker(d.table.page, arg, func() []control.SampleField { return d.offers(i, kind) })
	p.OnChanged = set
	p.OnEscape = d.close
	p.SetPlaceHolder(placeholder(kind))
	p.SetLabel(strings.TrimSpace(kind.Title))
	c.order = append([]fyne.Focusable{p}, c.order...)
	return p
}

// picker is a box whose text can be chosen from a list, if there is one.
type picker struct {
	widgets.Entry
	page   Page
	offers func() []control.SampleField
}

func newPicker(p Page, text string, offers func() []control.SampleField) *picker {
	k := &picker{page: p, offers: offers}
	k.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	k.Text = text
	if len(offers()) > 0 {
		k.ActionItem = widgets.NewIconButton(icons.ChevronDown, "Choose", k.open)
	}
	k.ExtendBaseWidget(k)
	return k
}

// TypedKey opens the list on Down.
func (k *picker) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDown && k.ActionItem != nil {
		k.open()
		return
	}
	k.Entry.TypedKey(e)
}

func (k *picker) open() {
	canvas := k.page.Canvas()
	list := &choices.List{Title: "Search", Choices: choicesOf(k.offers())}
	list.Open(canvas, k, func(text string) {
		k.SetText(text)
		canvas.Focus(k)
	})
}
