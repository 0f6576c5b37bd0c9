package host

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// How often a job of another process is looked after, and how long that process may
// take to begin anew.
const (
	jobLook    = 200 * time.Millisecond
	anewWithin = 2 * time.Minute
)

// Backup makes a backup with the engine that is running, or without one.
func Backup(p Params, o control.BackupOrder) error {
	return Ask(p, func(ctx context.Context, s control.Service) error {
		v, err := s.MakeBackup(ctx, o)
		if err != nil {
			return err
		}
		_, err = awaitJob(ctx, s, v)
		return err
	})
}

// awaitJob waits until a job has ended; it fails as the job did.
func awaitJob(ctx context.Context, s control.Jobs, v job.View) (job.View, error) {
	for v.State == job.Running {
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(jobLook):
		}
		next, err := s.Job(ctx, v.ID)
		if err != nil {
			return v, err
		}
		v = next
	}
	switch v.State {
	case job.Failed:
		return v, core.Errorf(core.CodeUnavailable, "%s", v.Outcome)
	case job.Cancelled:
		return v, core.Errorf(core.CodeUnavailable, "It was cancelled.")
	}
	return v, nil
}

// Restore puts a backup in the place of the store: the engine that is running does so
// and begins anew, or it is done without one, also where the store cannot be opened.
func Restore(p Params, w core.RestoreWish) error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := p.Storage.MakeFolder(p.Data); err != nil {
		return err
	}
	do := func(ctx context.Context, s control.Service) error { return askRestore(ctx, s, w) }
	return p.either(ctx, do, func() error {
		if _, err := p.Storage.Prepare(ctx, p.Data, w); err != nil {
			return err
		}
		return p.Storage.Commit(p.Data)
	})
}

// askRestore has a running engine do it. The job is gone once the engine has begun
// anew, and then the store tells of it.
func askRestore(ctx context.Context, s control.Service, w core.RestoreWish) error {
	asked := time.Now().Add(-time.Second)
	v, err := s.Restore(ctx, control.BackupRef{Path: w.Path, Passphrase: w.Passphrase})
	if err != nil {
		return err
	}
	if v, err = awaitJob(ctx, s, v); v.State == job.Failed || v.State == job.Cancelled || ctx.Err() != nil {
		return err
	}
	for until := time.Now().Add(anewWithin); time.Now().Before(until); {
		r, err := s.Restored(ctx)
		if err == nil && r.There && r.At.After(asked) && r.From == filepath.Base(w.Path) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(jobLook):
		}
	}
	return core.Errorf(core.CodeUnavailable, "The backup was read, but Hookbird has not begun anew with it. Its log says why.")
}
