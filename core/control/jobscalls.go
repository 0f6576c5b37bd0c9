package control

import (
	"context"

	"hookbird/core/job"
)

// Jobs asks for the long work that runs and the last that ended.
func (c *Client) Jobs(ctx context.Context) ([]job.View, error) {
	return fetch[[]job.View](ctx, c, "GET", "/v1/jobs", nil)
}

// Job asks for one of them.
func (c *Client) Job(ctx context.Context, id string) (job.View, error) {
	return fetch[job.View](ctx, c, "GET", "/v1/jobs/"+pathID(id), nil)
}

// CancelJob asks a job to end.
func (c *Client) CancelJob(ctx context.Context, id string) error {
	return c.do(ctx, "POST", "/v1/jobs/"+pathID(id)+"/cancel", nil, nil)
}

// ForgetJob takes a job that has ended off the list.
func (c *Client) ForgetJob(ctx context.Context, id string) error {
	return c.do(ctx, "DELETE", "/v1/jobs/"+pathID(id), nil, nil)
}
