// Package backup is what the window shows of backups: the rows in Settings, the dialog
// with the list, putting one back, and what is to be done after that. It must not make
// or read a backup: the engine does.
package backup

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/files"
)

// Service is what this asks of the engine.
type Service interface {
	Backups(ctx context.Context) (control.BackupsView, error)
	MakeBackup(ctx context.Context, o control.BackupOrder) (job.View, error)
	DeleteBackup(ctx context.Context, path string) error
	LookAtBackup(ctx context.Context, r control.BackupRef) (control.BackupView, error)
	Restore(ctx context.Context, r control.BackupRef) (job.View, error)
	Restored(ctx context.Context) (control.RestoredView, error)
	AnswerRestored(ctx context.Context, a control.RestoredAnswer) error
	Resume(ctx context.Context) error
	Jobs(ctx context.Context) ([]job.View, error)
	CancelJob(ctx context.Context, id string) error
	ForgetJob(ctx context.Context, id string) error
}

// Params are what the dialogs need of the window.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Now     func() time.Time
	Ask     func(wish files.Wish, then func(path string)) // lets somebody choose a file or a folder
	Say     func(text string)                             // shows a short message
	OnDone  func()                                        // something has changed; may be nil

	begin func() // a backup is about to be put back; may be nil
}

func (p Params) done() {
	if p.OnDone != nil {
		p.OnDone()
	}
}
