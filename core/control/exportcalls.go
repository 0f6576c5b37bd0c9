package control

import (
	"context"

	"hookbird/core/job"
)

// ExportActivity writes messages into a file.
func (c *Client) ExportActivity(ctx context.Context, r ExportRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/activity/export", r)
}
