package web

import (
	"bytes"
	"encoding/base64"
	"strings"

	"hookbird/core"
	"hookbird/core/source"
)

// rowKey is what the marks of records begin with:
//
//	row:PLACE:HASH  a hash of what the record held that is known by HASH, and, if it
//	                is to be told once it is gone, its keys as JSON
const rowKey = "row:"

// maxSeen bounds the records of one look, and with them what it takes of memory:
// about 100 MB.
const maxSeen = 1_000_000

// hash is one of the host's.
type hash [16]byte

// verdict is what is known of a record.
type verdict int

// The verdicts.
const (
	same    verdict = iota // it is as it was
	created                // it was not there before
	updated                // it was there, and was another
	twice                  // another one with its key came before in this look
)

// book knows the records of a place again.
type book struct {
	w      *Web
	prefix string
	seen   map[hash]hash // in this look: what the record held that is known by a hash
}

func newBook(w *Web) *book {
	return &book{w: w, prefix: rowKey + w.state.Place + ":", seen: map[hash]hash{}}
}

// look tells what is known of a record. mark is what remembers it, to be committed if
// it has a key: also of one that is the same, if more is to be remembered of it. keys
// are those of the record, nil if nobody wants to know once it is gone.
func (b *book) look(key []string, data, keys []byte) (v verdict, mark core.Mark, err error) {
	id := hash(b.w.host.Hash(append([]string{"row", b.w.state.Place}, key...)...))
	print := hash(b.w.host.Hash("holds", b.w.state.Place, string(data)))
	if before, again := b.seen[id]; again {
		if before == print {
			return same, mark, nil
		}
		return twice, mark, nil
	}
	if len(b.seen) >= maxSeen {
		return same, mark, core.Errorf(core.CodeUnavailable, "The list of %s has more than %s records, which is more than Hookbird reads at once. Ask for fewer of them.", b.w.client.Name(), grouped(maxSeen))
	}
	b.seen[id] = print
	name := b.prefix + base64.RawURLEncoding.EncodeToString(id[:])
	value, known, err := b.w.host.Mark(b.w.src.ID, name)
	if err != nil {
		return same, mark, err
	}
	switch {
	case !known:
		v = created
	case !bytes.HasPrefix(value, print[:]):
		v = updated
	case keys == nil || len(value) > len(print):
		return same, mark, nil
	}
	return v, core.Mark{Source: b.w.src.ID, Key: name, Value: append(print[:], keys...)}, nil
}

// lost is a record that was in the list before and is no more.
type lost struct {
	id   hash
	key  string // of its mark
	keys []byte // JSON; nil if they are not known
}

// gone gives the records that were not in this look, and how many are known.
func (b *book) gone() (list []lost, known int, err error) {
	err = b.w.host.Marks(b.w.src.ID, b.prefix, func(key string, value []byte) error {
		known++
		var id, print hash
		n, err := base64.RawURLEncoding.Decode(id[:], []byte(key[len(b.prefix):]))
		if _, there := b.seen[id]; there || err != nil || n != len(id) {
			return nil
		}
		list = append(list, lost{id, key, bytes.Clone(source.KeyFields(value[min(len(print), len(value)):]))})
		return nil
	})
	return list, known, err
}

// others gives the marks of records of other places, to be taken away.
func (b *book) others() (marks []core.Mark, err error) {
	err = b.w.host.Marks(b.w.src.ID, rowKey, func(key string, _ []byte) error {
		if !strings.HasPrefix(key, b.prefix) {
			marks = append(marks, core.Mark{Source: b.w.src.ID, Key: key})
		}
		return nil
	})
	return marks, err
}
