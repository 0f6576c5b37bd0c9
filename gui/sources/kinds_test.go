package sources

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestSpreadsheet(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Sees("Nothing is sent before you answer.")
		d.Tap("Look what is there")
		d.Tap("Choose: Sheet")
		d.Sees("Old")
		d.Act(func() { d.Window.Canvas().Overlays().Remove(d.Window.Canvas().Overlays().Top()) })
		d.typed("Sheet", "Members")
		d.Tap("When a column says so")
		d.typed("Column", "Done")
		d.typed("says", "yes")
		d.typed("Columns that tell rows apart", "Member no.")
		d.Tap("Also send a row again when it has changed")
		d.Tap("Does it look wrong?")
		d.typed("Row with the headings", "3")
		d.Tap("Switch it on")
		got := d.source("Members")
		want := core.SheetSource{
			Path: "/home/ada/Shared/Members.xlsx", Keys: []string{"Member no."}, Changed: true, Ready: "Done", ReadyIs: "yes",
			Layout: core.Layout{Sheet: "Members", HeaderRow: 3},
		}
		if !reflect.DeepEqual(*got.Sheet, want) || got.Existing.Do != core.ExistingAsk {
			d.Errorf("saved %+v, %+v", *got.Sheet, got.Existing)
		}
	})
}

func TestSpreadsheetRowsThatRest(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.edit("members")
		d.chosen("It has not changed for", "5 minutes")
		d.typed("and these columns are filled in", "Email")
		d.Tap("Save")
		got := d.source("Members list").Sheet
		if got.Settle != 5*time.Minute || !slices.Equal(got.Required, []string{"Email"}) || got.Ready != "" {
			d.Errorf("saved %+v", got)
		}
	})
}

// What counts only later must not keep anybody from looking.
func TestALookNeedsOnlyWhereToLook(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Spreadsheet")
		d.Tap("Choose…")
		d.Tap("Also send a row again when it has changed")
		d.Tap("Look what is there")
		d.service.Read(func(data guitest.Data) {
			got := data.Sourcing.Surveyed[0]
			if got.Sheet.Changed || got.Sheet.Path == "" || got.Name == "" {
				d.Errorf("looked at %+v", got.Sheet)
			}
		})
	})
}

func TestLocalAddress(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		d.Tap("A program here sends to us")
		d.Sees("Switch it on, and its address is made")
		d.typed("Name of this source", "Till")
		d.Tap("Ask for a token too off")
		d.SeesNot("Type a token")
		d.Tap("Switch it on")
		d.Sees("Type a token, or make one, or switch it off.")
		d.Tap("Make one")
		d.typed("Web pages that may send from a browser, one a line", "https://till.example.org\n\n")
		d.chosen("It signs with", "A signature of its own (HMAC)")
		d.typed("Secret key", "a long secret of the sender")
		d.typed("Begins with", "sha256=")
		d.Tap("Take XML too")
		d.Tap("Switch it on")
		got := d.source("Till").Local
		if got.Token.IsZero() || got.Key.IsZero() || !got.XML || got.Query || !slices.Equal(got.AllowedOrigins, []string{"https://till.example.org"}) ||
			got.Verify.Style != core.VerifyHMAC || got.Verify.Prefix != "sha256=" || got.Verify.Secret.ID() == "" {
			d.Errorf("saved %+v", got)
		}
		d.Sees("http://127.0.0.1:8471/in/" + core.Dots)
		d.Tap("Change…")
		d.Tap("Ask for a token too on")
		d.chosen("It signs with", "No (usual)")
		d.Tap("Save")
		if got := d.source("Till").Local; !got.Token.IsZero() || got.Verify != (core.Verify{}) {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestDatabaseOnAServer(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Database")
		d.Sees("File")
		d.chosen("Kind", "PostgreSQL")
		d.typed("Server", "db.example.org")
		d.typed("Port", "5433")
		d.typed("Database", "tickets")
		d.typed("User", "reader")
		d.typed("Password", "open sesame")
		d.typed("Table", "public.orders")
		d.typed("Column that rises with every new row", "id")
		d.Tap("Switch it on")
		got := d.source("public.orders").Database
		password := got.Password
		got.Password = core.Secret{}
		want := core.DatabaseSource{Kind: core.Postgres, Host: "db.example.org", Port: 5433, Name: "tickets", User: "reader", Table: "public.orders", Rising: "id"}
		if !reflect.DeepEqual(*got, want) || password.ID() == "" {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestDatabaseTableAndColumnAreChosenFromLists(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("tickets")
		d.Tap("Look what is there")
		var offered []string
		for _, c := range d.setup().tableOffers() {
			offered = append(offered, c.Text)
		}
		if !slices.Equal(offered, []string{"dbo.orders", "dbo.people"}) {
			d.Errorf("tables are %q", offered)
		}
		if rising := d.setup().risingOffers(); len(rising) != 1 || rising[0].Text != "Member no." {
			d.Errorf("columns that rise are %+v", rising)
		}
		d.Tap("Choose: Table")
		d.Sees("dbo.people")
	})
}

func TestDatabaseKeepsOnlyWhatItsKindHas(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("tickets")
		d.chosen("Kind", "A SQLite file")
		d.Tap("Choose…")
		d.Tap("A query")
		d.typed("Query", "SELECT * FROM orders WHERE id > :last ORDER BY id")
		d.Tap("In detail")
		d.chosen("Rows that come in late are looked for so far back", "1 hour")
		d.chosen("Ask every", "5 minutes")
		d.Tap("Save")
		got := *d.source("Box office database").Database
		want := core.DatabaseSource{
			Kind: core.SQLite, File: "/home/ada/Shared/Members.xlsx", Query: "SELECT * FROM orders WHERE id > :last ORDER BY id",
			Rising: "id", Overlap: time.Hour, Every: 5 * time.Minute,
		}
		if !reflect.DeepEqual(got, want) {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestWebService(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) {
		d.Sourcing.Survey.Survey.Layout.List = "data.members"
		d.Sourcing.Survey.Survey.Element = []string{"data.members", "data.old"}
	})
	in(t, s, false, func(d *desk) {
		d.Tap("We ask a website")
		d.typed("Web address", " https://api.example.org/members ")
		d.chosen("It wants to know who asks", "A user and a password")
		d.typed("User", "ada")
		d.typed("Password", "open sesame")
		d.Tap("Header lines and keys")
		d.Tap("Add a header line")
		d.typed("Name of the header line", "X-Tenant")
		d.typed("Value of the header line", "42")
		d.Tap("The value is a secret, not ticked")
		d.Tap("Look what is there")
		if got := d.box("Path to the list in the answer").Text; got != "data.members" {
			d.Errorf("the path that was found is not taken over: %q", got)
		}
		d.typed("Fields that tell records apart", "Member no.")
		d.Tap("Long lists: pages")
		d.chosen("A long list comes", "Pages are counted")
		d.typed("Name in the web address", "page")
		d.typed("The first one is number", "1")
		d.Tap("At set times")
		d.typed("Times of day", "13:30, 7")
		d.Tap("Monday, not ticked")
		d.Sees("Next: tomorrow 07:00, tomorrow 13:30")
		d.Tap("Switch it on")
		got := d.source("api.example.org").Web
		if got.Ask.Address != "https://api.example.org/members" || got.List != "data.members" || got.Keys[0] != "Member no." || got.Every != 0 ||
			!slices.Equal(got.At, []int{420, 810}) || !slices.Equal(got.Days, []time.Weekday{time.Monday}) ||
			got.Paging != (core.Paging{Kind: core.PagingPage, Param: "page", First: 1}) {
			d.Errorf("saved %+v", got)
		}
		if h := got.Ask.Headers[0]; got.Ask.Auth.User != "ada" || got.Ask.Auth.Secret.ID() == "" || h.Name != "X-Tenant" || h.Value != "" || h.Secret.ID() == "" {
			d.Errorf("saved %+v", got.Ask)
		}
	})
}

func TestSecretsAreShownOnDemandOnly(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.edit("tickets")
		if d.service.Called("RevealSecret") != 0 {
			d.Fatal("a secret was fetched without being asked for")
		}
		box := d.box("Password")
		d.Tap("Show")
		if box.Text != "open sesame" || box.Password {
			d.Errorf("shown is %q", box.Text)
		}
		d.Act(d.page.Leave)
		if box.Text != "" || !box.Password {
			d.Error("it is still shown after the page was left")
		}
		d.Tap("Save")
		if got := d.source("Box office database").Database.Password; got.ID() != "tickets/password" {
			d.Errorf("the secret became %q", got.ID())
		}
	})
}

func TestTimer(t *testing.T) {
	in(t, guitest.Empty(), true, func(d *desk) {
		d.Tap("At set times")
		d.Sees("Next: tomorrow 07:00, Tuesday 07:00, Wednesday 07:00")
		d.typed("Times of day", "at noon or so")
		d.Sees("1 thing to fix")
		d.SeesNot("Next:")
		d.Tap("Every so often")
		d.SeesNot("thing to fix")
		d.Sees("1 hour")
		d.Tap("Make up for what was missed")
		d.Tap("Add a field")
		d.typed("Name of the field", "what")
		d.typed("Text of the field", "report of [@today]")
		d.Tap("Add a field")
		d.Tap("Remove this line") // the first
		d.Tap("Add a field")
		d.typed("Name of the field", "kind")
		d.typed("Text of the field", "nightly")
		d.Tap("Add a field")
		d.Tap("Switch it on")
		got := *d.source("At set times").Timer
		if got.Every != time.Hour || got.At != nil || !got.Missed || got.Data[0] != (core.Fixed{Name: "kind", Value: "nightly"}) {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestForm(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Tap("Form")
		d.Tap("Remove this line")
		d.Tap("Add a field")
		d.SeesNot("Choices")
		if e, ok := d.Window.Canvas().Focused().(interface{ AccessibilityLabel() string }); !ok || e.AccessibilityLabel() != "Name of the field" {
			d.Errorf("the focus is on %T", d.Window.Canvas().Focused())
		}
		d.Act(func() {
			line := &d.setup().draft.src.Form.Inputs[2]
			line.Name, line.Kind, line.Choices = "Likes", core.InputChoice, []string{"Theatre", "Music"}
		})
		d.chosen("A record can be taken back for", "5 minutes")
		d.Sees("A record can be taken back for")
		d.Tap("Switch it on")
		got := *d.source("Form").Form
		want := core.FormSource{Grace: 5 * time.Minute, Inputs: []core.Input{
			{Name: "Last name", Required: true},
			{Name: "Email", Kind: core.InputEmail},
			{Name: "Likes", Kind: core.InputChoice, Choices: []string{"Theatre", "Music"}},
		}}
		if !reflect.DeepEqual(got, want) {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestChoicesOfAFormAreTypedWithSemicolons(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.edit("desk")
		d.typed("Choices", "Theatre; Music;; Film ")
		d.Tap("Save")
		if got := d.source("New supporter").Form.Inputs[3].Choices; !slices.Equal(got, []string{"Theatre", "Music", "Film"}) {
			d.Errorf("saved %q", got)
		}
	})
}

func TestJSONSamplesHaveFieldsWithoutColumns(t *testing.T) {
	v := core.Survey{Records: -1, Samples: [][]byte{[]byte(`{"id":7,"name":"Ada \u00e9"}`), []byte(`{"id":8,"a\"b":true}`)}}
	got := fieldsOf(v)
	want := []core.Column{{Name: "id", Samples: []string{"7", "8"}}, {Name: "name", Samples: []string{"Ada é"}}, {Name: `a"b`, Samples: []string{"true"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("fields are %+v", got)
	}
	screen.App(t)
	table := sampleTable(v, func() {})
	if !screen.Has(table, `a"b`) || screen.Has(table, "Third") {
		t.Errorf("the table says %q", screen.Texts(table))
	}
}

func TestManyFieldsAreFoldedAway(t *testing.T) {
	screen.App(t)
	v := core.Survey{Samples: [][]byte{[]byte(`{"field 59":"x"}`)}}
	for i := range 60 {
		v.Columns = append(v.Columns, core.Column{Name: "field " + countOf(i)})
	}
	fitted := 0
	table := sampleTable(v, func() { fitted++ })
	if screen.Has(table, "field 59") {
		t.Error("all are shown at once")
	}
	screen.Tap(t, table, "48 more fields")
	if !screen.Has(table, "field 59") || fitted != 1 {
		t.Errorf("not unfolded, or nobody made room: %d", fitted)
	}
}

var _ fyne.Focusable = (*tick)(nil)
