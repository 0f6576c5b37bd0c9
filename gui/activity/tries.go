package activity

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

var ordinals = []string{"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"}

func tryName(n int) string {
	if n >= 1 && n <= len(ordinals) {
		return ordinals[n-1] + " try"
	}
	return fmt.Sprintf("Try %d", n)
}

// tries is the timeline, the last one first. Those before the last unfold what they
// sent and what came back; that of the last stands in parts of its own.
func (d *detail) tries(view control.DeliveryView) fyne.CanvasObject {
	del := view.Delivery
	box := widgets.VBox(10, widgets.NewLine("Tries", widgets.Label))
	for i := len(del.Attempts) - 1; i >= 0; i-- {
		number := del.Tries - (len(del.Attempts) - 1 - i)
		box.Add(d.try(del.Attempts[i], number))
		if i < len(del.Attempts)-1 {
			box.Add(widgets.Padded(-8, 0, 0, 28, d.tryFold(view, i, number)))
		}
	}
	if left := del.Tries - len(del.Attempts); left > 0 {
		box.Add(widgets.NewLine(words.Count(uint64(left), "earlier try", "earlier tries"), widgets.Caption))
	}
	return box
}

// try is the line of one try.
func (d *detail) try(a core.Attempt, number int) fyne.CanvasObject {
	status := widgets.Bad
	if a.Cause == core.CauseNone {
		status = widgets.Good
	}
	said := widgets.VBox(1, widgets.NewLine(tryName(number), widgets.Small),
		widgets.NewParagraph(attempt.Short(a)+", "+tookShort(a), widgets.Caption))
	return widgets.HBox(10, widgets.NewStatusIcon(status, 18), widgets.Grow(said), widgets.NewText(tryTime(a, d.page), widgets.Caption))
}

// tryFold hides what a try sent and what came back. It is made once somebody looks.
func (d *detail) tryFold(view control.DeliveryView, i, number int) fyne.CanvasObject {
	inner := widgets.VBox(8)
	fold := exchange.NewFold("What was sent and came back", inner)
	fold.SetLabel("What was sent and came back: " + tryName(number))
	fold.OnChanged = func() {
		if len(inner.Objects) == 0 {
			d.fillTry(inner, view, i)
		}
		d.relayout()
	}
	return fold
}

func (d *detail) fillTry(inner *fyne.Container, view control.DeliveryView, i int) {
	a := view.Delivery.Attempts[i]
	answer := exchange.NewAnswer()
	answer.OnChanged(d.relayout)
	answer.Set(a, attempt.Short(a))
	inner.Add(answer.Object())
	if i >= len(view.Tries) {
		return
	}
	if view.Tries[i].Same {
		inner.Add(widgets.NewParagraph("The same was sent as in the try before.", widgets.Caption))
		return
	}
	sent := exchange.NewSent()
	sent.OnChanged(d.relayout)
	sent.Set(view.Tries[i].Sent)
	inner.Add(sent.Object())
}

func tookShort(a core.Attempt) string {
	if a.Took < 100*time.Millisecond {
		return "under 0.1 s"
	}
	return fmt.Sprintf("%.1f s", a.Took.Seconds())
}

func tryTime(a core.Attempt, p *Page) string {
	now := p.now()
	if words.Day(a.At, now) == "today" {
		return words.ClockSeconds(a.At)
	}
	return words.When(a.At, now)
}
