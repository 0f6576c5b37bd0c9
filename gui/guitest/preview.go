package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/message"
)

// Samples implements control.Service.
func (s *Service) Samples(ctx context.Context, _ control.WebhookDraft) ([]control.Sample, error) {
	return read(ctx, s, "Samples", func(d *Data) ([]control.Sample, error) { return slices.Clone(d.Samples), nil })
}

// Preview implements control.Service.
func (s *Service) Preview(ctx context.Context, r control.TestRequest) (core.Shown, error) {
	return read(ctx, s, "Preview", func(d *Data) (core.Shown, error) {
		return show(&r.Draft.Webhook, d.dataOf(r), d.Now)
	})
}

// TryOut implements control.Service by what the samples say of themselves.
func (s *Service) TryOut(ctx context.Context, d control.WebhookDraft, max int) (control.TryOut, error) {
	return read(ctx, s, "TryOut", func(data *Data) (control.TryOut, error) {
		out := control.TryOut{Stored: d.Revision != 0}
		for _, sample := range data.Samples {
			if sample.Seq == 0 || len(out.Rows) == max {
				continue
			}
			out.Rows = append(out.Rows, control.TryRow{
				Seq: sample.Seq, Title: sample.Title, Time: sample.Time, Before: out.Stored, After: sample.Wanted, Why: sample.Why,
			})
			if out.Stored {
				out.Before++
			}
			if sample.Wanted {
				out.After++
			}
		}
		return out, nil
	})
}

// Compare implements control.Service.
func (s *Service) Compare(ctx context.Context, r control.TestRequest) (control.Comparison, error) {
	return read(ctx, s, "Compare", func(d *Data) (control.Comparison, error) {
		after, err := show(&r.Draft.Webhook, d.dataOf(r), d.Now)
		c := control.Comparison{After: &after, BeforeWhy: "This webhook is new."}
		if stored, found := d.webhook(r.Draft.Webhook.ID); found == nil && err == nil {
			var before core.Shown
			before, err = show(&stored.Webhook, d.dataOf(r), d.Now)
			c.Before, c.BeforeWhy = &before, ""
		}
		return c, err
	})
}

// Test implements control.Service: it answers with Data.Answer.
func (s *Service) Test(ctx context.Context, r control.TestRequest) (control.TestResult, error) {
	return read(ctx, s, "Test", func(d *Data) (control.TestResult, error) {
		shown, err := show(&r.Draft.Webhook, d.dataOf(r), d.Now)
		w := &r.Draft.Webhook
		return control.TestResult{
			At: d.Now, Sent: shown, Attempt: d.Answer, Sample: d.titleOf(r), Note: attempt.Note(w.Name, hostOf(w.Address), d.Answer),
		}, err
	})
}

func (d *Data) dataOf(r control.TestRequest) []byte {
	for _, s := range d.Samples {
		if r.Seq != 0 && s.Seq == r.Seq {
			return s.Data
		}
	}
	return r.Data
}

func (d *Data) titleOf(r control.TestRequest) string {
	for _, s := range d.Samples {
		if s.Seq == r.Seq {
			return s.Title
		}
	}
	return ""
}

// show makes a message to read, as the engine does.
func show(w *core.Webhook, data []byte, at time.Time) (core.Shown, error) {
	e := &core.Event{ID: "01a1c2d3-0000-7000-8000-000000000001", Type: core.DefaultEventType, Time: at, Source: "test", Data: data}
	shown, err := message.Show(w, []*core.Event{e}, at, "0.1.0")
	if err != nil {
		return core.Shown{}, err
	}
	return *shown, nil
}
