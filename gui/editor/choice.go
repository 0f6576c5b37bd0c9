package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/widgets"
)

// choice is a list of ways of which one is chosen. What a way means may stand
// under it, and what it asks for unfolds there.
type choice struct {
	lines     []*choiceLine
	chosen    int
	object    *fyne.Container
	onChanged func(i int)
}

// way is one of the ways.
type way struct {
	name  string
	note  string            // what it means; "" for nothing
	inner fyne.CanvasObject // what it asks for; nil for nothing
}

type choiceLine struct {
	radio *widget.RadioGroup
	inner *fyne.Container // with room around it
	whole *fyne.Container
}

// wayIndent is how far the words of a way stand behind its circle.
const wayIndent = 29

// newChoice makes a choice; onChanged is told what a person chose.
func newChoice(ways []way, chosen int, onChanged func(i int)) *choice {
	c := &choice{chosen: chosen, object: widgets.VBox(0), onChanged: onChanged}
	for i, w := range ways {
		c.lines = append(c.lines, c.newLine(i, w))
		c.object.Add(c.lines[i].whole)
	}
	c.show()
	return c
}

func (c *choice) newLine(i int, w way) *choiceLine {
	l := &choiceLine{radio: widget.NewRadioGroup([]string{w.name}, nil)}
	l.radio.Required = true
	l.radio.OnChanged = func(name string) {
		if name != "" && i != c.chosen {
			c.set(i)
			c.onChanged(i)
		}
	}
	l.whole = widgets.VBox(0, widgets.Padded(0, 0, 0, -7, l.radio))
	if w.note != "" {
		l.whole.Add(widgets.Padded(-3, 0, 7, wayIndent-7, widgets.NewParagraph(w.note, widgets.Caption)))
	}
	if w.inner != nil {
		l.inner = widgets.Padded(4, 0, 10, wayIndent-7, w.inner)
		l.whole.Add(l.inner)
	}
	return l
}

// set chooses without telling anybody.
func (c *choice) set(i int) {
	c.chosen = i
	c.show()
}

// offer says whether a way is there to be chosen.
func (c *choice) offer(i int, on bool) { setShown(c.lines[i].whole, on) }

func (c *choice) show() {
	for i, l := range c.lines {
		selected := ""
		if i == c.chosen {
			selected = l.radio.Options[0]
		}
		if l.radio.Selected != selected || selected != "" {
			l.radio.Selected = selected
			l.radio.Refresh()
		}
		if l.inner != nil {
			l.inner.Hidden = i != c.chosen
		}
		l.whole.Refresh()
	}
	c.object.Refresh()
}
