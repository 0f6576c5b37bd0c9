package conditions

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// sync makes the lines those of the conditions. A line lives as long as its
// condition: the others keep their focus and what is typed in them.
func (c *Card) sync() {
	kept := map[*condition]*line{}
	objects := make([]fyne.CanvasObject, 0, len(c.draft.list))
	for _, each := range c.draft.list {
		l := c.lines[each]
		if l == nil {
			l = c.newLine(each)
		}
		kept[each] = l
		objects = append(objects, l.object)
	}
	c.lines, c.box.Objects = kept, objects
	c.show()
}

// show says in every part what it stands for now.
func (c *Card) show() {
	d := c.draft
	simple := d.detailed == ""
	c.text.opened = c.text.opened || !simple || d.wrong != "" && len(d.list) == 0
	empty := len(d.list) == 0 && !c.text.opened
	c.every.Hidden = !empty
	c.sentence.Hidden = len(d.list) == 0 || !simple
	c.box.Hidden = len(d.list) == 0 || !simple
	c.buttons.Hidden = empty
	c.adder.Hidden = !simple
	c.toggle.Hidden = !simple
	c.detailed.Set(widgets.Info, d.detailed)
	c.either.SetSelected(map[bool]int{false: 0, true: 1}[d.either])
	for _, l := range c.lines {
		l.show(c.records)
	}
	c.text.show()
	c.showTrouble()
	c.tried.show()
	c.fit()
}

// fit tells the page when the card has another height than before.
func (c *Card) fit() {
	c.content.Refresh()
	if height := c.content.MinSize().Height; height != c.height {
		c.height = height
		c.page.Resized()
	}
}

// showTrouble says what is wrong and is said nowhere else: a refusal, and what is
// wrong with all conditions together.
func (c *Card) showTrouble() {
	text := c.refused
	if c.Problem() != "" {
		text = ""
	}
	if c.draft.wrong != "" && !c.text.opened {
		text = c.draft.wrong
	}
	c.trouble.Set(widgets.Bad, text)
}

// add adds an empty condition and puts the focus into it.
func (c *Card) add() {
	added := c.draft.add()
	c.sync()
	c.page.ScrollTo(c.lines[added].object)
	c.focus(c.lines[added].field)
}

// remove takes a condition out; the focus goes to its neighbour.
func (c *Card) remove(of *condition) {
	next := c.draft.remove(of)
	c.sync()
	if next != nil {
		c.focus(c.lines[next].bin)
	}
	c.text.set(c.draft.text)
	c.announce()
}

// leave lets what is wrong in a line be said.
func (c *Card) leave(l *line, gone bool) {
	of := l.condition
	if !gone || of.left || of.blank() || of.problem() == "" {
		return
	}
	of.left = true
	c.show()
	if c.OnLeft != nil {
		c.OnLeft()
	}
}

// MoveFocused moves the condition that has the focus up (by -1) or down (by 1),
// and tells whether one had it.
func (c *Card) MoveFocused(by int) bool {
	canvas := c.page.Canvas()
	if canvas == nil {
		return false
	}
	focused := canvas.Focused()
	for of, l := range c.lines {
		if focused == nil || !slices.Contains(l.order(), focused) {
			continue
		}
		if c.draft.move(of, by) {
			c.sync()
			c.text.set(c.draft.text)
			c.announce()
			c.page.ScrollTo(l.object)
		}
		return true
	}
	return false
}

// Focus gives what to put the focus on to mend what is wrong.
func (c *Card) Focus() fyne.Focusable {
	for _, of := range c.draft.list {
		switch l := c.lines[of]; {
		case of.problem() == "":
		case of.Field == "":
			return l.field
		case l.value.Visible():
			return l.value
		default:
			return l.field
		}
	}
	if c.text.opened {
		return c.text.entry
	}
	return c.adder
}

func (c *Card) focus(f fyne.Focusable) {
	if canvas := c.page.Canvas(); canvas != nil {
		canvas.Focus(f)
	}
}
