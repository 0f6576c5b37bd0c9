package timer

import (
	"context"
	"log/slog"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/core/source"
)

// How long things wait.
const (
	tick      = time.Minute     // the longest time that a timer is trusted: computers sleep
	late      = 2 * time.Minute // a time that passed longer ago was missed
	firstHold = 2 * time.Second // after a commit that failed, then doubling
	lastHold  = time.Minute
)

// Timer is one source that makes records at times.
type Timer struct {
	src   *core.Source
	host  source.Host
	log   *slog.Logger
	send  core.Send        // the times
	now   func() time.Time // of tests, in which clocks are put
	maker *maker
	state state
	said  string // of when the next record is made
}

// New makes a timer. Neither src nor what it points to may change afterwards.
func New(src *core.Source, h source.Host, _ source.Env, log *slog.Logger) *Timer {
	return &Timer{src: src, host: h, log: log.With("source", src.ID), send: times(src.Timer), now: time.Now}
}

// times gives the times as package schedule knows them.
func times(t *core.TimerSource) core.Send {
	return core.Send{Every: t.Every, At: t.At, Days: t.Days}
}

// Run makes records at the timer's times until ctx is done, and then returns nil.
// One goroutine may run it at a time.
func (t *Timer) Run(ctx context.Context) error {
	if err := t.load(); err != nil {
		return err
	}
	if t.src.Paused {
		t.pause(ctx)
		<-ctx.Done()
		return nil
	}
	var err error
	if t.maker, err = newMaker(t.src); err != nil {
		t.host.Report(t.src.ID, core.Sentence(err))
		<-ctx.Done()
		return nil
	}
	if !t.keep(ctx, func() error { return t.begin(ctx, t.now()) }) {
		return nil
	}
	for {
		now := t.now().Local()
		if at, ok := t.due(now); ok {
			if !t.keep(ctx, func() error { return t.make(ctx, at) }) {
				return nil
			}
			continue
		}
		next := schedule.Next(t.send, now)
		t.say(coming(t.send, next))
		if !t.wait(ctx, next) {
			return nil
		}
	}
}

// say tells when the next record is made, if that is news.
func (t *Timer) say(text string) {
	if text != t.said {
		t.said = text
		t.host.Looked(t.src.ID, text)
	}
}

// due gives the time that a record is to be made for now.
func (t *Timer) due(now time.Time) (at time.Time, ok bool) {
	if now.Before(t.state.Since) { // the clock was put back
		t.state.Since = now
	}
	at = schedule.Begin(t.send, schedule.Turn(t.send, now)).In(now.Location())
	missed := now.Sub(at) > late
	return at, at.After(t.state.Since) && !t.state.made(at) && (!missed || t.src.Timer.Missed)
}

// keep calls f, which stores something, until it succeeds. It returns false once
// ctx has ended, or if a person has to say something first.
func (t *Timer) keep(ctx context.Context, f func() error) bool {
	for hold := firstHold; ; hold = min(2*hold, lastHold) {
		err := f()
		switch {
		case ctx.Err() != nil:
			return false
		case err == nil:
			t.host.Report(t.src.ID, "")
			return true
		case core.CodeOf(err) == core.CodeConflict: // somebody was asked
			<-ctx.Done()
			return false
		}
		t.log.Warn("record of a timer not stored", "error", err)
		t.host.Report(t.src.ID, core.Sentence(err))
		if !t.wait(ctx, t.now().Add(hold)) {
			return false
		}
	}
}

// wait returns true at a time, or after a minute if that is earlier, since clocks
// are put and computers sleep; false if ctx has ended.
func (t *Timer) wait(ctx context.Context, at time.Time) bool {
	left := at.Round(0).Sub(t.now().Round(0))
	timer := time.NewTimer(max(0, min(left, tick)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}
