package control

import (
	"context"

	"hookbird/core/job"
)

// Jobs is long work that somebody asked for.
type Jobs interface {
	// Jobs gives the long work that runs and the last that ended, the newest first.
	Jobs(ctx context.Context) ([]job.View, error)
	// Job gives one of them, or CodeNotFound.
	Job(ctx context.Context, id string) (job.View, error)
	// CancelJob asks a job to end, and does nothing to one that has ended.
	CancelJob(ctx context.Context, id string) error
	// ForgetJob takes a job that has ended off the list.
	ForgetJob(ctx context.Context, id string) error
}
