package web

import (
	"slices"

	"hookbird/core/value"
)

// Bounds of what is known of fields.
const (
	maxFields = 500
	enough    = 5 // records that all lack a field say that it is gone
)

// shape is which fields records have. A field that a record may lack is not gone
// because some records lack it; one that all had is.
type shape struct {
	Sure  []string `json:"sure,omitempty"`  // all records so far had these
	Maybe []string `json:"maybe,omitempty"` // some had
	List  bool     `json:"list,omitempty"`  // they stood in a list
}

// fits tells whether a record that stands alone, where there was a list, is one of
// those that were in it. Services give the only record of a list in such a way, and
// also what went wrong with them.
func (s shape) fits(r value.Value) bool {
	count, _ := fields([]value.Value{r})
	for _, name := range s.Sure {
		if count[name] == 0 {
			return false
		}
	}
	return len(s.Sure) > 0
}

// see looks at the records of a page. names are the fields that there are now, of
// which one that is gone is none; after is what is known if that is right.
func (s shape) see(records []value.Value) (names []string, after shape) {
	count, order := fields(records)
	known := slices.Concat(s.Sure, s.Maybe)
	first := len(known) == 0
	fresh := slices.DeleteFunc(order, func(name string) bool { return slices.Contains(known, name) })
	judge := len(records) >= enough || len(fresh) > 0
	after.List = s.List
	if !first {
		slices.Sort(fresh) // so that the same fields come in the same order
	}
	order = slices.Concat(known, fresh)
	for _, name := range order[:min(len(order), maxFields)] {
		was, missing := slices.Contains(s.Sure, name), count[name] == 0
		if was && missing && judge {
			continue
		}
		names = append(names, name)
		if was && missing || (was || first) && count[name] == len(records) {
			after.Sure = append(after.Sure, name)
		} else {
			after.Maybe = append(after.Maybe, name)
		}
	}
	return names, after
}

// fields counts in how many records each field stands, and gives their names in
// order.
func fields(records []value.Value) (count map[string]int, order []string) {
	count = map[string]int{}
	for _, r := range records {
		seen := map[string]bool{}
		for name := range r.Fields() {
			if seen[name] {
				continue
			}
			seen[name] = true
			if count[name] == 0 {
				order = append(order, name)
			}
			count[name]++
		}
	}
	return count, order
}
