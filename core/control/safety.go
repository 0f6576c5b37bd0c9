package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

// Safety is how the store is looked after.
type Safety interface {
	// Safety says how full the store is, and whether it was damaged.
	Safety(ctx context.Context) (SafetyView, error)
	// TidyUp makes the store's file as small as it can be, as a job of the kind
	// JobTidy. Nothing of what was deleted is left in it then.
	TidyUp(ctx context.Context) (job.View, error)
	// SeenRepair notes that somebody has seen that the store was damaged and made
	// sound.
	SeenRepair(ctx context.Context) error
}

// JobTidy is the kind of job that TidyUp begins.
const JobTidy job.Kind = "tidy"

// SafetyView is how the store is doing.
type SafetyView struct {
	Room  core.Room
	Quota int64 // bytes that the store may hold
	Full  bool  // no new records are taken
	Near  bool  // it is nearly full
	Tidy  bool  // tidying up pays

	HolderID string // the webhook for which most of a nearly full store is kept; "" if none is
	Holder   string // its name
	Waiting  uint64 // messages that wait for it

	Repair *core.Repair // nil unless the store was damaged and nobody has seen that yet
}
