package ask

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// reading makes words about a message ones about a request whose answer is read.
var reading = strings.NewReplacer(
	"this webhook expects", "Hookbird expects", "this webhook", "Hookbird",
	"who is sending", "who is asking", "another way of sending", "another way of asking", "that are sent this way", "that are made this way",
	"understand the data", "understand the request", "something in what was sent", "something in the request",
	" What came back often says which field.", "", " What came back may say why.", "", "the key that was sent", "the key",
	"the whole message", "the whole request", "the message", "the request", "messages", "requests",
	"no longer takes messages", "no longer answers",
	" and it will be the same with the next record", "",
	"because the data could end up with somebody else", "because the key could end up with somebody else",
	"nothing was sent", "nothing was read", "Nothing was sent", "Nothing was read",
	"so nothing could be sent", "so nothing could be read", "was sent nothing", "was not asked",
)

// words says in a sentence or two what became of a request.
func (c *Client) words(a core.Attempt) string {
	advice := attempt.Explain(c.name, c.key, a)
	return strings.TrimSpace(reading.Replace(advice.Title + ". " + advice.Text))
}

// wrong is what became of a request that did not succeed.
func (c *Client) wrong(a core.Attempt, cause error) error {
	code := core.CodeUnavailable
	switch a.Cause {
	case core.CauseData, core.CauseSize:
		code = core.CodeInvalid
	case core.CauseAddress, core.CauseGone:
		code = core.CodeNotFound
	}
	return core.Wrap(code, cause, c.words(a))
}

// strange is what became of an answer that is of no use.
func (c *Client) strange(text string) error {
	return core.Errorf(core.CodeUnavailable, "%s gave an answer that is of no use. %s", c.name, text)
}

// refused says why an answer is not good, by its code.
func (t *trip) refused(r *http.Response, after time.Duration) error {
	var cause error
	if after > 0 {
		cause = later(after)
	}
	return t.client.wrong(core.Attempt{Code: r.StatusCode, Cause: attempt.CauseOf(r.StatusCode, after > 0)}, cause)
}

// later is the cause of an error that says when to come back.
type later time.Duration

// Error implements error.
func (l later) Error() string { return "asked to come back in " + time.Duration(l).String() }

// RetryAfter gives when the service wants to be asked again whose refusal is an
// error of Do: between 1 s and 24 h, and 0 if it did not say.
func RetryAfter(err error) time.Duration {
	l, _ := errors.AsType[later](err)
	return time.Duration(l)
}

// unended says why an answer could not be read to its end.
func (t *trip) unended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, ok := errors.AsType[*core.Error](err); ok {
		return err
	}
	if errors.Is(err, errLong) {
		return t.client.strange("It is longer than 16 MB. Ask for fewer records at a time, page by page.")
	}
	return t.client.wrong(attempt.Unended(err), nil)
}

// lost says why there is no answer.
func (t *trip) lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if vault, ok := errors.AsType[*core.Error](err); ok {
		return vault
	}
	certify := t.client.certify // who has a certificate has it because somebody asks for it
	o := attempt.Occasion{Fetching: t.fetching, Wrote: t.wrote.Load(), Asked: certify, Certified: certify}
	secrets := slices.Concat(t.message.Secrets, []string{t.key})
	return t.client.wrong(attempt.Unanswered(err, o, secrets...), nil)
}
