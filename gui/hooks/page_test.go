package hooks

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// desk is the page in a window, where it led to and what it said.
type desk struct {
	*screen.Desk
	page    *Page
	service *guitest.Service
	led     []string
	said    []string
	offer   func() // what the last message had to press; nil for nothing
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s)}
		d.page.Now = guitest.Now
		d.page.OnOpen = func(id string) { d.led = append(d.led, "open "+id) }
		d.page.OnFix = func(id string, do attempt.Action) { d.led = append(d.led, "fix "+id+" "+string(do)) }
		d.page.OnTest = func(id string) { d.led = append(d.led, "test "+id) }
		d.page.OnNew = func() { d.led = append(d.led, "new") }
		d.page.OnHome = func() { d.led = append(d.led, "home") }
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.OnOffer = func(text, action string, act func()) {
			d.said = append(d.said, text)
			d.offer = act
		}
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(narrow))
		d.Act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.Window.Canvas())
		})
		run(d)
	})
}

// choose opens a webhook's menu and takes an item.
func (d *desk) choose(webhook, item string) {
	d.Helper()
	d.Tap("More about " + webhook)
	d.Act(func() { screen.TapItem(d.T, d.Front(), item) })
}

func (d *desk) state(id string) (state core.State, waiting uint64, there bool) {
	v, err := d.service.Webhook(context.Background(), id)
	return v.Webhook.State, v.Waiting, err == nil
}

func TestMenuOffersWhatTheStateAllows(t *testing.T) {
	const pause = "Pause for a while…"
	all := []string{pause, "Turn off", "Turn on", "Resume", "Try now", "Edit", "Test", "What was changed…", "Delete…"}
	tests := []struct {
		name, id string
		state    core.State
		want     []string
	}{
		{"on", "staff", core.StateOn, []string{pause, "Turn off", "Edit", "Test", "What was changed…", "Delete…"}},
		{"on, some wait", "newsletter", core.StateOn, []string{pause, "Turn off", "Try now", "Edit", "Test", "What was changed…", "Delete…"}},
		{"paused", "staff", core.StatePaused, []string{pause, "Turn off", "Resume", "Edit", "Test", "What was changed…", "Delete…"}},
		{"off", "staff", core.StateOff, []string{"Turn on", "Edit", "Test", "What was changed…", "Delete…"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := guitest.Office()
			if err := s.SetState(t.Context(), test.id, test.state, false); err != nil {
				t.Fatal(err)
			}
			in(t, s, false, func(d *desk) {
				v, err := s.Webhook(context.Background(), test.id)
				if err != nil {
					d.Fatal(err)
				}
				d.Tap("More about " + v.Webhook.Name)
				var offered []string
				for _, item := range all {
					if screen.HasItem(d.Front(), item) {
						offered = append(offered, item)
					}
				}
				if !slices.Equal(offered, test.want) {
					d.Errorf("offers %q, want %q", offered, test.want)
				}
			})
		})
	}
}

func TestTurnOffAndOn(t *testing.T) {
	in(t, guitest.Office(), true, func(d *desk) {
		for _, step := range []struct {
			item string
			want core.State
		}{{"Turn off", core.StateOff}, {"Turn on", core.StateOn}} {
			d.choose("Staff directory", step.item)
			if state, _, _ := d.state("staff"); state != step.want {
				d.Errorf("after %s it is %s", step.item, state)
			}
		}
		want := []string{"Staff directory is off.", "Staff directory is on."}
		if !slices.Equal(d.said, want) {
			d.Errorf("said %q", d.said)
		}
	})
}

func TestPauseForAWhile(t *testing.T) {
	tests := []struct {
		item        string
		until       time.Time
		news, toast string
	}{
		{"30 minutes", guitest.Now().Add(30 * time.Minute), "Paused until 11:15", "Staff directory is paused until 11:15. Its records are kept."},
		{"1 hour", guitest.Now().Add(time.Hour), "Paused until 11:45", "Staff directory is paused until 11:45. Its records are kept."},
		{"Until tomorrow morning", guitest.Now().Add(21*time.Hour + 15*time.Minute), "Paused until tomorrow 08:00", "Staff directory is paused until tomorrow 08:00. Its records are kept."},
		{"Until I resume", time.Time{}, "Paused at 10:45", "Staff directory is paused until you resume. Its records are kept."},
	}
	for _, test := range tests {
		t.Run(test.item, func(t *testing.T) {
			in(t, guitest.Office(), true, func(d *desk) {
				d.choose("Staff directory", "Pause for a while…")
				d.Act(func() { screen.TapItem(d.T, d.Front(), test.item) })
				v, err := d.service.Webhook(context.Background(), "staff")
				if err != nil || v.Webhook.State != core.StatePaused || !v.Webhook.Until.Equal(test.until) {
					d.Errorf("%s until %v, %v", v.Webhook.State, v.Webhook.Until, err)
				}
				d.Sees(test.news)
				if !slices.Equal(d.said, []string{test.toast}) {
					d.Errorf("said %q", d.said)
				}
				d.Tap("Resume: Staff directory")
				if state, _, _ := d.state("staff"); state != core.StateOn {
					d.Errorf("after resuming it is %s", state)
				}
			})
		})
	}
}

func TestRowsLeadToTheNextStep(t *testing.T) {
	in(t, guitest.BadDay(), false, func(d *desk) {
		for _, says := range []string{
			"Could not be reached", "Asked again in 7 min, since 10:38", "Was perhaps not reached: a web page answered (200)",
			"Done about 14:20, as fast as you allowed", "Paused until 11:15", "Check the key. 2 failed since 10:38",
		} {
			d.Sees(says)
		}
		d.Tap("Fix this: Supporter CRM")
		if want := []string{"fix supporter-crm secrets"}; !slices.Equal(d.led, want) {
			d.Errorf("led to %q, want %q", d.led, want)
		}
		d.Tap("Try now: Members' area")
		if _, waiting, _ := d.state("members"); waiting != 0 || d.service.Called("TryNow") != 1 {
			d.Errorf("%d wait after trying now", waiting)
		}
		d.SeesNot("Could not be reached")
	})
}

func TestWhatABrakeHoldsIsAnsweredOnHome(t *testing.T) {
	s := guitest.BadDay()
	s.Edit(func(d *guitest.Data) {
		d.Webhooks[0].Brake, d.Webhooks[0].Condition = &control.BrakeView{Count: 640}, control.Attention
	})
	in(t, s, false, func(d *desk) {
		d.Tap("Answer: ")
		if want := []string{"home"}; !slices.Equal(d.led, want) {
			d.Errorf("led to %q, want %q", d.led, want)
		}
	})
}

func TestTurnOnAsksAboutWhatCameMeanwhile(t *testing.T) {
	tests := []struct {
		answer  string
		state   core.State
		waiting uint64
	}{
		{"Also send the 412", core.StateOn, 412},
		{"Only new ones", core.StateOn, 0},
		{"Cancel", core.StateOff, 0},
	}
	for _, test := range tests {
		t.Run(test.answer, func(t *testing.T) {
			s := guitest.Office()
			s.Edit(func(data *guitest.Data) {
				v := &data.Webhooks[3]
				v.Webhook.State, v.Condition, v.Meanwhile = core.StateOff, control.Off, 412
			})
			in(t, s, false, func(d *desk) {
				d.choose("Staff directory", "Turn on")
				if !screen.Has(d.Front(), "412 records came while it was off.") {
					d.Errorf("asked %q", screen.Texts(d.Front()))
				}
				d.Tap(test.answer)
				if state, waiting, _ := d.state("staff"); state != test.state || waiting != test.waiting {
					d.Errorf("it is %s with %d waiting, want %s with %d", state, waiting, test.state, test.waiting)
				}
			})
		})
	}
}

func TestDeleteAsksFirst(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.choose("Newsletter sign-ups", "Delete…")
		if !screen.Has(d.Front(), "12 messages still wait. What was sent stays in Activity.") {
			d.Errorf("asked %q", screen.Texts(d.Front()))
		}
		d.Tap("Cancel")
		if _, _, there := d.state("newsletter"); !there {
			d.Fatal("deleted although it was to be kept")
		}
		d.choose("Newsletter sign-ups", "Delete…")
		d.Tap("Delete")
		if _, _, there := d.state("newsletter"); there || screen.Has(d.Window.Content(), "Newsletter sign-ups") {
			d.Error("still there")
		}
		if d.offer == nil || d.said[len(d.said)-1] != "Newsletter sign-ups is deleted." {
			d.Fatalf("said %q, without Undo", d.said)
		}
		d.Act(d.offer)
		if _, waiting, there := d.state("newsletter"); !there || waiting != 12 || !screen.Has(d.Window.Content(), "Newsletter sign-ups") {
			d.Errorf("after Undo: there %t, %d waiting", there, waiting)
		}
	})
}

func TestTurningOffAsksWhatBecomesOfWhatWaits(t *testing.T) {
	in(t, guitest.Office(), true, func(d *desk) {
		d.choose("Newsletter sign-ups", "Turn off")
		d.Sees("It goes out when Newsletter sign-ups is turned on again.")
		d.Tap("Turn off")
		if state, _, _ := d.state("newsletter"); state != core.StateOff {
			d.Errorf("it is %s", state)
		}
		d.choose("Staff directory", "Turn off") // nothing waits there
		if state, _, _ := d.state("staff"); state != core.StateOff || d.service.Called("Leave") != 1 {
			d.Errorf("it is %s", state)
		}
	})
}

func TestEarlierRecordsAreSent(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.choose("Staff directory", "Send earlier records…")
		d.Sees("Send earlier records to Staff directory")
		d.Tap("Count and show")
		if d.service.Called("ReplayPlan") != 1 {
			d.Error("nothing was counted")
		}
	})
}

func TestChangesOfAWebhookAreShown(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(data *guitest.Data) { data.Pasts = guitest.Changes() })
	in(t, s, false, func(d *desk) {
		d.choose("Supporter CRM", "What was changed…")
		d.Sees("Supporter CRM changed")
		d.SeesNot("Settings changed")
		d.Tap("Bring back what was before")
		if s.Called("BringBack") != 1 || len(d.said) != 1 || d.said[0] != "Supporter CRM is as it was before." {
			d.Errorf("asked %d times, said %q", s.Called("BringBack"), d.said)
		}
		d.Tap("Compared with now")
		d.Sees("Bring this state back")
	})
}

func TestAConflictIsSaidAndReadAnew(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(d *desk) {
		s.Edit(func(data *guitest.Data) { data.Webhooks[3].Revision++ })
		d.choose("Staff directory", "Delete…")
		d.Tap("Delete")
		if !screen.Has(d.Window.Content(), "Staff directory was changed elsewhere meanwhile. Nothing was overwritten.") {
			d.Fatalf("said %q", screen.Texts(d.Window.Content()))
		}
		d.Tap("Show the newer one")
		d.choose("Staff directory", "Delete…")
		d.Tap("Delete")
		if _, _, there := d.state("staff"); there {
			d.Error("still there after reading anew")
		}
	})
}

func TestWhereItLeads(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Staff directory")
		d.choose("Staff directory", "Edit")
		d.choose("Staff directory", "Test")
		d.Tap("New webhook")
		if want := []string{"open staff", "open staff", "test staff", "new"}; !slices.Equal(d.led, want) {
			d.Errorf("led to %q, want %q", d.led, want)
		}
	})
}

func TestNoWebhookYet(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		if !screen.Has(d.Window.Content(), "No webhook yet") {
			d.Errorf("there is %q", screen.Texts(d.Window.Content()))
		}
	})
}

func TestNoteForITIsShown(t *testing.T) {
	s := guitest.BadDay()
	s.Edit(func(data *guitest.Data) {
		data.Webhooks[0].Last = &core.Attempt{At: data.Now, Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"}
	})
	in(t, s, false, func(d *desk) {
		d.Sees("Ask your IT department. 2 failed since 10:38")
		d.Tap("Fix this: Supporter CRM")
		d.Sees("through the proxy proxy.example:3128")
		if len(d.led) > 0 {
			d.Errorf("led to %q", d.led)
		}
	})
}

func TestKeyboardReachesEverything(t *testing.T) {
	in(t, guitest.BadDay(), true, func(d *desk) {
		if missing := screen.NotReached(d.Window); len(missing) > 0 {
			d.Errorf("not reached: %q", missing)
		}
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(d *desk) { screen.Shots(d.T, d.Window, "hooks-1200") })
	in(t, guitest.BadDay(), false, func(d *desk) { screen.Shots(d.T, d.Window, "hooks-bad-1200") })
	in(t, guitest.BadDay(), true, func(d *desk) { screen.Shots(d.T, d.Window, "hooks-bad-900") })
	in(t, guitest.Office(), true, func(d *desk) {
		d.Tap("More about Newsletter sign-ups")
		screen.Shots(d.T, d.Window, "hooks-900")
	})
}
