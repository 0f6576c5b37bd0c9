package activity

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
)

// Every try that is kept can be looked at: what it sent, and what came back.
func TestEveryTryCanBeUnfolded(t *testing.T) {
	service := guitest.Office()
	service.Edit(func(data *guitest.Data) {
		del := &data.Deliveries[0]
		last := del.Attempts[len(del.Attempts)-1]
		older := core.Attempt{At: last.At.Add(-time.Hour), Took: time.Second, Cause: core.CauseServer, Code: 502, Answer: "the bridge is up"}
		oldest := core.Attempt{At: last.At.Add(-2 * time.Hour), Took: time.Second, Cause: core.CauseServer, Code: 503, Answer: "closed for lunch"}
		del.Attempts, del.Tries = []core.Attempt{oldest, older, last}, 5
	})
	open(t, service, func(d *desk) {
		d.choose(0)
		d.Sees("Fifth try")
		d.Sees("2 earlier tries")
		d.SeesNot("the bridge is up")
		d.Tap("What was sent and came back: Fourth try")
		d.Sees("the bridge is up")
		d.Sees("The same was sent as in the try before.")
		d.SeesNot("closed for lunch")
		d.Tap("What was sent and came back: Third try")
		d.Sees("closed for lunch")
		d.Tap("What was sent and came back: Fourth try")
		d.SeesNot("the bridge is up")
	})
}

// A try whose settings are gone still shows what came back.
func TestTryThatCannotBeMadeAgain(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		view := *d.page.detail.view
		view.Tries = []control.TryView{{Attempt: view.Delivery.Attempts[0]}, {Attempt: view.Delivery.Attempts[1]}}
		d.Act(func() { d.page.detail.draw(view) })
		d.Tap("What was sent and came back: First try")
		d.Sees("The record is no longer kept, so this cannot be shown.")
	})
}
