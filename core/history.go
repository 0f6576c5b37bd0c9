package core

import "time"

// DeliveryQuery asks for a page of the history. What is zero asks for nothing in
// particular; a row has to be all that is asked for, and one of each list.
type DeliveryQuery struct {
	Before   DeliveryKey     // from the newest, or only what is before this row
	Limit    int             // rows of a page, at most 500
	Webhooks []uint32        // numbers
	States   []DeliveryState // as they are shown: what waits for a deleted webhook has failed
	Since    time.Time       // of the last try: not before
	Until    time.Time       // of the last try: before
	Causes   []Cause         // of the last try
	Code     int             // of the last answer
	Group    *FailureKey     // failed messages of one cause
	Types    []string        // of events; one that ends in "*" means all that begin so
	Sources  []string        // of events, ids
	Tests    Tests
	Text     string // in title, origin, type or data of the event or in an answer, whatever its case or how JSON escapes it

	Brief bool // leaves data, answers and all tries but the last out of the rows, for lists
	Look  int  // rows to look at before the page is given as it is; 0: until it is full
}

// Tests says whether tests are wanted.
type Tests string

// What can be wanted of tests.
const (
	WithTests    Tests = ""
	WithoutTests Tests = "none"
	OnlyTests    Tests = "only"
)

// DeliveryPage is a page of the history.
type DeliveryPage struct {
	Rows   []Delivery
	Next   DeliveryKey // Before of the next page; zero when there is none
	Looked uint64      // rows that were looked at for it
}

// DeliveryCount is how many rows there are of each state.
type DeliveryCount struct {
	States map[DeliveryState]uint64
	Next   DeliveryKey // Before for the rest; zero when all are counted
	Looked uint64      // rows that were looked at
}

// Tally is how many rows of each state the history holds of a webhook.
type Tally struct {
	Webhook uint32
	States  map[DeliveryState]uint64 // without tests
	Tests   map[DeliveryState]uint64
}

// FailureKey is what the failed messages of a group have in common.
type FailureKey struct {
	Webhook uint32
	Cause   Cause // of the last try; CauseNone if there was none
	Code    int   // of the last answer; 0 if there was none
}

// Failure is a group of failed messages. Tests are in none.
type Failure struct {
	FailureKey
	Count  uint64
	Since  time.Time // when the oldest of them was last tried
	Newest time.Time // when the newest of them was

	Example DeliveryKey // the newest of them
}

// UnfinishedPlace is a place in the order of deliveries that are not finished.
type UnfinishedPlace struct {
	Seq     uint64
	Webhook uint32
}

// Unfinished is a delivery that waits or has failed.
type Unfinished struct {
	Key DeliveryKey
	Due int64 // Unix milliseconds at which it is tried again; 0: it has failed
}

// Trimmed tells what a slice of Trim came to.
type Trimmed struct {
	Deleted  int // entries that went or lost their content
	More     bool
	Unwanted uint64    // once More is false: records that are kept though no webhook wanted them, and go soon
	Oldest   time.Time // when the oldest of them came in
}

// Reach is how far back log and history go.
type Reach struct {
	First     uint64    // seq of the oldest event that is kept; 0 if none is
	FirstTime time.Time // when it came in
	FirstRow  time.Time // when the message of the oldest row was last tried; zero if there is none
}
