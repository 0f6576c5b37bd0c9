package control

import "context"

// Metrics asks for the counters.
func (c *Client) Metrics(ctx context.Context) (MetricsText, error) {
	return fetch[MetricsText](ctx, c, "GET", "/v1/metrics", nil)
}

// Diagnostics asks for a diagnosis.
func (c *Client) Diagnostics(ctx context.Context) ([]DiagnosticFile, error) {
	return fetch[[]DiagnosticFile](ctx, c, "GET", "/v1/diagnostics", nil)
}
