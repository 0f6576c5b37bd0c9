package editor

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/gui/guitest"
	"hookbird/gui/mapping"
	"hookbird/gui/packing"
)

func (d *desk) tab(tab Tab) { d.Act(func() { d.page.choose(tab) }) }

func TestEveryPackingReachesTheWebhook(t *testing.T) {
	for _, way := range packing.Ways() {
		t.Run(way.Name, func(t *testing.T) {
			open(t, "supporter-crm", func(d *desk) {
				d.tab(TabWhat)
				d.Tap("Pack it another way")
				if way.Rare {
					d.Tap("More ways")
				}
				d.Tap(way.Name)
				d.Settle()
				if got := d.page.draft.Webhook().Body.Style; got != way.Style {
					t.Errorf("packed as %q, want %q", got, way.Style)
				}
				if !d.page.pane.ready {
					t.Error("no preview is shown")
				}
				if tables := d.Has("Fields to send"); tables != d.page.draft.usesFields() {
					t.Errorf("the table of fields is shown: %v", tables)
				}
			})
		})
	}
}

func TestPackingStandsAloneUntilAnotherIsWanted(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhat)
		d.Sees("Web form")
		d.SeesNot("JSON list")
		d.Tap("Pack it another way")
		d.Sees("JSON list")
		d.SeesNot("Multipart form")
		d.Sees(`[{ "First name": "Ada" },`)
	})
	open(t, "", func(d *desk) {
		d.tab(TabWhat)
		d.Sees("JSON list")
	})
}

func TestOwnTextBeginsWithWhatWasSent(t *testing.T) {
	fields := []core.Field{
		{Name: "first name", From: "First name"},
		{Name: "who", Template: "[First name] [Last name]"},
		{Name: "tag", Value: `a [b] "c"`},
		{Name: "key", Secret: core.SealedSecret("s")},
	}
	tests := []struct {
		name  string
		style core.BodyStyle
		rows  mapping.Rows
		want  string
	}{
		{"form", core.BodyForm, mapping.RowsOfFields(fields), "first+name=[First name]&who=[First name] [Last name]&tag=a+%5Bb%5D+%22c%22&key=[secret:key]"},
		{"JSON", core.BodyJSON, mapping.RowsOfFields(fields), "{\n  \"first name\": \"[First name]\",\n  \"who\": \"[First name] [Last name]\",\n  \"tag\": \"a \\[b] \\\"c\\\"\",\n  \"key\": \"[secret:key]\"\n}"},
		{"everything", core.BodyJSON, nil, "{\n  \"Email\": \"[Email]\"\n}"},
		{"everything in a form", core.BodyMultipart, nil, "Email=[Email]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := startText(tt.style, tt.rows, []control.SampleField{{Path: "Email", Value: "a@example.org"}})
			if got != tt.want {
				t.Errorf("the text begins with\n%s\nwant\n%s", got, tt.want)
			}
			w := rally()
			w.Body = core.Body{Style: core.BodyTemplate, Template: got, Keys: []core.NamedSecret{{Name: "key", Secret: core.NewSecret("k")}}}
			if errs := message.Validate(&w); errs != nil {
				t.Errorf("it is no good text: %v", errs)
			}
		})
	}
}

func TestOwnTextIsCheckedWhileItIsTyped(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhat)
		d.Tap("Pack it another way")
		d.Tap("My own text")
		d.Sees("There is no secret value called api_key yet.")
		box := d.box(Place{Part: PartTemplate})
		d.typeIn(box, "a=[Frist Name]")
		d.Sees("There is no field called [Frist Name]. Did you mean [First name]?")
		d.typeIn(box, "a=[First name]&b=[Email]&c=[Postcode]")
		d.Sees("3 fields found, all of them exist.")
		d.typeIn(box, `{"a": "[First name]", "b": }`)
		d.Sees("What it looks like: JSON")
		d.SeesNot("fields found")
		if got := d.page.draft.Shown(d.page.draft.Problems()); len(got) > 0 {
			t.Errorf("red before the box was left: %v", got)
		}
		d.Tap("Save")
		d.Sees("1 thing to fix")
		if d.Window.Canvas().Focused() != box {
			t.Error("Save does not lead to the text")
		}
		d.typeIn(box, `{"a": "[First name]"}`)
		d.Settle()
		d.Sees("Ada Lovelace")
		if got := d.page.pane.shown.Body; got != `{"a": "Ada"}` {
			t.Errorf("preview %s", got)
		}
		d.Tap("Save")
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook.Body; got.Style != core.BodyTemplate || got.Template != `{"a": "[First name]"}` || len(got.Fields) != 5 {
			t.Errorf("stored body %+v", got)
		}
	})
}

func TestKindOfTextIsChosen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhat)
		d.Tap("Pack it another way")
		d.Tap("My own text")
		d.typeIn(d.box(Place{Part: PartTemplate}), "Hello [First name]")
		d.Act(func() {
			kind := d.page.what.text.kind
			for range 4 {
				kind.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			}
		})
		if got := d.page.draft.Webhook().Body.ContentType; got != "text/plain; charset=utf-8" {
			t.Errorf("kind %q", got)
		}
		if names, _ := d.page.what.text.kinds(); names[0] != "What it looks like: Web form text" {
			t.Errorf("it is said to look like %q", names[0])
		}
	})
}

func TestSecretsOfTheTextAreOfferedAndSealed(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhat)
		d.SeesNot("Secret values of the text")
		d.Tap("Pack it another way")
		d.Tap("My own text")
		d.typeIn(d.box(Place{Part: PartTemplate}), "a=[Email]&k=[secret:key]")
		d.Tap("Add “key”")
		row := d.page.draft.BodyKeys[0]
		d.typeIn(d.box(boxOf(row, mapping.BoxValue)), "open sesame")
		d.SeesNot("no such secret value")
		d.Sees("2 fields found, all of them exist.")
		d.Settle()
		if got := d.page.pane.shown.Body; strings.Contains(got, "sesame") || !strings.Contains(got, core.Dots) {
			t.Errorf("preview %s", got)
		}
		d.Tap("Save")
		d.Sees("All changes saved")
		keys := d.stored("supporter-crm").Webhook.Body.Keys
		if len(keys) != 1 || keys[0].Name != "key" || keys[0].Secret.ID() == "" {
			t.Errorf("stored %+v", keys)
		}
		if row.Place() != "body:key" {
			t.Errorf("it is revealed as %q", row.Place())
		}
	})
}

func TestListsGoOutTogether(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.SeesNot("Records in one list")
		d.tab(TabWhat)
		d.Tap("Pack it another way")
		d.Tap("JSON list")
		d.tab(TabWhen)
		d.Sees("up to 50 go out in one message.")
		d.typeIn(d.box(Place{Part: PartSendList}), "2000")
		d.Tap("Save")
		d.Sees("Type how many records one list may hold, from 1 to 1,000.")
		d.typeIn(d.box(Place{Part: PartSendList}), "20")
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook.Send; !cmp.Equal(got, core.Send{Batch: 20}) {
			t.Errorf("stored %+v", got)
		}
		d.tab(TabWhat)
		d.Tap("JSON")
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook; !cmp.Equal(got.Send, core.Send{}) {
			t.Errorf("stored %+v", got.Send)
		}
	})
}

func TestTurnsAreChosen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.Act(func() { d.page.chooseSoon(SoonTurns) })
		d.Sees("Each turn sends up to 60 of them, one message each.")
		d.typeIn(d.box(Place{Part: PartSendEvery}), "30")
		d.typeIn(d.box(Place{Part: PartSendBatch}), "100")
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook.Send; got.Every.Minutes() != 30 || got.Batch != 100 {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestAddressMayHoldFields(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		box := d.box(Place{Part: PartAddress})
		d.typeIn(box, "https://crm.example.org/people/[Emial]")
		d.Settle()
		d.Sees("There is no field called [Emial]. Did you mean [Email]?")
		d.typeIn(box, "https://crm.example.org/people/[Email]?key=[secret:key]")
		d.Settle()
		if d.engine.Called("CheckAddress") > 0 {
			t.Error("looked up although a secret is missing")
		}
		d.tab(TabSecurity)
		d.Tap("Add “key”")
		d.typeIn(d.box(boxOf(d.page.draft.Keys[0], mapping.BoxValue)), "sesame")
		d.Settle()
		if got := d.page.pane.shown.URL; !strings.HasPrefix(got, "https://crm.example.org/people/Ada%40example.org?key=") || strings.Contains(got, "sesame") {
			t.Errorf("sent to %s", got)
		}
		d.Tap("Save")
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook.Keys; len(got) != 1 || got[0].Secret.ID() == "" {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestHeaderLineMayHoldFields(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabSecurity)
		d.Tap("Add one with fields in it")
		row := d.page.draft.Headers[0]
		d.typeIn(d.box(boxOf(row, mapping.BoxName)), "X-Person")
		d.typeIn(d.box(boxOf(row, mapping.BoxValue)), "[Email")
		d.Tap("Save")
		d.Sees("1 thing to fix")
		if got := d.page.tabs.Selected(); got != int(TabSecurity) {
			t.Errorf("it leads to tab %d", got)
		}
		d.typeIn(d.box(boxOf(row, mapping.BoxValue)), "[Email]")
		d.Settle()
		if !slices.Contains(d.page.pane.shown.Headers, "X-Person: Ada@example.org") {
			t.Errorf("header lines %q", d.page.pane.shown.Headers)
		}
	})
}

func TestRefusalStandsAtItsField(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Fail("SaveWebhook", core.Errors{
			core.Errorf(core.CodeInvalid, "This name is taken over there.").At("/body/fields/1/name"),
			core.Errorf(core.CodeInvalid, "Too many at once.").At("/send/batch"),
		})
		d.typeIn(d.box(Place{Part: PartName}), "x")
		d.Tap("Save")
		if d.page.tabs.Selected() != int(TabWhat) || d.Window.Canvas().Focused() != d.box(boxOf(d.row("lname"), mapping.BoxName)) {
			t.Error("it does not lead to the first place")
		}
		d.Sees("This was not saved: This name is taken over there.")
		d.Sees("2 things to fix")
		d.engine.Fail("SaveWebhook", nil)
		d.Tap("Save") // as it was: another try may work
		d.Sees("All changes saved")
		d.SeesNot("things to fix")
	})
}

func TestExampleThatWouldNotBeSentSaysWhy(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		before := d.engine.Called("Samples")
		d.engine.Edit(func(data *guitest.Data) {
			data.Samples[0].Wanted, data.Samples[0].Why = false, "role is GUEST."
		})
		d.Act(func() { d.page.draft.Web().Filter = "role=MEMBER"; d.page.changed() })
		d.Settle()
		d.Sees("Ada Lovelace would not be sent: role is GUEST.")
		if n := d.engine.Called("Samples") - before; n != 1 {
			t.Errorf("samples were read %d times", n)
		}
	})
}

func TestIncompleteRowsDoNotBlockATextOfOnesOwn(t *testing.T) {
	d := edit(rally())
	d.Fields = append(d.Fields, &mapping.Row{Kind: core.FieldFrom, From: "city"})
	d.SetStyle(core.BodyTemplate)
	d.Web().Body.Template = "a=[city]"
	if got := d.Problems(); len(got) > 0 {
		t.Errorf("problems nobody can see: %+v", got)
	}
}
