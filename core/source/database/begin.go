package database

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// begin decides what becomes of the rows that are there at first, as the settings
// say, or a person who is asked.
func (t *Database) begin(ctx context.Context) error {
	text := ""
	if t.src.Existing.Do == core.ExistingAsk {
		n, err := t.count(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			s := t.state
			s.Begun = true
			return t.keep(ctx, s)
		}
		text = there(n)
	}
	_, dated := t.read.dialect.since(t.read.rise().class, time.Now())
	existing, err := source.Existing(t.host, t.src, t.state.Place, text, dated)
	if err != nil {
		return stored(err)
	}
	switch existing.Do {
	case core.ExistingSkip:
		return t.skip(ctx)
	case core.ExistingSince:
		return t.from(ctx, existing.Since)
	case core.ExistingSend:
		s := t.state
		s.Begun = true
		return t.keep(ctx, s)
	}
	t.host.Report(t.src.ID, "")
	return errWait
}

// count counts what is there.
func (t *Database) count(ctx context.Context) (int64, error) {
	if t.read.query == nil {
		return t.read.count(ctx)
	}
	n := int64(0)
	err := t.every(ctx, func(point) { n++ })
	return n, err
}

// every visits where each row that a query gives stands.
func (t *Database) every(ctx context.Context, visit func(point)) error {
	text, args := t.read.page(point{}, 0)
	return t.session.read(ctx, text, args, func(r row) error {
		if p, ok := pointOf(t.read.rise().class, r.values[t.read.rising]); ok {
			visit(p)
		}
		return nil
	})
}

// skip has all that is there now not sent.
func (t *Database) skip(ctx context.Context) error {
	s := t.state
	s.Begun = true
	var err error
	if t.read.query != nil {
		err = t.every(ctx, func(p point) {
			s.Until = later(s.Until, p)
		})
	} else {
		s.Until, _, err = t.read.greatest(ctx)
	}
	if err == nil && t.read.query == nil && !t.db.Changed {
		s.Floor, _, err = t.read.back(ctx, maxWindow)
	}
	if err != nil {
		return err
	}
	return t.keep(ctx, s)
}

// from has what is older than a time not sent.
func (t *Database) from(ctx context.Context, since time.Time) error {
	c := t.read.rise().class
	p, ok := t.read.dialect.since(c, since)
	if !ok {
		return t.unusable(core.Errorf(core.CodeInvalid, "How old the rows of %s are cannot be told, because %s holds no time. Take all of them, or only new ones, or choose a column that holds one.", t.read.name(), t.db.Rising))
	}
	s := t.state
	s.Begun, s.Since = true, p
	if !t.db.Changed {
		s.Floor, _ = t.read.dialect.since(c, since.AddDate(0, 0, -1)) // a query may leave out what is equal
	}
	return t.keep(ctx, s)
}
