package conditions

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/filter"
	"hookbird/gui/widgets"
)

// line is what stands on screen for a condition.
type line struct {
	condition *condition
	object    *fyne.Container
	field     *chooser
	op        *widgets.Select
	value     *chooser
	bin       *widgets.Button
	hint      *widgets.Hint
}

// newLine makes the controls of a condition.
func (c *Card) newLine(of *condition) *line {
	l := &line{condition: of, hint: widgets.NewHint(widgets.Neutral, "")}
	l.field = newChooser("Search the fields", "Choose a field", c.page.Canvas, func() []offer { return c.records.fields() })
	l.field.Text = of.Field
	l.field.SetPlaceHolder("Choose a field")
	l.field.SetLabel("Field")
	l.field.OnChanged = func(text string) {
		of.Field = text
		c.changed()
	}
	l.field.OnFocus = func(on bool) { c.leave(l, !on && strings.TrimSpace(of.Field) == "") }
	l.op = widgets.NewSelect(titles(), func(i int) {
		of.Op = filter.Ops()[i].Op
		c.changed()
	})
	l.op.SetSelected(opIndex(of.Op))
	l.op.SetLabel("How to compare")
	l.value = newChooser("Search the values", "Choose a value", c.page.Canvas, func() []offer { return c.records.offers(of.Field) })
	l.value.Text = of.Value
	l.value.SetLabel("Value")
	l.value.picked = func(text string) string { return joined(of, text) }
	l.value.OnChanged = func(text string) {
		of.Value = text
		c.changed()
	}
	l.value.OnFocus = func(on bool) { c.leave(l, !on) }
	l.bin = widgets.NewIconButton(icons.Bin, "Remove this condition", func() { c.remove(of) })
	l.bin.OnKey = func(k fyne.KeyName) {
		if k == fyne.KeyDelete {
			c.remove(of)
		}
	}
	boxes := widgets.Columns(8, []float32{1.6, 0.95, 0.9}, l.field, l.op, l.value)
	l.object = widgets.VBox(3, widgets.HBox(6, widgets.Grow(boxes), l.bin), l.hint)
	return l
}

// order lists the controls as Tab goes through them.
func (l *line) order() []fyne.Focusable {
	return []fyne.Focusable{l.field, l.op, l.value, l.bin}
}

// show says in the line what is wrong with it, or what to know about it, and
// offers what the records have.
func (l *line) show(r *records) {
	of := l.condition
	l.value.Hidden = !of.Op.TakesValue()
	l.value.SetPlaceHolder(placeholder(of.Op))
	l.field.setOpens(len(r.examples.All()) > 0)
	l.value.setOpens(len(r.values(of.Field)) > 0)
	problem := of.problem()
	if !of.left {
		problem = ""
	}
	l.field.SetProblem(problem != "" && strings.TrimSpace(of.Field) == "")
	l.value.SetProblem(problem != "" && strings.TrimSpace(of.Field) != "")
	doubt, unknown := of.doubts(), r.unknown(strings.TrimSpace(of.Field))
	switch {
	case problem != "":
		l.hint.Set(widgets.Bad, problem)
	case unknown != "":
		l.hint.Set(widgets.Waiting, unknown)
	case len(doubt) > 0:
		l.hint.Set(widgets.Waiting, doubt[0])
	default:
		l.hint.Set(widgets.Neutral, "")
	}
	l.object.Refresh()
}

func placeholder(op filter.Op) string {
	switch op {
	case filter.OpOneOf, filter.OpNotOneOf:
		return "Values with commas"
	case filter.OpPattern, filter.OpNotPattern:
		return "Pattern, as 13.*"
	default:
		return "Value"
	}
}

// joined is what stands in a value box after a value was chosen: a list gets one
// more.
func joined(of *condition, text string) string {
	if of.Op != filter.OpOneOf && of.Op != filter.OpNotOneOf {
		return text
	}
	if strings.ContainsAny(text, `,"`) {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	before := strings.TrimRight(of.Value, ", ")
	if before == "" {
		return text
	}
	return before + ", " + text
}

func titles() []string {
	var list []string
	for _, op := range filter.Ops() {
		list = append(list, op.Title)
	}
	return list
}

func opIndex(op filter.Op) int {
	return slices.IndexFunc(filter.Ops(), func(info filter.OpInfo) bool { return info.Op == op })
}
