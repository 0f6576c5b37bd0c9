package exchange

import (
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
// much room, one under the other. changed is told when it has another height.
func Sides(room float32, before, after Side, changed func()) fyne.CanvasObject {
	if room < sideBySide {
		return widgets.VBox(14, before.object(changed), after.object(changed))
	}
	return widgets.Columns(20, []float32{1, 1}, before.object(changed), after.object(changed))
}

func (s Side) object(changed func()) fyne.CanvasObject {
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
		sent.OnChanged(changed)
		box.Add(sent.Object())
	}
	return box
}
