package control

import (
	"context"

	"hookbird/core/job"
)

func (f *fake) Backups(context.Context) (BackupsView, error) {
	return reply[BackupsView](f, "Backups")
}

func (f *fake) MakeBackup(_ context.Context, o BackupOrder) (job.View, error) {
	return reply[job.View](f, "MakeBackup", o)
}

func (f *fake) DeleteBackup(_ context.Context, path string) error {
	return f.heard("DeleteBackup", path)
}

func (f *fake) LookAtBackup(_ context.Context, r BackupRef) (BackupView, error) {
	return reply[BackupView](f, "LookAtBackup", r)
}

func (f *fake) Restore(_ context.Context, r BackupRef) (job.View, error) {
	return reply[job.View](f, "Restore", r)
}

func (f *fake) Restored(context.Context) (RestoredView, error) {
	return reply[RestoredView](f, "Restored")
}

func (f *fake) AnswerRestored(_ context.Context, a RestoredAnswer) error {
	return f.heard("AnswerRestored", a)
}
