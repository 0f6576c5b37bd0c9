package changes

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"

	"hookbird/core"
	"hookbird/core/source"
)

// Lost is a row that was in the list before and is no more.
type Lost struct {
	Mark core.Mark // takes away what is remembered of it
	Keys []byte    // its key fields as a JSON object; nil if they were not kept
}

// Count tells how many rows are remembered, and how many of them were not in this
// reading.
func (t *Table) Count() (known, gone int, err error) {
	err = t.host.Marks(t.source, t.prefix, func(key string, _ []byte) error {
		known++
		if !t.there(key) {
			gone++
		}
		return nil
	})
	return known, gone, err
}

// Gone visits the rows that were not in this reading, as many at a time as are
// committed together. It is to be called once the list was read to its end.
func (t *Table) Gone(visit func([]Lost) error) error {
	for _, c := range names {
		list, err := t.gone(t.prefix + string(c))
		for err == nil && len(list) > 0 {
			n := min(len(list), commit)
			err = visit(list[:n])
			list = list[n:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// names are what what a row is known by can begin with. They part the rows into
// pieces, so that memory holds one of them at a time.
const names = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

// commit is how many marks go into one commit.
const commit = 1000

func (t *Table) gone(prefix string) (list []Lost, err error) {
	err = t.host.Marks(t.source, prefix, func(key string, value []byte) error {
		if !t.there(key) {
			list = append(list, Lost{
				Mark: core.Mark{Source: t.source, Key: key},
				Keys: bytes.Clone(source.KeyFields(value[min(size, len(value)):])),
			})
		}
		return nil
	})
	return list, err
}

// there tells whether the row of a mark was in this reading.
func (t *Table) there(mark string) bool {
	name, err := base64.RawURLEncoding.DecodeString(mark[len(t.prefix):])
	if err != nil || len(name) != size {
		return true // not a row's
	}
	_, ok := t.seen[id(name)]
	return ok
}

// Others visits the marks of rows of other places, as many at a time as are committed
// together: they take away what is remembered of them.
func (t *Table) Others(visit func([]core.Mark) error) error {
	for {
		list, err := t.others()
		if err != nil || len(list) == 0 {
			return err
		}
		if err := visit(list); err != nil {
			return err
		}
	}
}

var errEnough = errors.New("enough for one commit")

func (t *Table) others() (list []core.Mark, err error) {
	err = t.host.Marks(t.source, keyRow, func(key string, _ []byte) error {
		if strings.HasPrefix(key, t.prefix) {
			return nil
		}
		if list = append(list, core.Mark{Source: t.source, Key: key}); len(list) == commit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, err
}
