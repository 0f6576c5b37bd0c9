package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Backup is what an office answers about backups.
type Backup struct {
	View     control.BackupsView
	Found    control.BackupView // what LookAtBackup finds in a file that is not in the list
	Opens    string             // the passphrase of portable ones
	Restored control.RestoredView

	Made     []control.BackupOrder // what MakeBackup was asked for
	PutBack  []control.BackupRef   // what Restore was asked for
	Answered []control.RestoredAnswer
}

// Backups implements control.Service.
func (s *Service) Backups(ctx context.Context) (control.BackupsView, error) {
	return read(ctx, s, "Backups", func(d *Data) (control.BackupsView, error) {
		v := d.Backup.View
		v.List = slices.Clone(v.List)
		plan := d.Settings.Settings.Backup.Filled()
		if plan.Folder == "" {
			plan.Folder = "/home/ada/.local/share/hookbird/backups"
		}
		v.Plan = plan
		return v, nil
	})
}

// MakeBackup implements control.Service.
func (s *Service) MakeBackup(ctx context.Context, o control.BackupOrder) (job.View, error) {
	return write(ctx, s, "MakeBackup", func(d *Data) (job.View, error) {
		d.Backup.Made = append(d.Backup.Made, o)
		return d.begun(control.JobBackup, "Making a backup"), nil
	})
}

// DeleteBackup implements control.Service.
func (s *Service) DeleteBackup(ctx context.Context, path string) error {
	_, err := write(ctx, s, "DeleteBackup", func(d *Data) (none, error) {
		d.Backup.View.List = slices.DeleteFunc(d.Backup.View.List, func(b control.BackupView) bool { return b.Path == path })
		return none{}, nil
	})
	return err
}

// LookAtBackup implements control.Service.
func (s *Service) LookAtBackup(ctx context.Context, r control.BackupRef) (control.BackupView, error) {
	return read(ctx, s, "LookAtBackup", func(d *Data) (control.BackupView, error) {
		v := d.Backup.Found
		for _, b := range d.Backup.View.List {
			if b.Path == r.Path {
				v = b
			}
		}
		if v.Kind == core.BackupPortable && r.Passphrase != d.Backup.Opens {
			return v, core.Errorf(core.CodeInvalid, "This passphrase does not open the backup. Look for capital letters and spaces, and type it again.").At("/passphrase")
		}
		v.Path = r.Path
		return v, nil
	})
}

// Restore implements control.Service.
func (s *Service) Restore(ctx context.Context, r control.BackupRef) (job.View, error) {
	return write(ctx, s, "Restore", func(d *Data) (job.View, error) {
		d.Backup.PutBack = append(d.Backup.PutBack, r)
		return d.begun(control.JobRestore, "Putting back the backup"), nil
	})
}

// Restored implements control.Service.
func (s *Service) Restored(ctx context.Context) (control.RestoredView, error) {
	return read(ctx, s, "Restored", func(d *Data) (control.RestoredView, error) { return d.Backup.Restored, nil })
}

// AnswerRestored implements control.Service.
func (s *Service) AnswerRestored(ctx context.Context, a control.RestoredAnswer) error {
	_, err := write(ctx, s, "AnswerRestored", func(d *Data) (none, error) {
		d.Backup.Answered = append(d.Backup.Answered, a)
		if a.OldOff {
			d.Backup.Restored.Moved = false
		}
		if a.Done {
			d.Backup.Restored = control.RestoredView{}
		}
		return none{}, nil
	})
	return err
}

// Shelf are some backups, the newest first.
func Shelf() control.BackupsView {
	at := func(days int) time.Time {
		now := Now()
		return time.Date(now.Year(), now.Month(), now.Day()-days, 2, 0, 0, 0, now.Location())
	}
	const folder = "/home/ada/.local/share/hookbird/backups/"
	v := control.BackupsView{Last: at(0), Next: at(-1)}
	for n := range 4 {
		made := at(n)
		v.List = append(v.List, control.BackupView{
			Path: folder + "hookbird-" + made.Format("2006-01-02-150405") + "-k3v9qa.hookbird-backup", Bytes: int64(18-n) << 20, Made: made, Version: "0.1.0",
			Records: 48_210 - 310*uint64(n), Messages: 61_004, Waiting: 12, Webhooks: 5, Sources: 4, Own: true, Since: 84 + 310*uint64(n),
		})
	}
	v.List[2].Problem = "The file " + v.List[2].Path[len(folder):] + " is no backup of Hookbird, or it is not whole any more."
	return v
}
