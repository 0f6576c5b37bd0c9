package control

import (
	"context"

	"hookbird/core/job"
)

func (f *fake) ExportActivity(_ context.Context, r ExportRequest) (job.View, error) {
	return reply[job.View](f, "ExportActivity", r)
}
