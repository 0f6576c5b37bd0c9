package backup

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/files"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is a window in which the dialogs open.
type desk struct {
	*screen.Desk
	service *guitest.Service
	wishes  []files.Wish
	path    string // that is chosen when a file is asked for
	said    []string
}

func in(t *testing.T, run func(*desk)) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{service: guitest.Office(), path: "/media/stick/moving.hookbird-portable"}
		d.service.Edit(func(data *guitest.Data) {
			data.Backup.View, data.Backup.Opens = guitest.Shelf(), "correct horse battery"
		})
		d.Desk = screen.NewDesk(t, widgets.VBox(0), screen.Wide)
		run(d)
		d.service.Edit(func(data *guitest.Data) { data.Jobs = nil }) // so that nobody looks any more
		d.Settle()
	})
}

func (d *desk) params() Params {
	return Params{
		Canvas: d.Window.Canvas(), Service: d.service, Now: guitest.Now,
		Ask: func(wish files.Wish, then func(string)) {
			d.wishes = append(d.wishes, wish)
			then(d.path)
		},
		Say: func(text string) { d.said = append(d.said, text) },
	}
}

func (d *desk) asked() (b guitest.Backup) {
	d.service.Read(func(data guitest.Data) { b = data.Backup })
	return b
}

// fill types into the boxes of the dialog in front, one after the other.
func (d *desk) fill(texts ...string) {
	d.Helper()
	var boxes []*widgets.SecretEntry
	screen.Walk(d.Front(), func(o fyne.CanvasObject) bool {
		if e, ok := o.(*widgets.SecretEntry); ok {
			boxes = append(boxes, e)
		}
		return false
	})
	if len(boxes) != len(texts) {
		d.Fatalf("%d boxes", len(boxes))
	}
	d.Act(func() {
		for i, text := range texts {
			boxes[i].SetText(text)
		}
	})
}

// end has the job that runs end.
func (d *desk) end(state job.State, outcome string) {
	d.service.Edit(func(data *guitest.Data) { data.Jobs[0].State, data.Jobs[0].Outcome = state, outcome })
	d.Settle()
}

func TestBackupsAreListed(t *testing.T) {
	in(t, func(d *desk) {
		d.Act(func() { Show(d.params()) })
		for _, words := range []string{"Today 02:00", "Yesterday 02:00", "Made on this computer, 18 MB", "Cannot be used", "48,210", "5 webhooks, 4 sources", "84 records"} {
			d.Sees(words)
		}
		third := title(d.asked().View.List[2], d.params())
		d.Tap(third)
		d.Sees("It cannot be used")
		if b, ok := screen.Find(d.Front(), "Restore…").(*widgets.Button); ok && !b.Disabled() {
			d.Error("one that cannot be used can be restored")
		}
		d.Tap("Delete this backup")
		d.Tap("Delete")
		if n := len(d.asked().View.List); n != 3 {
			d.Errorf("%d are left", n)
		}
		d.SeesNot("Cannot be used")
	})
}

func TestRestoringSaysWhatIsLost(t *testing.T) {
	in(t, func(d *desk) {
		d.Act(func() { Show(d.params()) })
		d.Tap("Restore…")
		d.Sees("84 records came in since then")
		d.Sees("Sending is paused until you have looked.")
		d.Tap("Cancel")
		if len(d.asked().PutBack) != 0 {
			d.Fatal("it was put back all the same")
		}
		d.Tap("Restore…")
		d.Tap("Restore it")
		if got := d.asked().PutBack; len(got) != 1 || got[0].Path != d.asked().View.List[0].Path {
			d.Fatalf("put back %+v", got)
		}
		d.Sees("Putting back the backup")
		// The engine begins anew: it answers nothing for a while, and knows of no job then.
		d.service.Fail("Backups", core.Errorf(core.CodeUnavailable, "Hookbird is still starting."))
		d.Settle()
		d.service.Fail("Backups", nil)
		d.service.Edit(func(data *guitest.Data) { data.Jobs, data.Backup.Restored = nil, moved() })
		d.Settle()
		if !slices.Equal(d.said, []string{"The backup is in place. Sending is paused."}) {
			d.Errorf("said %q", d.said)
		}
		d.SeesNot("Restoring")
		d.Sees("Is the old computer off?")
	})
}

func TestRestoringThatFailsSaysWhy(t *testing.T) {
	in(t, func(d *desk) {
		d.Act(func() { Show(d.params()) })
		d.Tap("Restore…")
		d.Tap("Restore it")
		d.end(job.Failed, "The disk is full, so nothing was restored.")
		d.Sees("The disk is full, so nothing was restored.")
		if len(d.said) != 0 {
			d.Errorf("said %q", d.said)
		}
	})
}

func TestForAnotherComputer(t *testing.T) {
	in(t, func(d *desk) {
		d.Act(func() { Show(d.params()) })
		d.Tap("For another computer…")
		d.fill("short", "short")
		d.Tap("Choose where it goes…")
		d.Sees("Type at least 10 characters.")
		d.fill("correct horse battery", "correct horse batteries")
		d.Tap("Choose where it goes…")
		d.Sees("This is not the same as above.")
		d.fill("correct horse battery", "correct horse battery")
		d.Tap("Choose where it goes…")
		want := control.BackupOrder{Path: d.path, Passphrase: "correct horse battery"}
		if got := d.asked().Made; len(got) != 1 || got[0] != want || d.wishes[0].Kind != files.Save {
			d.Errorf("made %+v, asked for %+v", got, d.wishes)
		}
		d.Sees("Making a backup")
		d.Tap("Cancel: Making a backup")
		if d.service.Called("CancelJob") != 1 {
			d.Error("not cancelled")
		}
	})
}

func TestALockedBackupAsksForItsPassphrase(t *testing.T) {
	in(t, func(d *desk) {
		d.service.Edit(func(data *guitest.Data) {
			data.Backup.Found = control.BackupView{Kind: core.BackupPortable, Made: guitest.Now().Add(-26 * time.Hour), Records: 900, Webhooks: 2, Sources: 1, Waiting: 7}
		})
		d.Act(func() { RestoreFile(d.params()) })
		d.fill("wrong horse battery")
		d.Tap("Open")
		d.Sees("This passphrase does not open the backup.")
		d.fill("correct horse battery")
		d.Tap("Open")
		d.Sees("It comes from another computer.")
		d.Tap("Restore it")
		if got := d.asked().PutBack; len(got) != 1 || got[0] != (control.BackupRef{Path: d.path, Passphrase: "correct horse battery"}) {
			d.Errorf("put back %+v", got)
		}
	})
}

func TestAFileThatIsNoBackup(t *testing.T) {
	in(t, func(d *desk) {
		d.path = "/home/ada/notes.txt"
		d.service.Fail("LookAtBackup", core.Errorf(core.CodeInvalid, "The file notes.txt is no backup of Hookbird."))
		d.Act(func() { RestoreFile(d.params()) })
		d.Sees("The file notes.txt is no backup of Hookbird.")
		d.Tap("Close")
		d.SeesNot("notes.txt")
	})
}

// moved is a store that came from another computer.
func moved() control.RestoredView {
	return control.RestoredView{
		There: true, Restored: core.Restored{At: guitest.Now(), Made: guitest.Now().Add(-26 * time.Hour), From: "moving.hookbird-portable", Asked: true, Moved: true, Waiting: 7, Aside: "hookbird-before-2026-11-22-104400.db"},
		Lacks: []control.Lack{
			{Source: "exports", Name: "Exports", Text: "The folder /home/ada/Shared/Exports is not here."},
			{Webhook: "supporter-crm", Name: "Supporter CRM", Text: "The file /etc/ssl/office.pem is not here."},
			{Source: "members", Name: "Members", Text: "It reads the database members on db.office.example. Make sure that this computer may reach it.", Maybe: true},
		},
	}
}

func TestAComputerReplaced(t *testing.T) {
	in(t, func(d *desk) {
		d.service.Edit(func(data *guitest.Data) { data.Backup.Restored = moved() })
		d.Act(func() { ShowRestored(d.params()) })
		d.Sees("Is the old computer off?")
		d.Sees("The folder /home/ada/Shared/Exports is not here.")
		d.Sees("db.office.example")
		d.Tap("Not yet")
		if len(d.asked().Answered) != 0 {
			d.Fatal("it was answered")
		}
		d.Act(func() { ShowRestored(d.params()) })
		// The engine begins anew to read the sources, and answers nothing meanwhile.
		d.Tap("Yes, the old one is off")
		if got := d.asked().Answered; len(got) != 1 || !got[0].OldOff {
			d.Fatalf("answered %+v", got)
		}
		d.Sees("Sending is paused")
		d.Sees("7 messages were still to be sent then.")
		d.Sees("hookbird-before-2026-11-22-104400.db")
		d.Tap("Resume sending")
		if d.service.Called("Resume") != 1 {
			d.Error("sending does not go on")
		}
		d.SeesNot("Sending is paused")
	})
}

func TestAfterRestoringWaitsForTheEngine(t *testing.T) {
	in(t, func(d *desk) {
		d.service.Edit(func(data *guitest.Data) { data.Backup.Restored = moved() })
		d.service.Fail("Restored", core.Errorf(core.CodeUnavailable, "Hookbird is still starting."))
		d.Act(func() { ShowRestored(d.params()) })
		d.SeesNot("Is the old computer off?")
		d.service.Fail("Restored", nil)
		d.Settle()
		d.Sees("Is the old computer off?")
	})
}

func TestShots(t *testing.T) {
	screen.OnlyForShots(t)
	in(t, func(d *desk) {
		d.service.Edit(func(data *guitest.Data) { data.Backup.Restored = moved() })
		d.Act(func() { Show(d.params()) })
		screen.Shots(d.T, d.Window, "backups")
		d.Tap("For another computer…")
		screen.Shots(d.T, d.Window, "backups-passphrase")
		d.Tap("Cancel")
		d.Tap("Restore…")
		screen.Shots(d.T, d.Window, "backups-restore")
		d.Tap("Restore it")
		screen.Shots(d.T, d.Window, "backups-restoring")
		d.Tap("Close")
		d.Act(func() { ShowRestored(d.params()) })
		screen.Shots(d.T, d.Window, "backups-moved")
		d.Tap("Yes, the old one is off")
		screen.Shots(d.T, d.Window, "backups-here")
	})
}
