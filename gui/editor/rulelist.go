package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// ruleList shows rules of answers, a line each.
type ruleList struct {
	page   *Page
	rules  *Rules
	coded  bool // new ones ask for a code too
	lines  map[*Rule]*ruleLine
	box    *fyne.Container
	object fyne.CanvasObject
}

// ruleLine is what stands on screen for a rule.
type ruleLine struct {
	kind                     *widgets.Select
	code, text, field, value *widgets.Entry
	cells                    map[RuleBox]*fyne.Container // that the boxes stand in
	problems                 map[RuleBox]string
	is                       fyne.CanvasObject // the word between a field and its value
	hint                     *widgets.Hint
	object                   *fyne.Container
}

var ruleKinds = []string{RuleText: "says", RuleField: "has the field", RuleBoth: "says, and has"}

// newRuleList makes a list with what it means above it; at is the place of the
// list as a whole.
func (p *Page) newRuleList(at Place, rules *Rules, coded bool, title, note, add string) *ruleList {
	l := &ruleList{page: p, rules: rules, coded: coded, lines: map[*Rule]*ruleLine{}, box: widgets.VBox(7)}
	adder := widgets.NewButton(widgets.Secondary, add, icons.Plus, l.add)
	l.object = widgets.VBox(8,
		widgets.VBox(2, widgets.NewLine(title, widgets.Label), widgets.NewParagraph(note, widgets.Caption)),
		l.box, p.remark(at), widgets.HBox(0, adder))
	l.sync()
	return l
}

// sync makes a line for each rule.
func (l *ruleList) sync() {
	l.box.Objects = nil
	for _, rule := range *l.rules {
		if l.lines[rule] == nil {
			l.lines[rule] = l.newLine(rule)
		}
		l.box.Add(l.lines[rule].object)
	}
	l.box.Hidden = len(*l.rules) == 0
	l.box.Refresh()
}

func (l *ruleList) add() {
	rule := &Rule{coded: l.coded}
	*l.rules = append(*l.rules, rule)
	l.sync()
	l.page.relayout()
	first := l.lines[rule].text
	if l.coded {
		first = l.lines[rule].code
	}
	l.page.scrollTo(first)
	if c := l.page.window(); c != nil {
		c.Focus(first)
	}
}

func (l *ruleList) remove(rule *Rule) {
	l.rules.remove(rule)
	delete(l.lines, rule)
	for box := range RuleBoxValue + 1 {
		delete(l.page.spots, rulePlace(rule, box))
	}
	l.sync()
	l.page.changed()
	l.page.relayout()
}

func (l *ruleList) newLine(rule *Rule) *ruleLine {
	p := l.page
	r := &ruleLine{problems: map[RuleBox]string{}, hint: widgets.NewHint(widgets.Bad, "")}
	r.code = l.entry(r, rule, RuleBoxCode, "Answer's code", "409", &rule.Code)
	r.text = l.entry(r, rule, RuleBoxText, "Text in the answer", l.sample(), &rule.Text)
	r.field = l.entry(r, rule, RuleBoxField, "Field of the answer", "status", &rule.Field)
	r.value = l.entry(r, rule, RuleBoxValue, "Value of the field", "Anything", &rule.Value)
	r.kind = widgets.NewSelect(ruleKinds[:kindsOf(rule)], func(i int) {
		rule.Kind = RuleKind(i)
		r.show(rule)
		p.changed()
		p.relayout()
	})
	r.kind.SetLabel("The answer")
	r.lay(widgets.NewIconButton(icons.Bin, "Remove this line", func() { l.remove(rule) }))
	r.show(rule)
	return r
}

// lay puts the boxes of a line side by side.
func (r *ruleLine) lay(remove fyne.CanvasObject) {
	r.cells = map[RuleBox]*fyne.Container{
		RuleBoxCode: widgets.Fixed(64, 0, r.code), RuleBoxText: widgets.Grow(r.text),
		RuleBoxField: widgets.Grow(r.field), RuleBoxValue: widgets.Grow(r.value),
	}
	row := widgets.HBox(8, r.cells[RuleBoxCode], widgets.Fixed(130, 0, r.kind), r.cells[RuleBoxText],
		r.cells[RuleBoxField], widgets.NewText("is", widgets.Small), r.cells[RuleBoxValue], remove)
	r.is = row.Objects[4]
	r.object = widgets.VBox(3, row, r.hint)
}

// show shows the boxes that count.
func (r *ruleLine) show(rule *Rule) {
	r.kind.SetSelected(int(rule.Kind))
	r.cells[RuleBoxCode].Hidden = !rule.coded
	r.cells[RuleBoxText].Hidden = !rule.wantsText()
	r.cells[RuleBoxField].Hidden = !rule.wantsField()
	r.cells[RuleBoxValue].Hidden = !rule.wantsField()
	setShown(r.is, rule.wantsField())
	r.object.Refresh()
}

// kindsOf is how many kinds a rule offers.
func kindsOf(rule *Rule) int {
	if rule.Kind == RuleBoth {
		return len(ruleKinds)
	}
	return int(RuleBoth)
}

// sample is what a text could be.
func (l *ruleList) sample() string {
	if l.coded {
		return "Anything"
	}
	return "success"
}

// entry makes one box of a line.
func (l *ruleList) entry(r *ruleLine, rule *Rule, box RuleBox, label, sample string, into *string) *widgets.Entry {
	at := rulePlace(rule, box)
	e := l.page.entry(at, *into, func(text string) { *into = text })
	e.SetLabel(label)
	e.SetPlaceHolder(sample)
	l.page.spots[at] = &spot{focus: e, fold: l.page.answerFold, show: func(text string) { r.say(box, e, text) }}
	return e
}

// say shows a problem of a box under the line.
func (r *ruleLine) say(box RuleBox, e *widgets.Entry, text string) {
	if r.problems[box] == text {
		return
	}
	r.problems[box] = text
	e.SetProblem(text != "")
	first := ""
	for b := range RuleBoxValue + 1 {
		if first == "" {
			first = r.problems[b]
		}
	}
	r.hint.Set(widgets.Bad, first)
	r.object.Refresh()
}
