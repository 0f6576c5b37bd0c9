package control

import (
	"context"

	"hookbird/core/job"
)

// AnswerBrake answers a brake.
func (c *Client) AnswerBrake(ctx context.Context, r BrakeRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/brakes", r)
}

// Rehearsal asks for what a webhook would send.
func (c *Client) Rehearsal(ctx context.Context, r RehearsalRequest) (RehearsalPage, error) {
	return fetch[RehearsalPage](ctx, c, "POST", "/v1/rehearsals", r)
}

// StartSending turns a paused webhook on.
func (c *Client) StartSending(ctx context.Context, r StartRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/rehearsals/start", r)
}
