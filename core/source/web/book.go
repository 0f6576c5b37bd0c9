package web

import (
	"bytes"
	"encoding/hex"
	"encoding/json"

	"hookbird/core"
)

// verdict is what is known of a record.
type verdict int

// The verdicts.
const (
	same    verdict = iota // it is as it was
	created                // it was not there before
	updated                // it was there, and was another
	twice                  // another one with its key came before in this look
)

type book struct {
	w      *Web
	prefix string
	seen   map[[16]byte][16]byte
}

func newBook(w *Web) *book {
	return &book{w: w, prefix: "row:" + w.state.Place[:8] + ":", seen: map[[16]byte][16]byte{}}
}

func (b *book) look(key []string, data []byte) (verdict, core.Mark, error) {
	id := b.w.host.Hash(append([]string{"key", b.w.state.Place}, key...)...)
	print := b.w.host.Hash("row", b.w.state.Place, string(data))
	before, again := b.seen[id]
	if again {
		if before == print {
			return same, core.Mark{}, nil
		}
		return twice, core.Mark{}, nil
	}
	b.seen[id] = print
	name := b.prefix + hex.EncodeToString(id[:])
	value, ok, err := b.w.host.Mark(b.w.src.ID, name)
	if err != nil {
		return same, core.Mark{}, err
	}
	if ok && len(value) >= 16 && bytes.Equal(value[:16], print[:]) {
		return same, core.Mark{}, nil
	}
	keys, err := json.Marshal(key)
	if err != nil {
		return same, core.Mark{}, err
	}
	m := core.Mark{Source: b.w.src.ID, Key: name, Value: append(print[:], keys...)}
	if ok {
		return updated, m, nil
	}
	return created, m, nil
}
