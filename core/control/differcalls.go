package control

import "context"

// Differences asks what an edit would change in the messages of the newest records.
func (c *Client) Differences(ctx context.Context, d WebhookDraft) (Differences, error) {
	return fetch[Differences](ctx, c, "POST", "/v1/differences", packWebhook(d))
}
