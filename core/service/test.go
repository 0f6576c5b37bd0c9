package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/core/source"
	"hookbird/core/value"
)

const (
	samplesRead  = 100 // newest events looked through for samples
	samplesShown = 20
	sampleText   = 200 // characters shown of one value
)

// Samples gives records to show a draft with.
func (s *Service) Samples(ctx context.Context, d control.WebhookDraft) ([]control.Sample, error) {
	events, err := s.recent()
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(events, func(e *core.Event) bool { return d.Webhook.Wants(e.Type, e.Source) }) {
		own, err := s.concerning(ctx, samplesShown, &d.Webhook)
		if err != nil && len(own) == 0 {
			return nil, err
		}
		events = append(own, events...)
	}
	var wanted, others []control.Sample
	why := reasons(&d.Webhook)
	for _, e := range events {
		sample := sampleOf(e)
		sample.Why = why(e)
		if sample.Wanted = sample.Why == ""; sample.Wanted {
			wanted = append(wanted, sample)
		} else {
			others = append(others, sample)
		}
	}
	all := append(wanted, others...)
	all = all[:min(len(all), samplesShown)]
	return append(all, madeUp(&d.Webhook, all)), nil
}

func sampleOf(e *core.Event) control.Sample {
	return control.Sample{Seq: e.Seq, Title: e.Name(), Time: e.Time, Data: e.Data, Fields: fieldsOf(e.Data)}
}

// fieldsOf lists the fields of a record by their paths.
func fieldsOf(data []byte) []control.SampleField {
	v, err := value.Parse(data)
	if err != nil {
		return nil
	}
	var fields []control.SampleField
	for _, f := range value.Paths(v) {
		text := []rune(f.Value.Text())
		if len(text) > sampleText {
			text = append(text[:sampleText], '…')
		}
		fields = append(fields, control.SampleField{Path: f.Path, Value: string(text)})
	}
	return fields
}

// Preview builds the message without sending it.
func (s *Service) Preview(_ context.Context, r control.TestRequest) (core.Shown, error) {
	e, err := s.testEvent(r)
	if err != nil {
		return core.Shown{}, err
	}
	shown, err := message.Show(&r.Draft.Webhook, []*core.Event{e}, time.Now(), s.p.Version)
	if err != nil {
		return core.Shown{}, err
	}
	return *shown, nil
}

// testEvent is the record that a preview or a test is made with.
func (s *Service) testEvent(r control.TestRequest) (*core.Event, error) {
	if r.Seq != 0 {
		return s.store.Event(r.Seq)
	}
	v, err := value.Parse(r.Data)
	if err != nil {
		return nil, core.Wrap(core.CodeInvalid, err, "The test record cannot be read: "+core.Sentence(err))
	}
	if v.Kind() != value.Object {
		return nil, core.Errorf(core.CodeInvalid, "The test record has to be one JSON object, like {\"email\": \"ada@example.org\"}.")
	}
	now, from := time.Now().Truncate(time.Millisecond), "test"
	if len(r.Draft.Webhook.Sources) > 0 {
		from = r.Draft.Webhook.Sources[0]
	}
	return &core.Event{
		ID: core.NewEventID(now), Type: testType(&r.Draft.Webhook), Time: now, Source: from,
		Title: source.Title(r.Data), Origin: "Test", Data: r.Data,
	}, nil
}

// testType is an event type that the webhook asks for.
func testType(w *core.Webhook) string {
	for _, pattern := range w.Events {
		prefix, open := strings.CutSuffix(pattern, "*")
		switch {
		case !open:
			return pattern
		case core.ValidType(prefix+"created") == nil:
			return prefix + "created"
		}
	}
	return core.DefaultEventType
}

// Test builds and sends the message, by the same line as every other.
func (s *Service) Test(ctx context.Context, r control.TestRequest) (control.TestResult, error) {
	w := r.Draft.Webhook.Clone()
	if err := message.Validate(w).OrNil(); err != nil {
		return control.TestResult{}, err
	}
	e, err := s.testEvent(r)
	if err != nil {
		return control.TestResult{}, err
	}
	now := time.Now()
	shown, err := message.Show(w, []*core.Event{e}, now, s.p.Version)
	if err != nil {
		return control.TestResult{}, err
	}
	a, err := s.engine.Test(ctx, w, e, now)
	if err != nil {
		return control.TestResult{}, err
	}
	shown.URL = "" // whoever reads a result needs the host only
	if w.ID != "" && a.Cause != core.CauseStop {
		if err := s.engine.RecordTest(w.ID, e, a); err != nil {
			return control.TestResult{}, err
		}
	}
	return control.TestResult{
		At: now, Sent: *shown, Attempt: a, Sample: e.Name(), Note: attempt.Note(w.Name, hostOf(w.Address), a),
	}, nil
}

// CheckAddress looks whether anybody answers at the end of a draft's way, without
// a request.
func (s *Service) CheckAddress(ctx context.Context, d control.WebhookDraft) (control.AddressCheck, error) {
	c := s.engine.CheckAddress(ctx, &d.Webhook)
	return control.AddressCheck{OK: c.OK, Secure: c.Secure, Text: c.Sentence, Note: c.Note}, nil
}
