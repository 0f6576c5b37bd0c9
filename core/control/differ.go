package control

import (
	"context"
	"time"
)

// Differ tells what an edit would change before it is saved.
type Differ interface {
	// Differences builds the messages of the newest records as the stored webhook has
	// them and as the draft would, at most 100 of those that one of both is given. A
	// new webhook has none.
	Differences(ctx context.Context, d WebhookDraft) (Differences, error)
}

// Differences are what the newest records would have otherwise by an edit.
type Differences struct {
	Records int          // that were compared; fewer than there are where it took too long
	Groups  []Difference // none: all messages stay as they are
}

// Difference is what several records would have otherwise in the same way. A record
// is in it once, and in each group that it belongs to.
type Difference struct {
	Text string // goes on after a number: "would no longer be sent"
	Rows []DifferentRow
}

// DifferentRow is a record whose message would be another.
type DifferentRow struct {
	Seq   uint64
	Title string
	Time  time.Time
}
