package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/past"
)

// Pasts asks for changes of the settings.
func (c *Client) Pasts(ctx context.Context, q core.PastQuery) ([]PastView, error) {
	path := "/v1/past"
	if v := pastQuery(q); len(v) > 0 {
		path += "?" + v.Encode()
	}
	return fetch[[]PastView](ctx, c, "GET", path, nil)
}

// ComparePast asks what differs between two states.
func (c *Client) ComparePast(ctx context.Context, r PastPair) ([]past.Change, error) {
	return fetch[[]past.Change](ctx, c, "POST", "/v1/past/compare", r)
}

// BringBack saves an earlier state anew.
func (c *Client) BringBack(ctx context.Context, r PastRef) error {
	return c.do(ctx, "POST", "/v1/past/back", r, nil)
}

// UndoRemoval puts back what a change removed.
func (c *Client) UndoRemoval(ctx context.Context, id uint64) error {
	return c.do(ctx, "POST", "/v1/past/undo", id, nil)
}
