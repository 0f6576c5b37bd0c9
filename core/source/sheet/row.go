package sheet

import (
	"encoding/json"
	"slices"
	"strings"

	"hookbird/core/source"
	"hookbird/core/source/record"
)

// row is one row as the file holds it now.
type row struct {
	record.Record
	n        int  // which one it is, from 0
	key      hash // what it is known by
	print    hash // what it holds
	keyed    bool // it has something in its key columns, or there are none
	finished bool // as far as its cells say
	formula  bool // a cell that is needed holds a formula that is not calculated
}

// cutter makes rows of records. Cells are known by the names of their columns, so
// that it is all the same where a column stands, and whether an empty cell is there.
type cutter struct {
	s        *Sheet
	at       map[string]int // of each column, where its cell stands in cells
	order    []int          // of the columns, by name
	names    []string
	cells    []string
	keys     []int
	required []int
	ready    int // -1 for none
	parts    []string
	equal    map[uint64]int32 // without key columns: how many rows have held the same so far
}

// cutter makes one for columns; trouble if one is not there that is needed.
func (s *Sheet) cutter(columns []string, alias map[string]string) (*cutter, error) {
	c := &cutter{s: s, at: map[string]int{}, names: make([]string, len(columns)), cells: make([]string, len(columns)), ready: -1, equal: map[uint64]int32{}}
	for i, name := range columns {
		if before, ok := alias[name]; ok {
			c.at[before], c.names[i] = i, before
		} else {
			c.names[i] = name
		}
		c.at[name] = i
		c.order = append(c.order, i)
	}
	slices.SortFunc(c.order, func(a, b int) int { return strings.Compare(c.names[a], c.names[b]) })
	var err error
	if c.keys, err = c.columns(s.cfg.Keys, "tells the rows apart"); err != nil {
		return nil, err
	}
	if c.required, err = c.columns(s.cfg.Required, "has to be filled in"); err != nil {
		return nil, err
	}
	if s.cfg.Ready == "" {
		return c, nil
	}
	ready, err := c.columns([]string{s.cfg.Ready}, "says that a row is finished")
	if err != nil {
		return nil, err
	}
	c.ready = ready[0]
	return c, nil
}

// columns finds columns by their names: exactly so written or, where no name is,
// without regard to case.
func (c *cutter) columns(names []string, which string) (at []int, err error) {
	for _, name := range names {
		i, ok := c.at[name]
		for other, there := range c.at {
			if !ok && strings.EqualFold(other, name) {
				i, ok = there, true
			}
		}
		if !ok {
			return nil, &trouble{text: "The column " + name + ", which " + which + ", is not in " + c.s.name + ". Put it back, or choose another column in the settings of this source."}
		}
		at = append(at, i)
	}
	return at, nil
}

// row makes a row of a record.
func (c *cutter) row(r record.Record) row {
	clear(c.cells)
	source.Fields(r.Data, func(key, val []byte) {
		if i, ok := c.at[textOf(key, true)]; ok {
			c.cells[i] = textOf(val, false)
		}
	})
	w := row{Record: r, finished: c.finished(), formula: c.waitsForFormula(r.Notes)}
	w.print = c.hash("row", c.order, true)
	if len(c.keys) == 0 {
		w.keyed = true
		w.key, w.print = c.numbered(w.print), hash{}
		return w
	}
	for _, i := range c.keys {
		w.keyed = w.keyed || strings.TrimSpace(c.cells[i]) != ""
	}
	w.key = c.hash("key", c.keys, false)
	return w
}

// hash hashes cells: with the names of their columns, and without those that are
// empty, or by their order.
func (c *cutter) hash(what string, columns []int, named bool) hash {
	c.parts = append(c.parts[:0], what)
	for _, i := range columns {
		switch {
		case !named:
			c.parts = append(c.parts, strings.TrimSpace(c.cells[i]))
		case c.cells[i] != "":
			c.parts = append(c.parts, c.names[i], c.cells[i])
		}
	}
	return c.s.host.Hash(c.parts...)
}

// finished tells whether the cells of a row say that it is finished.
func (c *cutter) finished() bool {
	if c.ready >= 0 {
		is, want := strings.TrimSpace(c.cells[c.ready]), strings.TrimSpace(c.s.cfg.ReadyIs)
		return is != "" && (want == "" || strings.EqualFold(is, want))
	}
	for _, i := range c.required {
		if strings.TrimSpace(c.cells[i]) == "" {
			return false
		}
	}
	return true
}

// textOf gives the text of a name or a value of a record.
func textOf(raw []byte, bare bool) string {
	quoted := raw
	switch {
	case bare:
	case len(raw) > 1 && raw[0] == '"':
		raw = raw[1 : len(raw)-1]
	case string(raw) == "null":
		return ""
	default:
		return string(raw)
	}
	if !slices.Contains(raw, '\\') {
		return string(raw)
	}
	if bare {
		quoted = slices.Concat([]byte{'"'}, raw, []byte{'"'})
	}
	var text string
	_ = json.Unmarshal(quoted, &text) // readers give nothing else
	return text
}
