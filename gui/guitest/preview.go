package guitest

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
)

// Samples implements control.Service.
func (s *Service) Samples(ctx context.Context, _ control.WebhookDraft) ([]control.Sample, error) {
	return read(ctx, s, "Samples", func(d *Data) ([]control.Sample, error) { return slices.Clone(d.Samples), nil })
}

// Preview implements control.Service with a rendering that is good enough to
// look at: top level fields only.
func (s *Service) Preview(ctx context.Context, r control.TestRequest) (core.Shown, error) {
	return read(ctx, s, "Preview", func(d *Data) (core.Shown, error) {
		return show(&r.Draft.Webhook, d.dataOf(r)), nil
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
		after := show(&r.Draft.Webhook, d.dataOf(r))
		c := control.Comparison{After: &after, BeforeWhy: "This webhook is new."}
		if stored, err := d.webhook(r.Draft.Webhook.ID); err == nil {
			before := show(&stored.Webhook, d.dataOf(r))
			c.Before, c.BeforeWhy = &before, ""
		}
		return c, nil
	})
}

// Test implements control.Service: it answers with Data.Answer.
func (s *Service) Test(ctx context.Context, r control.TestRequest) (control.TestResult, error) {
	return read(ctx, s, "Test", func(d *Data) (control.TestResult, error) {
		return control.TestResult{
			At: d.Now, Sent: show(&r.Draft.Webhook, d.dataOf(r)), Attempt: d.Answer, Sample: d.titleOf(r),
		}, nil
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

// show makes a message to read of a webhook and a record.
func show(w *core.Webhook, data []byte) core.Shown {
	shown := core.Shown{Method: w.HTTPMethod(), Host: hostOf(w.Address), URL: w.Address}
	record := map[string]any{}
	_ = json.Unmarshal(data, &record)
	form := url.Values{}
	for _, f := range w.Body.Fields {
		p := core.Pair{Name: f.Name, Value: f.Value}
		switch f.Kind() {
		case core.FieldSecret:
			p.Value, p.Secret = core.Dots, true
		case core.FieldFrom:
			p.Value, _ = record[f.From].(string)
		}
		shown.Pairs = append(shown.Pairs, p)
		form.Add(p.Name, p.Value)
	}
	shown.Headers = []string{"Content-Type: application/x-www-form-urlencoded", "User-Agent: Hookbird/0.1.0"}
	shown.Body = form.Encode()
	if w.Body.Style == core.BodyJSON {
		shown.Headers[0] = "Content-Type: application/json"
		shown.Body = object(shown.Pairs)
	}
	return shown
}

func object(pairs []core.Pair) string {
	lines := make([]string, len(pairs))
	for i, p := range pairs {
		name, _ := json.Marshal(p.Name)
		value, _ := json.Marshal(p.Value)
		lines[i] = "  " + string(name) + ": " + string(value)
	}
	return "{\n" + strings.Join(lines, ",\n") + "\n}"
}
