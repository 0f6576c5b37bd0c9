package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// Brakes is what stands between a mistake and the other system: webhooks that ask
// before they send unusually much, and webhooks that rehearse.
type Brakes interface {
	// AnswerBrake says what becomes of what a brake holds. To throw it away is a job of
	// the kind JobThrow; else the job is zero. CodeConflict: nothing is held any more.
	AnswerBrake(ctx context.Context, r BrakeRequest) (job.View, error)
	// Rehearsal gives some of what a webhook that does not send now would send, built
	// as it would go out, with dots for secrets.
	Rehearsal(ctx context.Context, r RehearsalRequest) (RehearsalPage, error)
	// StartSending turns a paused webhook on: with what waits for it, or without, which
	// is a job of the kind JobThrow first.
	StartSending(ctx context.Context, r StartRequest) (job.View, error)
}

// BrakeView is why a webhook is held.
type BrakeView struct {
	Since time.Time
	Count uint64 // messages that it is about to send
	Usual uint64 // messages on a usual day, if Known
	Known bool
	Upto  uint64 // seq of the newest record that is asked about
}

// BrakeChoice is what becomes of what a brake holds.
type BrakeChoice string

// The choices.
const (
	BrakeAll   BrakeChoice = "all"   // all of it is sent
	BrakeTen   BrakeChoice = "ten"   // the first 10 are sent, then it asks again
	BrakeThrow BrakeChoice = "throw" // none is sent; Activity keeps it, and Send again still sends it
)

// BrakeRequest answers a brake.
type BrakeRequest struct {
	Webhook string // id
	Choice  BrakeChoice
	Upto    uint64 // of the BrakeView
}

// RehearsalRequest asks for what a webhook would send.
type RehearsalRequest struct {
	Webhook string // id
	From    uint64 // seq of the first record to look at; 0: the first that waits
	Limit   int    // at most 200; 0 means 50
}

// RehearsalPage is some of what a webhook would send, oldest first.
type RehearsalPage struct {
	Rows    []RehearsalRow
	Next    uint64 // From of the next page; 0: that was all
	Waiting uint64 // messages in all, about
}

// RehearsalRow is one message as it would go out.
type RehearsalRow struct {
	Seq   uint64
	Title string
	Time  time.Time // when the record came in
	Shown *core.Shown
	Why   string // why no message can be made of it, as a sentence; "" if one can
}

// StartRequest turns a paused webhook on.
type StartRequest struct {
	Webhook string // id
	With    bool   // what waits for it goes out
}
