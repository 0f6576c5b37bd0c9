package service

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/filter"
	"hookbird/core/message"
	"hookbird/core/value"
)

// maxTryOut is how many past records an edit is tried on at most.
const maxTryOut = 500

// reasons tells of each record why a webhook would not get it, "" if it would. A
// filter that cannot be read yet, because somebody is typing it, takes nothing.
func reasons(w *core.Webhook) func(*core.Event) string {
	m, err := filter.For(w)
	if err != nil {
		sentence := core.Sentence(err)
		return func(*core.Event) string { return sentence }
	}
	return m.Why
}

// TryOut tells which of the newest records a draft would take.
func (s *Service) TryOut(_ context.Context, d control.WebhookDraft, max int) (control.TryOut, error) {
	events, err := s.store.EventsBack(0, min(max, maxTryOut))
	if err != nil && len(events) == 0 {
		return control.TryOut{}, err
	}
	var out control.TryOut
	before := func(*core.Event) string { return "" }
	if st, err := s.engine.Webhook(d.Webhook.ID); err == nil {
		out.Stored, before = true, reasons(st.Webhook)
	}
	after := reasons(&d.Webhook)
	for _, e := range events {
		row := control.TryRow{Seq: e.Seq, Title: e.Name(), Time: e.Time, Why: after(e)}
		row.Before, row.After = out.Stored && before(e) == "", row.Why == ""
		if row.Before {
			out.Before++
		}
		if row.After {
			out.After++
		}
		out.Rows = append(out.Rows, row)
	}
	out.Lacking = lacking(&d.Webhook, events)
	return out, nil
}

// lacking gives the fields that a webhook's filter names and that none of its records
// has: perhaps they are to be looked up first.
func lacking(w *core.Webhook, events []*core.Event) []string {
	f, err := filter.Parse(w.Filter)
	if err != nil {
		return nil // somebody is typing it
	}
	var records []value.Value
	for _, e := range events {
		if record, err := value.Parse(e.Data); err == nil && w.Wants(e.Type, e.Source) {
			records = append(records, record)
		}
	}
	if len(records) == 0 {
		return nil
	}
	return slices.DeleteFunc(f.Fields(), func(path string) bool { return known(path, records) })
}

// Compare builds the message of one record before and after an edit.
func (s *Service) Compare(_ context.Context, r control.TestRequest) (control.Comparison, error) {
	e, err := s.testEvent(r)
	if err != nil {
		return control.Comparison{}, err
	}
	var c control.Comparison
	c.After, c.AfterWhy = s.wouldSend(&r.Draft.Webhook, e)
	st, err := s.engine.Webhook(r.Draft.Webhook.ID)
	if err != nil {
		c.BeforeWhy = "This webhook is new."
		return c, nil
	}
	c.Before, c.BeforeWhy = s.wouldSend(st.Webhook, e)
	return c, nil
}

// wouldSend shows what a webhook makes of a record, or says why nothing.
func (s *Service) wouldSend(w *core.Webhook, e *core.Event) (*core.Shown, string) {
	if why := reasons(w)(e); why != "" {
		return nil, why
	}
	shown, err := message.Show(w, []*core.Event{e}, time.Now(), s.p.Version)
	if err != nil {
		return nil, core.Sentence(err)
	}
	return shown, ""
}
