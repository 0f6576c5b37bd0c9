package control

import (
	"context"
	"time"

	"hookbird/core"
)

// History is what became of messages, beside Activity's pages.
type History interface {
	// Groups gives the failed messages by what they have in common: first those whose
	// cause still stands, then the largest.
	Groups(ctx context.Context) ([]Group, error)
	// CountActivity counts the messages that a query asks for, tests left out unless
	// it asks for them alone. Where no count is kept it looks at Look of them (0 means
	// 100,000) and says where to go on.
	CountActivity(ctx context.Context, q ActivityQuery) (ActivityCount, error)
	// ActivityHours counts messages by the hour in which they ended.
	ActivityHours(ctx context.Context, r HoursRequest) ([]Hour, error)
	// Kept says what is kept, from when on, and what goes soon.
	Kept(ctx context.Context) (KeptView, error)
}

// Group is messages that failed for the same cause. Tests are in none.
type Group struct {
	Ref       GroupRef
	Webhook   string // its name
	Words     string // what they have in common: "key not accepted"
	Count     uint64
	Since     time.Time // when the oldest of them was last tried
	Newest    time.Time // when the newest of them was
	Standing  bool      // the webhook is held for this very cause now: sending again would fail again
	Step      string    // what to do first about it: "Check the key"; "" if nothing has a button
	Action    string    // where that leads: an attempt.Action
	Sendable  bool      // the webhook is there, and neither off nor paused
	WebhookOn Condition // how the webhook is doing

	Example core.DeliveryKey // the newest of them, to look at or to try first
}

// GroupRef names a group.
type GroupRef struct {
	Webhook string // id
	Cause   core.Cause
	Code    int
}

// ActivityCount is how many messages a query asks for, as far as they were looked
// at.
type ActivityCount struct {
	All, Failed, Waiting, Delivered uint64
	Looked                          uint64           // messages that were looked at
	Of                              uint64           // messages in the history
	Next                            core.DeliveryKey // Before of the next part, to be added to this; zero: all are counted
}

// HoursRequest asks for the counts of hours that begin in [From, To), at most a
// year of them.
type HoursRequest struct {
	From, To time.Time
	Webhooks []string // ids; none: all
}

// KeptView says what is kept.
type KeptView struct {
	Records        uint64    // about how many are in the log
	RecordsSince   time.Time // when the oldest of them came in; zero if there is none
	Messages       uint64    // rows of the history, tests too
	MessagesSince  time.Time // when the oldest of them was last tried; zero if there is none
	ContentDays    int
	TraceDays      int
	UnfinishedDays int // core.ForEver: without end
	Expiring       []Expiring
}

// Expiring is what goes soon although it was never delivered.
type Expiring struct {
	WebhookID string    // "": no webhook wanted it
	Webhook   string    // name
	Failed    uint64    // messages
	Held      uint64    // messages that wait, also behind a cursor
	Unwanted  uint64    // records that no webhook wanted
	About     bool      // the numbers may be a little too large
	From      time.Time // the day on which the first of them go
	Until     time.Time // the day on which the last of those that are counted go
}
