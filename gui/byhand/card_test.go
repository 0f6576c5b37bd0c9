package byhand

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is the card in a window, and what it said.
type desk struct {
	*screen.Desk
	card    *Card
	service *guitest.Service
	said    []string
	began   time.Time
}

func in(t *testing.T, s *guitest.Service, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: s, card: New(s), began: time.Now()}
		d.card.Now = func() time.Time { return guitest.Now().Add(time.Since(d.began)) }
		d.card.OnSay = func(text string) { d.said = append(d.said, text) }
		d.Desk = screen.NewDesk(t, widgets.VBox(0, d.card.Object()), fyne.NewSize(420, 780))
		d.forms()
		run(d)
		d.Act(d.card.Leave)
		time.Sleep(time.Minute)
	})
}

// forms reads the sources, as the page does.
func (d *desk) forms() {
	d.Helper()
	views, err := d.service.Sources(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	d.Act(func() { d.card.SetForms(views) })
}

// line finds a field of the form by the name of its field.
func (d *desk) line(name string) *line {
	d.Helper()
	for _, l := range d.card.lines.list {
		if l.in.Name == name {
			return l
		}
	}
	d.Fatalf("there is no field %q", name)
	return nil
}

// fill fills in fields, given as names and values by turns.
func (d *desk) fill(pairs ...string) {
	d.Helper()
	for i := 0; i < len(pairs); i += 2 {
		d.Act(func() { d.line(pairs[i]).set(pairs[i+1]) })
	}
}

// filled gives what was sent, a line each.
func (d *desk) filled() (all []string) {
	d.service.Edit(func(data *guitest.Data) {
		for _, e := range data.Sourcing.Filled {
			for _, row := range e.Rows {
				all = append(all, fmt.Sprint(e.Source, row))
			}
		}
	})
	return all
}

func (d *desk) wantFilled(want ...string) {
	d.Helper()
	if got := d.filled(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.Errorf("sent\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const ada = "deskmap[Email:ada@example.org First name:Ada Last name:Lovelace Likes:Music]"

func TestSendOne(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.Sees("Goes to Supporter CRM")
		d.fill("First name", "Ada", "Last name", "Lovelace", "Email", "ada@example.org", "Likes", "Music")
		d.Tap("Send")
		d.wantFilled(ada)
		if d.card.Unsent() {
			d.Error("what was sent stays in the form")
		}
		d.Sees("Goes out in 60 seconds")
		time.Sleep(10 * time.Second)
		d.Settle()
		d.Sees("Goes out in ")
		d.SeesNot("Goes out in 60 seconds")
		time.Sleep(time.Minute)
		d.Settle()
		d.SeesNot("Goes out in")
	})
}

// Nothing is red before somebody was there; then each thing that is wrong stands at its
// field, and the first has the cursor.
func TestWhatIsWrongStandsAtItsField(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.fill("Email", "ada@example")
		d.SeesNot("This is no email address")
		d.Act(func() {
			d.card.focus(d.line("Email").control)
			d.card.focus(d.line("First name").control)
		})
		d.Sees("This is no email address")
		d.SeesNot("Fill this in.")
		d.Tap("Send")
		d.wantFilled()
		for name, want := range map[string]string{"First name": "Fill this in.", "Last name": "Fill this in.", "Likes": ""} {
			if got := d.line(name).field.Problem(); got != want {
				d.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if d.Window.Canvas().Focused() != d.line("First name").control {
			d.Error("the cursor is elsewhere")
		}
		d.fill("Email", "ada@example.org", "First name", "Ada")
		if got := d.line("Email").field.Problem() + d.line("First name").field.Problem(); got != "" {
			d.Errorf("put right, and still: %s", got)
		}
	})
}

// Several are sent one after the other from the keyboard alone.
func TestSendAndAddAnother(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		for range 2 {
			d.Act(func() { d.card.focusFirst() })
			for _, text := range []string{"Ada", "Lovelace", "ada@example.org"} {
				d.Act(func() { test.Type(d.Window.Canvas().Focused(), text) })
				d.Act(func() { d.Window.Canvas().FocusNext() })
			}
			d.Tap("Send and add another")
			if d.Window.Canvas().Focused() != d.line("First name").control {
				d.Fatal("the cursor is not in the first field")
			}
		}
		if n := len(d.filled()); n != 2 {
			d.Errorf("%d were sent", n)
		}
		d.fill("First name", "Ada", "Last name", "Lovelace")
		d.Act(func() { d.card.focus(d.line("Last name").control) })
		d.Act(func() { d.line("Last name").control.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if n := len(d.filled()); n != 3 {
			d.Errorf("%d were sent with Enter", n)
		}
	})
}

// What was taken back stands in the form again, and is not sent.
func TestUndo(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.fill("First name", "Ada", "Last name", "Lovelace", "Likes", "Theatre")
		d.Tap("Send")
		d.Tap("Undo: Ada Test")
		if got := fmt.Sprint(d.card.lines.values()); got != "map[Email: First name:Ada Last name:Lovelace Likes:Theatre]" {
			d.Errorf("in the form: %s", got)
		}
		d.SeesNot("Goes out in")
		if len(d.said) != 1 || d.said[0] != "Ada Test is taken back and not sent." {
			d.Errorf("said %q", d.said)
		}
		d.Tap("Send")
		d.service.Edit(func(data *guitest.Data) { data.Sourcing.Held = nil })
		d.Tap("Undo: Ada Test")
		d.Sees("1 record had gone out already.")
	})
}

// What is held when the card is opened can be taken back too.
func TestWhatIsHeldAlready(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(data *guitest.Data) {
		for i := range 5 {
			data.Sourcing.Held = append(data.Sourcing.Held, control.Held{
				Source: "desk", ID: fmt.Sprint(i), Title: fmt.Sprint("Ada ", i), Until: data.Now.Add(time.Hour),
			})
		}
	})
	in(t, s, func(d *desk) {
		d.Sees("Goes out in 60 minutes")
		d.Sees("2 more records")
		d.Tap("Undo all: 2 more records")
		d.SeesNot("Goes out in")
	})
}

func TestEngineRefuses(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.fill("First name", "Ada", "Last name", "Lovelace")
		d.service.Fail("FillForm", core.Errors{core.Errorf(core.CodeInvalid, "Somebody has this name.").At("/Last name")})
		d.Tap("Send")
		if got := d.line("Last name").field.Problem(); got != "Somebody has this name." {
			d.Errorf("at the field: %q", got)
		}
		d.service.Fail("FillForm", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.Tap("Send")
		d.Sees("The disk is full.")
		if got := d.line("First name").text(); got != "Ada" {
			d.Errorf("what was filled in is lost: %q", got)
		}
	})
}

// What is being typed stays while the page reads; another form, or the same one
// changed, is shown anew.
func TestFormsChange(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.fill("First name", "Ada")
		d.forms()
		if got := d.line("First name").text(); got != "Ada" {
			d.Errorf("after reading: %q", got)
		}
		d.service.Edit(func(data *guitest.Data) {
			for i := range data.Sources {
				if f := data.Sources[i].Source.Form; f != nil {
					f.Inputs = append(f.Inputs, core.Input{Name: "Born", Kind: core.InputDate, Required: true}, core.Input{Name: "News", Kind: core.InputYesNo, Default: "yes"})
				}
			}
		})
		d.forms()
		d.fill("Born", "31.2.2000")
		if got := fmt.Sprint(d.card.lines.values()); !strings.Contains(got, "News:yes") {
			d.Error(got)
		}
	})
}

func TestPasteATable(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.Tap("Paste a table")
		var text strings.Builder
		_, _ = text.WriteString("LAST NAME\tfirst-name\tE-mail\tShoe size\n")
		for i := range 1200 {
			mail := "ada@example.org"
			if i == 2 {
				mail = "nobody"
			}
			_, _ = fmt.Fprintf(&text, "Lovelace %d\tAda\t%s\t38\n", i, mail)
		}
		fyne.CurrentApp().Clipboard().SetContent(text.String())
		d.Tap("Paste")
		d.Sees("1,199 records can be sent.")
		d.Sees("Not in this form, and left out: Shoe size.")
		d.Sees("Not in the table: Likes.")
		d.Sees("Row 4, Email: This is no email address.")
		d.Tap("Send 1,199 records")
		if got := d.filled(); len(got) != 1199 || !strings.Contains(got[2], "Lovelace 3") {
			d.Errorf("%d were sent", len(got))
		}
		d.Sees("First name")
		if len(d.said) != 1 || d.said[0] != "1,199 records sent." {
			d.Errorf("said %q", d.said)
		}
	})
}

func TestTableThatIsNone(t *testing.T) {
	in(t, guitest.Kinds(), func(d *desk) {
		d.Tap("Paste a table")
		d.Act(func() { d.card.table.box.SetText("a\tb\n1\t2\n") })
		d.Sees("None of the headings is a field of this form.")
		d.Act(func() { d.card.table.box.SetText("First name\n\n") })
		d.Sees("There is nothing below the headings of this table.")
		d.Act(func() { d.card.table.box.SetText("First name\nAda\n") })
		d.Sees("None of these records can be sent.")
		if d.card.table.send.Disabled() == false {
			d.Error("nothing can be sent")
		}
		d.Tap("Back to one record")
		d.Sees("Fill this in and it goes out like any other record.")
	})
}

func TestNoForm(t *testing.T) {
	in(t, guitest.Empty(), func(d *desk) {
		made := false
		d.card.OnNewForm = func() { made = true }
		d.Tap("Make a form")
		if !made {
			d.Error("nothing happened")
		}
	})
}
