package database

import (
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// take looks at one row, and puts it into the slice if it is new. It gives where the
// row stands.
func (p *pass) take(r row) (point, error) {
	read := p.t.read
	if !sameColumns(r.columns, read) {
		return point{}, errShape
	}
	p.rows++
	data, ok := p.data(r)
	at, stands := pointOf(read.rise().class, r.values[read.rising])
	origin := p.origin(r)
	switch {
	case !stands:
		p.leaveOut(data, origin, "It has nothing in "+read.rise().name+", by which this source tells what is new.")
		return at, nil
	case !ok:
		p.leaveOut(nil, origin, "It is longer than "+fmt.Sprint(maxRow>>20)+" MB.")
	default:
		if err := p.judge(r, data, origin, at); err != nil {
			return at, err
		}
	}
	p.reach(at)
	return at, nil
}

// reach remembers how far rows go. Those that are ahead of their time do not count.
func (p *pass) reach(at point) {
	if at.ahead(p.at) {
		p.far = later(p.far, at)
	} else {
		p.top = later(p.top, at)
	}
}

// sameColumns tells whether a row has the columns that are expected. What SQLite
// tells of types is lost on the way.
func sameColumns(columns []column, r *reading) bool {
	return slices.EqualFunc(columns, r.columns, func(a, b column) bool {
		return a.name == b.name && (a.class == b.class || r.source.Kind == core.SQLite)
	})
}

// judge tells whether a row is new.
func (p *pass) judge(r row, data []byte, origin string, at point) error {
	t := p.t
	id, print := p.identity(r, data), t.host.Hash("row", t.state.Place, string(data))
	if before, again := p.seen[id]; again {
		if before != print {
			p.leaveOut(data, origin, "Another row has the same "+p.keyNames(r)+". Choose the columns that tell rows apart.")
		}
		return nil
	}
	if len(p.seen) < maxSeen {
		p.seen[id] = print
	}
	before, known, err := t.known(id)
	if err != nil {
		return &hostError{err}
	}
	if known && (before == print || !t.db.Changed) {
		return nil
	}
	p.add(t.rowMark(id, print, at), at)
	if p.quiet(at, known || len(p.keys(r)) == 0) {
		return nil
	}
	kind := t.src.Type()
	if known {
		kind = t.src.UpdatedType()
		p.changed++
	} else {
		p.fresh++
	}
	p.slice.bytes += len(data)
	p.slice.events = append(p.slice.events, &core.Event{ID: core.NewEventID(p.at), Type: kind, Source: t.src.ID, Origin: origin, Data: data})
	return nil
}

// quiet tells whether a row is only remembered: it was there at first, or it is one
// that was there before its table got other columns.
func (p *pass) quiet(at point, before bool) bool {
	s := p.t.state
	if before && at.compare(s.Anew) <= 0 {
		return true
	}
	return !s.Ready && (at.compare(s.Until) <= 0 || at.compare(s.Since) < 0)
}

func (p *pass) add(m core.Mark, at point) {
	p.slice.marks = append(p.slice.marks, m)
	p.slice.where = append(p.slice.where, at)
}

// identity gives what a row is known by: its keys; the rising column, if that holds
// numbers; or all that it holds.
func (p *pass) identity(r row, data []byte) [16]byte {
	t := p.t
	parts := []string{"key", t.state.Place}
	keys := p.keys(r)
	for _, i := range keys {
		cell, _ := appendCell(nil, t.read.columns[i].class, r.values[i])
		parts = append(parts, t.read.columns[i].name, string(cell))
	}
	if len(keys) == 0 {
		parts = append(parts, string(data))
	}
	return t.host.Hash(parts...)
}

// keys are the columns that tell rows apart; none if only all of them together do.
func (p *pass) keys(r row) []int {
	read := p.t.read
	if len(read.keys) > 0 {
		return read.keys
	}
	_, whole := r.values[read.rising].(int64)
	if c := read.rise(); c.class == numeric || c.class == dynamic && whole {
		return []int{read.rising}
	}
	return nil
}

func (p *pass) keyNames(r row) string {
	var names []string
	for _, i := range p.keys(r) {
		names = append(names, p.t.read.columns[i].name)
	}
	return strings.Join(names, " and ")
}

// origin says where a row stands: "orders, id 4812".
func (p *pass) origin(r row) string {
	read := p.t.read
	keys := p.keys(r)
	if len(keys) == 0 {
		keys = []int{read.rising}
	}
	var b strings.Builder
	b.WriteString(p.t.title())
	for _, i := range keys[:min(len(keys), 3)] {
		cell, _ := appendCell(nil, read.columns[i].class, r.values[i])
		b.WriteString(", " + read.columns[i].name + " " + shortened(strings.Trim(string(cell), `"`)))
	}
	return b.String()
}

func shortened(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// data gives a row as a record; false if it is too long.
func (p *pass) data(r row) ([]byte, bool) {
	return appendRow(nil, p.t.read.columns, r.values, func(c column) {
		p.t.note("binary "+c.name, fmt.Sprintf("Values of %s that are longer than %d KB are left out.", c.name, maxBinary>>10))
	})
}

// appendRow writes a row as a record. left is told of columns whose value is left out.
func appendRow(dst []byte, columns []column, values []any, left func(column)) ([]byte, bool) {
	dst = append(dst, '{')
	for i, c := range columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(value.AppendQuoted(dst, c.name), ':')
		var without bool
		if dst, without = appendCell(dst, c.class, values[i]); without {
			left(c)
		}
		if len(dst) > maxRow {
			return nil, false
		}
	}
	return append(dst, '}'), true
}

// leaveOut shows a row that does not come in, once.
func (p *pass) leaveOut(data []byte, origin, why string) {
	t := p.t
	sum := t.host.Hash("left out", origin, why, string(data))
	if t.told[sum] {
		return
	}
	if len(t.told) >= core.MaxLeftOut {
		clear(t.told)
	}
	t.told[sum] = true
	t.host.LeaveOut(t.src.ID, []core.LeftOut{{ID: core.NewEventID(p.at), At: p.at, Origin: origin, Why: why, Data: data}})
}
