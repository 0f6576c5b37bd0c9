package control

import (
	"context"
	"strconv"
	"time"

	"hookbird/core"
)

// fetch asks a route that answers with a value.
func fetch[R any](ctx context.Context, c *Client, method, path string, body any) (R, error) {
	var out R
	err := c.do(ctx, method, path, body, &out)
	return out, err
}

// Hello asks who answers.
func (c *Client) Hello(ctx context.Context) (Hello, error) {
	return fetch[Hello](ctx, c, "GET", "/v1/hello", nil)
}

// Status asks for the numbers of --status.
func (c *Client) Status(ctx context.Context) (Status, error) {
	return fetch[Status](ctx, c, "GET", "/v1/status", nil)
}

// Overview asks for the Home page.
func (c *Client) Overview(ctx context.Context) (Overview, error) {
	return fetch[Overview](ctx, c, "GET", "/v1/overview", nil)
}

// Webhooks asks for all webhooks.
func (c *Client) Webhooks(ctx context.Context) ([]WebhookView, error) {
	return fetch[[]WebhookView](ctx, c, "GET", "/v1/webhooks", nil)
}

// Webhook asks for one webhook.
func (c *Client) Webhook(ctx context.Context, id string) (WebhookView, error) {
	return fetch[WebhookView](ctx, c, "GET", "/v1/webhooks/"+pathID(id), nil)
}

// SaveWebhook makes or changes a webhook.
func (c *Client) SaveWebhook(ctx context.Context, d WebhookDraft) (WebhookView, error) {
	return fetch[WebhookView](ctx, c, "POST", "/v1/webhooks", packWebhook(d))
}

// DeleteWebhook deletes a webhook.
func (c *Client) DeleteWebhook(ctx context.Context, id string, revision uint64) error {
	return c.do(ctx, "DELETE", "/v1/webhooks/"+pathID(id)+atRevision(revision), nil, nil)
}

// SetState turns a webhook on, off or to paused.
func (c *Client) SetState(ctx context.Context, id string, state core.State, meanwhile bool) error {
	return c.do(ctx, "POST", "/v1/webhooks/"+pathID(id)+"/state", wireState{state, meanwhile}, nil)
}

// PauseWebhook pauses one webhook.
func (c *Client) PauseWebhook(ctx context.Context, id string, until time.Time) error {
	return c.do(ctx, "POST", "/v1/webhooks/"+pathID(id)+"/pause", until, nil)
}

// TryNow makes all waiting tries of a webhook due.
func (c *Client) TryNow(ctx context.Context, id string) error {
	return c.do(ctx, "POST", "/v1/webhooks/"+pathID(id)+"/try", nil, nil)
}

// Samples asks for records to show a draft with.
func (c *Client) Samples(ctx context.Context, d WebhookDraft) ([]Sample, error) {
	return fetch[[]Sample](ctx, c, "POST", "/v1/samples", packWebhook(d))
}

// Preview asks for the message that a draft makes of a record.
func (c *Client) Preview(ctx context.Context, r TestRequest) (core.Shown, error) {
	return fetch[core.Shown](ctx, c, "POST", "/v1/preview", packTest(r))
}

// TryOut asks which past records a draft would take.
func (c *Client) TryOut(ctx context.Context, d WebhookDraft, max int) (TryOut, error) {
	return fetch[TryOut](ctx, c, "POST", "/v1/try-out", wireTryOut{packWebhook(d), max})
}

// Compare asks for the messages of a record before and after an edit.
func (c *Client) Compare(ctx context.Context, r TestRequest) (Comparison, error) {
	return fetch[Comparison](ctx, c, "POST", "/v1/compare", packTest(r))
}

// Test sends the message that a draft makes of a record. It waits as long as ctx
// allows.
func (c *Client) Test(ctx context.Context, r TestRequest) (TestResult, error) {
	var out TestResult
	err := c.ask(ctx, "POST", "/v1/test", packTest(r), &out)
	return out, err
}

// CheckAddress looks whether an address can be reached.
func (c *Client) CheckAddress(ctx context.Context, d WebhookDraft) (AddressCheck, error) {
	return fetch[AddressCheck](ctx, c, "POST", "/v1/check-address", packWebhook(d))
}

// Activity asks for a page of Activity.
func (c *Client) Activity(ctx context.Context, q ActivityQuery) (ActivityPage, error) {
	path := "/v1/activity"
	if query := activityQuery(q).Encode(); query != "" {
		path += "?" + query
	}
	return fetch[ActivityPage](ctx, c, "GET", path, nil)
}

// Delivery asks for one message in full.
func (c *Client) Delivery(ctx context.Context, key core.DeliveryKey) (DeliveryView, error) {
	text, err := key.MarshalText()
	if err != nil {
		return DeliveryView{}, err
	}
	return fetch[DeliveryView](ctx, c, "GET", "/v1/deliveries/"+string(text), nil)
}

// SendAgain makes finished deliveries wait for a try now.
func (c *Client) SendAgain(ctx context.Context, keys []core.DeliveryKey) (int, error) {
	return fetch[int](ctx, c, "POST", "/v1/deliveries/again", keys)
}

// Settle says of messages that may have arrived that they did.
func (c *Client) Settle(ctx context.Context, keys []core.DeliveryKey) (int, error) {
	return fetch[int](ctx, c, "POST", "/v1/deliveries/settle", keys)
}

// Runs asks for the large files that are on their way.
func (c *Client) Runs(ctx context.Context) ([]RunView, error) {
	return fetch[[]RunView](ctx, c, "GET", "/v1/runs", nil)
}

// SetRun lets a run go on, pauses it or gives it up.
func (c *Client) SetRun(ctx context.Context, id string, state core.RunState) error {
	return c.do(ctx, "POST", "/v1/runs/"+pathID(id)+"/state", state, nil)
}

// Sources asks for all sources.
func (c *Client) Sources(ctx context.Context) ([]SourceView, error) {
	return fetch[[]SourceView](ctx, c, "GET", "/v1/sources", nil)
}

// SaveSource makes or changes a source.
func (c *Client) SaveSource(ctx context.Context, d SourceDraft) (SourceView, error) {
	return fetch[SourceView](ctx, c, "POST", "/v1/sources", packSource(d))
}

// DeleteSource deletes a source.
func (c *Client) DeleteSource(ctx context.Context, id string, revision uint64) error {
	return c.do(ctx, "DELETE", "/v1/sources/"+pathID(id)+atRevision(revision), nil, nil)
}

// SetSourcePaused pauses a source, or lets it go on.
func (c *Client) SetSourcePaused(ctx context.Context, id string, paused bool) error {
	return c.do(ctx, "POST", "/v1/sources/"+pathID(id)+"/paused", paused, nil)
}

// RevealSecret asks for the text of one secret.
func (c *Client) RevealSecret(ctx context.Context, r SecretRef) (string, error) {
	return fetch[string](ctx, c, "POST", "/v1/reveal", r)
}

// Settings asks for the Settings page.
func (c *Client) Settings(ctx context.Context) (SettingsView, error) {
	return fetch[SettingsView](ctx, c, "GET", "/v1/settings", nil)
}

// SaveSettings changes the program's settings.
func (c *Client) SaveSettings(ctx context.Context, s SettingsDraft) error {
	return c.do(ctx, "PUT", "/v1/settings", packSettings(s), nil)
}

// SetAutostart makes Hookbird start at login, or not.
func (c *Client) SetAutostart(ctx context.Context, on bool) error {
	return c.do(ctx, "PUT", "/v1/autostart", on, nil)
}

// Pause stops sending for all webhooks.
func (c *Client) Pause(ctx context.Context, until time.Time) error {
	return c.do(ctx, "POST", "/v1/pause", until, nil)
}

// Resume ends Pause.
func (c *Client) Resume(ctx context.Context) error {
	return c.do(ctx, "POST", "/v1/resume", nil, nil)
}

// Import takes a settings file. It waits up to 5 minutes unless ctx says
// otherwise.
func (c *Client) Import(ctx context.Context, r ImportRequest) (ImportResult, error) {
	if _, limited := ctx.Deadline(); !limited {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, importTimeout)
		defer cancel()
	}
	return fetch[ImportResult](ctx, c, "POST", "/v1/import", r)
}

// Export asks for all settings as a settings file.
func (c *Client) Export(ctx context.Context, withSecrets bool) ([]byte, error) {
	return fetch[[]byte](ctx, c, "POST", "/v1/export", withSecrets)
}

// atRevision is the query that says which revision a deletion is about.
func atRevision(revision uint64) string {
	return "?revision=" + strconv.FormatUint(revision, 10)
}
