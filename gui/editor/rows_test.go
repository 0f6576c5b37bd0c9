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
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

func TestPreviewWaitsForThePause(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Settle()
		before := d.engine.Called("Preview")
		d.typeIn(d.box(boxOf(d.row("fname"), mapping.BoxName)), "firstname")
		d.Settle()
		if n := d.engine.Called("Preview") - before; n != 1 {
			t.Errorf("%d previews for one word", n)
		}
		d.Sees("firstname")
	})
}

func TestExampleStaysWhileRecordsComeIn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Settle()
		before := d.engine.Called("Preview")
		d.engine.Edit(func(data *guitest.Data) {
			newer := data.Samples[1]
			newer.Seq, newer.Title = 100099, "Newer"
			data.Samples = append([]control.Sample{newer}, data.Samples[1:]...) // Ada is no longer among them
		})
		d.Act(d.page.Refresh)
		d.Settle()
		if got := d.page.sample().Title; got != "Ada Lovelace" {
			t.Errorf("the example is %s now", got)
		}
		d.Act(d.page.Refresh)
		d.Settle()
		if n := d.engine.Called("Preview") - before; n > 2 {
			t.Errorf("%d previews though nothing was typed", n)
		}
	})
}

func TestSecretsAreShownOnlyWhenAskedFor(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		row := d.row("api_key")
		box := d.box(boxOf(row, mapping.BoxValue))
		if d.engine.Called("RevealSecret") > 0 || strings.Contains(textOf(box), "horse") {
			t.Error("the secret is in the window although nobody asked")
		}
		d.Tap("Show")
		if got := textOf(box); got != "correct horse" {
			t.Errorf("shown: %q", got)
		}
		if d.page.draft.Dirty() {
			t.Error("looking at a secret is a change")
		}
		d.Act(func() { d.page.choose(TabWhere) })
		if textOf(box) != "" {
			t.Error("the secret stays in the window on another tab")
		}
		d.Act(func() { d.page.choose(TabWhat) })
		d.typeIn(box, "new key")
		if text, ok := d.page.draft.Control().Webhook.Body.Fields[4].Secret.Text(); !ok || text != "new key" {
			t.Errorf("typed secret travels as %q", text)
		}
		d.Tap("Save")
		d.Sees("All changes saved")
	})
}

func TestRowsMoveWithTheKeyboard(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		box := d.box(boxOf(d.row("fname"), mapping.BoxName))
		d.Act(func() {
			d.Window.Canvas().Focus(box)
			d.page.moveFocused(1)
		})
		if d.Window.Canvas().Focused() != box {
			t.Error("the row lost the focus on its way")
		}
		d.Tap("Save")
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
		d.Act(func() { d.page.choose(TabWhat) })
		d.Tap("Add all 2 that are left")
		want := []string{"fname", "lname", "email", "Postcode", "Joined on", "source", "api_key"}
		if got := names(d.page.draft.Control().Webhook); !slices.Equal(got, want) {
			t.Errorf("fields %q, want %q", got, want)
		}
		for range 5 {
			d.Tap("Remove this row")
		}
		d.Sees("Nothing of the record itself is sent now")
		for range 2 {
			d.Tap("Remove this row")
		}
		d.Sees("Everything in the record is sent, under its own names.")
		d.Tap("Choose fields")
		if got := len(d.page.draft.Control().Webhook.Body.Fields); got != 5 {
			t.Errorf("%d fields chosen, want the record's 5", got)
		}
	})
}

func TestNewRowIsNotRed(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		d.Tap("Add a field")
		focused := d.Window.Canvas().Focused()
		if focused == nil {
			t.Fatal("the new row has no focus")
		}
		d.Act(func() { test.Type(focused, "Postcode") })
		d.Settle()
		d.SeesNot("thing to fix")
		d.Sees("Postcode is left out until you name it.")
		d.Tap("Save")
		d.Sees("1 thing to fix")
		d.Sees("Type the name the other system uses, or remove this row.")
		if name, ok := d.Window.Canvas().Focused().(*widgets.Entry); !ok || name.PlaceHolder != "Their field name" {
			t.Error("Save does not lead to the missing name")
		}
	})
}

func TestFieldsCanBeSearched(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		row := d.row("fname")
		box := d.box(boxOf(row, mapping.BoxFrom))
		d.Act(func() { box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) })
		search := d.Window.Canvas().Focused()
		if search == nil {
			t.Fatal("the list opens without its search")
		}
		d.Act(func() { test.Type(search, "post") })
		d.Act(func() { search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if row.From != "Postcode" || textOf(box) != "Postcode" {
			t.Errorf("chosen: %q", row.From)
		}
		if d.Window.Canvas().Overlays().Top() != nil {
			t.Error("the list stays open")
		}
	})
}

func TestChoicesReachTheWebhook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		d.Tap("Pack it another way")
		d.Tap("JSON")
		d.Act(func() { d.page.draft.SetSource("till", true); d.page.changed() })
		d.Tap("Save")
		got := d.stored("supporter-crm").Webhook
		if got.Body.Style != core.BodyJSON || !slices.Equal(got.Sources, []string{"till"}) {
			t.Errorf("stored: %s, sources %q", got.Body.Style, got.Sources)
		}
	})
}

func TestGetSendsNoData(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		get := slices.Index(methods, "GET")
		d.Act(func() {
			method := d.page.spots[Place{Part: PartMethod}].focus.(*widgets.Select)
			for method.Selected() != get {
				method.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			}
			d.page.choose(TabWhat)
		})
		d.Sees("With GET the web address alone is called")
		d.SeesNot("Fields to send")
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook; got.Method != "GET" || got.Body.Style != core.BodyNone || len(got.Body.Fields) != 5 {
			t.Errorf("stored: %s, %q, %d fields", got.Method, got.Body.Style, len(got.Body.Fields))
		}
	})
}

func TestPlanIsChosenAndDrawn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabFails) })
		d.Sees("8 tries in 1½ hours.")
		d.Act(func() {
			d.page.draft.Plan.Kind = PlanEvery
			d.page.showPlan()
			d.page.changed()
			d.page.relayout()
		})
		d.Sees("13 tries in 3 hours.")
		d.typeIn(d.box(Place{Part: PartTimes}), "never")
		d.Tap("Save")
		d.Sees("Type how often to try again, from 1 to 1,000.")
		d.typeIn(d.box(Place{Part: PartTimes}), "4")
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook.Retry; got.Every.Minutes() != 15 || got.Times != 4 {
			t.Errorf("stored plan: %+v", got)
		}
	})
}

func TestPreviewIsMadeAgainAfterComingBack(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Settle()
		d.typeIn(d.box(boxOf(d.row("fname"), mapping.BoxName)), "given")
		canvas := d.Window.Canvas()
		d.Act(d.page.Leave)
		d.Act(func() { d.page.Show(canvas) })
		d.Settle()
		if d.page.pane.shown.Pairs[0].Name != "given" {
			t.Error("the preview is an old one")
		}
	})
}

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.SetNarrow(true) })
		for tab := range tabs {
			d.Act(func() { d.page.choose(tab) })
			screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		}
		d.Act(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}

func TestNarrowPreviewOpensOverThePage(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() {
			d.page.SetNarrow(true)
			d.Window.Resize(fyne.NewSize(832, 600))
		})
		d.Settle()
		d.Sees("Ada Lovelace → 5 values")
		d.SeesNot("This is what will be sent")
		d.Tap("Preview")
		d.Sees("This is what will be sent")
		d.Tap("Close")
		if d.Window.Canvas().Overlays().Top() != nil {
			t.Error("the preview stays open")
		}
	})
}
