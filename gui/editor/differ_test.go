package editor

import (
	"testing"

	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// differs has the engine say that an edit changes something, and saves one.
func (d *desk) differs() {
	d.Helper()
	d.engine.Edit(func(data *guitest.Data) {
		rows := []control.DifferentRow{{Seq: data.Samples[0].Seq, Title: "Ada Lovelace"}, {Title: "Bo Ek"}, {Title: "Cy Ito"}, {Title: "Di Roe"}}
		data.Differences = control.Differences{Records: 4, Groups: []control.Difference{
			{Text: "would no longer be sent", Rows: rows[:1]}, {Text: "would have an empty postcode", Rows: rows},
		}}
		data.Webhooks[0].Waiting = 412
	})
	d.Act(d.page.Refresh)
	d.Settle()
	d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
	d.Settle()
	d.Tap("Save")
	d.Settle()
}

func TestASaveShowsWhatWouldBeDifferent(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.differs()
		d.Sees("1 would no longer be sent")
		d.Sees("All 4 would have an empty postcode")
		d.Sees("Ada Lovelace, Bo Ek, Cy Ito and 1 more")
		d.Sees("412 waiting will go out the new way.")
		d.Sees("After your changes")
		if d.engine.Called("SaveWebhook") > 0 {
			t.Fatal("it was saved before the answer")
		}
		d.Tap("Keep editing")
		d.Sees("Changes not saved yet")
		if d.engine.Called("SaveWebhook") > 0 {
			t.Fatal("it was saved though somebody goes on editing")
		}
		d.Tap("Save")
		d.Settle()
		d.Tap("Save")
		d.Settle()
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook.Address; got != "https://crm.example.org/in" {
			t.Errorf("stored address %q", got)
		}
	})
}

func TestLookOfDifferences(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "supporter-crm", func(d *desk) {
		d.differs()
		d.shootBoth("differ")
	})
}
