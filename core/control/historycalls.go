package control

import "context"

// Groups asks for the failed messages by what they have in common.
func (c *Client) Groups(ctx context.Context) ([]Group, error) {
	return fetch[[]Group](ctx, c, "GET", "/v1/groups", nil)
}

// CountActivity asks for the number of messages, or a part of it.
func (c *Client) CountActivity(ctx context.Context, q ActivityQuery) (ActivityCount, error) {
	return fetch[ActivityCount](ctx, c, "GET", "/v1/activity/count?"+activityQuery(q).Encode(), nil)
}

// ActivityHours asks for the messages of hours.
func (c *Client) ActivityHours(ctx context.Context, r HoursRequest) ([]Hour, error) {
	return fetch[[]Hour](ctx, c, "GET", "/v1/activity/hours?"+hoursQuery(r).Encode(), nil)
}

// Kept asks what is kept.
func (c *Client) Kept(ctx context.Context) (KeptView, error) {
	return fetch[KeptView](ctx, c, "GET", "/v1/kept", nil)
}
