package mapping

import (
	"slices"

	"hookbird/core"
)

// Rows is an ordered list of rows of mixed kinds. The order is the order in
// which they are sent.
type Rows []*Row

// RowsOfFields makes a row of every field of a message.
func RowsOfFields(fields []core.Field) Rows {
	rows := make(Rows, 0, len(fields))
	for _, f := range fields {
		rows = append(rows, &Row{
			Kind: f.Kind(), Name: f.Name, From: f.From, Template: f.Template, Value: f.Value, Blank: f.Blank,
			Convert: slices.Clone(f.Convert), OmitEmpty: f.OmitEmpty, Secret: f.Secret,
		})
	}
	return rows
}

// RowsOfHeaders makes a row of every header line.
func RowsOfHeaders(headers []core.Header) Rows {
	rows := make(Rows, 0, len(headers))
	for _, h := range headers {
		kind := core.FieldValue
		if !h.Secret.IsZero() {
			kind = core.FieldSecret
		}
		rows = append(rows, &Row{Kind: kind, Name: h.Name, Value: h.Value, Secret: h.Secret})
	}
	return rows
}

// RowsOfKeys makes a row of every secret that texts read by name.
func RowsOfKeys(keys []core.NamedSecret) Rows {
	rows := make(Rows, 0, len(keys))
	for _, k := range keys {
		rows = append(rows, &Row{Kind: core.FieldSecret, Name: k.Name, Secret: k.Secret})
	}
	return rows
}

// Complete gives the rows that say enough to be sent.
func (rs Rows) Complete() Rows {
	return rs.where((*Row).Complete)
}

// Filled leaves out the rows in which nothing stands.
func (rs Rows) Filled() Rows {
	return rs.where(func(r *Row) bool { return !r.IsBlank() })
}

// Of gives the rows of one table.
func (rs Rows) Of(g Group) Rows {
	return rs.where(func(r *Row) bool { return r.Group() == g })
}

func (rs Rows) where(wanted func(*Row) bool) Rows {
	var found Rows
	for _, r := range rs {
		if wanted(r) {
			found = append(found, r)
		}
	}
	return found
}

// Fields gives all rows as fields of a message.
func (rs Rows) Fields() []core.Field { return made(rs, (*Row).Field) }

// Headers gives all rows as header lines.
func (rs Rows) Headers() []core.Header { return made(rs, (*Row).Header) }

// Keys gives all rows as secrets that texts read by name.
func (rs Rows) Keys() []core.NamedSecret { return made(rs, (*Row).Key) }

func made[T any](rs Rows, one func(*Row) T) []T {
	var all []T
	for _, r := range rs {
		all = append(all, one(r))
	}
	return all
}

// Add puts a row behind the last of those that it stands with on screen, at the
// end if it is the first.
func (rs Rows) Add(row *Row, with func(*Row) bool) Rows {
	at := len(rs)
	for i := len(rs) - 1; i >= 0; i-- {
		if with(rs[i]) {
			at = i + 1
			break
		}
	}
	return slices.Insert(slices.Clone(rs), at, row)
}

// Remove takes a row out.
func (rs Rows) Remove(row *Row) Rows {
	return rs.where(func(r *Row) bool { return r != row })
}

// Move puts a row at a place, from 0, among those that it stands with on screen.
// The others keep their order, and rows of other tables stay where they are. It
// tells whether that is another place than before.
func (rs Rows) Move(row *Row, to int, with func(*Row) bool) bool {
	var places []int // of those on screen
	from := -1
	for i, r := range rs {
		if !with(r) {
			continue
		}
		if r == row {
			from = len(places)
		}
		places = append(places, i)
	}
	to = max(0, min(to, len(places)-1))
	if from < 0 || from == to {
		return false
	}
	step := 1
	if to < from {
		step = -1
	}
	for i := from; i != to; i += step {
		rs[places[i]], rs[places[i+step]] = rs[places[i+step]], rs[places[i]]
	}
	return true
}

// Index is where a row stands, -1 if it does not.
func (rs Rows) Index(row *Row) int { return slices.Index(rs, row) }
