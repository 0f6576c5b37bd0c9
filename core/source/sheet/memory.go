package sheet

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"hookbird/core"
)

// What a spreadsheet remembers, each under a key of its own:
//
//	sheet             memory
//	row:PLACE:HASH    what the row that is known by HASH held when it was accepted
//	twice:PLACE:HASH  a row that was left out because its key came before
const (
	keySheet = "sheet"
	keyRow   = "row:"
	keyTwice = "twice:"
)

// memory is what is remembered of a place beside its rows.
type memory struct {
	Place   string    `json:"place"`   // where rows are remembered of
	Columns []string  `json:"columns"` // when it was read last
	Stamp   stamp     `json:"stamp"`   // likewise
	Seen    time.Time `json:"seen"`    // since when the file looked like that
}

// load reads what is remembered, once. Of another place nothing is.
func (s *Sheet) load() error {
	if s.loaded {
		return nil
	}
	value, ok, err := s.host.Mark(s.src.ID, keySheet)
	if err != nil {
		return fmt.Errorf("read what spreadsheet %s remembers: %w", s.src.ID, err)
	}
	if ok {
		var m memory
		if err := json.Unmarshal(value, &m); err != nil {
			return fmt.Errorf("read what spreadsheet %s remembers: %w", s.src.ID, err)
		}
		if m.Place == s.place {
			s.memory = m
		}
	}
	s.loaded = true
	return nil
}

// begun tells whether it was said what becomes of the rows that were there first.
func (s *Sheet) begun() bool { return s.memory.Place == s.place }

func (s *Sheet) mark(key string, value []byte) core.Mark {
	return core.Mark{Source: s.src.ID, Key: key, Value: value}
}

func (s *Sheet) memoryMark(m memory) core.Mark {
	b, _ := json.Marshal(m) // texts, numbers and a time
	return s.mark(keySheet, b)
}

func (s *Sheet) keyOf(kind string, h hash) string {
	return kind + s.place + ":" + base64.RawURLEncoding.EncodeToString(h[:])
}

// known gives what a row held when it was accepted.
func (s *Sheet) known(key hash) (print hash, ok bool, err error) {
	value, ok, err := s.host.Mark(s.src.ID, s.keyOf(keyRow, key))
	copy(print[:], value)
	return print, ok, err
}

func (s *Sheet) rowMark(c *candidate) core.Mark {
	return s.mark(s.keyOf(keyRow, c.key), c.print[:])
}

// twiceHash is what a row is known by that was left out because its key came before.
func (s *Sheet) twiceHash(c *candidate) hash {
	return s.host.Hash("twice", string(c.key[:]), string(c.print[:]))
}

func (s *Sheet) leftOut(c *candidate) (yes bool, err error) {
	_, yes, err = s.host.Mark(s.src.ID, s.keyOf(keyTwice, s.twiceHash(c)))
	return yes, err
}

// forget gives the marks of other places, to be taken away.
func (s *Sheet) forget() (gone []core.Mark, err error) {
	for _, kind := range []string{keyRow, keyTwice} {
		err := s.host.Marks(s.src.ID, kind, func(key string, _ []byte) error {
			if !strings.HasPrefix(key, kind+s.place+":") {
				gone = append(gone, s.mark(key, nil))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return gone, nil
}
