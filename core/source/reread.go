package source

import (
	"encoding/json"
	"fmt"

	"hookbird/core"
)

// Reread is the wish to have a source read once more what is there already, whatever
// its settings say of it.
type Reread struct {
	core.Existing
	Asked string // not "": a person is asked what becomes of it; another text asks anew
}

// MarkReread is the mark of a source under which the wish is kept.
const MarkReread = "reread"

// Mark keeps the wish.
func (r Reread) Mark(source string) (core.Mark, error) {
	value, err := json.Marshal(r)
	return core.Mark{Source: source, Key: MarkReread, Value: value}, err
}

// RereadOf gives the wish for a source that mark finds; ok is false if there is none.
func RereadOf(mark func(source, key string) ([]byte, bool, error), source string) (r Reread, ok bool, err error) {
	value, ok, err := mark(source, MarkReread)
	if err != nil || !ok {
		return r, false, err
	}
	if err := json.Unmarshal(value, &r); err != nil {
		return r, false, fmt.Errorf("read the wish to read %s once more: %w", source, err)
	}
	return r, true, nil
}
