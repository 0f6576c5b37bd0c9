package activity

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// wrongKey is an office where n messages failed because of a key, and the webhook
// is held for it if the cause stands.
func wrongKey(n int, standing bool) *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		newest := d.Deliveries[0]
		for range n - 2 {
			newest.Key.Seq++
			newest.Key.Last += 10
			d.Deliveries = append([]core.Delivery{newest}, d.Deliveries...)
		}
		d.Webhooks[0].Failed = uint64(n)
		if !standing {
			d.Webhooks[0].Condition, d.Webhooks[0].Last = control.On, nil
		}
	})
	return s
}

func (d *desk) button(text string) *widgets.Button {
	d.T.Helper()
	b, ok := screen.Find(d.Window.Canvas().Content(), text).(*widgets.Button)
	if !ok {
		d.T.Fatalf("no button %q", text)
	}
	return b
}

func TestFailedShowsItsCausesFirst(t *testing.T) {
	open(t, wrongKey(2650, true), func(d *desk) {
		d.SeesNot("2,650 × key not accepted")
		d.Tap("Failed")
		d.Sees("2,650 × key not accepted")
		d.Sees("Supporter CRM, since 10:4")
		d.Tap("Fix the key")
		if len(d.edited) != 1 || d.edited[0] != "supporter-crm secrets" {
			t.Errorf("leads to %q", d.edited)
		}
		d.Tap("Show")
		if g := d.engine.last().Group; g == nil || g.Webhook != "supporter-crm" {
			t.Errorf("asked for %+v", d.engine.last())
		}
		d.Tap("All failed")
		if d.engine.last().Group != nil || d.engine.last().State != core.Failed {
			t.Errorf("asked for %+v", d.engine.last())
		}
	})
}

func TestOneOfAGroupIsTried(t *testing.T) {
	open(t, wrongKey(400, true), func(d *desk) {
		d.Tap("Failed")
		d.Tap("Try one")
		if d.engine.Called("SendAgain") != 1 || d.engine.Called("TryNow") != 1 {
			t.Errorf("sent %d, tried %d", d.engine.Called("SendAgain"), d.engine.Called("TryNow"))
		}
		d.Sees("399 × key not accepted")
	})
}

// stands says, in the words of the engine, that a cause stands.
func (d *desk) stands() {
	d.engine.Edit(func(data *guitest.Data) {
		data.Again.Standing = []control.Standing{{
			WebhookID: "supporter-crm", Webhook: "Supporter CRM", Step: "Check the key", Action: "secrets",
			Text: "Supporter CRM did not accept the key (401), and its settings are as they were. Put that right first.",
		}}
	})
}

// asked is what the engine was asked to send again.
func (d *desk) asked() (all []control.AgainRequest) {
	d.engine.Edit(func(data *guitest.Data) { all = data.Again.Asked })
	return all
}

func TestGroupIsSentAgain(t *testing.T) {
	for name, standing := range map[string]bool{"put right": false, "the cause stands": true} {
		t.Run(name, func(t *testing.T) {
			open(t, wrongKey(450, standing), func(d *desk) {
				if standing {
					d.stands()
				}
				d.Tap("Failed")
				if d.button("Send all again").Kind() == widgets.Primary && standing {
					t.Error("Send all again is the blue button")
				}
				d.Tap("Send all again")
				d.Sees("Send 450 messages again?")
				if !standing {
					d.SeesNot("still stands")
				} else {
					d.Sees("What went wrong still stands")
					d.Sees("Supporter CRM did not accept the key (401)")
					if b, ok := screen.Find(d.Front(), "Send 450 again").(*widgets.Button); !ok || b.Kind() == widgets.Primary {
						t.Error("sending is the blue button while the cause stands")
					}
				}
				d.Tap("Send 450 again")
				asked := d.asked()
				if len(asked) != 1 || asked[0].Query.Group == nil || asked[0].Query.Group.Webhook != "supporter-crm" || len(asked[0].Keys) != 0 || asked[0].Query.Until.IsZero() {
					t.Fatalf("asked for %+v", asked)
				}
				d.Sees("Sending messages again")
				d.engine.Edit(func(data *guitest.Data) {
					data.Jobs[0].State, data.Jobs[0].Outcome = job.Done, "450 messages wait for a try now."
				})
				d.Act(d.page.Refresh)
				d.Sees("450 messages wait for a try now.")
				d.Tap("Close")
				d.SeesNot("450 messages wait for a try now.")
			})
		})
	}
}

func TestTheCauseIsPutRightFromTheQuestion(t *testing.T) {
	open(t, wrongKey(450, true), func(d *desk) {
		d.stands()
		d.Tap("Failed")
		d.Act(func() { d.page.pane.tick(d.page.list.rows[0], true) })
		d.Tap("Send again")
		d.Sees("Send 1 message again?") // one that would fail again is asked about too
		d.Tap("Cancel")
		d.Tap("Send all again")
		fix, ok := screen.Find(d.Front(), "Fix the key").(*widgets.Button)
		if !ok || fix.Kind() != widgets.Primary {
			t.Fatal("putting it right is not the blue button")
		}
		d.Tap("Fix the key")
		if len(d.edited) != 1 || d.edited[0] != "supporter-crm secrets" || len(d.asked()) != 0 {
			t.Errorf("leads to %q, asked for %v", d.edited, d.asked())
		}
	})
}

func TestAllOfAQueryAreChosen(t *testing.T) {
	open(t, wrongKey(450, false), func(d *desk) {
		d.Tap("Failed")
		d.Act(func() { d.page.pane.tick(d.page.list.rows[0], true) })
		d.Sees("1 chosen")
		d.Tap("Choose all 450 failed")
		d.Sees("450 chosen")
		if got := len(d.page.list.rows); got != 100 {
			t.Errorf("%d rows were read", got)
		}
		d.Tap("Send again")
		d.Tap("Send 450 again")
		asked := d.asked()
		if len(asked) != 1 || len(asked[0].Keys) != 0 || asked[0].Query.State != core.Failed || asked[0].Query.Limit != 0 || !asked[0].Query.Until.Equal(guitest.Now()) {
			t.Errorf("asked for %+v", asked)
		}
		d.SeesNot("450 chosen")
	})
}

func TestChosenOnesAreSentByTheirKeys(t *testing.T) {
	open(t, wrongKey(450, false), func(d *desk) {
		d.Tap("Failed")
		for _, row := range d.page.list.rows[:2] {
			d.Act(func() { d.page.pane.tick(row, true) })
		}
		d.Tap("Send again")
		d.Sees("They go to Supporter CRM with today's settings.")
		d.Tap("Send 2 again")
		if d.engine.Called("SendAgain") != 1 || len(d.asked()) != 0 {
			t.Error("not sent by their keys")
		}
		d.Sees("2 messages go out again now.")
	})
}

// Work of the engine that nobody saw here is not brought up once it has ended, and
// what runs can be cancelled.
func TestWorkIsShownWhileItRuns(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		jobs := func(all ...job.View) {
			d.engine.Edit(func(data *guitest.Data) { data.Jobs = all })
			d.Act(d.page.Refresh)
		}
		jobs(job.View{ID: "old", Kind: control.JobAgain, Title: "Sending 7 messages again", State: job.Done, Outcome: "Long over."},
			job.View{ID: "tidy", Kind: "tidy", Title: "Tidying up", State: job.Running})
		d.SeesNot("Long over")
		d.SeesNot("Tidying up")
		run := job.View{ID: "run", Kind: control.JobReplay, Title: "Sending 900 records", State: job.Running, Done: 300, Total: 900}
		write := job.View{ID: "write", Kind: control.JobExport, Title: "Writing messages to a.csv", State: job.Running}
		jobs(write, run)
		d.Sees("300 of 900")
		d.Sees("Writing messages to a.csv")
		run.State, run.Outcome = job.Done, "900 records go out now."
		jobs(write, run)
		d.Sees("900 records go out now.")
		d.Tap("Cancel")
		d.Sees("Cancelled.")
	})
}

func TestShiftChoosesAllBetween(t *testing.T) {
	was := shiftHeld
	defer func() { shiftHeld = was }()
	open(t, guitest.Office(), func(d *desk) {
		shift := false
		shiftHeld = func() bool { return shift }
		d.Act(func() { d.page.pane.tick(d.page.list.rows[9], true) })
		shift = true
		d.Act(func() { d.page.pane.tick(d.page.list.rows[3], true) })
		d.Sees("7 chosen")
	})
}

// slow is an engine whose history is long: each request looks at a part of it.
type slow struct {
	*engine
	parts int           // that a search takes
	go_   chan struct{} // lets one part pass; nil: all
}

func (s *slow) Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error) {
	if q.Text == "" || q.Look == 0 {
		return s.engine.Activity(ctx, q)
	}
	part := int(q.Before.Seq)
	select {
	case <-s.go_:
	case <-ctx.Done():
		return control.ActivityPage{}, ctx.Err()
	}
	page := control.ActivityPage{Looked: 20_000, Of: 1_000_000}
	if part++; part < s.parts {
		page.Next = core.DeliveryKey{Last: 1, Seq: uint64(part), Webhook: 1}
	} else {
		found, err := s.engine.Activity(ctx, control.ActivityQuery{Text: q.Text})
		if err != nil {
			return page, err
		}
		page.Rows, page.Counts = found.Rows[:2], found.Counts
	}
	return page, nil
}

func search(t *testing.T, parts int, run func(d *desk, s *slow)) {
	open(t, guitest.Office(), func(d *desk) {
		s := &slow{engine: d.engine, parts: parts, go_: make(chan struct{})}
		d.page.service = s
		d.Act(func() { d.page.filter.search.SetText("grace") })
		d.Settle()
		run(d, s)
	})
}

func TestLongSearchSaysHowFarItIs(t *testing.T) {
	search(t, 3, func(d *desk, s *slow) {
		s.go_ <- struct{}{}
		synctest.Wait()
		d.Sees("Looked through 20,000 of 1,000,000 messages")
		d.Act(d.page.Refresh) // what changes meanwhile does not begin the search anew
		s.go_ <- struct{}{}
		synctest.Wait()
		d.Sees("Looked through 40,000 of 1,000,000 messages")
		close(s.go_)
		synctest.Wait()
		d.SeesNot("Looked through")
		if got := len(d.page.list.rows); got != 2 {
			t.Errorf("found %d", got)
		}
	})
}

func TestLongSearchCanBeCancelled(t *testing.T) {
	search(t, 50, func(d *desk, s *slow) {
		s.go_ <- struct{}{}
		synctest.Wait()
		d.Tap("Cancel")
		d.Sees("The search was stopped")
		d.Tap("Look further")
		s.go_ <- struct{}{}
		synctest.Wait()
		d.Sees("Looked through 40,000 of 1,000,000 messages")
	})
}

func TestFiltersCombine(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Tap("More filters")
		right := &fyne.KeyEvent{Name: fyne.KeyRight}
		d.Act(func() { d.page.filter.more.sources.TypedKey(right) })
		d.Act(func() { d.page.filter.more.causes.TypedKey(right) })
		q := d.engine.last()
		if len(q.Sources) != 1 || q.Sources[0] != "supporters" || len(q.Causes) != 1 || q.Causes[0] != core.CauseKey {
			t.Errorf("asked for %+v", q)
		}
		if got := d.page.list.counts; got.Delivered != 0 || got.All != got.Failed {
			t.Errorf("counts %+v do not belong to the filters", got)
		}
		d.Act(d.page.filter.clear)
		if d.page.filter.any() {
			t.Error("something is still filtered out")
		}
	})
}

func TestDaysFromTo(t *testing.T) {
	open(t, guitest.Office(), func(d *desk) {
		d.Act(func() { d.page.chooseSpan(2) })
		midnight := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.Local)
		if q := d.engine.last(); !q.Until.Equal(midnight) || !q.Since.Equal(midnight.AddDate(0, 0, -1)) {
			t.Errorf("yesterday is %v to %v", q.Since, q.Until)
		}
		d.Act(func() { d.page.chooseSpan(spanOwn) })
		first, last := widgets.NewField("", widgets.NewEntry(), ""), widgets.NewField("", widgets.NewEntry(), "")
		for _, bad := range [][2]string{{"31/02/2026", "1/3/2026"}, {"1/3/2026", ""}, {"2/3/2026", "1/3/2026"}} {
			if d.page.takeDays(first, last, bad[0], bad[1]) || first.Problem()+last.Problem() == "" {
				t.Errorf("%q was taken", bad)
			}
		}
		d.Tap("Show")
		if q := d.engine.last(); !q.Until.Equal(midnight) || !q.Since.Equal(midnight.AddDate(0, 0, -1)) {
			t.Errorf("asked for %v to %v", q.Since, q.Until)
		}
		d.Sees("21 Nov")
		d.Act(func() { d.page.chooseSpan(0) })
		d.Sees("Any day")
	})
}
