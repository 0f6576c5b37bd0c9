package engine

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// Coming is a record that is not in the log yet: details about it are being looked up,
// or it can still be taken back.
type Coming struct {
	Source string
	At     time.Time // when it was handed over
	Title  string    // may be empty
	Origin string    // likewise
	Data   []byte
	Why    string // a sentence: what it waits for

	mark string // under which it waits; "" for one of a form
	id   string // of one of a form
}

// Remembered is what a source remembers of a row, to tell of it once it is gone.
type Remembered struct {
	Source string
	Data   []byte // its key fields as a JSON object

	mark string
}

// coming finds the records of a person that are not in the log yet.
func (e *Engine) coming(who Whose) (list []Coming, err error) {
	for _, info := range e.Sources() {
		src := info.Row.Source
		if f, err := e.form(src.ID); err == nil {
			for _, h := range f.Held() {
				if who.Has(h.Data) {
					list = append(list, Coming{Source: src.ID, At: h.At, Data: h.Data, Why: "It can still be taken back.", id: h.ID})
				}
			}
		}
		err := e.store.Marks(src.ID, lookupKey, func(key string, value []byte) error {
			var w waiting
			if json.Unmarshal(value, &w) != nil || w.Event == nil || !who.Has(w.Event.Data) && !who.Is(w.Event.Title) {
				return nil
			}
			list = append(list, Coming{
				Source: src.ID, At: w.Since, Title: w.Event.Title, Origin: w.Event.Origin, Data: w.Event.Data,
				Why: "Details about it are being looked up.", mark: key,
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// dropComing keeps the records of a person out of the log that are on their way there,
// and tells how many. One that came in meanwhile is found in the log.
func (e *Engine) dropComing(ctx context.Context, who Whose) (n uint64, err error) {
	list, err := e.coming(who)
	if err != nil {
		return 0, err
	}
	for _, c := range list {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		gone, err := e.dropOne(ctx, c)
		if err != nil {
			return n, err
		}
		if gone {
			n++
		}
	}
	return n, nil
}

func (e *Engine) dropOne(ctx context.Context, c Coming) (gone bool, err error) {
	if c.mark == "" {
		err := e.Undo(ctx, c.Source, c.id)
		if core.CodeOf(err) == core.CodeNotFound {
			return false, nil
		}
		return err == nil, err
	}
	if l := e.feed.looker(c.Source); l != nil {
		l.turn.Lock()
		defer l.turn.Unlock()
	}
	if _, there, err := e.store.Mark(c.Source, c.mark); err != nil || !there {
		return false, err
	}
	return true, e.commit.do(&op{marks: []core.Mark{{Source: c.Source, Key: c.mark}}})
}

// remembered looks through what sources remember of rows.
func (f *finder) remembered() error {
	for _, info := range f.e.Sources() {
		id := info.Row.Source.ID
		n, began := 0, time.Now()
		err := f.e.store.Marks(id, "", func(key string, value []byte) error {
			if n++; n%forgetRows == 0 {
				f.far(forgetRows, began)
				began = time.Now()
			}
			mine := false
			at := source.Kept(value, func(record []byte) { mine = mine || f.who.Has(record) })
			if at > 0 && mine {
				f.found.Remembered = append(f.found.Remembered, Remembered{id, slices.Clone(value[at:]), key})
			}
			return f.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dropRemembered leaves of some rows only what says nothing of anybody.
func (e *Engine) dropRemembered(list []Remembered) error {
	for slice := range slices.Chunk(list, forgetSlice) {
		err := e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
			b := &core.Batch{}
			for _, r := range slice {
				value, there, err := e.store.Mark(r.Source, r.mark) // the source goes on meanwhile
				if err != nil {
					return nil, nil, err
				}
				if at := source.Kept(value, func([]byte) {}); there && at > 0 {
					b.Marks = append(b.Marks, core.Mark{Source: r.Source, Key: r.mark, Value: source.Nameless(value, at)})
				}
			}
			return b, nil, nil
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// dropComplaints empties what targets said last, where it names a person.
func (e *Engine) dropComplaints(who Whose) error {
	moved := moves{}
	return e.commit.do(&op{
		plan: func(uint64) (*core.Batch, moves, error) {
			for _, l := range e.allLanes() {
				l.mu.Lock()
				said := l.place.Health.Detail
				l.mu.Unlock()
				if who.Within([]byte(said)) {
					moved[l.num] = func(p *core.Lane) {
						if p.Health.Detail == said {
							p.Health.Detail = ""
						}
					}
				}
			}
			return &core.Batch{}, moved, nil
		},
		after: func(*core.Batch) { e.moveLanes(moved) },
	})
}
