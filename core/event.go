package core

import (
	"fmt"
	"time"
)

// Limits of one event.
const (
	MaxEventData = 16 << 20 // bytes; a source's own limit is lower (1 MiB) unless set
	MaxTypeLen   = 128      // characters of an event type
	MaxHops      = 5        // times an event may pass through a local address
)

// HopsHeader is the header line that tells how many local addresses a record has
// come through, so that one Hookbird can feed another and no loop is endless.
const HopsHeader = "Hookbird-Hops"

// DefaultEventType is the type of events whose source names none.
const DefaultEventType = "record.created"

// Event is one thing that happened: a row of a file, a record that a program
// posted. Once stored it never changes.
type Event struct {
	Seq    uint64    // place in the log, from 1; 0 until it is stored
	ID     string    // UUIDv7
	Type   string    // like "supporter.created": [A-Za-z0-9._:-], at most MaxTypeLen
	Time   time.Time // when it came in, to the millisecond; never decreases along the log
	Source string    // id of the source
	Title  string    // what a person knows the record by ("Ada Lovelace"); may be empty
	Origin string    // where in its source it stood ("supporters.csv, row 48"); may be empty
	Hops   int       // how many local addresses it has come through
	Data   []byte    // one JSON object, the very bytes that came
}

// ValidType tells whether t can be an event type.
func ValidType(t string) error {
	if t == "" || len(t) > MaxTypeLen {
		return Errorf(CodeInvalid, "An event type has 1 to %d characters.", MaxTypeLen)
	}
	for _, r := range t {
		if !isTypeChar(r) {
			return Errorf(CodeInvalid, "The event type %q holds %q. Use letters, digits, dots, colons, dashes and underscores.", t, string(r))
		}
	}
	return nil
}

func isTypeChar(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r == '.' || r == '_' || r == ':' || r == '-'
}

// Name is what to call the event on screen when it has no title of its own.
func (e *Event) Name() string {
	if e.Title != "" {
		return e.Title
	}
	return fmt.Sprintf("Record %d, %s", e.Seq, e.Time.Local().Format("15:04"))
}
