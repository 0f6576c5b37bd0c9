package prefs

import (
	"path/filepath"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/files"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// archive is an office that keeps much, has erased somebody and is erasing somebody.
func archive() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Kept.Records, d.Kept.RecordsSince = 1_234_567, time.Date(2026, time.January, 3, 9, 0, 0, 0, time.Local)
		d.People.Erased = []core.Erased{{ID: "r1", At: guitest.Now().AddDate(0, -1, 0), Records: 12}}
		d.People.Found = control.PersonView{Records: 1, Messages: 2}
		d.Jobs = []job.View{{ID: "e1", Kind: control.JobErase, Title: "Erasing a person", State: job.Running, Done: 12_400, Total: 64_000}}
	})
	return s
}

func TestPeoplesDataInWords(t *testing.T) {
	s := archive()
	in(t, s, false, func(d *desk) {
		d.Sees("1,234,567 records are kept, from 3 January 2026.")
		d.Sees("1 person was erased, the last on 22 October 2026.")
		d.Sees("12,400 of 64,000")
		d.Tap("Cancel: Erasing a person")
		d.Tap("Close: Erasing a person")
		d.SeesNot("Erasing a person")
		d.Tap("Show the receipts…")
		d.Sees("22 October 2026 at 10:45")
		d.Tap("Close")
		d.Tap("Find a person…")
		d.Act(func() { d.Window.Canvas().Focused().TypedRune('A'); d.Window.Canvas().Focused().TypedRune('d') })
		d.Tap("Find")
		d.Sees("1 record and 2 messages")
		d.page.Ask = func(wish files.Wish, then func(string)) {
			if wish.Kind != files.Save || wish.Suffix != ".json" {
				d.Errorf("asked for %+v", wish)
			}
			then(filepath.Join(d.dir, wish.Name))
		}
		d.Tap("Save a copy…")
		if len(d.said) != 1 || d.said[0] != "Saved as person-2026-11-22.json." {
			d.Errorf("said %q", d.said)
		}
	})
}

// The dialog is told of what changes while it is open: the page is.
func TestErasureIsFollowedFromThePage(t *testing.T) {
	s := archive()
	in(t, s, false, func(d *desk) {
		d.Tap("Find a person…")
		d.Act(func() { d.Window.Canvas().Focused().TypedRune('A') })
		d.Tap("Find")
		d.Tap("Erase…")
		d.Tap("Erase 1 record and 2 messages")
		s.Edit(func(data *guitest.Data) { data.Jobs[0].State = job.Done })
		d.Act(d.page.Refresh)
		d.Sees("Everything that was kept about this person is erased.")
	})
}

func TestPeopleShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, archive(), false, func(d *desk) {
		d.Act(func() { d.page.frame.ScrollTo(d.page.people.kept) })
		screen.Shots(d.T, d.Window, "settings-people-1200")
	})
}
