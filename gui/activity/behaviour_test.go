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

func (d *desk) tap(label string) {
	d.Helper()
	d.do(func() {
		d.Helper()
		if over := d.window.Canvas().Overlays().Top(); over != nil {
			screen.Tap(d.T, over, label)
			return
		}
		screen.Tap(d.T, d.page.Content(), label)
	})
}

func (d *desk) sees(words string) {
	d.Helper()
	background.Act(func() {
		d.Helper()
		over := d.window.Canvas().Overlays().Top()
		if !screen.Has(d.page.Content(), words) && (over == nil || !screen.Has(over, words)) {
			d.Errorf("nothing says %q; there is: %q", words, screen.Texts(d.page.Content()))
		}
	})
}

func (d *desk) seesNot(words string) {
	d.Helper()
	background.Act(func() {
		d.Helper()
		if screen.Has(d.page.Content(), words) {
			d.Errorf("the page says %q", words)
		}
	})
}

// choose opens a line of the list.
func (d *desk) choose(i int) { d.do(func() { d.page.pane.list.Select(i) }) }

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
	d.do(d.page.Refresh)
}

func TestChipsCountAndFilter(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.sees("1,298")
		d.sees("kept for 90 days")
		d.tap("Failed")
		if q := d.engine.last(); q.State != core.Failed {
			t.Errorf("asked for %q", q.State)
		}
		if got := len(d.page.list.rows); got != 2 {
			t.Errorf("%d failed messages, want 2", got)
		}
		d.sees("1,298") // the other chips keep their counts
	})
}

func TestSearchWaitsForThePause(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		before := len(d.engine.queries)
		for _, text := range []string{"g", "gr", "grace"} {
			d.do(func() { d.page.filter.search.SetText(text) })
		}
		d.settle()
		if got := len(d.engine.queries) - before; got != 1 || d.engine.last().Text != "grace" {
			t.Errorf("%d searches, the last for %q", got, d.engine.last().Text)
		}
		d.do(func() { d.page.filter.search.SetText("nobody at all") })
		d.settle()
		d.sees("Nothing matches “nobody at all”")
		d.tap("Clear search")
		d.settle()
		if d.page.filter.search.Text != "" || len(d.page.list.rows) == 0 {
			t.Error("the search is not cleared")
		}
	})
}

func TestDatesAndWebhooksFilter(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() { d.page.filter.dates.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		want := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.Local)
		if got := d.engine.last().Since; !got.Equal(want) {
			t.Errorf("today begins %v, want %v", got, want)
		}
		d.do(func() { d.page.filter.webhooks.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
		if got := d.engine.last().Webhook; got != "supporter-crm" {
			t.Errorf("webhook %q", got)
		}
	})
}

func TestFilterFromOutside(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() { d.page.filter.search.SetText("grace") })
		d.settle()
		d.do(func() { d.page.Filter(core.Waiting, "newsletter") })
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
		d.do(func() { d.page.pane.list.ScrollToBottom() })
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
		d.seesNot("new")
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
			d.do(act)
			before := d.page.list.rows[0].Key.Seq
			d.arrive(14)
			if got := d.page.list.rows[0].Key.Seq; got != before {
				t.Errorf("%s: the lines have moved", name)
			}
			d.sees("14 new")
			d.do(func() { d.page.hovered = false })
			d.tap("14 new")
			if got := d.page.list.rows[0].Key.Seq; got != before+14 {
				t.Errorf("%s: the first line is %d after the pill, want %d", name, got, before+14)
			}
			d.seesNot("14 new")
			d.do(d.page.pane.clear)
		}
	})
}

func TestPointerOverALineIsNoticed(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		row := newRowView(func(in bool) { d.page.hovered = in })
		d.do(func() { row.MouseIn(nil) })
		if d.page.pane.mayMove() {
			t.Error("lines may move under the pointer")
		}
		d.do(row.MouseOut)
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
			d.sees(words)
		}
		d.seesNot("hooks/supporters")
		d.tap("Edit webhook")
		if len(d.edited) != 1 || d.edited[0] != "supporter-crm" {
			t.Errorf("leads to %q", d.edited)
		}
	})
}

func TestArrowKeysOpenWhatTheyReach(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() {
			d.window.Canvas().Focus(d.page.pane.list)
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
		d.do(d.page.Refresh)
		d.sees("Third try")
		d.seesNot("did not accept the key. ")
		if d.page.detail.view.Delivery.State != core.Delivered {
			t.Error("the detail still shows the old state")
		}
	})
}

func TestOneIsSentAgainWithoutAsking(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.choose(0)
		d.tap("Send again")
		if d.engine.Called("SendAgain") != 1 {
			t.Error("nothing was sent again")
		}
		d.sees("The message goes out again now.")
		d.sees("goes out once the webhook's settings are put right")
	})
}

func TestManyAreAskedAbout(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() {
			for _, row := range d.page.list.rows[:2] {
				d.page.list.choose(row, true)
			}
			d.page.pane.show()
		})
		d.sees("2 chosen")
		d.tap("Send again")
		d.sees("Send 2 messages again?")
		d.sees("They go to Supporter CRM with today's settings.")
		d.tap("Cancel")
		if d.engine.Called("SendAgain") != 0 {
			t.Error("sent although somebody chose Cancel")
		}
		d.tap("Send again")
		d.tap("Send 2 again")
		if d.engine.Called("SendAgain") != 1 {
			t.Error("not sent")
		}
		d.sees("2 messages go out again now.")
		d.seesNot("2 chosen")
	})
}

func TestChoiceEndsWithItsList(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.pane.show()
		})
		d.sees("1 chosen")
		d.tap("Delivered")
		d.seesNot("1 chosen")
	})
}

func TestBacklogIsALineOfItsOwn(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.engine.queues = []control.Queue{{WebhookID: "finance", Webhook: "Finance export", Waiting: 8845, Since: guitest.Now().Add(-93 * time.Minute)}}
		d.do(d.page.Refresh)
		d.sees("8,845 waiting since 09:12")
		d.choose(0)
		d.sees("Finance export is paused")
		d.tap("Delivered")
		if len(d.page.list.queues) != 0 {
			t.Error("a backlog among the delivered")
		}
	})
}

func TestWaitingIsTriedNow(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.tap("Waiting")
		d.choose(0)
		d.sees("Next try in 3 min.")
		d.tap("Try now")
		if d.engine.Called("TryNow") != 1 {
			t.Error("nothing is tried")
		}
	})
}

func TestEmptyPageSaysWhatComes(t *testing.T) {
	open(t, guitest.Empty(), func(d *desk) {
		d.sees("Nothing sent yet")
		d.seesNot("Clear search")
	})
}

func TestTroubleIsSaidAndPasses(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.engine.Fail("Activity", core.Errorf(core.CodeUnavailable, "The engine is starting."))
		d.do(d.page.Refresh)
		d.sees("The engine is starting.")
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
		d.tap("Copy details")
		d.tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		if !strings.Contains(text, "did not accept the key") || strings.Contains(text, "hooks/supporters") || !strings.Contains(text, "@example.org") {
			t.Errorf("copied: %s", text)
		}
	})
}

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.do(func() { d.page.SetNarrow(true) })
		d.choose(0)
		d.do(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.pane.show()
		})
		screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		d.do(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}
