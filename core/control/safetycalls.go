package control

import (
	"context"

	"hookbird/core/job"
)

// Safety asks how the store is doing.
func (c *Client) Safety(ctx context.Context) (SafetyView, error) {
	return fetch[SafetyView](ctx, c, "GET", "/v1/safety", nil)
}

// TidyUp has the store's file made small.
func (c *Client) TidyUp(ctx context.Context) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/safety/tidy", nil)
}

// SeenRepair says that somebody has seen a repair.
func (c *Client) SeenRepair(ctx context.Context) error {
	_, err := fetch[struct{}](ctx, c, "POST", "/v1/safety/seen", nil)
	return err
}
