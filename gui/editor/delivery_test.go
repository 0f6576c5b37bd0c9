package editor

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// pick chooses a way of a choice as a person does.
func (d *desk) pick(c *widgets.Ways, i int) {
	d.Act(func() { screen.Choose(d.T, c.Object().Objects[i], "") })
}

// choose takes one of a list by the keyboard.
func (d *desk) choose(at Place, option string) {
	d.Helper()
	box := d.box(at).(*widgets.Select)
	d.Act(func() {
		for range 10 {
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		}
		for i := 0; i < 10 && !strings.HasPrefix(box.SelectedText(), option); i++ {
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		}
	})
	if !strings.HasPrefix(box.SelectedText(), option) {
		d.Fatalf("%q is not offered", option)
	}
}

// savedAs saves, and gives what is stored then.
func (d *desk) savedAs() core.Webhook {
	d.Helper()
	d.Tap("Save")
	d.Settle()
	d.Sees("All changes saved")
	return d.stored("supporter-crm").Webhook
}

func TestSetTimesAreChosen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) { // on Saturday 1 January 2000, a little after midnight
		d.tab(TabWhen)
		d.pick(d.page.when.soon.ways, int(SoonTimes))
		d.Sees("Next: today 9:00, then 17:30.")
		d.Tap("Monday to Friday")
		d.Sees("Next: Monday 9:00, then 17:30.")
		d.typeIn(d.box(Place{Part: PartSendTimes}), "8.15")
		d.Sees("Next: Monday 8:15, then Tuesday 8:15.")
		d.pick(d.page.when.soon.ways, int(SoonNow))
		d.SeesNot("Next:")
		d.pick(d.page.when.soon.ways, int(SoonTimes))
		got := d.savedAs().Send
		want := core.Send{At: []int{8*60 + 15}, Days: []time.Weekday{1, 2, 3, 4, 5}, Batch: core.DefaultBatch}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
	})
}

func TestTimesWithoutADayAreNotSaved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.pick(d.page.when.soon.ways, int(SoonTimes))
		d.Act(func() {
			for _, check := range d.page.when.soon.days {
				test.Tap(check)
			}
		})
		d.Tap("Save")
		d.Sees("Tick at least one day.")
		d.Tap("Every day")
		if got := d.savedAs().Send; got.Days != nil || len(got.At) != 2 {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestPlanOfOnesOwnIsTyped(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabFails)
		d.pick(d.page.fails.plan, slices.Index(plans, PlanEvery))
		d.Sees("13 tries in 3 hours.")
		d.Tap("A list of times to wait")
		d.typeIn(d.box(Place{Part: PartDelays}), "1 min, 5 min, soon")
		d.Tap("Save")
		d.Sees("“soon” is no length of time.")
		d.Sees("The tries are shown here once they can be worked out.")
		d.typeIn(d.box(Place{Part: PartDelays}), "1, 5 and 60 min")
		d.Sees("4 tries in 66 minutes.")
		d.pick(d.page.fails.plan, slices.Index(plans, Plan24Hours))
		d.pick(d.page.fails.plan, slices.Index(plans, PlanEvery)) // where it was a list
		got := d.savedAs().Retry
		if diff := cmp.Diff(core.RetryPlan{Delays: []time.Duration{time.Minute, 5 * time.Minute, time.Hour}}, got); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
	})
}

func TestAnswersAreDescribed(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.SeesNot("It must also say")
		d.Tap("More about the answer")
		d.Tap("Add what it must say")
		d.Act(func() { test.Type(d.Window.Canvas().Focused(), "success") })
		d.Tap("Add what it must say") // left blank: nobody's mistake
		d.Tap("Add such an answer")
		d.Act(func() { test.Type(d.Window.Canvas().Focused(), "4") })
		d.Tap("Save")
		d.Sees("An answer's code has three digits, like 409.")
		d.typeIn(d.box(rulePlace(d.page.draft.Already[0], RuleBoxCode)), "409")
		d.choose(Place{Part: PartRedirects}, "Look at")
		d.tab(TabFails)
		d.Act(func() { d.page.draft.Web().Answer.Unsure = core.UnsureAsk; d.page.changed() })
		got := d.savedAs().Answer
		want := core.Answer{
			Need: []core.AnswerRule{{Text: "success"}}, Already: []core.AnswerRule{{Code: 409}},
			Redirects: core.RedirectsRead, Unsure: core.UnsureAsk,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
		d.tab(TabWhere)
		d.Tap("Remove this line")
		if got := d.savedAs().Answer.Need; got != nil {
			t.Errorf("still stored: %v", got)
		}
	})
}

func TestAppsScriptIsWarnedOf(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Tap("More about the answer")
		d.SeesNot("Google Apps Script answers every message so.")
		d.typeIn(d.box(Place{Part: PartAddress}), "https://script.google.com/macros/s/x/exec")
		d.Sees("Google Apps Script answers every message so.")
		d.choose(Place{Part: PartRedirects}, "Look at")
		d.SeesNot("Google Apps Script answers every message so.")
	})
}

func TestTokenIsSealedAndHidden(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabSecurity)
		d.choose(Place{Part: PartAuth}, "A user")
		d.typeIn(d.box(Place{Part: PartAuthUser}), "ada")
		d.choose(Place{Part: PartAuth}, "A token")
		d.Tap("Save")
		d.Sees("Paste the token that the other system gave you.")
		d.typeIn(d.box(Place{Part: PartAuthSecret}), "Bearer open-sesame")
		auth := d.savedAs().Auth
		if auth.Kind != core.AuthBearer || auth.Secret.ID() == "" || auth.User != "" {
			t.Errorf("stored %+v", auth)
		}
		box := d.box(Place{Part: PartAuthSecret})
		if textOf(box) != "" {
			t.Error("the token stays in the window after it was saved")
		}
		if d.page.draft.Dirty() {
			t.Error("what was saved counts as changed")
		}
		d.engine.Edit(func(data *guitest.Data) { data.Secrets["webhook/supporter-crm/auth"] = "open-sesame" })
		d.Tap("Show")
		if textOf(box) != "open-sesame" {
			t.Errorf("shown: %q", textOf(box))
		}
		d.tab(TabWhere)
		if textOf(box) != "" {
			t.Error("the token stays in the window on another tab")
		}
		d.tab(TabSecurity)
		d.choose(Place{Part: PartAuth}, "A user")
		if textOf(d.box(Place{Part: PartAuthUser})) != "ada" {
			t.Error("the user that was typed is gone")
		}
	})
}

func TestProxyOfOnesOwn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Tap(automatic)
		checks := d.engine.Called("CheckAddress")
		d.Act(func() {
			d.page.draft.Web().Network.Proxy.Kind = core.ProxyManual
			d.page.networkChanged()
		})
		d.typeIn(d.box(Place{Part: PartProxy}), "http://proxy.example.org:3128")
		d.typeIn(d.box(Place{Part: PartProxyUser}), "office")
		d.typeIn(d.box(Place{Part: PartProxyPassword}), "open")
		d.Settle()
		if d.engine.Called("CheckAddress") == checks {
			t.Error("the address is not looked at by the new way")
		}
		d.Sees("Connection: through proxy.example.org:3128")
		proxy := d.savedAs().Network.Proxy
		if proxy.Kind != core.ProxyManual || proxy.User != "office" || proxy.Password.ID() == "" {
			t.Errorf("stored %+v", proxy)
		}
		d.Act(func() {
			d.page.draft.Web().Network.Proxy.Kind = core.ProxyNone
			d.page.networkChanged()
		})
		if got := d.savedAs().Network.Proxy; got != (core.Proxy{Kind: core.ProxyNone}) {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestSecretThatIsKeptNowhereIsForgotten(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Auth = core.Auth{Kind: core.AuthBearer, Secret: core.SealedSecret("a")}
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		d.tab(TabSecurity)
		d.choose(Place{Part: PartAuth}, "Nothing")
		d.savedAs()
		d.choose(Place{Part: PartAuth}, "A token")
		d.Tap("Save")
		d.Sees("Paste the token that the other system gave you.")
	})
}

func TestSecretThatWasNeverTypedIsAskedFor(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Auth = core.Auth{Kind: core.AuthBearer, Secret: core.MissingSecret()}
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		d.tab(TabSecurity)
		d.Sees("It was never typed here.")
		d.typeIn(d.box(Place{Part: PartAuthSecret}), "sesame")
		d.SeesNot("It was never typed here.")
	})
}

func TestWrongThingsUnfold(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabFails)
		d.engine.Fail("SaveWebhook", core.Errors{core.Errorf(core.CodeInvalid, "This file cannot be read.").At("/tls/key_file")})
		d.Act(func() { d.page.draft.Web().Name = "x"; d.page.changed() })
		d.Tap("Save")
		d.Sees("This file cannot be read.")
		if d.page.tabs.Selected() != int(TabWhere) || !d.page.network.fold.Open() {
			t.Error("it does not lead into the fold")
		}
		if d.Window.Canvas().Focused() != d.box(Place{Part: PartKeyFile}) {
			t.Error("the box has no focus")
		}
	})
}

func TestWhatIsSetIsNotFoldedAway(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		if d.page.network.fold.Open() || d.page.answerFold.Open() || d.page.pacing.fold.Open() {
			t.Error("something is unfolded although nothing is set in it")
		}
		d.engine.Edit(func(data *guitest.Data) {
			w := &data.Webhooks[0].Webhook
			w.Network.NoPrivate, w.Pace.Second, w.Answer.Redirects = true, 5, core.RedirectsAccept
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		if !d.page.network.fold.Open() || !d.page.answerFold.Open() || !d.page.pacing.fold.Open() {
			t.Error("something that is set is folded away")
		}
	})
}

func TestPaceAndOrder(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.Tap(unbounded)
		d.typeIn(d.box(Place{Part: PartDay}), "1,000")
		d.typeIn(d.box(Place{Part: PartParallel}), "2")
		d.Sees("At most 1,000 a day, up to 2 at once")
		d.Act(func() { d.page.setOrder(slices.Index(orders, core.OrderField)) })
		w := d.savedAs()
		if w.Pace != (core.Pace{Day: 1000}) || w.Parallel != 2 {
			t.Errorf("stored %+v, %d at once", w.Pace, w.Parallel)
		}
		if w.Order != (core.Order{Kind: core.OrderField, Field: "Email"}) {
			t.Errorf("stored %+v", w.Order)
		}
		d.Act(func() { d.page.setOrder(slices.Index(orders, core.OrderAll)) })
		d.Sees("only one is on its way at a time")
		if got := d.savedAs().Order; got != (core.Order{Kind: core.OrderAll}) {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestFieldOfPersonIsSearched(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.Act(func() { d.page.setOrder(slices.Index(orders, core.OrderField)) })
		box := d.box(Place{Part: PartOrderField})
		d.Act(func() {
			d.Window.Canvas().Focus(box)
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		})
		search := d.Window.Canvas().Focused()
		d.Act(func() { test.Type(search, "post") })
		d.Act(func() { search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if got := d.page.draft.Web().Order.Field; got != "Postcode" {
			t.Errorf("chosen: %q", got)
		}
	})
}

func TestPauseSaysUntilWhen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			w := &data.Webhooks[0].Webhook
			w.State, w.Until = core.StatePaused, time.Now().Add(90*time.Minute)
		})
		d.Act(d.page.Refresh)
		d.Sees("Paused until ")
		if d.page.draft.Dirty() {
			t.Error("a pause counts as a change of settings")
		}
	})
}
