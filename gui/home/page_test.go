package home

import (
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// desk is the page in a window, and where it led to.
type desk struct {
	page    *Page
	service *guitest.Service
	w       fyne.Window
	led     []string
}

// in opens the page over a service and waits until it has read.
func in(t *testing.T, s *guitest.Service, narrow bool, run func(t *testing.T, d *desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, page: New(s, widgets.NewText("the first run", widgets.Body))}
		note := func(place string) func() { return func() { d.led = append(d.led, place) } }
		d.page.OnOpenWebhook = func(id string) { note("webhook " + id)() }
		d.page.OnOpenActivity = func(state core.DeliveryState) { note("activity " + string(state))() }
		d.page.OnOpenSource = func(id string) { note("source " + id)() }
		d.page.OnOpenSources, d.page.OnOpenSettings, d.page.OnNew = note("sources"), note("settings"), note("new")
		size := screen.Wide.SubtractWidthHeight(theme.SidebarWidth, 0)
		if narrow {
			size = screen.Narrow.SubtractWidthHeight(theme.RailWidth, 0)
		}
		d.w = screen.Window(t, d.page.Content(), size)
		d.act(func() {
			d.page.SetNarrow(narrow)
			d.page.Show(d.w.Canvas())
		})
		run(t, d)
	})
}

func (d *desk) act(f func()) {
	background.Act(f)
	synctest.Wait()
}

func (d *desk) tap(t *testing.T, label string) {
	t.Helper()
	d.act(func() { screen.Tap(t, d.w.Content(), label) })
}

func (d *desk) has(words string) bool { return screen.Has(d.w.Content(), words) }

func TestRowsComeInOrderOfNeed(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		var got [][4]string
		for _, r := range d.page.webhooks.Rows() {
			got = append(got, r.Text())
		}
		want := [][4]string{
			{"Supporter CRM", "crm.example.org", "Needs attention", "2 failed since 10:38"},
			{"Newsletter sign-ups", "hooks.mailer.example", "12 waiting", "Trying again in 3 min"},
			{"Box office contacts", "tickets.example.com", "Working", "Delivered 2 min ago"},
			{"Staff directory", "people.example.net", "Working", "Delivered 1 hour ago"},
			{"Finance export", "10.0.4.20", "Paused", "Paused on Friday"},
		}
		if !slices.Equal(got, want) {
			t.Errorf("rows %q, want %q", got, want)
		}
	})
}

func TestWhatIsPressedLeadsSomewhere(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		for _, label := range []string{
			"Fix this", "Look into it", "1,284 delivered", "12 waiting", "2 failed", "4 sources", "Staff directory", "New webhook",
		} {
			d.tap(t, label)
		}
		want := []string{
			"webhook supporter-crm", "source box-office", "activity delivered", "activity waiting", "activity failed", "sources", "webhook staff", "new",
		}
		if !slices.Equal(d.led, want) {
			t.Errorf("led to %q, want %q", d.led, want)
		}
	})
}

func TestNeedsTakeTheBannersPlace(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		if !d.has("What needs you") || d.has("Everything is being delivered") {
			t.Error("with needs: the good news stands beside them, or they are missing")
		}
		d.service.Edit(func(data *guitest.Data) {
			data.Needs = nil
			for i := range data.Webhooks {
				data.Webhooks[i].Waiting = 0
			}
		})
		d.act(d.page.Refresh)
		if d.has("What needs you") || !d.has("Everything is being delivered") {
			t.Error("without needs: they are still there, or the good news is missing")
		}
	})
}

func TestTryNow(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		d.tap(t, "Try now")
		if d.service.Called("TryNow") != 1 || d.has("Coming up") {
			t.Error("what waited was not tried, or is still coming up")
		}
		if !d.has("Working") || d.has("12 waiting") {
			t.Error("the page was not read anew")
		}
	})
}

func TestResume(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(data *guitest.Data) { data.Settings.Settings.Paused, data.Needs = true, nil })
	in(t, s, false, func(t *testing.T, d *desk) {
		d.tap(t, "Resume")
		if s.Called("Resume") != 1 || d.has("Sending is paused") {
			t.Error("sending was not resumed")
		}
	})
}

func TestTroubleStaysUntilReadingGoesWell(t *testing.T) {
	s := guitest.Office()
	in(t, s, false, func(t *testing.T, d *desk) {
		s.Fail("Overview", core.Errorf(core.CodeUnavailable, "Hookbird took too long to answer."))
		d.act(d.page.Refresh)
		if !d.has("Hookbird took too long to answer.") || !d.has("Supporter CRM") {
			t.Error("the trouble is not told, or what was there is gone")
		}
		s.Fail("Overview", nil)
		d.act(d.page.Refresh)
		if d.has("Hookbird took too long to answer.") {
			t.Error("the trouble is still told")
		}
		s.Fail("TryNow", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.tap(t, "Try now")
		d.act(d.page.Refresh)
		if !d.has("The disk is full.") {
			t.Error("a refused command is not told, or reading took it away")
		}
	})
}

func TestFirstRunComesAndGoes(t *testing.T) {
	s := guitest.Empty()
	in(t, s, false, func(t *testing.T, d *desk) {
		if !d.has("the first run") || d.has("Your webhooks") || !d.page.FirstRun() {
			t.Errorf("without webhooks there is %q", screen.Texts(d.w.Content()))
		}
		s.Edit(func(data *guitest.Data) {
			data.Webhooks = []control.WebhookView{{Webhook: core.Webhook{ID: "a", Name: "Our database", State: core.StateOn}, Condition: control.On}}
		})
		d.act(d.page.Refresh)
		if d.has("the first run") || !d.has("Our database") {
			t.Errorf("with a webhook there is %q", screen.Texts(d.w.Content()))
		}
	})
}

func TestNarrowLeavesTheChartsAway(t *testing.T) {
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) {
		if d.has("Messages today") || d.has("Next try at 10:48") {
			t.Error("at 900 the chart or the second lines of the tiles are there")
		}
		if !d.has("Coming up") || !d.has("Supporter CRM") {
			t.Error("at 900 something is missing")
		}
		d.act(func() { d.page.SetNarrow(false) })
		if !d.has("Messages today") || !d.has("Next try at 10:48") {
			t.Error("the wide form does not come back")
		}
	})
}

func TestFocusSurvivesReading(t *testing.T) {
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) {
		button, ok := screen.Find(d.w.Content(), "Fix this").(fyne.Focusable)
		if !ok {
			t.Fatal("the button takes no focus")
		}
		d.act(func() { d.w.Canvas().Focus(button) })
		d.act(d.page.Refresh)
		if d.w.Canvas().Focused() != button || screen.Find(d.w.Content(), "Fix this") != button.(fyne.Tappable) {
			t.Error("reading anew took the focus, or the button")
		}
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, guitest.Office(), false, func(t *testing.T, d *desk) { screen.Shots(t, d.w, "home-1200") })
	in(t, guitest.Office(), true, func(t *testing.T, d *desk) { screen.Shots(t, d.w, "home-900") })
}
