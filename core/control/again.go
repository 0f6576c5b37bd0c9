package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// Again is what sends messages and records once more, and what becomes of those that
// wait.
type Again interface {
	// AgainPlan says what sending messages again would come to, before it is done.
	AgainPlan(ctx context.Context, r AgainRequest) (AgainPlan, error)
	// SendAllAgain makes finished messages wait for a try now, however many. It goes on
	// after a restart.
	SendAllAgain(ctx context.Context, r AgainRequest) (job.View, error)
	// ReplayPlan counts the records that a replay takes, and shows some of them.
	ReplayPlan(ctx context.Context, r ReplayRequest) (ReplayPlan, error)
	// Replay sends records to a webhook once more, or for the first time, at a pace.
	// It goes on after a restart.
	Replay(ctx context.Context, r ReplayRequest) (job.View, error)
	// Correction gives the values of a message that failed or waits.
	Correction(ctx context.Context, key core.DeliveryKey) (CorrectionView, error)
	// PreviewCorrection builds the message as it is and as it would be. Nothing is sent.
	PreviewCorrection(ctx context.Context, c Correction) (Comparison, error)
	// Correct sends a message with other values, for this delivery alone.
	Correct(ctx context.Context, c Correction) error
	// Leave turns a webhook off or deletes it, and says what becomes of what waits for
	// it. The job is empty where it is done at once.
	Leave(ctx context.Context, r LeaveRequest) (job.View, error)
}

// The kinds of jobs that send again.
const (
	JobAgain  job.Kind = "again"
	JobReplay job.Kind = "replay"
	JobThrow  job.Kind = "throw"
	JobMove   job.Kind = "move"
	JobLeave  job.Kind = "leave"
)

// AgainRequest says which messages are sent again: those of Keys or, without any,
// all that Query asks for, whatever its pages. What waits already does so anyway.
type AgainRequest struct {
	Keys  []core.DeliveryKey
	Query ActivityQuery
}

// AgainPlan is what sending again would come to.
type AgainPlan struct {
	Count     uint64 // messages that would wait for a try now
	AtLeast   bool   // there are more
	Delivered uint64 // of them were delivered before
	Webhooks  []string
	Standing  []Standing
	One       core.DeliveryKey // one of them, to be tried first
}

// Standing is a reason why sending again would fail again.
type Standing struct {
	WebhookID string
	Webhook   string
	Text      string // a sentence
	Step      string // what to do about it: "Check the key"; "" if nothing has a button
	Action    string // where that leads: an attempt.Action
}

// ReplayRequest says which records go to a webhook.
type ReplayRequest struct {
	Webhook string    // id
	Since   time.Time // when the records came in or, if Sent, when they were delivered: not before
	Until   time.Time // before; zero: now
	Sources []string  // ids; none: all
	Types   []string  // none: all; one that ends in "*" means all that begin so
	Text    string
	Filter  bool // only what the webhook itself wants

	Sent     bool   // those that were delivered to this webhook, whatever came of them later
	Revision uint64 // of the settings that they were delivered with; 0: any

	PerMinute int    // 0: as fast as the webhook's own limits let it
	Count     uint64 // that ReplayPlan found, for the progress
}

// ReplayPlan is what a replay would come to.
type ReplayPlan struct {
	Count     uint64 // records that would go out
	AtLeast   bool   // there are more: not all were looked at
	Alone     uint64 // records left out because they go out by themselves
	Before    uint64 // of Count, those that the webhook has had
	Revisions []SentWith
	Examples  []ReplayExample
	PerMinute int           // the pace that is advised; 0: the webhook's own
	Lasts     time.Duration // at the pace that was asked for; 0: not known
}

// SentWith is how many of the messages were delivered with one version of the
// settings.
type SentWith struct {
	Revision    uint64
	Count       uint64
	First, Last time.Time
	Now         bool // these are today's settings
}

// ReplayExample is one record, as it was sent and as it goes out now.
type ReplayExample struct {
	Title string
	Time  time.Time
	Comparison
}

// CorrectionView is the values of a message.
type CorrectionView struct {
	Key     core.DeliveryKey
	Title   string
	Webhook string
	Fields  []CorrectionField
	Changed time.Time // when it was corrected before; zero if it was not
}

// CorrectionField is a value that can be corrected.
type CorrectionField struct {
	Pointer string // where it stands, as a JSON pointer
	Name    string // for people: "address, city"
	Kind    string // "text", "number", "yes or no", "empty"
	Value   string
	Logged  string // as it came in
}

// Correction is other values for one message, by their places.
type Correction struct {
	Key    core.DeliveryKey
	Values map[string]string
}

// LeaveWaiting says what becomes of what waits for a webhook.
type LeaveWaiting string

// What can become of it.
const (
	WaitingStays  LeaveWaiting = "stays"  // is kept: goes out when the webhook is turned on again, or its deletion undone
	WaitingGoes   LeaveWaiting = "goes"   // is sent first
	WaitingThrown LeaveWaiting = "thrown" // is not sent any more; Activity keeps it
	WaitingMoves  LeaveWaiting = "moves"  // goes to another webhook instead
)

// LeaveRequest turns a webhook off or deletes it.
type LeaveRequest struct {
	Webhook  string // id
	Revision uint64 // that somebody saw
	Delete   bool   // else it is turned off
	Waiting  LeaveWaiting
	To       string // id of the webhook that it moves to
}
