package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Ways is a list of ways of which one is chosen, all of them in sight. What a way means
// may stand under it, and what it asks for unfolds there. It belongs to the UI
// goroutine.
type Ways struct {
	lines     []*wayLine
	chosen    int
	object    *fyne.Container
	onChanged func(i int)
}

// Way is one of the ways.
type Way struct {
	Name  string
	Note  string            // what it means; "" for nothing
	Inner fyne.CanvasObject // what it asks for; nil for nothing
}

type wayLine struct {
	radio *widget.RadioGroup
	inner *fyne.Container // with room around it
	whole *fyne.Container
}

// WayIndent is how far the words of a way stand behind its circle.
const WayIndent = 29

// NewWays makes the list; onChanged is told what a person chose.
func NewWays(ways []Way, chosen int, onChanged func(i int)) *Ways {
	c := &Ways{chosen: chosen, object: VBox(0), onChanged: onChanged}
	for i, w := range ways {
		c.lines = append(c.lines, c.newLine(i, w))
		c.object.Add(c.lines[i].whole)
	}
	c.show()
	return c
}

func (c *Ways) newLine(i int, w Way) *wayLine {
	l := &wayLine{radio: widget.NewRadioGroup([]string{w.Name}, nil)}
	l.radio.Required = true
	l.radio.OnChanged = func(name string) {
		if name != "" && i != c.chosen {
			c.Set(i)
			c.onChanged(i)
		}
	}
	l.whole = VBox(0, Padded(0, 0, 0, -7, l.radio))
	if w.Note != "" {
		l.whole.Add(Padded(-3, 0, 7, WayIndent-7, NewParagraph(w.Note, Caption)))
	}
	if w.Inner != nil {
		l.inner = Padded(4, 0, 10, WayIndent-7, w.Inner)
		l.whole.Add(l.inner)
	}
	return l
}

// Object is the list, to be laid out.
func (c *Ways) Object() *fyne.Container { return c.object }

// Chosen is the index of the way that is chosen.
func (c *Ways) Chosen() int { return c.chosen }

// Set chooses without telling anybody.
func (c *Ways) Set(i int) {
	c.chosen = i
	c.show()
}

// Offer says whether a way is there to be chosen.
func (c *Ways) Offer(i int, on bool) {
	if on {
		c.lines[i].whole.Show()
	} else {
		c.lines[i].whole.Hide()
	}
}

func (c *Ways) show() {
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
