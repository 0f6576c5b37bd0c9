package engine

import (
	"context"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/gate"
)

// Reread has a source read once more what is there: what it remembers of what it read
// is forgotten.
func (e *Engine) Reread(id string, wish source.Reread) error {
	row, ok := e.feed.row(id)
	switch {
	case !ok:
		return core.Errorf(core.CodeNotFound, "There is no such source any more.")
	case !keeps(row.Source.Kind):
		return core.Errorf(core.CodeInvalid, "Nothing is kept there that could be read once more. Activity can send a record again.")
	case wish.Do == core.ExistingSince && row.Source.Kind == core.KindSheet:
		return core.Errorf(core.CodeInvalid, "The rows of a spreadsheet have no date that Hookbird can go by. Read all of them, or only new ones.")
	}
	e.feed.halt(id) // so that nothing is remembered meanwhile
	marks, err := marksToReread(e.store, id, wish)
	if err == nil {
		err = e.commit.do(&op{marks: marks})
	}
	e.feed.again(id)
	return err
}

// marksToReread forget what a source remembers of what it read, and keep the wish.
func marksToReread(store core.Store, id string, wish source.Reread) ([]core.Mark, error) {
	again, err := wish.Mark(id)
	if err != nil {
		return nil, err
	}
	marks := []core.Mark{again}
	err = store.Marks(id, "", func(key string, _ []byte) error {
		if !ownMark(key) {
			marks = append(marks, core.Mark{Source: id, Key: key})
		}
		return nil
	})
	return marks, err
}

// AskSources has every source of a store ask what becomes of what is there. It is for
// whoever has the store before an engine does, so that nothing is read meanwhile.
func AskSources(ctx context.Context, store core.Store) error {
	snap, err := store.Load(ctx)
	if err != nil {
		return err
	}
	wish := source.Reread{Asked: core.NewEventID(time.Now())}
	for _, row := range snap.Sources {
		if !keeps(row.Source.Kind) {
			continue
		}
		marks, err := marksToReread(store, row.Source.ID, wish)
		if err != nil {
			return err
		}
		if err := store.Commit(&core.Batch{Marks: marks}); err != nil {
			return err
		}
	}
	return nil
}

// RereadAll does the same for every source where that can be.
func (e *Engine) RereadAll(wish source.Reread) error {
	for _, info := range e.Sources() {
		if !keeps(info.Row.Source.Kind) {
			continue
		}
		if err := e.Reread(info.Row.Source.ID, wish); err != nil {
			return err
		}
	}
	return nil
}

// keeps tells whether what sources of a kind read can be read once more.
func keeps(k core.SourceKind) bool {
	switch k {
	case core.KindFolder, core.KindSheet, core.KindDatabase, core.KindWeb:
		return true
	}
	return false
}

// ownMark tells whether a mark is the engine's, and not the source's own.
func ownMark(key string) bool {
	switch key {
	case notesKey, columnsKey, silentKey, source.MarkReread, gate.MarkAlias:
		return true
	}
	for _, prefix := range []string{answerKey, leftKey, lookupKey, gate.MarkOnce} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}
