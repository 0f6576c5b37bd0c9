package activity

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// choose opens a line of the list.
func (d *desk) choose(i int) { d.Act(func() { d.page.pane.list.Select(i) }) }

// arrive lets n more messages fail in the engine, newest first.
func (d *desk) arrive(n int) {
	d.engine.Edit(func(data *guitest.Data) {
		newest := data.Deliveries[0]
		for range n {
			newest.Key.Seq++
			newest.Key.Last += 1000
			data.Deliveries = append([]core.Delivery{newest}, data.Deliveries...)
		}
	})
	d.Act(d.page.Refresh)
}

func TestChipsCountAndFilter(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Sees("1,298")
		d.Sees("kept for 365 days")
		d.Tap("Failed")
		if q := d.engine.last(); q.State != core.Failed {
			t.Errorf("asked for %q", q.State)
		}
		if got := len(d.page.list.rows); got != 2 {
			t.Errorf("%d failed messages, want 2", got)
		}
		d.Sees("1,298") // the other chips keep their counts
	})
}

func TestSearchWaitsForThePause(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		before := len(d.engine.queries)
		for _, text := range []string{"g", "gr", "grace"} {
			d.Act(func() { d.page.filter.search.SetText(text) })
		}
		d.Settle()
		if got := len(d.engine.queries) - before; got != 1 || d.engine.last().Text != "grace" {
			t.Errorf("%d searches, the last for %q", got, d.engine.last().Text)
		}
		d.Act(func() { d.page.filter.search.SetText("nobody at all") })
		d.Settle()
		d.Sees("Nothing matches “nobody at all”")
		d.Tap("Clear search")
		d.Settle()
		if d.page.filter.search.Text != "" || len(d.page.list.rows) == 0 {
			t.Error("the search is not cleared")
		}
	})
}

func TestDatesAndWebhooksFilter(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() { d.page.filter.dates.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		want := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.Local)
		if got := d.engine.last().Since; !got.Equal(want) {
			t.Errorf("today begins %v, want %v", got, want)
		}
		d.Act(func() { d.page.filter.webhooks.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		if got := d.engine.last().Webhook; got != "supporter-crm" {
			t.Errorf("webhook %q", got)
		}
	})
}

func TestFilterFromOutside(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() { d.page.filter.search.SetText("grace") })
		d.Settle()
		d.Act(func() { d.page.Filter(core.Waiting, "newsletter") })
		if q := d.engine.last(); q.State != core.Waiting || q.Webhook != "newsletter" || q.Text != "" {
			t.Errorf("asked for %+v", q)
		}
		if d.page.filter.search.Text != "" || !d.page.filter.chips[2].Selected() {
			t.Error("the controls say something else")
		}
	})
}

func TestScrollingReadsOn(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		if got := len(d.page.list.rows); got != 100 {
			t.Fatalf("%d rows at first", got)
		}
		d.Act(func() { d.page.pane.list.ScrollToBottom() })
		if got := len(d.page.list.rows); got != 200 {
			t.Errorf("%d rows after scrolling to the end, want 200", got)
		}
		seen := map[id]bool{}
		for _, row := range d.page.list.rows {
			if seen[idOf(row.Key)] {
				t.Fatal("a message is listed twice")
			}
			seen[idOf(row.Key)] = true
		}
	})
}

func TestNewMessagesShowAtTheTop(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.arrive(3)
		if got := d.page.list.rows[0].Key.Seq; got != 100051 {
			t.Errorf("the first line is message %d", got)
		}
		d.SeesNot("new")
	})
}

func TestNothingMovesUnderThePointer(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		for name, act := range map[string]func(){
			"pointer":  func() { d.page.hovered = true },
			"scrolled": func() { d.page.hovered = false; d.page.pane.list.ScrollToOffset(400) },
			"chosen": func() {
				d.page.pane.list.ScrollToTop()
				d.page.list.choose(d.page.list.rows[3], true)
			},
		} {
			d.Act(act)
			before := d.page.list.rows[0].Key.Seq
			d.arrive(14)
			if got := d.page.list.rows[0].Key.Seq; got != before {
				t.Errorf("%s: the lines have moved", name)
			}
			d.Sees("14 new")
			d.Act(func() { d.page.hovered = false })
			d.Tap("14 new")
			if got := d.page.list.rows[0].Key.Seq; got != before+14 {
				t.Errorf("%s: the first line is %d after the pill, want %d", name, got, before+14)
			}
			d.SeesNot("14 new")
			d.Act(d.page.pane.clear)
		}
	})
}

func TestPointerOverALineIsNoticed(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		row := newRowView(func(in bool) { d.page.hovered = in })
		d.Act(func() { row.MouseIn(nil) })
		if d.page.pane.mayMove() {
			t.Error("lines may move under the pointer")
		}
		d.Act(row.MouseOut)
		if !d.page.pane.mayMove() {
			t.Error("lines may not move without a pointer")
		}
	})
}

func TestDetailExplains(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		for _, words := range []string{
			"Supporter CRM did not accept the key", "Nothing is lost", "API key not recognised",
			"Second try", "First try", "What we sent", "POST crm.example.org/…",
		} {
			d.Sees(words)
		}
		d.SeesNot("hooks/supporters")
		d.Tap("Edit webhook")
		if len(d.edited) != 1 || d.edited[0] != "supporter-crm secrets" {
			t.Errorf("leads to %q", d.edited)
		}
	})
}

func TestArrowKeysOpenWhatTheyReach(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() {
			d.Window.Canvas().Focus(d.page.pane.list)
			d.page.pane.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		})
		if d.page.detail.view == nil || idOf(d.page.detail.view.Row.Key) != idOf(d.page.list.rows[1].Key) {
			t.Error("the second message is not shown")
		}
	})
}

func TestDetailFollowsItsMessage(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		d.engine.Edit(func(data *guitest.Data) {
			del := &data.Deliveries[0]
			del.State, del.Key.Last = core.Delivered, del.Key.Last+60_000
			del.Attempts = append(del.Attempts, core.Attempt{At: guitest.Now(), Code: 200})
			del.Tries++
		})
		d.Act(d.page.Refresh)
		d.Sees("Third try")
		d.SeesNot("did not accept the key. ")
		if d.page.detail.view.Delivery.State != core.Delivered {
			t.Error("the detail still shows the old state")
		}
	})
}

func TestOneIsSentAgainWithoutAsking(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		d.Tap("Send again")
		if d.engine.Called("SendAgain") != 1 {
			t.Error("nothing was sent again")
		}
		d.Sees("The message goes out again now.")
		d.Sees("goes out once the webhook's settings are put right")
	})
}

func TestManyAreAskedAbout(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() {
			for _, row := range d.page.list.rows[:2] {
				d.page.list.choose(row, true)
			}
			d.page.pane.show()
		})
		d.Sees("2 chosen")
		d.Tap("Send again")
		d.Sees("Send 2 messages again?")
		d.Sees("They go to Supporter CRM with today's settings.")
		d.Tap("Cancel")
		if d.engine.Called("SendAgain") != 0 {
			t.Error("sent although somebody chose Cancel")
		}
		d.Tap("Send again")
		d.Tap("Send 2 again")
		if d.engine.Called("SendAgain") != 1 {
			t.Error("not sent")
		}
		d.Sees("2 messages go out again now.")
		d.SeesNot("2 chosen")
	})
}

func TestChoiceEndsWithItsList(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.pane.show()
		})
		d.Sees("1 chosen")
		d.Tap("Delivered")
		d.SeesNot("1 chosen")
	})
}

func TestBacklogIsALineOfItsOwn(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.engine.queues = []control.Queue{{WebhookID: "finance", Webhook: "Finance export", Waiting: 8845, Since: guitest.Now().Add(-93 * time.Minute)}}
		d.Act(d.page.Refresh)
		d.Sees("8,845 waiting since 09:12")
		d.choose(0)
		d.Sees("Finance export is paused")
		d.Tap("Delivered")
		if len(d.page.list.queues) != 0 {
			t.Error("a backlog among the delivered")
		}
	})
}

func TestWaitingIsTriedNow(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Tap("Waiting")
		d.choose(0)
		d.Sees("Next try in 3 min.")
		d.Tap("Try now")
		if d.engine.Called("TryNow") != 1 {
			t.Error("nothing is tried")
		}
	})
}

func TestEmptyPageSaysWhatComes(t *testing.T) {
	open(t, guitest.Empty(), func(d *desk) {
		d.Sees("Nothing sent yet")
		d.SeesNot("Clear search")
	})
}

func TestTroubleIsSaidAndPasses(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.engine.Fail("Activity", core.Errorf(core.CodeUnavailable, "The engine is starting."))
		d.Act(d.page.Refresh)
		d.Sees("The engine is starting.")
		if len(d.page.list.rows) == 0 {
			t.Error("the list is gone")
		}
	})
}

func TestLateAnswersOfAnOldSearchAreNotShown(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		background.Act(func() {
			d.page.query.State = core.Failed
			d.page.ask()
			d.page.query.State = core.Waiting
			d.page.ask()
		})
		synctest.Wait()
		for _, row := range d.page.list.rows {
			if row.State != core.Waiting {
				t.Fatalf("a %s message among those that wait", row.State)
			}
		}
	})
}

func TestDetailsAreMasked(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		d.Tap("Copy details")
		d.Tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		if !strings.Contains(text, "did not accept the key") || strings.Contains(text, "hooks/supporters") || !strings.Contains(text, "@example.org") {
			t.Errorf("copied: %s", text)
		}
	})
}

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() { d.page.SetNarrow(true) })
		d.choose(0)
		d.Act(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.pane.show()
		})
		screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		d.Act(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}
