package home

import (
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is the page in a window, and where it led to.
type desk struct {
	*screen.Desk
	page    *Page
	service *guitest.Service
	led     []string
	said    []string
}

// in opens the page over a service and waits until it has read.
func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s, widgets.NewText("the first run", widgets.Body))}
		note := func(place string) func() { return func() { d.led = append(d.led, place) } }
		d.page.OnOpenWebhook = func(id string) { note("webhook " + id)() }
		d.page.OnFix = func(id string, do attempt.Action) { note("fix " + id + " " + string(do))() }
		d.page.OnOpenActivity = func(state core.DeliveryState, id string) { note("activity " + string(state) + id)() }
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.Now = guitest.Now
		d.page.OnOpenSource = func(id string) { note("source " + id)() }
		d.page.OnOpenSources, d.page.OnOpenSettings, d.page.OnNew = note("sources"), note("settings"), note("new")
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(narrow))
		d.Act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.Window.Canvas())
		})
		run(d)
	})
}

func TestRowsComeInOrderOfNeed(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		var got [][5]string
		for _, r := range d.page.webhooks.Rows() {
			got = append(got, r.Text())
		}
		want := [][5]string{
			{"Supporter CRM", "crm.example.org", "Needs attention", "Did not accept the key (401)", "Check the key. 2 failed since 10:38"},
			{"Newsletter sign-ups", "hooks.mailer.example", "12 waiting", "Trying again in 3 min", "603 today"},
			{"Box office contacts", "tickets.example.com", "Working", "Delivered 2 min ago", "188 today"},
			{"Staff directory", "people.example.net", "Working", "Delivered 1 hour ago", "81 today"},
			{"Finance export", "10.0.4.20", "Paused", "Paused on Friday", "0 today"},
		}
		if !slices.Equal(got, want) {
			d.Errorf("rows %q, want %q", got, want)
		}
	})
}

func TestWhatIsPressedLeadsSomewhere(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		for _, label := range []string{
			"Check the key", "Look into it", "1,284 delivered", "12 waiting", "2 failed", "4 sources", "Staff directory", "New webhook",
		} {
			d.Tap(label)
		}
		want := []string{
			"fix supporter-crm secrets", "source box-office", "activity delivered", "activity waiting", "activity failed", "sources", "webhook staff", "new",
		}
		if !slices.Equal(d.led, want) {
			d.Errorf("led to %q, want %q", d.led, want)
		}
	})
}

func TestNeedsTakeTheBannersPlace(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		if !d.Has("What needs you") || d.Has("Everything is being delivered") {
			d.Error("with needs: the good news stands beside them, or they are missing")
		}
		d.service.Edit(func(data *guitest.Data) {
			data.Needs = nil
			for i := range data.Webhooks {
				data.Webhooks[i].Waiting = 0
			}
		})
		d.Act(d.page.Refresh)
		if d.Has("What needs you") || !d.Has("Everything is being delivered") {
			d.Error("without needs: they are still there, or the good news is missing")
		}
	})
}

func TestTryNow(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Tap("Try now")
		if d.service.Called("TryNow") != 1 || d.Has("Coming up") {
			d.Error("what waited was not tried, or is still coming up")
		}
		if !d.Has("Working") || d.Has("12 waiting") {
			d.Error("the page was not read anew")
		}
	})
}

func TestResume(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(data *guitest.Data) { data.Settings.Settings.Paused, data.Needs = true, nil })
	in(t, s, false, func(d *desk) {
		d.Tap("Resume")
		if s.Called("Resume") != 1 || d.Has("Sending is paused") {
			d.Error("sending was not resumed")
		}
	})
}

func TestTroubleStaysUntilReadingGoesWell(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(d *desk) {
		s.Fail("Overview", core.Errorf(core.CodeUnavailable, "Hookbird took too long to answer."))
		d.Act(d.page.Refresh)
		if !d.Has("Hookbird took too long to answer.") || !d.Has("Supporter CRM") {
			d.Error("the trouble is not told, or what was there is gone")
		}
		s.Fail("Overview", nil)
		d.Act(d.page.Refresh)
		if d.Has("Hookbird took too long to answer.") {
			d.Error("the trouble is still told")
		}
		s.Fail("TryNow", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.Tap("Try now")
		d.Act(d.page.Refresh)
		if !d.Has("The disk is full.") {
			d.Error("a refused command is not told, or reading took it away")
		}
	})
}

func TestFirstRunComesAndGoes(t *testing.T) {
	s := guitest.Empty()
	in(t, s, false, func(d *desk) {
		if !d.Has("the first run") || d.Has("Your webhooks") || !d.page.FirstRun() {
			d.Errorf("without webhooks there is %q", screen.Texts(d.Window.Content()))
		}
		s.Edit(func(data *guitest.Data) {
			data.Webhooks = []control.WebhookView{{Webhook: core.Webhook{ID: "a", Name: "Our database", State: core.StateOn}, Condition: control.On}}
		})
		d.Act(d.page.Refresh)
		if d.Has("the first run") || !d.Has("Our database") {
			d.Errorf("with a webhook there is %q", screen.Texts(d.Window.Content()))
		}
	})
}

func TestNarrowLeavesTheChartsAway(t *testing.T) {
	in(t, guitest.Office(), true, func(d *desk) {
		if d.Has("Messages today") || d.Has("Next try at 10:48") {
			d.Error("at 900 the chart or the second lines of the tiles are there")
		}
		if !d.Has("Coming up") || !d.Has("Supporter CRM") {
			d.Error("at 900 something is missing")
		}
		d.Act(func() { d.page.SetNarrow(false) })
		if !d.Has("Messages today") || !d.Has("Next try at 10:48") {
			d.Error("the wide form does not come back")
		}
	})
}

func TestFocusSurvivesReading(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		button, ok := screen.Find(d.Window.Content(), "Check the key").(fyne.Focusable)
		if !ok {
			d.Fatal("the button takes no focus")
		}
		d.Act(func() { d.Window.Canvas().Focus(button) })
		d.Act(d.page.Refresh)
		if d.Window.Canvas().Focused() != button || screen.Find(d.Window.Content(), "Check the key") != button.(fyne.Tappable) {
			d.Error("reading anew took the focus, or the button")
		}
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(d *desk) { screen.Shots(d.T, d.Window, "home-1200") })
	in(t, guitest.Office(), true, func(d *desk) { screen.Shots(d.T, d.Window, "home-900") })
	for name, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, guitest.BadDay(), narrow, func(d *desk) {
			screen.Shots(d.T, d.Window, "home-bad-"+name)
			d.Act(func() { d.page.frame.ScrollToBottom() })
			screen.Shots(d.T, d.Window, "home-bad-below-"+name)
		})
	}
}
