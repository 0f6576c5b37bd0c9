package editor

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Braking is when a webhook asks before it sends unusually much, as it is typed.
type Braking struct {
	On            bool
	Factor, First string
}

func brakingOf(w *core.Webhook) Braking {
	b := w.Brake
	if b.IsZero() {
		b = core.UsualBrake
	}
	return Braking{On: !w.Brake.IsZero(), Factor: strconv.Itoa(b.Factor), First: strconv.Itoa(b.First)}
}

// Brake gives what was typed. A number that cannot be read counts as the usual one.
func (b Braking) Brake() (brake core.Brake, problems []Problem) {
	if !b.On {
		return core.Brake{}, nil
	}
	read := func(part Part, text string, least, most, usual int, wrong string) int {
		n, ok := parseCount(text)
		if !ok || n < least || n > most {
			problems = append(problems, problemOf(part, wrong))
			return usual
		}
		return n
	}
	brake.Factor = read(PartBrakeFactor, b.Factor, 2, core.MaxBrakeFactor, core.UsualBrakeFactor, "Type a number from 2 to 1,000.")
	brake.First = read(PartBrakeFirst, b.First, 1, core.MaxBrakeFirst, core.UsualBrakeFirst, "Type a number from 1 to 1,000,000.")
	return brake, problems
}

// buildBrake makes the card that says when the webhook asks.
func (p *Page) buildBrake() fyne.CanvasObject {
	d := &p.draft.Braking
	field := func(part Part, label, help string, into *string) *widgets.Field {
		at := Place{Part: part}
		return p.field(at, label, p.entry(at, *into, func(text string) { *into = text }), help)
	}
	numbers := widgets.Padded(6, 0, 0, widgets.WayIndent-4, widgets.Grid(2, theme.CardGap,
		field(PartBrakeFactor, "More than so many times a usual day", "A usual day is the middle one of the last four weeks.", &d.Factor),
		field(PartBrakeFirst, "More than so many at first", "While no day is usual yet: until something was sent on three days.", &d.First)))
	numbers.Hidden = !d.On
	ask := widget.NewCheck("Ask before an unusual number of messages goes out", nil)
	ask.SetChecked(d.On)
	ask.OnChanged = func(on bool) {
		d.On = on
		numbers.Hidden = !on
		p.changed()
		p.relayout()
	}
	return widgets.NewTitledCard("Brake", "", nil, widgets.VBox(0,
		checkWith(ask, "They are held, and Home asks: all, the first ten, or none? A wrong file then reaches nobody."), numbers))
}
