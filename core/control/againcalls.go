package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

// AgainPlan asks what sending messages again would come to.
func (c *Client) AgainPlan(ctx context.Context, r AgainRequest) (AgainPlan, error) {
	return fetch[AgainPlan](ctx, c, "POST", "/v1/again/plan", r)
}

// SendAllAgain makes messages wait for a try now, however many.
func (c *Client) SendAllAgain(ctx context.Context, r AgainRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/again", r)
}

// ReplayPlan counts the records that a replay takes.
func (c *Client) ReplayPlan(ctx context.Context, r ReplayRequest) (ReplayPlan, error) {
	return fetch[ReplayPlan](ctx, c, "POST", "/v1/replay/plan", r)
}

// Replay sends records to a webhook.
func (c *Client) Replay(ctx context.Context, r ReplayRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/replay", r)
}

// Correction asks for the values of a message.
func (c *Client) Correction(ctx context.Context, key core.DeliveryKey) (CorrectionView, error) {
	text, _ := key.MarshalText() // never fails
	return fetch[CorrectionView](ctx, c, "GET", "/v1/corrections/"+string(text), nil)
}

// PreviewCorrection asks for the message with other values.
func (c *Client) PreviewCorrection(ctx context.Context, r Correction) (Comparison, error) {
	return fetch[Comparison](ctx, c, "POST", "/v1/corrections/preview", r)
}

// Correct sends a message with other values.
func (c *Client) Correct(ctx context.Context, r Correction) error {
	return c.do(ctx, "POST", "/v1/corrections", r, nil)
}

// Leave turns a webhook off or deletes it.
func (c *Client) Leave(ctx context.Context, r LeaveRequest) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/leave", r)
}
