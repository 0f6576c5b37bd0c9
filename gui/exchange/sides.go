package exchange

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

// Side is a message before or after something, or why there is none.
type Side struct {
	Title string
	Shown *core.Shown
	Why   string
}

// sideBySide is the room in which two messages fit beside each other.
const sideBySide = 550

// Sides shows a message before and after: beside each other or, where there is not that
// much room, one under the other. What is in one of them alone stands out. changed is
// told when it has another height.
func Sides(room float32, before, after Side, changed func()) fyne.CanvasObject {
	left, right := before.object(after.Shown, changed), after.object(before.Shown, changed)
	if room < sideBySide {
		return widgets.VBox(14, left, right)
	}
	return widgets.Columns(20, []float32{1, 1}, left, right)
}

func (s Side) object(other *core.Shown, changed func()) fyne.CanvasObject {
	box := widgets.VBox(6, widgets.NewLine(s.Title, widgets.Label))
	if s.Shown == nil && s.Why == "" {
		s.Why = "There is no such message."
	}
	if s.Why != "" {
		box.Add(widgets.NewHint(widgets.Info, s.Why))
	}
	if s.Shown != nil {
		sent := NewSent()
		sent.Set(s.Shown)
		sent.mark(s.Shown, other)
		sent.OnChanged(changed)
		box.Add(sent.Object())
	}
	return box
}

// mark lets stand out what another message does not have.
func (s *Sent) mark(shown, other *core.Shown) {
	if other == nil {
		return
	}
	switch {
	case len(shown.Pairs) > 0 && len(other.Pairs) > 0:
		s.block.SetPairs(markedPairs(*shown, *other))
	case len(shown.Pairs) == 0 && len(other.Pairs) == 0 && shown.Body != "":
		s.block.SetPassages(markedLines(shown.Body, other.Body))
	}
	s.exact.SetPassages(markedLines(Exact(*shown), Exact(*other)))
}

// markedPairs marks the names and values that another message does not have as often.
func markedPairs(shown, other core.Shown) []widgets.Pair {
	there := map[core.Pair]int{}
	for _, p := range other.Pairs {
		there[p]++
	}
	pairs := Pairs(shown)
	for i, p := range shown.Pairs {
		there[p]--
		pairs[i].Marked = there[p] < 0
	}
	return pairs
}

// markedLines marks the lines that another text does not have as often.
func markedLines(text, other string) (passages []widgets.Passage) {
	there := map[string]int{}
	for line := range strings.SplitSeq(other, "\n") {
		there[line]++
	}
	for line := range strings.SplitSeq(text, "\n") {
		there[line]--
		marked := there[line] < 0
		if n := len(passages); n > 0 && passages[n-1].Marked == marked {
			passages[n-1].Text += "\n" + line
			continue
		}
		passages = append(passages, widgets.Passage{Text: line, Marked: marked})
	}
	return passages
}
