package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// candidate is a row that is not as it was when it was accepted.
type candidate struct {
	key, print hash
	n          int32 // which row it is, from 0
	line       int32 // as a person counts
	of         int32 // the line of the row that has its key
	twice      bool  // another row has its key
	changed    bool  // it was accepted before, holding something else
	finished   bool  // as far as its cells say
	do         do
}

// do is what becomes of a candidate.
type do uint8

const (
	wait  do = iota // it is not finished
	send            // it is an event
	keep            // it is remembered, and no event
	leave           // it is left out, and shown
)

// reading is what one reading of the file has found. It takes about 80 bytes of
// memory for a row with key columns, 30 for one without, and 50 for a candidate.
type reading struct {
	s        *Sheet
	columns  []string
	alias    map[string]string
	holders  map[hash]holder // which row has a key
	list     []candidate     // in the order of the rows
	rows     int
	keyless  int             // rows that hold nothing in their key columns
	bad      int             // rows that could not be read
	before   map[string]bool // what was told of the file as it was before
	formulas int             // rows that wait for a formula
}

// holder is the row that has a key, of several the one that was accepted before.
type holder struct {
	line int32
	at   int32 // in the list, -1 if it is as it was when it was accepted
}

// survey reads all rows once.
func (r *reading) survey(ctx context.Context, t *table) error {
	c, err := r.s.cutter(r.columns, r.alias)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		rec, err := t.next(ctx)
		switch bad, isBad := errors.AsType[*record.Bad](err); {
		case err == io.EOF:
			return nil
		case isBad && bad.Fine:
			continue // a row of totals
		case isBad:
			r.tellBad(bad)
			continue
		case err != nil:
			return r.s.broken(ctx, err)
		case r.rows >= maxRows:
			return &trouble{text: fmt.Sprintf("%s has more than %s rows. Read it as a file that lands in a folder.", r.s.name, grouped(maxRows))}
		}
		w := c.row(rec)
		w.n = n
		if err := r.take(w); err != nil {
			return err
		}
	}
}

// take compares a row with what is remembered of it.
func (r *reading) take(w row) error {
	r.rows++
	if w.formula {
		r.formulas++
		return nil
	}
	if !w.keyed {
		r.keyless++
		return nil
	}
	c := candidate{key: w.key, print: w.print, n: int32(w.n), line: lineOf(w.Place), finished: w.finished}
	same := false
	if r.s.begun() {
		print, ok, err := r.s.known(w.key)
		if err != nil {
			return err
		}
		c.changed, same = ok, ok && print == w.print
	}
	if len(r.s.cfg.Keys) > 0 {
		first, there := r.holders[w.key]
		if there {
			return r.again(c, same, first)
		}
		h := holder{line: c.line, at: int32(len(r.list))}
		if same {
			h.at = -1
		}
		r.holders[w.key] = h
	}
	if !same {
		r.list = append(r.list, c)
	}
	return nil
}

// again takes a row whose key came before. The row that was accepted keeps the key,
// wherever it stands; then one that was not left out before; then the first.
func (r *reading) again(c candidate, same bool, first holder) error {
	better, err := r.better(&c, same, first)
	if err != nil {
		return err
	}
	if !better {
		c.twice, c.of = true, first.line
		r.list = append(r.list, c)
		return nil
	}
	r.list[first.at].twice, r.list[first.at].of = true, c.line
	h := holder{line: c.line, at: int32(len(r.list))}
	if same {
		h.at = -1
	} else {
		r.list = append(r.list, c)
	}
	r.holders[c.key] = h
	return nil
}

func (r *reading) better(c *candidate, same bool, first holder) (yes bool, err error) {
	if first.at < 0 || same {
		return first.at >= 0, nil
	}
	was, err := r.s.leftOut(&r.list[first.at])
	if err != nil || !was {
		return false, err
	}
	is, err := r.s.leftOut(c)
	return !is, err
}

// maxTold is how many bad rows are told of one by one.
const maxTold = 20

func (r *reading) tellBad(b *record.Bad) {
	if r.bad++; r.bad <= maxTold {
		r.tell(fmt.Sprintf("%s, line %d", r.s.name, b.Line), b.Text)
	}
}

// tell tells something of the file once, as long as it stays so.
func (r *reading) tell(where, text string) {
	s := r.s
	if !r.before[where+text] && !s.told[where+text] {
		s.host.Note(s.src.ID, core.SourceNote{Time: time.Now(), Where: where, Text: text})
	}
	s.told[where+text] = true
}

// broken tells the end of the program from trouble with the file.
func (s *Sheet) broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.unreadable(err)
}

// lineOf reads the number of "row 48"; 0 if there is none.
func lineOf(place string) int32 {
	n, _ := strconv.ParseInt(place[strings.LastIndexByte(place, ' ')+1:], 10, 32)
	return int32(n)
}

// otherColumns tells whether the columns are not those of the last reading, in
// whatever order.
func (r *reading) otherColumns() bool {
	before, now := slices.Sorted(slices.Values(r.s.memory.Columns)), slices.Sorted(slices.Values(r.columns))
	return !slices.Equal(before, now)
}
