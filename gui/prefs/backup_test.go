package prefs

import (
	"slices"
	"testing"
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

// kept is an office with backups.
func kept() *guitest.Service {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Backup.View = guitest.Shelf() })
	return s
}

// right presses the right arrow on a list of choices.
func (d *desk) right(label string) {
	d.Helper()
	var list *widgets.Select
	screen.Walk(d.page.Content(), func(o fyne.CanvasObject) bool {
		if s, ok := o.(*widgets.Select); ok && s.SelectedText() == label {
			list = s
		}
		return list != nil
	})
	if list == nil {
		d.Fatalf("no choice is %q", label)
	}
	d.Act(func() { list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
}

func TestBackupsInSettings(t *testing.T) {
	in(t, kept(), false, func(d *desk) {
		d.page.Ask = func(wish files.Wish, then func(string)) {
			if wish.Kind != files.Folder {
				d.Errorf("asked for %+v", wish)
			}
			then("/media/office")
		}
		d.Sees("The last one is of today 02:00. The next one is made tomorrow 02:00.")
		d.right("The last 7")
		d.right("02:00")
		d.Tap("Choose a folder for backups")
		if got, want := d.settings().Settings.Backup, (core.BackupPlan{Folder: "/media/office", At: "06:00", Keep: 14}); got != want {
			d.Errorf("saved %+v, want %+v", got, want)
		}
		d.Sees("/media/office")
		d.Tap("Use the usual one")
		if got := d.settings().Settings.Backup.Folder; got != "" {
			d.Errorf("saved as %q", got)
		}
		d.Tap("Backups and restoring…")
		d.Sees("Made on this computer, 18 MB")
	})
}

func TestBackUpNow(t *testing.T) {
	in(t, kept(), false, func(d *desk) {
		d.Tap("Back up now")
		d.Sees("Making a backup")
		d.Tap("Cancel: Making a backup")
		d.service.Edit(func(data *guitest.Data) {
			data.Jobs = []job.View{{ID: "1", Kind: control.JobBackup, Title: "Making a backup", State: job.Failed, Outcome: "The disk is full."}}
			data.Backup.View.Failed = "The disk is full."
		})
		d.Act(d.page.Refresh)
		d.Sees("The disk is full.")
		d.service.Edit(func(data *guitest.Data) {
			data.Jobs = append(data.Jobs, job.View{ID: "2", Kind: control.JobBackup, Title: "Made long ago", State: job.Done, Ended: time.Now().Add(-time.Hour)})
			slices.Reverse(data.Jobs)
		})
		d.Act(d.page.Refresh)
		d.SeesNot("Made long ago")
		d.Tap("Close: Making a backup")
		if n := len(d.jobs()); n != 1 {
			d.Errorf("%d jobs are left", n)
		}
	})
}

func (d *desk) jobs() (list []job.View) {
	d.service.Read(func(data guitest.Data) { list = data.Jobs })
	return list
}

func TestBackupShots(t *testing.T) {
	screen.OnlyForShots(t)
	for size, narrow := range map[string]bool{"1200": false, "900": true} {
		in(t, kept(), narrow, func(d *desk) {
			d.Tap("Back up now")
			var scroll *widgets.Scroll
			screen.Walk(d.page.Content(), func(o fyne.CanvasObject) bool {
				if s, ok := o.(*widgets.Scroll); ok {
					scroll = s
				}
				return scroll != nil
			})
			d.Act(d.page.Refresh)
			d.Act(func() { scroll.ScrollToOffset(fyne.NewPos(0, 560)) })
			screen.Shots(d.T, d.Window, "settings-backup-"+size)
		})
	}
}
