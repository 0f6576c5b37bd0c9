package sources

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// look opens the own page of a source.
func (d *desk) open(id string) { d.Act(func() { d.page.Open(id) }) }

func clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

func TestOwnPageSaysHowItIsDoing(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) {
		d.Sources[2].State.Found, d.Sources[2].State.LeftOut, d.Sources[2].State.Looked = "3 rows still being typed", 12, d.Now.Add(-time.Minute)
	})
	in(t, s, true, func(d *desk) {
		d.Tap("Supporter exports")
		for _, words := range []string{
			"Checks the folder", "8,420", "20 s ago", "1 min ago", "3 rows still being typed", "12 records",
			"Supporter CRM and Newsletter sign-ups", "All fields of a record",
			"supporters.csv, line 48: This row has 9 cells and the heading has 6. It was left out.",
		} {
			d.Sees(words)
		}
		d.open("box-office")
		d.Sees("The folder /media/share/box-office is not there.")
		d.open("tickets")
		d.Sees("dbo.orders: reading… 40 %, 12,000 records")
		d.service.Edit(func(data *guitest.Data) { data.Sources[1].State.Progress = nil })
		d.Act(d.page.Refresh)
		d.SeesNot("reading…")
		d.open("members")
		d.Sees("Members list asks you something")
		d.Tap("Only new ones from now")
		d.SeesNot("asks you something")
		d.open("archive")
		d.Sees("No webhook takes its records.")
		d.Act(d.page.Back)
		d.Sees("Add a source")
	})
}

func TestPauseResumeAndDelete(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("supporters")
		d.Tap("Pause")
		if !d.source("Supporter exports").Paused {
			d.Fatal("not paused")
		}
		d.Tap("Resume")
		if d.source("Supporter exports").Paused {
			d.Fatal("still paused")
		}
		d.Tap("More to do")
		d.Tap("Delete…")
		d.Sees("Delete Supporter exports?")
		d.Tap("Keep it")
		d.source("Supporter exports")
		d.Tap("More to do")
		d.Tap("Delete…")
		d.Tap("Delete")
		d.Sees("Add a source")
		d.SeesNot("Supporter exports")
		if !slices.Equal(d.said, []string{"Supporter exports is deleted."}) {
			d.Errorf("said %q", d.said)
		}
		d.Act(d.offer)
		d.Sees("Supporter exports")
	})
}

func TestADeletedSourceLeadsBackToTheList(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("supporters")
		d.service.Edit(func(data *guitest.Data) { data.Sources = data.Sources[3:] })
		d.Act(d.page.Refresh)
		d.Sees("Add a source")
	})
}

func TestReadAgain(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.open("supporters")
		d.Tap("More to do")
		d.Tap("Read again from the beginning…")
		d.Sees("Systems that have it already may end up with it twice.")
		d.Tap("Cancel")
		if d.service.Called("RereadSource") != 0 {
			d.Fatal("read again without a yes")
		}
		d.Tap("More to do")
		d.Tap("Read again from the beginning…")
		d.Tap("Read everything again")
		d.Tap("More to do")
		d.Tap("Read again from a day…")
		d.chosen("Day 22", "1")
		d.Tap("Read again")
		d.service.Read(func(data guitest.Data) {
			want := []control.Reread{{Source: "supporters"}, {Source: "supporters", Since: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.Local)}}
			if !slices.Equal(data.Sourcing.Rereads, want) {
				d.Errorf("wished %+v", data.Sourcing.Rereads)
			}
		})
		d.open("members") // rows of a spreadsheet have no day
		d.Tap("More to do")
		d.SeesNot("Read again from a day…")
		d.Act(func() { d.Window.Canvas().Overlays().Remove(d.Window.Canvas().Overlays().Top()) })
		d.open("nightly")
		d.Tap("More to do")
		d.SeesNot("Read again")
	})
}

func TestLeftOutRecordsAreSentAllTheSame(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("supporters")
		d.Sees("Ada Lovelace")
		d.Sees("The same came on 3 November 2026.")
		d.Sees("supporters.csv, row 12, 10:37")
		d.Sees("Not kept")
		d.Tap("Send all the same: Ada Lovelace")
		d.SeesNot("Ada Lovelace")
		d.Sees("Grace Hopper")
		d.SeesNot("Send all of them…") // one is left
		if !slices.Equal(d.said, []string{"1 record came in all the same."}) {
			d.Errorf("said %q", d.said)
		}
	})
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("supporters")
		d.Tap("Send all of them…")
		d.Tap("Send 2 records")
		d.SeesNot("Grace Hopper")
		d.Sees("supporters.csv, row 11") // whose record may not be kept
	})
}

func TestManyLeftOutRecordsAreListedInParts(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) {
		for i := range 30 {
			d.Sourcing.LeftOut["supporters"] = append(d.Sourcing.LeftOut["supporters"], core.LeftOut{ID: "x" + countOf(i), At: d.Now, Origin: "old.csv, row " + countOf(i)})
		}
	})
	in(t, s, true, func(d *desk) {
		d.open("supporters")
		d.SeesNot("old.csv, row 29")
		d.Tap("13 more")
		d.Sees("old.csv, row 29")
	})
}

func TestTryWithoutSending(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("supporters")
		d.Tap("Look what is there")
		d.Sees("312 rows with 6 columns.")
		d.service.Read(func(data guitest.Data) {
			if got := data.Sourcing.Surveyed; len(got) != 1 || got[0].ID != "supporters" {
				d.Errorf("looked at %+v", got)
			}
		})
	})
}

func TestTheKeyIsShownOnDemandOnly(t *testing.T) {
	const whole = "http://127.0.0.1:8471/in/till-key-0123456789"
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.open("till")
		if d.service.Called("RevealSecret") != 0 || d.Has(whole) {
			d.Fatal("the key was fetched or shown without being asked for")
		}
		d.Tap("Show the address")
		d.Sees(whole)
		d.Tap("Hide the address")
		d.SeesNot(whole)
		d.Tap("Copy the address")
		if got := clipboard(); got != whole {
			d.Errorf("copied %q", got)
		}
		d.Tap("Show the address")
		d.Act(d.page.Leave)
		d.SeesNot(whole)
		d.Tap("Show the address")
		time.Sleep(revealFor + time.Second)
		synctest.Wait()
		d.SeesNot(whole) // hides by itself
	})
}

func TestExamplesHoldKeyAndToken(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) {
		d.Sources[4].Source.Local.Token = core.SealedSecret("till/token")
		d.Secrets["source/till/token"] = "s3cret"
		d.Sourcing.Examples.List[1].Code += "token = \"" + core.Dots + "\"\n"
	})
	in(t, s, false, func(d *desk) {
		d.open("till")
		d.Sees("curl -X POST http://127.0.0.1:8471/in/" + core.Dots)
		d.Tap("Copy the example")
		if got := clipboard(); !strings.Contains(got, "/in/till-key-0123456789 ") || strings.Contains(got, core.Dots) {
			d.Errorf("copied %q", got)
		}
		d.chosen("Program", "Python")
		d.Sees("Python 3, nothing else is needed.")
		d.Tap("Copy the example")
		if got := clipboard(); !strings.Contains(got, `/in/till-key-0123456789"`) || !strings.Contains(got, `token = "s3cret"`) {
			d.Errorf("copied %q", got)
		}
		d.SeesNot("s3cret")
		d.Tap("Send from another computer")
		d.Sees("a reverse proxy has to stand in front of it")
	})
}

func TestTrial(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.open("till")
		d.Tap("Send a trial from here")
		d.Sees("The address took the record.")
		d.Sees(`{"accepted": 1}`)
		d.service.Fail("SendTrial", core.Errorf(core.CodeUnavailable, "Nobody answers at the local address."))
		d.Tap("Send a trial from here")
		d.Sees("Nobody answers at the local address.")
	})
}

func TestClosedLocalAddressIsSaid(t *testing.T) {
	s := guitest.Kinds()
	s.Edit(func(d *guitest.Data) { d.Sources[4].Address = "" })
	in(t, s, false, func(d *desk) {
		d.open("till")
		d.Sees("The local address is not open now.")
		if screen.Find(d.Window.Content(), "Copy the address") != nil {
			d.Error("an address that is not there can be copied")
		}
	})
}

// A form is filled in beside the list, or in its place where the window is narrow.
func TestFillInAForm(t *testing.T) {
	for _, narrow := range []bool{false, true} {
		in(t, guitest.Kinds(), narrow, func(d *desk) {
			d.open("desk")
			d.Tap("Fill it in")
			d.Sees("Fill this in and it goes out like any other record.")
			if d.Has("Add a source") == narrow {
				d.Errorf("narrow %t: the list is there: %t", narrow, !narrow)
			}
			d.typed("First name", "Ada")
			if !d.page.Unsent() || d.page.Unsaved() {
				d.Error("what was filled in is not told of")
			}
			d.Act(d.page.Back)
			d.SeesNot("Fill this in and it goes out like any other record.")
			d.Sees("Add a source")
			d.Tap("Send one by hand")
			if got := d.box("First name").Text; got != "Ada" {
				d.Errorf("after it was closed: %q", got)
			}
			screen.Fits(d.T, d.page.Content(), screen.Room(narrow))
		})
	}
}

// Without a form there is a way to make one.
func TestNoFormYet(t *testing.T) {
	in(t, guitest.Empty(), false, func(d *desk) {
		d.Tap("Send one by hand")
		d.Sees("There is no form yet")
		d.Tap("Make a form")
		if got := d.setup().draft.src.Kind; got != core.KindForm {
			d.Errorf("set up is a %s", got)
		}
	})
}
