package activity

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// The lines of a bad day: a backlog, a message that may have arrived, one that was
// replaced.
const (
	atBacklog = iota
	atUnsure
	atReplaced
)

func (d *desk) state(seq uint64) (state core.DeliveryState) {
	d.engine.Read(func(data guitest.Data) {
		i := slices.IndexFunc(data.Deliveries, func(del core.Delivery) bool { return del.Key.Seq == seq })
		state = data.Deliveries[i].State
	})
	return state
}

func TestWhatMayHaveArrivedIsSettled(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		d.choose(atUnsure)
		d.Sees("May have arrived")
		d.Sees("It may have taken the message all the same. Look in Members' area whether it is there, and say so here.")
		d.Tap("It arrived")
		if got := d.state(200_002); got != core.Delivered {
			t.Errorf("it is %s", got)
		}
		d.Sees("The message counts as delivered now.")
		d.Sees("It counts as delivered because somebody said so")
		d.SeesNot("It arrived")
		d.Sees("Send again") // which stays possible
	})
}

func TestWhatMayHaveArrivedIsAskedAboutBeforeItGoesTwice(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		d.choose(atUnsure)
		d.Tap("Send again")
		d.Sees("If it has arrived after all, Members' area may end up with it twice")
		d.Tap("Cancel")
		if d.engine.Called("SendAgain") != 0 {
			t.Error("sent although somebody chose Cancel")
		}
		d.Tap("Send again")
		d.Tap("Send it again")
		if d.engine.Called("SendAgain") != 1 || d.state(200_002) != core.Waiting {
			t.Errorf("it is %s", d.state(200_002))
		}
	})
}

func TestManyThatMayHaveArrived(t *testing.T) {
	s := guitest.BadDay()
	s.Edit(func(data *guitest.Data) {
		second := data.Deliveries[0]
		second.Key.Seq++
		second.Key.Last++
		data.Deliveries = append([]core.Delivery{second}, data.Deliveries...)
	})
	open(t, s, func(d *desk) {
		pick := func(rows ...int) {
			d.Act(func() {
				for _, i := range rows {
					d.page.list.choose(d.page.list.rows[i], true)
				}
				d.page.pane.show()
			})
		}
		pick(0, 1, 2)
		d.Sees("3 chosen, 1 of them replaced")
		if keys, _ := d.page.list.finished(); len(keys) != 2 {
			t.Errorf("%d can be sent again, want 2: never what was replaced", len(keys))
		}
		d.SeesNot("They arrived")
		d.Act(d.page.pane.clear)
		pick(0, 1)
		d.Tap("They arrived")
		d.Sees("2 messages count as delivered now.")
		d.SeesNot("2 chosen")
	})
}

func TestReplacedIsExplainedAndNotSent(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		d.choose(atReplaced)
		for _, words := range []string{"Replaced", "Replaced by a newer record", "so this one is not sent any more", "What would have been sent"} {
			d.Sees(words)
		}
		for _, words := range []string{"Send again", "Try now", "Tries", "What came back"} {
			d.SeesNot(words)
		}
	})
}

func TestBacklogSaysWhenItIsDone(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		if got := d.page.line(item{queue: &d.page.list.queues[0]}).detail; got != "Newsletter sign-ups  ·  done about 14:20" {
			t.Errorf("the line says %q", got)
		}
		d.choose(atBacklog)
		d.Sees("They go out as fast as you allowed for this webhook, done about 14:20.")
	})
}

func TestReasonsOfABacklog(t *testing.T) {
	now := guitest.Now()
	for want, v := range map[string]control.WebhookView{
		"Nothing gets through to crm.example.org since 10:38. Asked again at 10:52.": {
			Condition: control.Down, Host: "crm.example.org", Since: now.Add(-7 * time.Minute), NextTry: now.Add(7 * time.Minute),
		},
		"They go out by themselves after that, or when you turn it on.": {Condition: control.Paused, Webhook: core.Webhook{Until: now.Add(time.Hour)}},
		"They go out when you turn it on.":                              {Condition: control.Paused},
		"as fast as the other system takes them, done about 11:45.":     {Condition: control.On, Waiting: 100, Done: now.Add(time.Hour)},
		"as fast as the other system takes them.":                       {Condition: control.On, Waiting: 100},
	} {
		if got := queueReason(v, now); !strings.Contains(got, want) {
			t.Errorf("%q does not hold %q", got, want)
		}
	}
	if got := queueTitle(control.WebhookView{Condition: control.Paused, Webhook: core.Webhook{Name: "CRM", Until: now.Add(time.Hour)}}, now); got != "CRM is paused until 11:45" {
		t.Errorf("title %q", got)
	}
}

func TestNoteForIT(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(data *guitest.Data) {
		data.Deliveries[0].Attempts = []core.Attempt{{At: guitest.Now(), Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"}}
	})
	open(t, s, func(d *desk) {
		d.choose(0)
		d.Tap("Copy a note for IT")
		d.Sees("through the proxy proxy.example:3128")
		d.Tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		if !strings.Contains(text, "crm.example.org") || strings.Contains(text, "hooks/supporters") {
			t.Errorf("copied: %s", text)
		}
	})
}

func TestEditLeadsToThePlaceOfTheFirstStep(t *testing.T) {
	for cause, want := range map[core.Cause]attempt.Action{
		core.CauseKey: attempt.ActionSecrets, core.CauseAddress: attempt.ActionAddress, core.CauseData: attempt.ActionFields,
		core.CauseForbidden: attempt.ActionSecrets, core.CauseServer: attempt.ActionNone,
	} {
		if got := placeOf(attempt.Explain("CRM", attempt.KeyText, core.Attempt{Cause: cause, Code: 400}).Steps); got != want {
			t.Errorf("%s leads to %q, want %q", cause, got, want)
		}
	}
}

func TestUnsureFitsTheLeastWindow(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		d.Act(func() { d.page.SetNarrow(true) })
		d.choose(atUnsure)
		screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		if inner, scroll := d.page.detail.inner.MinSize().Width, screen.Least.Width-68-56-14; inner > scroll*0.48-36 {
			t.Errorf("the detail needs %v of %v", inner, scroll*0.48-36)
		}
	})
}

func TestKeyboardReachesEverything(t *testing.T) {
	open(t, guitest.BadDay(), func(d *desk) {
		d.choose(atUnsure)
		if missing := screen.NotReached(d.Window); len(missing) > 0 {
			t.Errorf("not reached: %q", missing)
		}
	})
}
