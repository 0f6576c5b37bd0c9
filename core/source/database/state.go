package database

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"hookbird/core"
)

// Keys of marks.
const (
	stateKey = "database"
	rowKey   = "row:" // followed by a part of the place, and by what the row is known by
)

// maxSteps is how many steps are remembered at most.
const maxSteps = 24

// state is what is remembered between two looks. It is of one place.
type state struct {
	Place string   `json:"place"`
	Ready bool     `json:"ready,omitempty"` // what was there at first is dealt with
	Begun bool     `json:"begun,omitempty"` // what becomes of it is decided:
	Until point    `json:"until,omitzero"`  // up to here it is not sent,
	Since point    `json:"since,omitzero"`  // nor before here
	Names []string `json:"names,omitempty"` // of the columns
	Anew  point    `json:"anew,omitzero"`   // up to here rows are known again though they have other columns than before
	Floor point    `json:"floor,omitzero"`  // from here on rows are looked at again
	Last  point    `json:"last,omitzero"`   // the position: the greatest value that was read,
	Far   point    `json:"far,omitzero"`    // but for those that are ahead of their time, of which this is the greatest
	Steps []step   `json:"steps,omitempty"` // how the position rose since the floor
}

// step says when the position was reached.
type step struct {
	At   time.Time `json:"at"`
	Last point     `json:"last"`
}

// place gives what makes a table another one.
func (t *Database) place() string {
	d := t.db
	parts := slices.Concat([]string{
		"database", string(d.Kind), d.File, d.Host, portText(d), d.Name, d.Table, d.Query, d.Rising, changedText(d),
	}, d.Keys)
	sum := t.host.Hash(parts...)
	return hex.EncodeToString(sum[:])
}

func portText(d *core.DatabaseSource) string {
	if d.Kind == core.SQLite {
		return ""
	}
	kind, err := dialectOf(d.Kind)
	if err != nil {
		return ""
	}
	return addressOf(d, kind.port())
}

func changedText(d *core.DatabaseSource) string {
	if d.Changed {
		return "changed"
	}
	return ""
}

// load reads what is remembered, if it is of this place.
func (t *Database) load() error {
	written, ok, err := t.host.Mark(t.src.ID, stateKey)
	if err != nil {
		return err
	}
	t.state = state{}
	if ok {
		_ = json.Unmarshal(written, &t.state) // what cannot be read is not known
	}
	if place := t.place(); t.state.Place != place {
		t.state = state{Place: place}
	}
	return nil
}

// mark gives what remembers a state.
func (t *Database) mark(s state) core.Mark {
	written, err := json.Marshal(s)
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return core.Mark{Source: t.src.ID, Key: stateKey, Value: written}
}

// keep remembers a state, and nothing else.
func (t *Database) keep(ctx context.Context, s state) error {
	if err := t.host.Accept(ctx, nil, []core.Mark{t.mark(s)}); err != nil {
		return stored(err)
	}
	t.state = s
	return nil
}

// prefix is that of the marks of rows.
func (t *Database) prefix() string { return rowKey + t.state.Place[:8] + ":" }

// rowMark remembers a row: what it held, and where it stands.
func (t *Database) rowMark(id, print [16]byte, at point) core.Mark {
	where, _ := at.MarshalText()
	return core.Mark{Source: t.src.ID, Key: t.prefix() + base64.RawURLEncoding.EncodeToString(id[:]), Value: append(print[:], where...)}
}

// known gives what a row held when it was seen last.
func (t *Database) known(id [16]byte) (print [16]byte, ok bool, err error) {
	written, ok, err := t.host.Mark(t.src.ID, t.prefix()+base64.RawURLEncoding.EncodeToString(id[:]))
	if err != nil || !ok || len(written) < len(print) {
		return print, false, err
	}
	copy(print[:], written)
	return print, true, nil
}

// pointOfMark gives where a row stands.
func pointOfMark(written []byte) (p point, ok bool) {
	if len(written) < 16 {
		return point{}, false
	}
	return p, p.UnmarshalText(written[16:]) == nil
}

// rose gives s after the position was found to be at last.
func (s state) rose(last point, at time.Time) state {
	if s.Last.compare(last) >= 0 {
		return s
	}
	s.Last = last
	s.Steps = append(slices.Clone(s.Steps), step{at, last})
	if len(s.Steps) > maxSteps {
		s.Steps = thinned(s.Steps)
	}
	return s
}

// thinned leaves out every other step of the older ones: what was passed with one of
// those is then good a little later.
func thinned(steps []step) []step {
	kept := steps[:0]
	for i, each := range steps {
		if i%2 == 1 || i >= len(steps)-4 {
			kept = append(kept, each)
		}
	}
	return kept
}

// settled gives s with the floor where nothing can come late any more: an overlap has
// passed between when a position was reached, and a later look, which began at looked.
func (s state) settled(looked time.Time, overlap time.Duration) state {
	for len(s.Steps) > 0 && !looked.Before(s.Steps[0].At.Add(overlap)) {
		s = s.raised(s.Steps[0].Last)
		s.Steps = slices.Clone(s.Steps[1:])
	}
	return s
}

// raised gives s with the floor at least at a point.
func (s state) raised(to point) state {
	s.Floor = later(s.Floor, to)
	return s
}
