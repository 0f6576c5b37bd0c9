package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/message"
)

// hoursAtMost is the longest time that hours are counted for at once.
const hoursAtMost = 366 * 24 * time.Hour

// Groups gives the failed messages by what they have in common.
func (s *Service) Groups(context.Context) ([]control.Group, error) {
	failures, err := s.store.Failures()
	if err != nil && len(failures) == 0 {
		return nil, err
	}
	states := map[uint32]engine.WebhookState{}
	for _, st := range s.engine.Webhooks() {
		states[st.Num] = st
	}
	groups := make([]control.Group, 0, len(failures))
	for _, f := range failures {
		if st, ok := states[f.Webhook]; ok {
			groups = append(groups, group(f, st))
		}
	}
	slices.SortStableFunc(groups, func(a, b control.Group) int {
		if a.Standing != b.Standing {
			return cmp.Compare(rank(a), rank(b))
		}
		return cmp.Compare(b.Count, a.Count)
	})
	return groups, nil
}

// stillStands says of a webhook that is on and has failed messages what to do first,
// if the newest of its largest group failed because of settings that are as they were.
func (s *Service) stillStands(v control.WebhookView, n *control.Need) {
	if n.Step != "" || v.Condition != control.On || v.Failed == 0 {
		return
	}
	st, err := s.engine.Webhook(v.Webhook.ID)
	if err != nil {
		return
	}
	failures, _ := s.store.Failures() // those that are whole
	var most core.Failure
	for _, f := range failures {
		if f.Webhook == st.Num && f.Count > most.Count {
			most = f
		}
	}
	d, err := s.store.Delivery(most.Example)
	if most.Count == 0 || err != nil {
		return
	}
	if why, ok := standing(st, d); ok && why.Step != "" {
		n.Title = fmt.Sprintf("%s: %d × %s", v.Webhook.Name, most.Count, attempt.Few(most.Cause))
		n.Text = "They are kept here and can be sent again once that is put right."
		n.Step, n.Action = why.Step, why.Action
	}
}

func rank(g control.Group) int {
	if g.Standing {
		return 0
	}
	return 1
}

func group(f core.Failure, st engine.WebhookState) control.Group {
	g := control.Group{
		Ref:     control.GroupRef{Webhook: st.Webhook.ID, Cause: f.Cause, Code: f.Code},
		Webhook: st.Webhook.Name, Words: attempt.Few(f.Cause), Count: f.Count, Since: f.Since, Newest: f.Newest,
		WebhookOn: condition(st), Example: f.Example, Sendable: st.Webhook.State == core.StateOn,
	}
	switch {
	case st.Blocked != "":
		g.Standing = st.BlockedBy == f.Cause
	case st.Health.State != core.HealthGood:
		g.Standing = st.Health.Cause == f.Cause
	}
	advice := attempt.Explain(st.Webhook.Name, attempt.KeyOf(st.Webhook), core.Attempt{Cause: f.Cause, Code: f.Code})
	for _, step := range advice.Steps {
		if step.Action != attempt.ActionNone {
			g.Step, g.Action = step.Title, string(step.Action)
			break
		}
	}
	return g
}

// CountActivity counts the messages that a query asks for, or a part of them.
func (s *Service) CountActivity(ctx context.Context, q control.ActivityQuery) (control.ActivityCount, error) {
	query, err := s.query(q)
	if err != nil {
		return control.ActivityCount{}, err
	}
	if query.Look <= 0 || query.Look > countLook {
		query.Look = countLook
	}
	n, err := s.countRows(ctx, query)
	if err != nil {
		return control.ActivityCount{}, err
	}
	n.Of, err = s.historyRows()
	return n, err
}

// countRows counts rows of the history, tests left out unless they alone are asked
// for.
func (s *Service) countRows(ctx context.Context, q core.DeliveryQuery) (control.ActivityCount, error) {
	if q.Tests == core.WithTests {
		q.Tests = core.WithoutTests
	}
	found, err := s.store.CountDeliveries(ctx, q)
	if core.CodeOf(err) == core.CodeInternal && len(found.States) > 0 {
		err = nil // what is damaged is left out
	}
	n := control.ActivityCount{
		Failed: found.States[core.Failed], Waiting: found.States[core.Waiting], Delivered: found.States[core.Delivered],
		Looked: found.Looked, Next: found.Next,
	}
	for _, count := range found.States {
		n.All += count
	}
	return n, err
}

// ActivityHours counts messages by the hour in which they ended.
func (s *Service) ActivityHours(_ context.Context, r control.HoursRequest) ([]control.Hour, error) {
	switch {
	case r.To.Before(r.From):
		return nil, core.Errorf(core.CodeInvalid, "The time to count to is before the one to count from.")
	case r.To.Sub(r.From) > hoursAtMost:
		return nil, core.Errorf(core.CodeInvalid, "Hours are counted for at most a year at once.")
	}
	query, err := s.query(control.ActivityQuery{Webhooks: r.Webhooks})
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Hours(r.From, r.To)
	if err != nil && len(rows) == 0 {
		return nil, err
	}
	hours := []control.Hour{}
	for _, row := range rows {
		if len(query.Webhooks) > 0 && !slices.Contains(query.Webhooks, row.Webhook) {
			continue
		}
		if n := len(hours); n == 0 || !hours[n-1].Start.Equal(row.Hour) {
			hours = append(hours, control.Hour{Start: row.Hour})
		}
		last := &hours[len(hours)-1]
		last.Delivered += row.Delivered
		last.Failed += row.Failed
	}
	return hours, nil
}

// Kept says what is kept, from when on, and what goes soon.
func (s *Service) Kept(context.Context) (control.KeptView, error) {
	v := control.KeptView{}
	v.ContentDays, v.TraceDays, v.UnfinishedDays = s.engine.Settings().Days()
	reach, err := s.store.Reach()
	if err != nil {
		return v, err
	}
	if reach.First != 0 {
		v.Records = s.engine.Head() - reach.First + 1
	}
	v.RecordsSince, v.MessagesSince = reach.FirstTime, reach.FirstRow
	v.Messages, err = s.historyRows()
	for _, x := range s.engine.Expiring() {
		v.Expiring = append(v.Expiring, expiring(x))
	}
	return v, err
}

func expiring(x engine.Expiring) control.Expiring {
	v := control.Expiring{Failed: x.Failed, Held: x.Held, Unwanted: x.Unwanted, About: x.About, From: x.First, Until: x.Last}
	if x.Webhook != nil {
		v.WebhookID, v.Webhook = x.Webhook.ID, x.Webhook.Name
	}
	return v
}

// expiringNeeds says what goes soon although it was never delivered, a webhook after
// the other. What no webhook wanted needs nobody where conditions leave it out, as
// somebody meant it; only Kept tells of it then.
func (s *Service) expiringNeeds() (needs []control.Need) {
	_, _, days := s.engine.Settings().Days()
	for _, x := range s.engine.Expiring() {
		if x.Webhook == nil {
			if s.goesNowhere() {
				needs = append(needs, unwantedNeed(x, days))
			}
			continue
		}
		n := control.Need{Kind: control.NeedExpiring, ID: x.Webhook.ID}
		what := count(x.Failed, "failed message")
		switch {
		case x.Failed == 0:
			what = about(x.About) + count(x.Held, "waiting message")
		case x.Held > 0:
			what += " and " + about(x.About) + count(x.Held, "waiting one")
		}
		n.Title = fmt.Sprintf("%s: %s will be removed from %s on", x.Webhook.Name, what, x.First.Local().Format("2 January"))
		n.Text = fmt.Sprintf("What was not delivered is kept for %d days. Send it before then, or keep such records for longer in Settings.", days)
		needs = append(needs, n)
	}
	return needs
}

// goesNowhere tells whether the records of a source, or of all, go to no webhook.
func (s *Service) goesNowhere() bool {
	hooks := s.engine.Webhooks()
	for _, src := range s.engine.Sources() {
		wanted := func(st engine.WebhookState) bool { return st.Webhook.Wants(src.Row.Source.Type(), src.Row.Source.ID) }
		if !slices.ContainsFunc(hooks, wanted) {
			return true
		}
	}
	return len(hooks) == 0
}

func unwantedNeed(x engine.Expiring, days int) control.Need {
	return control.Need{
		Kind:  control.NeedProgram,
		Title: fmt.Sprintf("%s that no webhook wanted will be removed from %s on", count(x.Unwanted, "record"), x.First.Local().Format("2 January")),
		Text:  fmt.Sprintf("A source leads to no webhook. Such records are kept for %d days: make a webhook for them before then, or keep them for longer in Settings.", days),
	}
}

func about(is bool) string {
	if is {
		return "about "
	}
	return ""
}

// tries gives what was sent and answered with each try that is kept. What was sent
// is made again from the settings and the record of then, with dots for secrets.
func (s *Service) tries(d *core.Delivery) []control.TryView {
	all := make([]control.TryView, len(d.Attempts))
	hooks := map[uint64]*core.Webhook{}
	for i, a := range d.Attempts {
		all[i].Attempt = a
		revision := cmp.Or(a.Revision, d.Revision)
		event := d.Event
		if !a.Corrected && d.Logged != nil {
			event = d.Logged
		}
		if event == nil {
			continue
		}
		if _, known := hooks[revision]; !known {
			hooks[revision], _ = s.store.WebhookAt(d.Key.Webhook, revision) // nil: not kept
		}
		w := hooks[revision]
		if w == nil {
			continue
		}
		if shown, err := message.Show(w, []*core.Event{event}, a.At, s.p.Version); err == nil {
			shown.URL = ""
			all[i].Sent = shown
			all[i].Same = i > 0 && sameSent(all[i-1].Sent, shown)
		}
	}
	return all
}

// sameSent tells whether two tries sent the same, but for what changes with the
// time.
func sameSent(a, b *core.Shown) bool {
	return a != nil && a.Method == b.Method && a.Host == b.Host && a.Body == b.Body && slices.Equal(a.Pairs, b.Pairs)
}
