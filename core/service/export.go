package service

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/export"
	"hookbird/core/job"
)

// exportSlice is how many rows are read for a file at once, and exportLook how many
// are looked at before it is said how far it is.
const (
	exportSlice = 500
	exportLook  = 20_000
)

// exportColumns are what a file says of each message, and exportContent what it says
// if the content is wanted too.
var (
	exportColumns = []export.Column{
		{Name: "Last try", Width: 19},
		{Name: "State", Width: 16},
		{Name: "Webhook", Width: 24},
		{Name: "Record", Width: 28},
		{Name: "Came from", Width: 28},
		{Name: "Source", Width: 20},
		{Name: "Kind of record", Width: 18},
		{Name: "Tries", Width: 7},
		{Name: "What came of it", Width: 36},
		{Name: "Answer code", Width: 12},
		{Name: "Test", Width: 6},
		{Name: "Record id", Width: 38},
		{Name: "Message id", Width: 34},
	}
	exportContent = []export.Column{
		{Name: "Answer", Width: 40},
		{Name: "Values", Width: 60},
	}
)

// exporter writes messages into a file.
type exporter struct {
	s       *Service
	request control.ExportRequest
	query   core.DeliveryQuery
	file    *export.File
	hooks   map[string]string // names, by id
	sources map[string]string // likewise
	total   uint64            // 0: not known
	written uint64
	looked  uint64
	gone    uint64 // asked for by their keys, and no longer there
}

// ExportActivity writes messages into a file.
func (s *Service) ExportActivity(ctx context.Context, r control.ExportRequest) (job.View, error) {
	e, err := s.exporter(ctx, r)
	if err != nil {
		return job.View{}, err
	}
	name := filepath.Base(r.Path)
	v, err := s.jobs.Start(job.Spec{Kind: control.JobExport, Title: "Writing messages to " + name, About: r.Path, Alone: true},
		func(ctx context.Context, p *job.Progress) (string, error) {
			defer e.file.Abandon()
			if err := e.run(ctx, p); err != nil {
				return e.unwritten(err), err
			}
			return e.outcome(name), nil
		})
	if err != nil {
		e.file.Abandon()
	}
	return v, err
}

// exporter begins the file.
func (s *Service) exporter(ctx context.Context, r control.ExportRequest) (*exporter, error) {
	if len(r.Keys) > activityMost {
		return nil, core.Errorf(core.CodeInvalid, "At most %d messages can be written by their keys at once.", activityMost)
	}
	e := &exporter{s: s, request: r, hooks: webhookNames(s.engine.Webhooks()), sources: map[string]string{}}
	for _, src := range s.engine.Sources() {
		e.sources[src.Row.Source.ID] = src.Row.Source.Name
	}
	var err error
	if e.query, err = s.query(r.Query); err != nil {
		return nil, err
	}
	e.query.Before, e.query.Limit, e.query.Look, e.query.Brief = core.DeliveryKey{}, exportSlice, exportLook, !r.Content
	if len(r.Keys) > 0 {
		e.total = uint64(len(r.Keys))
	} else if n, err := s.store.CountDeliveries(ctx, countable(e.query)); err == nil && n.Next.IsZero() {
		for _, count := range n.States {
			e.total += count
		}
	}
	columns := exportColumns
	if r.Content {
		columns = append(columns[:len(columns):len(columns)], exportContent...)
	}
	e.file, err = export.Create(r.Path, r.Replace, columns)
	return e, err
}

// countable is a query whose messages are counted, if that is soon done.
func countable(q core.DeliveryQuery) core.DeliveryQuery {
	q.Look = chipsLook
	return q
}

func (e *exporter) run(ctx context.Context, p *job.Progress) error {
	step := e.all
	if len(e.request.Keys) > 0 {
		step = e.chosen
	}
	if err := step(ctx, p); err != nil {
		return err
	}
	p.Step("Putting the file together")
	return e.file.Finish(ctx)
}

// all writes what the query asks for, a page after the other. What is tried once
// more meanwhile moves to the front of the history, behind which it is read.
func (e *exporter) all(ctx context.Context, p *job.Progress) error {
	of, err := e.s.historyRows()
	if err != nil {
		return err
	}
	for {
		page, err := e.s.store.Deliveries(ctx, e.query)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && len(page.Rows) == 0 {
			return err // else what is damaged is left out
		}
		for i := range page.Rows {
			if err := e.row(&page.Rows[i]); err != nil {
				return err
			}
		}
		e.looked += page.Looked
		if e.total > 0 {
			p.Set(min(e.written, e.total), e.total)
		} else {
			p.Set(min(e.looked, of), of)
		}
		if page.Next.IsZero() {
			return nil
		}
		e.query.Before = page.Next
	}
}

// chosen writes messages by their keys.
func (e *exporter) chosen(ctx context.Context, p *job.Progress) error {
	for _, key := range e.request.Keys {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		d, err := e.s.store.Delivery(key)
		switch {
		case core.CodeOf(err) == core.CodeNotFound:
			e.gone++
			continue
		case err != nil:
			return err
		}
		if err := e.row(d); err != nil {
			return err
		}
		p.Set(e.written, e.total)
	}
	return nil
}

// row writes one message.
func (e *exporter) row(d *core.Delivery) error {
	r := rowOf(d, e.hooks)
	what, answer := "", ""
	if n := len(d.Attempts); n > 0 {
		what, answer = attempt.Short(d.Attempts[n-1]), d.Attempts[n-1].Answer
	}
	cells := []any{r.At, exportState(r), r.Webhook, r.Title, r.Origin, "", "", d.Tries, what, code(r.Code), yes(d.Test), "", ""}
	if ev := d.Event; ev != nil {
		cells[5], cells[6] = e.sources[ev.Source], ev.Type
		cells[11], cells[12] = ev.ID, core.DeliveryID(ev.ID, d.Webhook)
	}
	if e.request.Content {
		values := ""
		if d.Event != nil {
			values = string(d.Event.Data)
		}
		cells = append(cells, answer, values)
	}
	e.written++
	return e.file.Row(cells...)
}

// code leaves the cell of a message that was not answered empty.
func code(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// exportState is the word for what became of a message.
func exportState(r control.ActivityRow) string {
	switch {
	case r.Unsure:
		return "May have arrived"
	case r.State == core.Delivered:
		return "Delivered"
	case r.State == core.Waiting:
		return "Waiting"
	case r.State == core.Replaced:
		return "Replaced"
	case r.State == core.Removed:
		return "Removed"
	}
	return "Failed"
}

// outcome says what is in the file.
func (e *exporter) outcome(name string) string {
	text := fmt.Sprintf("%s in %s.", verb(e.written, "1 message is", fmt.Sprintf("%d messages are", e.written)), name)
	if e.gone > 0 {
		text += " " + verb(e.gone, "1 message is", fmt.Sprintf("%d messages are", e.gone)) + " not in it: tried once more or removed meanwhile."
	}
	return text
}

// unwritten says that there is no file.
func (e *exporter) unwritten(err error) string {
	if errors.Is(err, context.Canceled) {
		return "Cancelled. No file was written."
	}
	return ""
}
