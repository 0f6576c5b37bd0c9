package engine

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/form"
)

// Held is a record of a form that can still be taken back.
type Held struct {
	Source, ID, Title string
	Until             time.Time // when it goes out
}

// Fill takes what was filled into a form, in one or many rows, and gives what is held
// of it. core.Errors if something is wrong: then nothing is taken.
func (e *Engine) Fill(ctx context.Context, id string, rows []map[string]string) ([]Held, error) {
	f, err := e.form(id)
	if err != nil {
		return nil, err
	}
	ids, err := f.FillAll(ctx, rows)
	if err != nil && len(ids) == 0 {
		return nil, err
	}
	var held []Held
	for _, h := range e.heldBy(id, f) {
		if slices.Contains(ids, h.ID) {
			held = append(held, h)
		}
	}
	return held, err
}

// Undo takes back a record of a form. CodeNotFound: it has gone out.
func (e *Engine) Undo(ctx context.Context, id, record string) error {
	f, err := e.form(id)
	if err != nil {
		return err
	}
	return f.Undo(ctx, record)
}

// Held gives the records of all forms that can still be taken back, the newest first.
func (e *Engine) Held() []Held {
	var all []Held
	for _, info := range e.Sources() {
		if f, err := e.form(info.Row.Source.ID); err == nil {
			all = append(all, e.heldBy(info.Row.Source.ID, f)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Held) int { return b.Until.Compare(a.Until) })
	return all
}

func (e *Engine) heldBy(id string, f *form.Form) []Held {
	var list []Held
	for _, h := range f.Held() {
		list = append(list, Held{Source: id, ID: h.ID, Title: source.Title(h.Data), Until: h.Until})
	}
	return list
}

// form finds the form of a source.
func (e *Engine) form(id string) (*form.Form, error) {
	e.feed.mu.Lock()
	defer e.feed.mu.Unlock()
	if s := e.feed.fed[id]; s != nil && s.form != nil {
		return s.form, nil
	}
	return nil, core.Errorf(core.CodeNotFound, "There is no such form any more.")
}
