package editor

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

func TestPreviewWaitsForThePause(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		before := d.engine.Called("Preview")
		d.typeIn(d.box(Place{PartRowName, d.row("fname")}), "firstname")
		d.settle()
		if n := d.engine.Called("Preview") - before; n != 1 {
			t.Errorf("%d previews for one word", n)
		}
		d.sees("firstname")
	})
}

func TestExampleStaysWhileRecordsComeIn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		before := d.engine.Called("Preview")
		d.engine.Edit(func(data *guitest.Data) {
			newer := data.Samples[1]
			newer.Seq, newer.Title = 100099, "Newer"
			data.Samples = append([]control.Sample{newer}, data.Samples[1:]...) // Ada is no longer among them
		})
		d.do(d.page.Refresh)
		d.settle()
		if got := d.page.sample().Title; got != "Ada Lovelace" {
			t.Errorf("the example is %s now", got)
		}
		d.do(d.page.Refresh)
		d.settle()
		if n := d.engine.Called("Preview") - before; n > 2 {
			t.Errorf("%d previews though nothing was typed", n)
		}
	})
}

func TestSecretsAreShownOnlyWhenAskedFor(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		row := d.row("api_key")
		var l *line
		for _, table := range d.page.tables {
			if found := table.lines[row]; found != nil {
				l = found
			}
		}
		if d.engine.Called("RevealSecret") > 0 || strings.Contains(l.secret.Entry().Text, "horse") {
			t.Error("the secret is in the window although nobody asked")
		}
		d.do(func() { screen.Tap(t, l.secret, "Show") })
		if got := l.secret.Entry().Text; got != "correct horse" || l.secret.Masked() {
			t.Errorf("shown: %q", got)
		}
		if d.page.draft.Dirty() {
			t.Error("looking at a secret is a change")
		}
		d.do(func() { d.page.choose(TabWhere) })
		if l.secret.Entry().Text != "" || !l.secret.Masked() {
			t.Error("the secret stays in the window on another tab")
		}
		d.do(func() { d.page.choose(TabWhat) })
		d.typeIn(l.secret.Entry(), "new key")
		if text, ok := d.page.draft.Control().Webhook.Body.Fields[4].Secret.Text(); !ok || text != "new key" {
			t.Errorf("typed secret travels as %q", text)
		}
		d.tap("Save")
		d.sees("All changes saved")
	})
}

func TestRowsMoveWithTheKeyboard(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		box := d.box(Place{PartRowName, d.row("fname")})
		d.do(func() {
			d.window.Canvas().Focus(box)
			d.page.moveFocused(1)
		})
		if d.window.Canvas().Focused() != box {
			t.Error("the row lost the focus on its way")
		}
		d.tap("Save")
		want := []string{"lname", "fname", "email", "source", "api_key"}
		if got := names(d.stored("supporter-crm").Webhook); !slices.Equal(got, want) {
			t.Errorf("stored order %q, want %q", got, want)
		}
	})
}

func names(w core.Webhook) []string {
	var all []string
	for _, f := range w.Body.Fields {
		all = append(all, f.Name)
	}
	return all
}

func TestFieldsAreAddedAndRemoved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("Add all 2 that are left")
		want := []string{"fname", "lname", "email", "Postcode", "Joined on", "source", "api_key"}
		if got := names(d.page.draft.Control().Webhook); !slices.Equal(got, want) {
			t.Errorf("fields %q, want %q", got, want)
		}
		for range 5 {
			d.tap("Remove this row")
		}
		d.sees("Nothing of the record itself is sent now")
		for range 2 {
			d.tap("Remove this row")
		}
		d.sees("Everything in the record is sent, under its own names.")
		d.tap("Choose fields")
		if got := len(d.page.draft.Control().Webhook.Body.Fields); got != 5 {
			t.Errorf("%d fields chosen, want the record's 5", got)
		}
	})
}

func TestNewRowIsNotRed(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("Add a field")
		focused, ok := d.window.Canvas().Focused().(*chooser)
		if !ok {
			t.Fatal("the new row has no focus")
		}
		d.do(func() { test.Type(focused, "Postcode") })
		d.settle()
		d.seesNot("thing to fix")
		d.sees("Postcode is left out until you name it.")
		d.tap("Save")
		d.sees("1 thing to fix")
		d.sees("Type the name the other system uses, or remove this row.")
		if name, ok := d.window.Canvas().Focused().(*widgets.Entry); !ok || name.PlaceHolder != "Their field name" {
			t.Error("Save does not lead to the missing name")
		}
	})
}

func TestFieldsCanBeSearched(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		row := d.row("fname")
		box := d.box(Place{PartFrom, row}).(*chooser)
		d.do(box.open)
		search, ok := d.window.Canvas().Focused().(*listSearch)
		if !ok {
			t.Fatal("the list opens without its search")
		}
		d.do(func() { test.Type(search, "post") })
		d.do(func() { search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if row.From != "Postcode" || box.Text != "Postcode" {
			t.Errorf("chosen: %q", row.From)
		}
		if d.window.Canvas().Overlays().Top() != nil {
			t.Error("the list stays open")
		}
	})
}

func TestChoicesReachTheWebhook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("JSON")
		d.do(func() { d.page.draft.SetSource("till", true); d.page.changed() })
		d.tap("Save")
		got := d.stored("supporter-crm").Webhook
		if got.Body.Style != core.BodyJSON || !slices.Equal(got.Sources, []string{"till"}) {
			t.Errorf("stored: %s, sources %q", got.Body.Style, got.Sources)
		}
	})
}

func TestGetSendsNoData(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		get := slices.Index(methods, "GET")
		d.do(func() {
			method := d.page.spots[Place{Part: PartMethod}].focus.(*widgets.Select)
			for method.Selected() != get {
				method.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			}
			d.page.choose(TabWhat)
		})
		d.sees("With GET the web address alone is called")
		d.seesNot("Fields to send")
		d.tap("Save")
		if got := d.stored("supporter-crm").Webhook; got.Method != "GET" || got.Body.Style != core.BodyNone || len(got.Body.Fields) != 5 {
			t.Errorf("stored: %s, %q, %d fields", got.Method, got.Body.Style, len(got.Body.Fields))
		}
	})
}

func TestPlanIsChosenAndDrawn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabFails) })
		d.sees("8 tries in 1½ hours.")
		d.do(func() {
			d.page.draft.Plan.Kind = PlanEvery
			d.page.showPlan()
			d.page.changed()
			d.page.relayout()
		})
		d.sees("13 tries in 3 hours.")
		d.typeIn(d.box(Place{Part: PartTimes}), "never")
		d.tap("Save")
		d.sees("Type how often to try again, from 1 to 1,000.")
		d.typeIn(d.box(Place{Part: PartTimes}), "4")
		d.tap("Save")
		if got := d.stored("supporter-crm").Webhook.Retry; got.Every.Minutes() != 15 || got.Times != 4 {
			t.Errorf("stored plan: %+v", got)
		}
	})
}

func TestPreviewIsMadeAgainAfterComingBack(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		d.typeIn(d.box(Place{PartRowName, d.row("fname")}), "given")
		canvas := d.window.Canvas()
		d.do(d.page.Leave)
		d.do(func() { d.page.Show(canvas) })
		d.settle()
		if d.page.pane.shown.Pairs[0].Name != "given" {
			t.Error("the preview is an old one")
		}
	})
}

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.SetNarrow(true) })
		for tab := range tabs {
			d.do(func() { d.page.choose(tab) })
			screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		}
		d.do(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}

func TestNarrowPreviewOpensOverThePage(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() {
			d.page.SetNarrow(true)
			d.window.Resize(fyne.NewSize(832, 600))
		})
		d.settle()
		d.sees("Ada Lovelace → 5 values")
		d.seesNot("This is what will be sent")
		d.tap("Preview")
		d.sees("This is what will be sent")
		d.tap("Close")
		if d.window.Canvas().Overlays().Top() != nil {
			t.Error("the preview stays open")
		}
	})
}
