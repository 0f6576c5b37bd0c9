package engine

import (
	"encoding/hex"
	"strings"

	"hookbird/core"
)

// neverKey is the prefix of the program's marks of who is never sent, by hash.
const neverKey = "never:"

// loadNever reads who is never sent.
func (e *Engine) loadNever() error {
	return e.store.Marks("", neverKey, func(key string, _ []byte) error {
		var sum [16]byte
		if n, err := hex.Decode(sum[:], []byte(strings.TrimPrefix(key, neverKey))); err == nil && n == len(sum) {
			e.never.Set(sum, true)
		}
		return nil
	})
}

// Never is how many addresses and numbers are never sent.
func (e *Engine) Never() int { return e.never.Len() }

// SetNever adds addresses and numbers that are never sent, one a line, or removes
// them, and says how many of them were new, or were there. It keeps hashes of them
// alone. CodeInvalid if there is none in the text.
func (e *Engine) SetNever(text string, remove bool) (int, error) {
	var marks []core.Mark
	var sums [][16]byte
	for line := range strings.Lines(text) {
		sum, ok := e.never.HashOf(line)
		if !ok {
			continue
		}
		mark := core.Mark{Key: neverKey + hex.EncodeToString(sum[:])}
		if !remove {
			mark.Value = []byte{1}
		}
		marks, sums = append(marks, mark), append(sums, sum)
	}
	if len(marks) == 0 {
		return 0, core.Errorf(core.CodeInvalid, "There is no e-mail address and no number in this text. Write one a line.")
	}
	if err := e.commit.do(&op{marks: marks}); err != nil {
		return 0, err
	}
	before := e.never.Len()
	for _, sum := range sums {
		e.never.Set(sum, !remove)
	}
	return max(e.never.Len()-before, before-e.never.Len()), nil
}
