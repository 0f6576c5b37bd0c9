package core

import "time"

// Pace bounds how many requests go to a target. A limit of 0 is none. None is
// ever exceeded in any span of its length, whenever that begins, also over a
// restart for the hour and the day.
type Pace struct {
	Second int
	Minute int
	Hour   int
	Day    int // any 24 hours
}

// MaxPace is the most that a limit can say.
const MaxPace = 1_000_000

// IsZero tells whether nothing is bounded.
func (p Pace) IsZero() bool { return p == Pace{} }

// PaceLimit is one of the limits of a Pace.
type PaceLimit struct {
	Span time.Duration
	Most int
}

// Limits gives the limits that are set, the shortest span first.
func (p Pace) Limits() []PaceLimit {
	var list []PaceLimit
	for _, l := range []PaceLimit{{time.Second, p.Second}, {time.Minute, p.Minute}, {time.Hour, p.Hour}, {24 * time.Hour, p.Day}} {
		if l.Most > 0 {
			list = append(list, l)
		}
	}
	return list
}

// OrderKind is what keeps its order on the way to a target.
type OrderKind string

// The kinds of order.
const (
	OrderNone  OrderKind = ""      // each message goes as soon as it can
	OrderAll   OrderKind = "all"   // one after the other, as the records came in; the next waits until the one before is done or given up
	OrderField OrderKind = "field" // the same among records that share a value, such as those of one person
)

// Order is whether messages may overlap and overtake each other.
type Order struct {
	Kind   OrderKind
	Field  string // of OrderField: path into a record; records that have no value there have no order
	Newest bool   // of OrderField: only the newest record of a person counts; older ones that still wait are not sent any more
}
