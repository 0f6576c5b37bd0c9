package home

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestNeedsSayCauseAndNextStep(t *testing.T) {
	in(t, guitest.BadDay(), false, func(d *desk) {
		for _, says := range []string{
			"Supporter CRM did not accept the key", "Nothing is lost: 2 messages are kept here until you fix it.",
			"Members' area could not be reached",
			"Nobody answers at members.example.org since 10:38. Asked again at 10:52. Nothing is lost: 31 messages are kept here.",
			"A web page answered in place of Event check-in", "Open a web page in the browser and log in. Nothing gets through to checkin.example.com",
		} {
			d.Sees(says)
		}
		d.Tap("Check the key")
		if want := []string{"fix supporter-crm secrets"}; !slices.Equal(d.led, want) {
			d.Errorf("led to %q, want %q", d.led, want)
		}
		d.Tap("Try now") // the first is that of the members' area
		if v, _ := d.service.Webhook(t.Context(), "members"); v.Waiting != 0 || v.Condition != control.On {
			d.Errorf("members: %s, %d waiting", v.Condition, v.Waiting)
		}
		d.SeesNot("Members' area could not be reached")
	})
}

func TestNeedsOf(t *testing.T) {
	now := guitest.Now()
	view := func(c control.Condition, last core.Attempt) control.WebhookView {
		return control.WebhookView{
			Webhook: core.Webhook{ID: "a", Name: "CRM"}, Host: "crm.example.org", Condition: c, Last: &last, Since: now.Add(-7 * time.Minute), NextTry: now.Add(7 * time.Minute),
		}
	}
	refused := core.Attempt{At: now, Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"}
	tests := []struct {
		name   string
		need   control.Need
		view   control.WebhookView
		text   string
		button string
		act    needAct
		none   bool
	}{
		{name: "a step in the editor", need: control.Need{Text: "Kept.", Step: "Check the key", Action: "secrets"}, view: view(control.Attention, core.Attempt{Cause: core.CauseKey}), text: "Kept.", button: "Check the key"},
		{name: "no step", need: control.Need{Text: "Kept."}, view: view(control.Attention, core.Attempt{Cause: core.CauseOther}), text: "Kept.", button: "Open"},
		{name: "some failed", need: control.Need{Text: "They are kept."}, view: view(control.On, core.Attempt{}), text: "They are kept.", button: "See them", act: actFailed},
		{
			name: "down", need: control.Need{Text: "Kept.", Step: "Try now", Action: "test_again"}, view: view(control.Down, core.Attempt{Cause: core.CauseServer}),
			text: "Nothing gets through to crm.example.org since 10:38. Asked again at 10:52. Nothing is lost: new records are kept here.", button: "Try now", act: actTry,
		},
		{name: "a matter of IT", need: control.Need{Text: "Kept.", Step: "Ask your IT department", Action: "note"}, view: view(control.Attention, refused), text: "Kept.", button: "Copy a note for IT", act: actNote},
		{name: "no network", need: control.Need{}, view: view(control.Down, core.Attempt{Cause: core.CauseNetwork}), none: true},
		{name: "of a source", need: control.Need{Kind: control.NeedSource, Text: "Gone."}, text: "Gone.", button: "Look into it", act: actSource},
		{name: "of the program", need: control.Need{Kind: control.NeedProgram, Text: "No key."}, text: "No key.", button: "Open settings", act: actSettings},
		{name: "no backup for days", need: control.Need{Kind: control.NeedBackup, Text: "The drive is away."}, text: "The drive is away.", button: "Open settings", act: actSettings},
		{name: "a backup was put back", need: control.Need{Kind: control.NeedRestored, Text: "Paused.", Step: "See what to do"}, text: "Paused.", button: "See what to do", act: actRestored},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.need.ID = "a"
			if test.need.Kind == "" {
				test.need.Kind = control.NeedWebhook
			}
			got := needsOf(control.Overview{Now: now, Needs: []control.Need{test.need}, Webhooks: []control.WebhookView{test.view}})
			if test.none {
				if len(got) > 0 {
					t.Errorf("%+v, want none", got)
				}
				return
			}
			if len(got) != 1 || got[0].text != test.text || got[0].button != test.button || got[0].act != test.act {
				t.Fatalf("%+v", got)
			}
			if (got[0].note != "") != (test.act == actNote) {
				t.Errorf("note %q", got[0].note)
			}
		})
	}
}

func TestWhatFollowsFromARestoreIsOneStepAway(t *testing.T) {
	s := guitest.BadDay()
	s.Edit(func(d *guitest.Data) {
		d.Needs = []control.Need{{Kind: control.NeedRestored, Title: "Is the old computer off?", Text: "Nothing is sent before.", Step: "See what to do"}}
	})
	in(t, s, false, func(d *desk) {
		d.page.OnRestored = func() { d.led = append(d.led, "restored") }
		d.Sees("Is the old computer off?")
		d.Tap("See what to do")
		if !slices.Equal(d.led, []string{"restored"}) {
			d.Errorf("led to %q", d.led)
		}
	})
}

func TestNoteForITIsShownAndCopied(t *testing.T) {
	s := guitest.BadDay()
	s.Edit(func(d *guitest.Data) {
		d.Webhooks[0].Last = &core.Attempt{At: d.Now, Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"}
		d.Needs[0].Step, d.Needs[0].Action = "Ask your IT department", "note"
	})
	in(t, s, false, func(d *desk) {
		d.Tap("Copy a note for IT")
		d.Sees("proxy.example:3128")
		d.Tap("Copy")
		if text := fyne.CurrentApp().Clipboard().Content(); text == "" || d.Window.Canvas().Overlays().Top() != nil {
			d.Errorf("copied %q", text)
		}
	})
}

func TestLargeFiles(t *testing.T) {
	in(t, guitest.BadDay(), true, func(d *desk) {
		state := func() (state core.RunState) {
			d.service.Read(func(data guitest.Data) {
				if len(data.Runs) > 0 {
					state = data.Runs[0].State
				}
			})
			return state
		}
		d.Sees("Single records that come in meanwhile go first.")
		d.Sees("12,400 of 50,000 sent, done about 15:05")
		d.Tap("Pause: contacts.csv")
		if state() != core.RunPaused {
			d.Errorf("it is %s", state())
		}
		d.Sees("12,400 of 50,000 sent, paused")
		d.Tap("Go on: contacts.csv")
		if state() != core.RunGoing {
			d.Errorf("it is %s", state())
		}
		d.Tap("Give up: contacts.csv")
		d.Sees("What is left of contacts.csv, 37,600 messages, is not sent. The records stay in the log.")
		d.Tap("Keep sending")
		if state() != core.RunGoing {
			d.Error("given up although it was to go on")
		}
		d.Tap("Give up: contacts.csv")
		d.Tap("Give up")
		if state() != "" {
			d.Errorf("it is %s", state())
		}
		d.SeesNot("Large files")
	})
}

func TestProgress(t *testing.T) {
	now := guitest.Now()
	to := func(state core.State, sources ...string) control.WebhookView {
		return control.WebhookView{Webhook: core.Webhook{State: state, Sources: sources}}
	}
	run := func(left uint64, state core.RunState) control.RunView {
		return control.RunView{Run: core.Run{Source: "box", State: state}, Records: 50_000, Left: left, Done: now.Add(260 * time.Minute)}
	}
	tests := []struct {
		name  string
		run   control.RunView
		hooks []control.WebhookView
		want  progress
	}{
		{"one webhook", run(37_600, core.RunGoing), []control.WebhookView{to(core.StateOn)}, progress{12_400, 50_000, "12,400 of 50,000 sent, done about 15:05"}},
		{
			"two that take it, two that do not", run(60_000, core.RunGoing),
			[]control.WebhookView{to(core.StateOn), to(core.StatePaused, "box", "till"), to(core.StateOn, "till"), to(core.StateOff)},
			progress{40_000, 100_000, "40,000 of 100,000 sent, done about 15:05"},
		},
		{"more left than can be", run(70_000, core.RunGoing), nil, progress{0, 70_000, "0 of 70,000 sent, done about 15:05"}},
		{"paused", run(37_600, core.RunPaused), nil, progress{12_400, 50_000, "12,400 of 50,000 sent, paused"}},
	}
	for _, test := range tests {
		if got := progressOf(test.run, control.Overview{Now: now, Webhooks: test.hooks}); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
	if got := progressOf(run(37_600, core.RunGoing), control.Overview{Now: now, Paused: true}); got.text != "12,400 of 50,000 sent, goes on when sending resumes" {
		t.Errorf("while all sending is paused: %q", got.text)
	}
}

func TestPauseFromARow(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("More about Staff directory")
		d.Act(func() { screen.TapItem(d.T, d.Front(), "Pause for a while…") })
		d.Act(func() { screen.TapItem(d.T, d.Front(), "30 minutes") })
		v, err := d.service.Webhook(t.Context(), "staff")
		if err != nil || v.Webhook.State != core.StatePaused || !v.Webhook.Until.Equal(guitest.Now().Add(30*time.Minute)) {
			d.Errorf("%s until %v, %v", v.Webhook.State, v.Webhook.Until, err)
		}
		d.Sees("Paused until 11:15")
		d.Tap("Resume: Staff directory")
		if v, _ := d.service.Webhook(t.Context(), "staff"); v.Webhook.State != core.StateOn {
			d.Errorf("after resuming it is %s", v.Webhook.State)
		}
		want := []string{"Staff directory is paused until 11:15. Its records are kept.", "Staff directory is on."}
		if !slices.Equal(d.said, want) {
			d.Errorf("said %q", d.said)
		}
		d.Tap("More about Staff directory")
		d.Act(func() { screen.TapItem(d.T, d.Front(), "See its messages") })
		if !slices.Equal(d.led, []string{"activity staff"}) {
			d.Errorf("led to %q", d.led)
		}
	})
}

func TestBacklogSaysWhenItIsDone(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Needs = nil
		v := &d.Webhooks[1]
		v.Waiting, v.Done = 8845, d.Now.Add(215*time.Minute)
	})
	in(t, s, false, func(d *desk) {
		d.Sees("8,845 waiting, done about 14:20. They go out by themselves.")
		d.Sees("Done about 14:20")
	})
}

// Everything that can be pressed is reached with the Tab key.
func TestKeyboardReachesEverything(t *testing.T) {
	in(t, guitest.BadDay(), true, func(d *desk) {
		missing := screen.NotReached(d.Window)
		if len(missing) > 0 {
			d.Errorf("not reached: %q", missing)
		}
	})
}
