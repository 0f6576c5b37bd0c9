package sources

import (
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestListSaysWhatEachDoes(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		for _, words := range []string{
			"Supporter exports", "/home/ada/Shared/Supporters, *.csv", "Checks the folder", "Last record 20 s ago", "Goes to Supporter CRM and Newsletter sign-ups",
			"The folder /media/share/box-office is not there.", "Folder not found", "Last record yesterday 08:45",
			"Till program", "http://127.0.0.1:8471/in/" + core.Dots, "Ready for programs",
			"Members list", "Asks you something", "Reading… 40 %", "dbo.orders in tickets, every minute",
			"Something was expected, and nothing has come since yesterday 07:45.", "Nothing has come",
			"On time", "Every day at 7:00", "Ready to fill in", "4 fields to fill in",
			"Paused", "No record yet", "No webhook takes its records",
		} {
			d.Sees(words)
		}
		d.SeesNot("shop.example.com/api")
	})
}

func TestNoSourceYet(t *testing.T) {
	in(t, guitest.Empty(), true, func(d *desk) {
		d.Sees("No source yet")
		for _, k := range kinds {
			d.Sees(k.title)
		}
	})
}

func TestAnswerAQuestion(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		d.Sees("Members list asks you something")
		d.Sees("4,812 rows are already there.")
		d.Tap("Only new ones from now")
		want := control.SourceAnswer{Source: "members", Question: "existing:1", Answer: "skip"}
		d.service.Read(func(data guitest.Data) {
			if got := data.Sourcing.Answers; len(got) != 1 || got[0] != want {
				d.Errorf("answered %+v, want %+v", got, want)
			}
		})
		d.SeesNot("4,812 rows are already there.")
	})
}

func TestTheUsualChoiceComesFirst(t *testing.T) {
	got := usualFirst([]core.Choice{{ID: "send"}, {ID: "since"}, {ID: "skip", Usual: true}})
	if got[0].ID != "skip" || got[1].ID != "send" || got[2].ID != "since" {
		t.Errorf("in order %+v", got)
	}
}

func TestAnswerWithADay(t *testing.T) {
	in(t, guitest.Kinds(), true, func(d *desk) {
		d.Tap("Those from a day on…")
		d.chosen("Day 22", "31")
		d.Tap("From this day on")
		d.Sees("November has no day 31.")
		d.chosen("Month November", "January")
		d.Tap("From this day on")
		d.service.Read(func(data guitest.Data) {
			if got := data.Sourcing.Answers; len(got) != 1 || got[0].Answer != "since:2026-01-31" {
				d.Errorf("answered %+v", got)
			}
		})
	})
}

func TestAnAnswerThatComesTooLateSaysSo(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("AnswerSource", core.Errorf(core.CodeConflict, "Members list asks something else by now."))
	in(t, s, false, func(d *desk) {
		d.Tap("All of them")
		d.Sees("Members list asks something else by now.")
		d.Tap("All of them") // can be tried again
		if d.service.Called("AnswerSource") != 2 {
			d.Error("it cannot be answered again")
		}
	})
}

func TestQuestionKeepsItsButtonsWhileTheRestIsRead(t *testing.T) {
	in(t, guitest.Kinds(), false, func(d *desk) {
		before := screen.Find(d.Front(), "All of them")
		d.service.Edit(func(data *guitest.Data) { data.Sources[2].State.Events++ })
		d.Act(d.page.Refresh)
		if screen.Find(d.Front(), "All of them") != before {
			d.Error("the card was made anew: the focus is lost")
		}
	})
}

func TestTroubleWithReadingIsSaid(t *testing.T) {
	s := guitest.Kinds()
	s.Fail("Sources", core.Errorf(core.CodeUnavailable, "Hookbird is not running."))
	in(t, s, false, func(d *desk) {
		d.Sees("Hookbird is not running.")
		d.SeesNot("No source yet")
	})
}
