package control

import (
	"context"

	"hookbird/core"
)

// SurveySource asks what a source would find.
func (c *Client) SurveySource(ctx context.Context, d SourceDraft) (SourceSurvey, error) {
	return fetch[SourceSurvey](ctx, c, "POST", "/v1/survey", packSource(d))
}

// AnswerSource answers what a source asks.
func (c *Client) AnswerSource(ctx context.Context, a SourceAnswer) error {
	return c.do(ctx, "POST", "/v1/source-answers", a, nil)
}

// RereadSource has a source read everything once more, or what is from a day on.
func (c *Client) RereadSource(ctx context.Context, r Reread) error {
	return c.do(ctx, "POST", "/v1/reread", r, nil)
}

// LeftOut asks for the records of a source that were left out.
func (c *Client) LeftOut(ctx context.Context, source string) ([]core.LeftOut, error) {
	return fetch[[]core.LeftOut](ctx, c, "GET", "/v1/sources/"+pathID(source)+"/left", nil)
}

// SendLeftOut takes in records that were left out.
func (c *Client) SendLeftOut(ctx context.Context, r LeftOutRef) (int, error) {
	return fetch[int](ctx, c, "POST", "/v1/left-out", r)
}

// FillForm sends what was filled in.
func (c *Client) FillForm(ctx context.Context, e FormEntry) ([]Held, error) {
	return fetch[[]Held](ctx, c, "POST", "/v1/forms", e)
}

// HeldRecords asks for the records of forms that can still be taken back.
func (c *Client) HeldRecords(ctx context.Context) ([]Held, error) {
	return fetch[[]Held](ctx, c, "GET", "/v1/held", nil)
}

// UndoForm takes a record of a form back.
func (c *Client) UndoForm(ctx context.Context, h Held) error {
	return c.do(ctx, "POST", "/v1/held/undo", h, nil)
}

// LocalExamples asks how programs send to a local address.
func (c *Client) LocalExamples(ctx context.Context, source string) (Examples, error) {
	return fetch[Examples](ctx, c, "GET", "/v1/sources/"+pathID(source)+"/code", nil)
}

// SendTrial has a made-up record posted to a local address.
func (c *Client) SendTrial(ctx context.Context, source string) (Trial, error) {
	return fetch[Trial](ctx, c, "POST", "/v1/sources/"+pathID(source)+"/trial", nil)
}

// Never asks how many addresses and numbers are never sent.
func (c *Client) Never(ctx context.Context) (int, error) {
	return fetch[int](ctx, c, "GET", "/v1/never", nil)
}

// SetNever adds or removes addresses and numbers that are never sent.
func (c *Client) SetNever(ctx context.Context, n NeverChange) (int, error) {
	return fetch[int](ctx, c, "POST", "/v1/never", n)
}
