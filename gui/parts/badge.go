package parts

import (
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Status gives the standing that goes with a tone of the words.
func Status(t words.Tone) widgets.Status {
	switch t {
	case words.Good:
		return widgets.Good
	case words.Wait:
		return widgets.Waiting
	case words.Bad:
		return widgets.Bad
	default:
		return widgets.Paused
	}
}

// NewBadge shows a state as a chip.
func NewBadge(b words.Badge) *widgets.Chip { return widgets.NewChip(Status(b.Tone), b.Word) }
