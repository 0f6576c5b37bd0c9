package people

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is an empty page to open the dialogs over.
type desk struct {
	*screen.Desk
	service *guitest.Service
	dir     string
	said    []string
	opened  []string
	refuse  error // what Open answers
}

func in(t *testing.T, s *guitest.Service, narrow bool, run func(*desk)) {
	screen.App(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		size := screen.Wide
		if narrow {
			size = screen.Narrow
		}
		d := &desk{Desk: screen.NewDesk(t, widgets.VBox(0), size), service: s, dir: dir}
		run(d)
	})
}

func (d *desk) params() Params {
	return Params{
		Canvas: d.Window.Canvas(), Service: d.service, Now: guitest.Now,
		AskSave: func(name string, then func(string)) { then(filepath.Join(d.dir, name)) },
		Open: func(path string) error {
			d.opened = append(d.opened, path)
			return d.refuse
		},
		Say: func(text string) { d.said = append(d.said, text) },
	}
}

// open opens the dialog; it is told of every change, as the page tells it.
func (d *desk) open() (dialog *Dialog) {
	d.Act(func() { dialog = Show(d.params()) })
	return dialog
}

// refresh tells a dialog that something changed.
func (d *desk) refresh(dialog *Dialog) { d.Act(dialog.Refresh) }

// look types values and finds.
func (d *desk) look(dialog *Dialog, values string) {
	d.Act(func() { dialog.values.SetText(values) })
	d.Tap("Find")
}

// ada is an office that holds something about a person.
func ada() *guitest.Service {
	s := guitest.Office()
	at := func(days, minutes int) time.Time {
		return guitest.Now().AddDate(0, 0, -days).Add(time.Duration(minutes) * time.Minute)
	}
	s.Edit(func(d *guitest.Data) {
		d.Kept.Records, d.Kept.RecordsSince = 1_234_567, time.Date(2026, time.January, 3, 9, 0, 0, 0, time.Local)
		d.People.Found = control.PersonView{
			Values: []string{"ada@example.org"}, Records: 12, Messages: 30, Waiting: 2, LeftOut: 1, Answers: 3, Remembered: 1,
			Trail: []control.TrailLine{
				{At: at(230, 0), Title: "Ada Lovelace", What: "came in", Detail: "Supporter exports: supporters.csv, line 48"},
				{At: at(230, 1), Title: "Ada Lovelace", What: "delivered", Detail: "200 OK", Webhook: "Supporter CRM"},
				{At: at(230, 1), Title: "Ada Lovelace", What: "failed", Detail: "did not understand the data: field “zip” is missing", Webhook: "Newsletter sign-ups"},
				{At: at(41, 12), Title: "Ada King, Countess of Lovelace", What: "came in", Detail: "Box office exports: november.csv, line 2"},
				{At: at(41, 13), Title: "Ada King, Countess of Lovelace", What: "delivered", Webhook: "Box office contacts"},
				{At: at(0, -20), Title: "Ada Lovelace", What: "left out", Detail: "This row has 9 cells and the heading has 6."},
				{At: at(0, -12), Title: "Ada Lovelace", What: "waiting", Detail: "next try at 10:48", Webhook: "Supporter CRM"},
			},
		}
		d.People.Copies = copies()
	})
	return s
}

func copies() []core.Backup {
	var list []core.Backup
	for n := range 3 {
		made := time.Date(2026, time.November, 22-n, 2, 0, 0, 0, time.Local)
		list = append(list, core.Backup{Path: "/home/ada/.local/share/hookbird/backups/hookbird-" + made.Format("2006-01-02-150405") + "-k3v9qa.hookbird-backup", Made: made})
	}
	return list
}

// finish ends the newest job of the engine.
func finish(s *guitest.Service, state job.State, outcome string) {
	s.Edit(func(d *guitest.Data) { d.Jobs[0].State, d.Jobs[0].Outcome = state, outcome })
}

func TestFindAPerson(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		if d.Window.Canvas().Focused() != fyne.Focusable(dialog.values) {
			d.Error("what is looked for cannot be typed at once")
		}
		for _, b := range []*widgets.Button{dialog.paper, dialog.copy, dialog.erase} {
			if !b.Disabled() {
				d.Errorf("%q can be pressed before anybody is found", b.Text())
			}
		}
		d.look(dialog, "  ada@example.org\n+44 20 7946 0000\n")
		s.Read(func(data guitest.Data) {
			if got := data.People.Looked; len(got) != 1 || got[0] != "ada@example.org\n+44 20 7946 0000" {
				d.Errorf("looked for %q", got)
			}
		})
		d.Sees("12 records and 30 messages, 2 of them still to be sent.")
		d.Sees("1 record was left out by a source. 3 answers to messages of others name the person. 1 row is remembered by a source, to tell once it is gone.")
		d.Sees("6 April 2026 at 10:45")
		d.Sees("Supporter CRM: delivered")
		d.Sees("Came in")
		for _, b := range []*widgets.Button{dialog.paper, dialog.copy, dialog.erase} {
			if b.Disabled() {
				d.Errorf("%q cannot be pressed", b.Text())
			}
		}
		d.Tap("Close")
		if n := s.Called("ForgetJob"); n != 1 {
			d.Errorf("what was found was forgotten %d times after nobody looks any more", n)
		}
	})
}

func TestNothingTypedAndNobodyFound(t *testing.T) {
	s := ada()
	s.Edit(func(d *guitest.Data) { d.People.Found = control.PersonView{Values: []string{"grace"}} })
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		d.look(dialog, " \n ")
		d.Sees("Type an e-mail address, a number or a name.")
		if s.Called("FindPerson") != 0 {
			d.Error("nothing was looked for")
		}
		d.look(dialog, "grace")
		d.Sees("Nothing is kept about this person")
		d.SeesNot("Type an e-mail address, a number or a name.")
		if !dialog.erase.Disabled() || !dialog.copy.Disabled() {
			d.Error("what is not kept can be erased")
		}
		s.Fail("FindPerson", core.Errorf(core.CodeInvalid, "“42” is too short: it would be found in records of others."))
		d.look(dialog, "42")
		d.Sees("“42” is too short")
		d.SeesNot("Nothing is kept about this person")
		if dialog.find.Disabled() {
			d.Error("nothing can be looked for any more")
		}
	})
}

func TestLongSearchIsWatchedAndCancelled(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		running := job.View{ID: "job-9", Kind: control.JobFind, Title: "Looking for a person", State: job.Running, Done: 200_000, Total: 1_000_000}
		s.Edit(func(data *guitest.Data) { data.Jobs = []job.View{running} })
		d.Act(func() { dialog.watch = running; dialog.fill() })
		d.refresh(dialog)
		d.Sees("200,000 of 1,000,000")
		if !dialog.find.Disabled() {
			d.Error("two can be looked for at once")
		}
		d.Tap("Cancel: Looking for a person")
		d.Sees("Cancelled. Nothing was changed.")
		if dialog.find.Disabled() || s.Called("Person") != 0 {
			d.Error("a search that was cancelled is not over")
		}
		s.Edit(func(data *guitest.Data) { data.Jobs[0].State = job.Running })
		d.Act(func() { dialog.watch = running })
		d.Act(dialog.dialog.Hide)
		if s.Called("CancelJob") != 2 {
			d.Error("the search goes on although nobody waits for it")
		}
	})
}

func TestSearchThatFailsOrIsLost(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		s.Edit(func(data *guitest.Data) {
			data.Jobs = []job.View{{ID: "job-1", Kind: control.JobFind, State: job.Failed, Outcome: "The disk could not be read."}}
		})
		d.Act(func() { dialog.watch = job.View{ID: "job-1", Kind: control.JobFind} })
		d.refresh(dialog)
		d.Sees("The disk could not be read.")
		d.Act(func() { dialog.watch = job.View{ID: "job-2", Kind: control.JobFind} })
		d.refresh(dialog)
		d.Sees("Hookbird was started anew meanwhile. Look once more.")
		if dialog.find.Disabled() {
			d.Error("nothing can be looked for any more")
		}
	})
}

func TestCopyAndPaper(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		d.look(dialog, "ada@example.org")
		d.Tap("Save a copy…")
		d.Tap("On paper…")
		html := filepath.Join(d.dir, "person-2026-11-22.html")
		want := []control.PersonExport{{Job: dialog.person, Path: filepath.Join(d.dir, "person-2026-11-22.json")}, {Job: dialog.person, Path: html, Paper: true}}
		s.Read(func(data guitest.Data) {
			if fmt.Sprint(data.People.Exported) != fmt.Sprint(want) || dialog.person == "" {
				d.Errorf("exported %+v, want %+v", data.People.Exported, want)
			}
		})
		if fmt.Sprint(d.opened) != fmt.Sprint([]string{html}) || len(d.said) != 2 {
			d.Errorf("opened %q, said %q", d.opened, d.said)
		}
		d.refuse = errors.New("no browser")
		d.Tap("On paper…")
		if len(d.said) != 2 {
			d.Error("says that all is well although the page could not be shown")
		}
		s.Fail("ExportPerson", core.Errorf(core.CodeConflict, "There is a file of this name already."))
		d.Tap("Save a copy…")
		d.Sees("There is a file of this name already.")
	})
}

func TestEraseAsksWithAllCountsAndLeadsToTheReceipt(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		d.look(dialog, "ada@example.org")
		d.Tap("Erase…")
		d.Sees("12 records and 30 messages, 2 of them still to be sent.")
		d.Sees("What is still to be sent is not sent any more.")
		d.Sees("This cannot be undone")
		d.Tap("Cancel")
		if s.Called("ErasePerson") != 0 {
			d.Fatal("erased although nobody wanted it")
		}
		d.Tap("Erase…")
		d.Tap("Erase 12 records and 30 messages")
		d.Sees("Erasing a person")
		if !dialog.erase.Disabled() || !dialog.find.Disabled() {
			d.Error("it can be erased twice at once")
		}
		finish(s, job.Done, "")
		d.refresh(dialog)
		d.Sees("Everything that was kept about this person is erased.")
		d.SeesNot("Ada Lovelace")
		if dialog.values.Text != "" {
			d.Errorf("%q is still there to be read", dialog.values.Text)
		}
		d.Tap("Show the receipt")
		d.Sees("Nothing of the person is in a receipt.")
		d.Sees("30, 2 of them before they were sent")
		d.Sees("Made 22 November 2026 at 02:00")
	})
}

// An erasure that goes on after a start is another job.
func TestErasureIsFollowedOverAStart(t *testing.T) {
	s := ada()
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		d.look(dialog, "ada@example.org")
		d.Tap("Erase…")
		d.Tap("Erase 12 records and 30 messages")
		s.Edit(func(data *guitest.Data) {
			data.Jobs = []job.View{{ID: "new-1", Kind: control.JobErase, Title: "Erasing a person", State: job.Running, Done: 7, Total: 42}}
		})
		d.refresh(dialog)
		d.Sees("7 of 42")
		d.Act(dialog.dialog.Hide)
		if s.Called("CancelJob") != 0 {
			d.Error("closing the dialog stopped the erasure")
		}
	})
}

func TestReceiptsAndTheBackupsFromBefore(t *testing.T) {
	s := ada()
	s.Edit(func(d *guitest.Data) {
		d.People.Erased = []core.Erased{
			{ID: "r2", At: guitest.Now(), By: core.Author{User: "ada", Via: core.ViaWindow}, Records: 12, Messages: 30, Waiting: 2, LeftOut: 1, Answers: 3, Remembered: 1, Backups: copies()},
			{ID: "r1", At: guitest.Now().AddDate(0, -1, 0), Records: 1, Messages: 1, Backups: []core.Backup{{Path: "/gone", Made: guitest.Now()}}},
		}
	})
	in(t, s, false, func(d *desk) {
		d.Act(func() { ShowReceipts(d.params()) })
		d.Sees("22 November 2026 at 10:45, by ada")
		d.Sees("Made 20 November 2026 at 02:00")
		d.Tap("Delete hookbird-2026-11-20-020000-k3v9qa.hookbird-backup")
		d.Tap("Cancel")
		d.Sees("Made 20 November 2026 at 02:00")
		d.Tap("Delete hookbird-2026-11-20-020000-k3v9qa.hookbird-backup")
		d.Tap("Delete 1 backup")
		d.SeesNot("Made 20 November 2026 at 02:00")
		d.Tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		for _, words := range []string{"r2", "by ada", "12", "3 that named the person were emptied", "1 known by the person's values", "hookbird-2026-11-21-020000", "made 22 November 2026 at 02:00"} {
			if !strings.Contains(text, words) {
				d.Errorf("%q is not in the receipt:\n%s", words, text)
			}
		}
		d.Tap("Delete all…")
		d.Tap("Delete 2 backups")
		d.Sees("No backup that was made before is left.")
		d.Tap("Save the receipt…")
		saved, err := os.ReadFile(filepath.Join(d.dir, "receipt-2026-11-22.txt"))
		if err != nil || !strings.Contains(string(saved), "No backup that was made before is left.") {
			d.Errorf("saved %q, %v", saved, err)
		}
		d.Tap(dateAndTime(guitest.Now().AddDate(0, -1, 0)))
		d.Sees("22 October 2026 at 10:45, by Hookbird itself")
		d.Sees("No backup that was made before is left.") // one that is not there any more
		s.Fail("Erased", core.Errorf(core.CodeUnavailable, "Hookbird is not running."))
		d.Tap("Close")
		d.Act(func() { ShowReceipts(d.params()) })
		d.Sees("Hookbird is not running.")
	})
}

func TestLongTrailIsShownInSteps(t *testing.T) {
	s := ada()
	s.Edit(func(d *guitest.Data) {
		d.People.Found.Trail, d.People.Found.More = nil, true
		for n := range 100 {
			d.People.Found.Trail = append(d.People.Found.Trail, control.TrailLine{At: guitest.Now(), Title: fmt.Sprintf("Record %03d", n+1), What: "came in"})
		}
	})
	in(t, s, false, func(d *desk) {
		dialog := d.open()
		d.look(dialog, "ada@example.org")
		d.Sees("The newest 100 lines. A copy, or the page on paper, holds all of them.")
		d.Sees("Record 060")
		d.SeesNot("Record 061")
		d.Tap("Show more")
		d.Sees("Record 100")
		if dialog.trail.more.Visible() {
			d.Error("more is offered than there is")
		}
	})
}

func TestEverythingIsReachedWithTheKeyboard(t *testing.T) {
	s := ada()
	in(t, s, true, func(d *desk) {
		dialog := d.open()
		d.look(dialog, "ada@example.org")
		if missed := screen.NotReached(d.Window); len(missed) > 0 {
			d.Errorf("not reached with Tab: %q", missed)
		}
		d.Act(func() { dialog.values.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
		d.SeesNot("What is kept about a person")
	})
}

func TestKept(t *testing.T) {
	for want, v := range map[string]control.KeptView{
		"No records are kept.":                             {},
		"1,234,567 records are kept, from 3 January 2026.": {Records: 1_234_567, RecordsSince: time.Date(2026, time.January, 3, 9, 0, 0, 0, time.Local)},
		"1 record is kept.":                                {Records: 1},
	} {
		if got := Kept(v); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	for size, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, ada(), narrow, func(d *desk) {
			dialog := d.open()
			screen.Shots(d.T, d.Window, "people-empty-"+size)
			d.look(dialog, "ada@example.org\n+44 20 7946 0000")
			screen.Shots(d.T, d.Window, "people-found-"+size)
			d.Tap("Erase…")
			screen.Shots(d.T, d.Window, "people-ask-"+size)
			d.Tap("Erase 12 records and 30 messages")
			d.service.Edit(func(data *guitest.Data) { data.Jobs[0].Done, data.Jobs[0].Total = 12_400, 64_000 })
			d.refresh(dialog)
			screen.Shots(d.T, d.Window, "people-erasing-"+size)
			finish(d.service, job.Done, "")
			d.refresh(dialog)
			screen.Shots(d.T, d.Window, "people-erased-"+size)
			d.service.Edit(func(data *guitest.Data) {
				data.People.Erased[0].ID, data.People.Erased[0].By = "k3v9qa7d", core.Author{User: "ada", Via: core.ViaWindow}
				data.People.Erased[0].Answers = 3
			})
			d.Tap("Show the receipt")
			screen.Shots(d.T, d.Window, "people-receipt-"+size)
		})
	}
}
