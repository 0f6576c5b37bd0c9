package control

import (
	"context"

	"hookbird/core/job"
)

func (f *fake) Jobs(context.Context) ([]job.View, error) { return reply[[]job.View](f, "Jobs") }

func (f *fake) Job(_ context.Context, id string) (job.View, error) {
	return reply[job.View](f, "Job", id)
}

func (f *fake) CancelJob(_ context.Context, id string) error { return f.heard("CancelJob", id) }

func (f *fake) ForgetJob(_ context.Context, id string) error { return f.heard("ForgetJob", id) }
