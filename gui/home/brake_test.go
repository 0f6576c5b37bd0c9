package home

import (
	"slices"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// brakedOffice is an office whose first webhook is held by its brake.
func brakedOffice() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		v := &d.Webhooks[0]
		v.Brake = &control.BrakeView{Since: guitest.Now().Add(-time.Hour), Count: 50_000, Usual: 120, Known: true, Upto: 51_200}
		v.Condition, v.Waiting = control.Attention, 50_000
		v.Last = &core.Attempt{At: guitest.Now(), Cause: core.CauseBrake, Detail: "50000 records; usually 120 a day."}
		d.Needs = []control.Need{{Kind: control.NeedBrake, ID: v.Webhook.ID, Title: "x", Text: "Nothing is sent until you have answered. New records are kept here."}}
	})
	return s
}

func (d *desk) answers() (list []control.BrakeRequest) {
	d.service.Read(func(data guitest.Data) { list = slices.Clone(data.Brakes.Answered) })
	return list
}

func TestBrakeIsAnsweredOnHome(t *testing.T) {
	for word, choice := range map[string]control.BrakeChoice{"All": control.BrakeAll, "10 first": control.BrakeTen} {
		in(t, brakedOffice(), false, func(d *desk) {
			d.Sees("50,000 messages wait; usually it is 120 a day. Send them?")
			d.Tap(word)
			if got := d.answers(); len(got) != 1 || got[0].Choice != choice || got[0].Upto != 51_200 {
				d.Errorf("%s: answered %+v", word, got)
			}
		})
	}
}

func TestThrowingAwayIsAskedAboutTwice(t *testing.T) {
	in(t, brakedOffice(), true, func(d *desk) {
		d.Tap("Throw away")
		if got := d.answers(); len(got) != 0 {
			d.Errorf("answered %+v before it was asked", got)
		}
		d.Sees("None of it is sent.")
		d.Tap("Throw away")
		if got := d.answers(); len(got) != 1 || got[0].Choice != control.BrakeThrow {
			d.Errorf("answered %+v", got)
		}
	})
}

func TestBrakeShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, brakedOffice(), false, func(d *desk) { screen.Shots(d.T, d.Window, "home-brake-1200") })
	in(t, brakedOffice(), true, func(d *desk) { screen.Shots(d.T, d.Window, "home-brake-900") })
}
