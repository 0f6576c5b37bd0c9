package engine

import (
	"context"
	"errors"
	"net"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

// DialFunc opens a connection to a target.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// target is the line to a real webhook: a message builder and an HTTP client.
type target struct {
	build  *message.Builder
	client *attempt.Client
}

// newSender makes the sender that the engine's lanes and "Send test" share. A
// test keeps the whole of a good answer too.
func (e *Engine) newSender(test bool) sender {
	return func(w *core.Webhook) (line, error) {
		b, err := message.New(w, e.store, e.p.Version)
		if err != nil {
			return nil, err
		}
		c, err := attempt.NewClient(w, e.attemptOptions(test))
		if err != nil {
			return nil, setupError{err}
		}
		return &target{build: b, client: c}, nil
	}
}

// setupError is about the way to a target, before any message is made.
type setupError struct{ error }

func (s setupError) Unwrap() error { return s.error }

// whyNoLine says what keeps a line from being opened: its secrets, or what else the
// settings name.
func whyNoLine(err error) core.Cause {
	if _, way := errors.AsType[setupError](err); way || core.CodeOf(err) == core.CodeInvalid {
		return core.CauseSetup
	}
	return core.CauseSecret
}

func (e *Engine) attemptOptions(test bool) attempt.Options {
	return attempt.Options{Version: e.p.Version, Dial: e.p.Dial, Proxy: e.Settings().Proxy, Vault: e.store, Whole: test}
}

// CheckAddress takes the way to a webhook's target, saved or not, as a message
// would, and sends nothing.
func (e *Engine) CheckAddress(ctx context.Context, w *core.Webhook) attempt.Check {
	return attempt.CheckWebhook(ctx, w, e.attemptOptions(true))
}

// Send makes the message of events and exchanges it. Where one of several cannot
// be part of a message, the others go without it.
func (t *target) Send(ctx context.Context, events []*core.Event, at time.Time) sent {
	var out sent
	m, err := t.build.Build(events, at)
	if err != nil && len(events) > 1 {
		if events, out.unfit = t.sort(events, at); len(events) == 0 {
			return out
		}
		m, err = t.build.Build(events, at)
	}
	if err != nil {
		out.attempt = unbuilt(err, at)
		return out
	}
	out.attempt, out.hold = t.client.Do(ctx, m)
	return out
}

// sort finds the events that no message can be made of.
func (t *target) sort(events []*core.Event, at time.Time) (fit []*core.Event, unfit map[int]core.Attempt) {
	unfit = map[int]core.Attempt{}
	for i, e := range events {
		if _, err := t.build.Build([]*core.Event{e}, at); err != nil {
			unfit[i] = unbuilt(err, at)
			continue
		}
		fit = append(fit, e)
	}
	return fit, unfit
}

// unbuilt is the try that never was, since no message could be made.
func unbuilt(err error, at time.Time) core.Attempt {
	return core.Attempt{At: at, Cause: core.CauseBuild, Detail: core.Sentence(err)}
}

// Expect says what kind of answers there were so far.
func (t *target) Expect(kind core.AnswerKind) { t.client.SetPlain(kind == core.AnswersPlain) }

// Close lets go of idle connections.
func (t *target) Close() { t.client.Close() }

// Test makes and sends one message for a webhook as it is given, saved or not,
// by the line that real ones take, and waits for what comes back.
func (e *Engine) Test(ctx context.Context, w *core.Webhook, ev *core.Event, at time.Time) (core.Attempt, error) {
	l, err := e.newSender(true)(w)
	if err != nil {
		return core.Attempt{}, err
	}
	defer l.Close()
	if saved := e.lane(w.ID); saved != nil {
		l.Expect(saved.answers(w))
	}
	return l.Send(ctx, []*core.Event{ev}, at).attempt, nil
}
