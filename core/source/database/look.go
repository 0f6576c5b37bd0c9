package database

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hookbird/core"
)

// maxMoves is how often a look begins anew because what it reads was changed.
const maxMoves = 3

// errShape says that the columns are others than before.
var errShape = errors.New("the columns have changed")

// look reads once what is new, and hands it on.
func (t *Database) look(ctx context.Context) error {
	if err := t.prepare(); err != nil {
		return err
	}
	for n := 1; ; n++ {
		err := t.lookOnce(ctx)
		again := errors.Is(err, errMoved) || errors.Is(err, errShape)
		if again {
			t.read = nil
		}
		switch {
		case again && n < maxMoves:
		case again:
			return core.Wrap(core.CodeUnavailable, err, t.session.fill(wordsBusy))
		default:
			return err
		}
	}
}

// prepare reads settings and what is remembered, before the first look.
func (t *Database) prepare() error {
	if t.loaded {
		return nil
	}
	s, err := newSession(t.db, t.env.Vault)
	if err != nil {
		return t.unusable(err)
	}
	if _, err := check(t.db); err != nil {
		return t.unusable(err)
	}
	if err := t.load(); err != nil {
		return &hostError{err}
	}
	t.session, t.loaded = s, true
	return nil
}

// unusable reports settings with which nothing can be read.
func (t *Database) unusable(err error) error {
	t.host.Report(t.src.ID, core.Sentence(err))
	return errWait
}

func (t *Database) lookOnce(ctx context.Context) error {
	began := time.Now()
	if err := t.describe(ctx); err != nil {
		return err
	}
	if err := t.shape(ctx); err != nil {
		return err
	}
	if !t.state.Begun {
		if err := t.forget(ctx); err != nil {
			return err
		}
		if err := t.begin(ctx); err != nil {
			return err
		}
	}
	p := newPass(t)
	if err := p.run(ctx); err != nil {
		return err
	}
	if err := t.settle(ctx, began, p); err != nil {
		return err
	}
	if p.rows == 0 && t.read.query == nil {
		if err := t.backwards(ctx); err != nil {
			return err
		}
	}
	t.host.Looked(t.src.ID, p.found())
	return nil
}

// describe finds out about the columns, where that is not known.
func (t *Database) describe(ctx context.Context) error {
	if t.read != nil && t.db.Kind != core.SQLite {
		return nil
	}
	r, err := newReading(ctx, t.session)
	if err != nil {
		return err
	}
	if err := r.find(ctx); err != nil {
		if core.CodeOf(err) == core.CodeInvalid && len(r.columns) > 0 {
			if asked := t.tell(ctx, r.names()); asked != nil {
				return asked // which column is meant
			}
		}
		return err
	}
	t.read = r
	return nil
}

// shape remembers the columns. If there are others than before, what rows hold looks
// different, though nobody has changed them.
func (t *Database) shape(ctx context.Context) error {
	s := t.state
	names := t.read.names()
	if slices.Equal(s.Names, names) {
		return nil
	}
	s.Names = names
	if !s.Begun {
		t.state = s // is remembered once it is
		return nil
	}
	s.Anew = later(s.Last, s.Far)
	return t.keep(ctx, s)
}

// tell tells which columns there are, if they are others than before.
func (t *Database) tell(ctx context.Context, names []string) error {
	if slices.Equal(t.names, names) {
		return nil
	}
	if err := t.host.Columns(ctx, t.src.ID, names); err != nil {
		return stored(err)
	}
	t.names = names
	return nil
}

// forget removes what is remembered of rows of another place.
func (t *Database) forget(ctx context.Context) error {
	return t.drop(ctx, rowKey, func(key string, _ []byte) bool { return !strings.HasPrefix(key, t.prefix()) })
}

// drop removes marks of rows, as many as go into a commit at a time.
func (t *Database) drop(ctx context.Context, prefix string, which func(key string, written []byte) bool) error {
	var gone []core.Mark
	err := t.host.Marks(t.src.ID, prefix, func(key string, written []byte) error {
		if which(key, written) {
			gone = append(gone, core.Mark{Source: t.src.ID, Key: key})
		}
		return nil
	})
	if err != nil {
		return &hostError{err}
	}
	for part := range slices.Chunk(gone, maxEvents) {
		if err := t.host.Accept(ctx, nil, part); err != nil {
			return stored(err)
		}
	}
	return nil
}

// settle moves the floor after a look, and forgets what is below it.
func (t *Database) settle(ctx context.Context, began time.Time, p *pass) error {
	keep := p.keepFrom()
	if keep.ahead(began) {
		t.note("ahead", fmt.Sprintf("More than %s rows are from the future, by their %s. New ones that are not can be missed. Choose a column that tells when a row was written.", grouped(maxWindow), t.read.rise().name))
	}
	s := t.state.settled(began, overlap(t.db)).raised(keep)
	moved := s.Floor != t.state.Floor || len(s.Steps) != len(t.state.Steps)
	if moved {
		if err := t.keep(ctx, s); err != nil {
			return err
		}
	}
	if t.db.Changed || !moved && !p.bulk {
		return nil
	}
	return t.drop(ctx, t.prefix(), func(_ string, written []byte) bool {
		at, ok := pointOfMark(written)
		return !ok || at.compare(s.Floor) < 0
	})
}

// backwards tells of a table whose values do not rise: the greatest that was read is
// gone, and there are only smaller ones.
func (t *Database) backwards(ctx context.Context) error {
	if t.state.Last.kind == noPoint {
		return nil
	}
	top, ok, err := t.read.greatest(ctx)
	if err != nil || !ok || top.compare(t.state.Floor) >= 0 {
		return err
	}
	t.note("backwards"+t.state.Last.text, fmt.Sprintf(
		"The greatest %s is %s, and was %s before. Rows that came with smaller values were not read. If the table was filled anew, read this source again from the start.",
		t.db.Rising, top.text, t.state.Last.text))
	return nil
}

// note makes a note, once.
func (t *Database) note(key, text string) {
	if t.noted[key] {
		return
	}
	t.noted[key] = true
	t.host.Note(t.src.ID, core.SourceNote{Time: time.Now(), Where: t.title(), Text: text})
}
