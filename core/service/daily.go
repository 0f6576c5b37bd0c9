package service

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"hookbird/core"
)

const (
	backupFirst = 5 * time.Minute // after the start, which is busy enough, one is made up for
	backupAgain = time.Hour       // after one that could not be made
	backupLook  = 5 * time.Minute // between two looks at the clock, which goes on while the computer sleeps
)

// backups makes the backups of the plan by themselves, and remembers how that goes.
type backups struct {
	s    *Service
	stop context.CancelFunc
	done chan struct{}

	mu      sync.Mutex
	last    time.Time // when the newest good one was made; zero if there is none
	failed  time.Time // when one could not be made, since then; zero if none failed
	failure string    // why, as a sentence
}

// start begins to make backups by itself, if they are wanted. The Service has to be
// whole by then.
func (b *backups) start() {
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	if !b.s.p.Daily {
		close(b.done)
		return
	}
	go b.run(ctx)
}

func (b *backups) close() {
	b.stop()
	<-b.done
}

// run is the owner of the loop: after a panic it begins again, after a while.
func (b *backups) run(ctx context.Context) {
	defer close(b.done)
	for wait := backupFirst; pause(ctx, wait); wait = b.wait(time.Now()) {
		func() {
			defer func() {
				if p := recover(); p != nil {
					b.s.p.Logger.Error("backups stopped", "panic", p, "stack", string(debug.Stack()))
					b.ended(time.Time{}, errors.New("it panicked"))
				}
			}()
			b.once(ctx)
		}()
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// wait is how long to wait until the next look.
func (b *backups) wait(now time.Time) time.Duration {
	due := b.due(now)
	if due.IsZero() {
		return backupLook
	}
	return min(max(due.Sub(now), time.Second), backupLook)
}

// once makes a backup if one is due.
func (b *backups) once(ctx context.Context) {
	b.s.look()
	now := time.Now().Round(0) // by the clock on the wall
	if due := b.due(now); due.IsZero() || due.After(now) || b.s.nothingYet() {
		return
	}
	over := make(chan struct{})
	_, err := b.s.startBackup(core.BackupWish{Version: b.s.p.Version}, "Making the daily backup", func() { close(over) })
	if err != nil {
		return // one is being made, or the program ends
	}
	select {
	case <-over:
	case <-ctx.Done():
	}
}

// nothingYet tells whether there is nothing to be kept.
func (s *Service) nothingYet() bool {
	return s.engine.Head() == 0 && len(s.engine.Webhooks()) == 0 && len(s.engine.Sources()) == 0
}

// look finds out when the last good backup was made. A folder that cannot be read
// changes nothing: making one says why.
func (s *Service) look() {
	_, list, err := s.listBackups()
	if err != nil {
		return
	}
	s.backup.mu.Lock()
	defer s.backup.mu.Unlock()
	s.backup.last = s.lastBackup(list)
}

// due is when the next one is to be made; zero if none is.
func (b *backups) due(now time.Time) time.Time {
	plan := b.s.engine.Settings().Backup.Filled()
	if plan.Keep == core.NoBackups {
		return time.Time{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	last := b.last
	if last.After(now) { // the clock was wrong then
		last = now
	}
	due := plan.Next(last.Local())
	if again := b.failed.Add(backupAgain); !b.failed.IsZero() && again.After(due) {
		due = again
	}
	return due
}

// made is when the newest good backup was made, zero if there is none, and why the
// last could not be made.
func (b *backups) made() (last time.Time, failure string) {
	if !b.s.p.Daily { // then nobody looks by itself
		b.s.look()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, b.failure
}

// outlook is when the next one is due, and why the last could not be made.
func (b *backups) outlook(now time.Time) (next time.Time, failure string) {
	if next = b.due(now); !next.IsZero() && next.Before(now) {
		next = now
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return next, b.failure
}

// ended notes that one was made, or that it could not be.
func (b *backups) ended(made time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		b.last, b.failed, b.failure = made, time.Time{}, ""
		return
	}
	b.failed, b.failure = time.Now().Round(0), core.Sentence(err)
	switch {
	case errors.Is(err, context.Canceled):
		b.failure = ""
	case core.CodeOf(err) == core.CodeConflict: // the store is being tidied up: soon again
		b.failed, b.failure = b.failed.Add(backupLook-backupAgain), ""
	}
}

// worry tells why somebody has to be told that there is no backup, "" if nobody has.
func (b *backups) worry(now time.Time) (last time.Time, why string) {
	if b.s.engine.Settings().Backup.Keep == core.NoBackups {
		return time.Time{}, ""
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed.IsZero() || now.Sub(b.last) < core.BackupWorry {
		return time.Time{}, ""
	}
	return b.last, b.failure
}
