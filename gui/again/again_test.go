package again

import (
	"fmt"
	"image/color"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/canvas"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// desk is a window over which the dialogs open.
type desk struct {
	*screen.Desk
	service *guitest.Service
	said    []string
	done    int
}

func in(t *testing.T, narrow bool, run func(*desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: office()}
		d.Desk = screen.NewDesk(t, canvas.NewRectangle(color.White), screen.Room(narrow))
		run(d)
	})
}

func (d *desk) params() Params {
	return Params{
		Canvas: d.Window.Canvas(), Service: d.service, Now: guitest.Now,
		Say: func(text string) { d.said = append(d.said, text) }, OnDone: func() { d.done++ },
	}
}

func (d *desk) hook(id string) (v control.WebhookView) {
	d.service.Read(func(data guitest.Data) {
		for _, w := range data.Webhooks {
			if w.Webhook.ID == id {
				v = w
			}
		}
	})
	return v
}

func (d *desk) again() (a guitest.Again) {
	d.service.Read(func(data guitest.Data) { a = data.Again })
	return a
}

func shown(value string) *core.Shown {
	return &core.Shown{Method: "POST", Host: "crm.example.org", Pairs: []core.Pair{{Name: "email", Value: value}, {Name: "api_key", Value: "••••", Secret: true}}}
}

func office() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Again.Preview = control.Comparison{Before: shown("ada@exmaple.org"), After: shown("ada@example.org")}
		d.Again.Replay = control.ReplayPlan{Count: 4200, Before: 4100, Alone: 3, PerMinute: 60, Revisions: []control.SentWith{
			{Revision: 2, Count: 4000, First: guitest.Now().Add(-3 * time.Hour), Last: guitest.Now().Add(-2 * time.Hour)},
			{Revision: 3, Count: 200, First: guitest.Now().Add(-time.Hour), Last: guitest.Now(), Now: true},
		}}
		for i := range 3 {
			d.Again.Replay.Examples = append(d.Again.Replay.Examples, control.ReplayExample{
				Title: fmt.Sprintf("Ada Lovelace %d", i+1), Time: guitest.Now().Add(-time.Hour),
				Comparison: control.Comparison{Before: shown(fmt.Sprintf("wrong%d", i+1)), After: shown(fmt.Sprintf("ada%d@example.org", i+1))},
			})
		}
		d.Again.Replay.Examples[2].Before, d.Again.Replay.Examples[2].BeforeWhy = nil, "It was not sent there before."
	})
	return s
}

func TestReplayCountsShowsAndSends(t *testing.T) {
	in(t, false, func(d *desk) {
		d.Act(func() { Replay(d.params(), d.hook("supporter-crm")) })
		d.Sees("Count first")
		d.Tap("Send them")
		if got := d.again().Replayed; len(got) != 0 {
			d.Errorf("sent %+v before it was counted", got)
		}
		d.Tap("Count and show")
		d.Sees("4,200 records would be sent to Supporter CRM.")
		d.Sees("4,100 of them it has had before.")
		d.Sees("3 more go out by themselves")
		d.Sees("60 a minute is gentle")
		d.Sees("wrong2")
		d.Sees("It was not sent there before.")
		d.Tap("Send 4,200")
		got := d.again().Replayed
		if len(got) != 1 || got[0].Count != 4200 || !got[0].Filter || got[0].Sent || got[0].Webhook != "supporter-crm" || !got[0].Until.After(got[0].Since) {
			d.Errorf("sent %+v", got)
		}
		if d.done != 1 || len(d.said) != 1 {
			d.Errorf("said %q, done %d times", d.said, d.done)
		}
	})
}

func TestReplayOfWhatWasDeliveredWithTheSettingsOfThen(t *testing.T) {
	in(t, true, func(d *desk) {
		var r *replaying
		d.Act(func() {
			r = &replaying{p: d.params(), view: d.hook("supporter-crm")}
			Replay(r.p, r.view)
		})
		d.Tap("What was delivered")
		d.Tap("Count and show")
		d.Sees("Sent with which settings")
	})
}

func TestReplayThatCannotBeRead(t *testing.T) {
	for text, ok := range map[string]bool{"22/11/2026 10:30": true, "22/11/2026": true, " 22/11/2026   10:30 ": true, "": false, "11/22/2026": false, "yesterday": false, "22/11/2026 25:00": false} {
		if _, got := readTime(text); got != ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestCorrectAndSend(t *testing.T) {
	in(t, false, func(d *desk) {
		var key core.DeliveryKey
		d.service.Read(func(data guitest.Data) {
			i := slices.IndexFunc(data.Deliveries, func(del core.Delivery) bool { return del.State == core.Failed && del.Event != nil })
			key = data.Deliveries[i].Key
		})
		d.Act(func() { Correct(d.params(), key) })
		d.Sees("Only this message to")
		d.Sees("ada@exmaple.org")
		d.Tap("Correct and send")
		if got := d.again().Corrected; len(got) != 0 {
			d.Errorf("corrected nothing: %+v", got)
		}
		d.Act(func() { d.Window.Canvas().Focused().TypedRune('x') })
		d.Tap("Correct and send")
		got := d.again().Corrected
		if len(got) != 1 || got[0].Key != key || len(got[0].Values) != 1 {
			d.Errorf("corrected %+v", got)
		}
		if d.done != 1 {
			d.Errorf("done %d times", d.done)
		}
	})
}

func TestLeaveAsksWhatBecomesOfWhatWaits(t *testing.T) {
	for words, want := range map[string]control.LeaveWaiting{
		"Keep it": control.WaitingStays, "Send it first": control.WaitingGoes,
		"Send it to another": control.WaitingMoves, "Throw it away": control.WaitingThrown,
	} {
		in(t, false, func(d *desk) {
			deleted := false
			off := d.hook("supporter-crm")
			off.Webhook = *off.Webhook.Clone()
			off.Webhook.ID, off.Webhook.State = "off", core.StateOff
			all := []control.WebhookView{off, d.hook("newsletter"), d.hook("supporter-crm")}
			d.Act(func() { Leave(d.params(), d.hook("newsletter"), true, all, func() { deleted = true }) })
			d.Sees("12 messages still wait.")
			d.Act(func() { screen.Choose(d.T, d.Front(), words) })
			if want == control.WaitingMoves {
				d.Sees("To which one")
			}
			d.Tap("Delete")
			got := d.again().Left
			if len(got) != 1 || got[0].Waiting != want || !got[0].Delete || (got[0].To == "supporter-crm") != (want == control.WaitingMoves) {
				d.Errorf("left %+v", got)
			}
			if deleted != (want == control.WaitingStays) {
				d.Errorf("%s: deleted at once: %v", want, deleted)
			}
		})
	}
}

// failed is a message that failed.
func (d *desk) failed() (key core.DeliveryKey) {
	d.service.Read(func(data guitest.Data) {
		i := slices.IndexFunc(data.Deliveries, func(del core.Delivery) bool { return del.State == core.Failed && del.Event != nil })
		key = data.Deliveries[i].Key
	})
	return key
}

func TestDialogsFitANarrowWindow(t *testing.T) {
	in(t, true, func(d *desk) {
		fits := func(what string, open func()) {
			d.Act(open)
			if what == "replay" {
				d.Tap("Count and show")
			}
			screen.Fits(d.T, d.Front(), d.Window.Canvas().Size())
			d.Tap("Cancel")
		}
		fits("replay", func() { Replay(d.params(), d.hook("supporter-crm")) })
		fits("correct", func() { Correct(d.params(), d.failed()) })
		fits("leave", func() {
			Leave(d.params(), d.hook("newsletter"), true, []control.WebhookView{d.hook("supporter-crm"), d.hook("newsletter")}, nil)
		})
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	for name, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, narrow, func(d *desk) {
			d.Act(func() { Replay(d.params(), d.hook("supporter-crm")) })
			d.Tap("Count and show")
			screen.Shots(d.T, d.Window, "again-replay-"+name)
		})
		in(t, narrow, func(d *desk) {
			d.Act(func() { Correct(d.params(), d.failed()) })
			screen.Shots(d.T, d.Window, "again-correct-"+name)
		})
		in(t, narrow, func(d *desk) {
			d.Act(func() {
				Leave(d.params(), d.hook("newsletter"), true, []control.WebhookView{d.hook("supporter-crm"), d.hook("newsletter")}, nil)
			})
			screen.Shots(d.T, d.Window, "again-leave-"+name)
		})
	}
}
