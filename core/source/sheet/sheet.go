// Package sheet reads the rows of one spreadsheet that somebody works in, also
// while it is open in another program, and hands on those that are new or have
// changed.
//
//	stat every 2 s -> saved, and quiet since -> copied -> read through once: what is
//	     new, what has changed, what is still being typed -> read again for the
//	     rows to send, accepted in slices together with what is remembered of them
//
// A row is known by its key columns, wherever it stands. Without key columns it is
// known by what it holds: an edited row is then another one, and of rows that hold
// the same as many are known as were ever there at once. What is remembered of a
// row stays when it is deleted, so that rows which come back are not sent again.
//
// The package must not know what a record is good for, nor how it is stored.
package sheet

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/claim"
)

// How often the file is looked at, and how long things take to settle.
const (
	lookEvery = 2 * time.Second
	quiet     = 2500 * time.Millisecond // a file that did not change for so long is saved; some drives tell times by 2 s
	patience  = 20 * time.Second        // until what is wrong with a file is told: it may be half saved
	retry     = time.Minute             // of a file that cannot be read
)

// Sheet is one spreadsheet that is watched. One goroutine may run it at a time.
type Sheet struct {
	src    *core.Source
	cfg    *core.SheetSource
	host   source.Host
	log    *slog.Logger
	claim  *claim.Claim
	name   string // of the file, without its folder
	place  string // path, sheet and keys, as a hash
	settle time.Duration

	loaded  bool
	memory  memory
	seen    sighting
	read    stamp           // of what was read to its end last
	again   time.Time       // when what was read has to be read once more; zero: when it is saved
	typing  map[hash]typed  // rows that are not finished
	found   string          // by the last look
	cause   string          // that keeps it from working; "" for none
	trouble time.Time       // since when the file cannot be read; zero if it can
	told    map[string]bool // what was told of the file as it is
}

// hash is what something is known by.
type hash = [16]byte

// typed is a row that is not finished: what it holds, and since when.
type typed struct {
	print hash
	since time.Time
}

// New makes a spreadsheet source. Neither src nor what it points to may change
// afterwards.
func New(src *core.Source, h source.Host, log *slog.Logger) *Sheet {
	cfg := src.Sheet
	s := &Sheet{
		src: src, cfg: cfg, host: h, log: log.With("source", src.ID),
		claim: claim.ForFile(h, src.ID, cfg.Path), name: filepath.Base(cfg.Path),
		settle: cfg.Settle, typing: map[hash]typed{},
	}
	if s.settle == 0 {
		s.settle = core.DefaultSettle
	}
	layout, _ := json.Marshal(cfg.Layout) // texts and numbers alone
	place := h.Hash("sheet", cfg.Path, string(layout), strings.Join(cfg.Keys, "\x00"))
	s.place = hex.EncodeToString(place[:6])
	return s
}

// Run watches the spreadsheet until ctx is done, and then returns nil. An error is
// about the store.
func (s *Sheet) Run(ctx context.Context) error {
	if s.src.Paused {
		<-ctx.Done()
		return nil
	}
	defer s.claim.Release()
	for {
		wait, err := s.look(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// look looks at the file once, reads it if it has to be read, and tells when to
// look again.
func (s *Sheet) look(ctx context.Context) (wait time.Duration, err error) {
	if why, err := s.claim.Hold(ctx); err != nil || why != "" {
		return s.report(why, lookEvery), err
	}
	if err := s.load(); err != nil {
		return 0, err
	}
	if why := s.stat(); why != "" {
		return s.report(why, lookEvery), nil
	}
	if !s.due(time.Now()) {
		if s.cause == "" {
			s.host.Looked(s.src.ID, s.found)
		}
		return s.report(s.cause, lookEvery), nil
	}
	if wait := time.Until(s.seen.since.Add(quiet)); wait > 0 {
		return wait, nil
	}
	return lookEvery, s.readNow(ctx)
}

func (s *Sheet) report(why string, wait time.Duration) time.Duration {
	s.host.Report(s.src.ID, why)
	return wait
}

// due tells whether the file has to be read.
func (s *Sheet) due(now time.Time) bool {
	return s.seen.stamp != s.read || !s.again.IsZero() && !now.Before(s.again)
}

// readNow reads the file, and keeps what came of it for the looks to come.
func (s *Sheet) readNow(ctx context.Context) error {
	at := s.seen.stamp
	t, err := s.open(ctx)
	if err == nil {
		err = s.rows(ctx, t)
		t.close()
	}
	bad, store := asTrouble(err)
	switch {
	case store != nil:
		return store
	case bad == nil:
		s.read, s.cause, s.trouble = at, "", time.Time{}
		s.host.Looked(s.src.ID, s.found)
	default:
		s.failed(at, bad, time.Now())
	}
	s.report(s.cause, 0)
	return nil
}

// failed keeps in mind that the file could not be read. What may be because it is
// just being saved is tried again for a while before it is told.
func (s *Sheet) failed(at stamp, bad *trouble, now time.Time) {
	s.log.Debug("spreadsheet cannot be read now", "error", bad)
	if s.trouble.IsZero() {
		s.trouble = now
	}
	if bad.passing && now.Sub(s.trouble) < patience {
		s.read = stamp{}
		return
	}
	s.read, s.cause, s.again = at, bad.text, now.Add(retry)
	if bad.asks {
		s.again = time.Time{}
	}
}
