package service

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
	"hookbird/core/message"
)

const (
	replayBudget   = 3 * time.Second // for counting what a replay takes
	replayExamples = 3
	gentle         = 60  // messages a minute, advised for more than gentleFrom
	gentleFrom     = 100 // records
	paceAtMost     = 60_000
)

// ReplayPlan counts the records that a replay takes, and shows some of them.
func (s *Service) ReplayPlan(ctx context.Context, r control.ReplayRequest) (control.ReplayPlan, error) {
	st, replay, err := s.replay(r)
	if err != nil {
		return control.ReplayPlan{}, err
	}
	look, err := s.engine.Look(replay)
	if err != nil {
		return control.ReplayPlan{}, err
	}
	p := &replayPlan{s: s, st: st, versions: map[uint64]*control.SentWith{}}
	p.out.AtLeast = true
	for began := time.Now(); time.Since(began) < replayBudget && p.out.AtLeast; {
		found, alone, more, err := look.Next(ctx, againLook)
		if err != nil {
			return control.ReplayPlan{}, err
		}
		for _, c := range found {
			p.take(c)
		}
		p.out.Alone += alone
		p.out.AtLeast = more
	}
	return p.end(r), nil
}

// replay puts a question of a window in the engine's terms.
func (s *Service) replay(r control.ReplayRequest) (engine.WebhookState, engine.Replay, error) {
	st, err := s.engine.Webhook(r.Webhook)
	if err != nil {
		return st, engine.Replay{}, err
	}
	out := engine.Replay{
		Webhook: st.Num, Filter: r.Filter, Sources: r.Sources, Types: r.Types, Text: r.Text,
		Revision: r.Revision, PerMinute: r.PerMinute,
	}
	switch {
	case r.PerMinute < 0 || r.PerMinute > paceAtMost:
		return st, out, core.Errorf(core.CodeInvalid, "The pace is 1 to %d messages a minute, or as fast as the webhook's own limits let it.", paceAtMost)
	case !r.Until.IsZero() && !r.Until.After(r.Since):
		return st, out, core.Errorf(core.CodeInvalid, "The time to end at is before the one to begin at.")
	case r.Sent:
		out.Sent = &core.DeliveryQuery{Since: r.Since, Until: r.Until}
		if out.Sent.Until.IsZero() {
			out.Sent.Until = time.Now()
		}
		return st, out, nil
	}
	out.Span.To = s.engine.Head() + 1
	if out.Span.From, err = s.store.SeqAt(r.Since); err != nil {
		return st, out, err
	}
	if !r.Until.IsZero() {
		out.Span.To, err = s.store.SeqAt(r.Until)
	}
	return st, out, err
}

// replayPlan is a ReplayPlan while it is made.
type replayPlan struct {
	s        *Service
	st       engine.WebhookState
	out      control.ReplayPlan
	versions map[uint64]*control.SentWith
}

// take counts a record, and shows the first few.
func (p *replayPlan) take(c engine.Chosen) {
	p.out.Count++
	if !c.Row.IsZero() {
		p.out.Before++
	}
	if c.Revision != 0 {
		at := time.UnixMilli(c.Row.Last)
		v := p.versions[c.Revision]
		if v == nil {
			v = &control.SentWith{Revision: c.Revision, First: at, Last: at, Now: c.Revision == p.st.Revision}
			p.versions[c.Revision] = v
		}
		v.Count++
		if at.Before(v.First) {
			v.First = at
		}
		if at.After(v.Last) {
			v.Last = at
		}
	}
	if len(p.out.Examples) < replayExamples {
		p.out.Examples = append(p.out.Examples, p.example(c))
	}
}

// example shows a record as it was sent, if it was, and as it goes out now.
func (p *replayPlan) example(c engine.Chosen) control.ReplayExample {
	x := control.ReplayExample{Title: c.Event.Name(), Time: c.Event.Time}
	x.After, x.AfterWhy = p.show(p.st.Webhook, c.Event)
	if c.Row.IsZero() {
		x.BeforeWhy = "It was not sent there before."
		return x
	}
	d, err := p.s.store.Delivery(c.Row)
	if err == nil && d.Tries == 0 {
		x.BeforeWhy = "It was not sent there before."
		return x
	}
	var then *core.Webhook
	if err == nil {
		then, err = p.s.store.WebhookAt(c.Row.Webhook, d.Revision)
	}
	if err != nil || d.Event == nil {
		x.BeforeWhy = "What was sent then can no longer be told."
		return x
	}
	x.Before, x.BeforeWhy = p.show(then, d.Event)
	return x
}

// show makes the message of a record, with dots for secrets, or says why there is none.
func (p *replayPlan) show(w *core.Webhook, e *core.Event) (*core.Shown, string) {
	shown, err := message.Show(w, []*core.Event{e}, time.Now(), p.s.p.Version)
	if err != nil {
		return nil, core.Sentence(err)
	}
	shown.URL = ""
	return shown, ""
}

// end advises a pace and says how long it takes.
func (p *replayPlan) end(r control.ReplayRequest) control.ReplayPlan {
	for _, v := range p.versions {
		p.out.Revisions = append(p.out.Revisions, *v)
	}
	slices.SortFunc(p.out.Revisions, func(a, b control.SentWith) int { return cmp.Compare(a.Revision, b.Revision) })
	if p.out.Count > gentleFrom && p.st.Webhook.Pace == (core.Pace{}) {
		p.out.PerMinute = gentle
	}
	if r.PerMinute > 0 {
		p.out.Lasts = time.Duration(p.out.Count) * time.Minute / time.Duration(r.PerMinute)
	}
	return p.out
}

// Replay sends records to a webhook.
func (s *Service) Replay(_ context.Context, r control.ReplayRequest) (job.View, error) {
	st, replay, err := s.replay(r)
	if err != nil {
		return job.View{}, err
	}
	for _, v := range s.jobs.Jobs() {
		if v.State == job.Running && v.About == st.Webhook.ID && (v.Kind == control.JobReplay || v.Kind == control.JobMove) {
			return job.View{}, core.Errorf(core.CodeConflict, "Records are being sent there already. Wait until that is done, or cancel it.")
		}
	}
	return s.begin(engine.Errand{Kind: engine.ErrandReplay, Replay: &replay, Total: r.Count})
}
