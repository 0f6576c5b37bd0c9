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
)

// comingShown is how many of the next tries Home lists.
const comingShown = 3

// Overview is the Home page.
func (s *Service) Overview(ctx context.Context) (control.Overview, error) {
	now := time.Now()
	hours, err := s.hours(now)
	if err != nil {
		return control.Overview{}, err
	}
	set := s.engine.Settings()
	o := control.Overview{Now: now, Paused: set.Paused, PausedUntil: set.PausedUntil, Hours: hours.day()}
	restored, _ := s.store.Restored()
	o.Resting = restored.Moved
	for _, h := range o.Hours {
		o.DeliveredToday += h.Delivered
		o.FailedToday += h.Failed
	}
	states := s.engine.Webhooks()
	for _, st := range states {
		v := s.view(st, hours)
		o.Webhooks = append(o.Webhooks, v)
		o.Waiting += v.Waiting
		o.Failed += v.Failed
		o.About = o.About || v.About
		if !v.NextTry.IsZero() && (o.NextTry.IsZero() || v.NextTry.Before(o.NextTry)) {
			o.NextTry = v.NextTry
		}
	}
	slices.SortStableFunc(o.Webhooks, func(a, b control.WebhookView) int { return cmp.Compare(urgency(a), urgency(b)) })
	if o.Failed > 0 {
		o.FailedSince = s.failedSince()
	}
	rows := s.engine.Sources()
	o.Sources = len(rows)
	for _, r := range rows {
		if r.State.Last.After(o.LastRecord) {
			o.LastRecord = r.State.Last
		}
	}
	o.Needs = s.needs(o.Webhooks, rows)
	o.Coming = coming(states)
	return o, nil
}

// urgency orders webhooks: what needs somebody first, what rests last.
func urgency(v control.WebhookView) int {
	switch {
	case v.Condition == control.Attention:
		return 0
	case v.Condition == control.Down:
		return 1
	case v.Condition == control.On && v.Failed > 0:
		return 2
	case v.Condition == control.On && v.Waiting > 0:
		return 3
	case v.Condition == control.On:
		return 4
	case v.Condition == control.Paused:
		return 5
	}
	return 6
}

// failedSince is when the oldest of the failures that are kept was last tried.
func (s *Service) failedSince() (since time.Time) {
	failures, err := s.store.Failures()
	if err != nil && len(failures) == 0 {
		return time.Time{}
	}
	for _, f := range failures {
		if since.IsZero() || f.Since.Before(since) {
			since = f.Since
		}
	}
	return since
}

// needs lists what wants a person, the worst first.
func (s *Service) needs(views []control.WebhookView, sources []engine.SourceInfo) []control.Need {
	var needs []control.Need
	for _, p := range s.engine.Problems() {
		needs = append(needs, control.Need{Kind: control.NeedProgram, Title: "Hookbird itself needs attention", Text: p})
	}
	needs = append(needs, s.backupNeeds()...)
	for _, v := range views {
		if n, ok := webhookNeed(v); ok {
			s.stillStands(v, &n)
			needs = append(needs, n)
		}
	}
	for _, r := range sources {
		if n, ok := sourceNeed(r); ok {
			needs = append(needs, n)
		}
	}
	needs = append(needs, s.expiringNeeds()...)
	return append(needs, s.safetyNeeds()...)
}

// sourceNeed says what a source needs of a person, if anything.
func sourceNeed(r engine.SourceInfo) (control.Need, bool) {
	n := control.Need{Kind: control.NeedSource, ID: r.Row.Source.ID}
	name := r.Row.Source.Name
	switch s := r.State; {
	case r.Row.Source.Paused:
		return n, false
	case s.Question != nil:
		n.Title, n.Text, n.Step = name+" asks you something", s.Question.Text, "Answer"
	case !s.Working && s.Cause != "":
		n.Title, n.Text = name+" cannot be read", s.Cause
	case !s.Silent.IsZero():
		n.Title = "Nothing has come from " + name
		n.Text = "Something was expected by " + s.Silent.Local().Format("15:04 on 2 January") + "."
	default:
		return n, false
	}
	return n, true
}

// webhookNeed says what a webhook needs of a person, if anything.
func webhookNeed(v control.WebhookView) (control.Need, bool) {
	n := control.Need{Kind: control.NeedWebhook, ID: v.Webhook.ID}
	if v.Brake != nil {
		n.Kind, n.Title, n.Text = control.NeedBrake, v.Webhook.Name+": "+brakeText(v.Brake)+" Send?", "Nothing is sent until you have answered. New records are kept here."
		return n, true
	}
	gone := v.Condition == control.Off && v.Last != nil && v.Last.Cause == core.CauseGone
	switch {
	case v.Last != nil && (v.Condition == control.Attention || v.Condition == control.Down || gone):
		advice := attempt.Explain(v.Webhook.Name, attempt.KeyOf(&v.Webhook), *v.Last)
		n.Title, n.Text = advice.Title, fate(v)
		n.Step, n.Action = firstStep(v.Condition, advice.Steps)
	case v.Failed > 0:
		n.Title = v.Webhook.Name + ": " + count(v.Failed, "message") + " not accepted"
		n.Text = "They are kept here and can be sent again."
	default:
		return n, false
	}
	return n, true
}

// fate says what happens to the records of a webhook that is held.
func fate(v control.WebhookView) string {
	kept := "Nothing is lost: new records are kept here"
	if v.Waiting > 0 {
		kept = "Nothing is lost: " + count(v.Waiting, "message") + " " + verb(v.Waiting, "is", "are") + " kept here"
	}
	switch v.Condition {
	case control.Down:
		return kept + ". Hookbird asks again by itself."
	case control.Off:
		return kept + " until you give it the new web address and turn it on again."
	}
	return kept + " until you fix it."
}

func count(n uint64, noun string) string {
	return fmt.Sprintf("%d %s", n, verb(n, noun, noun+"s"))
}

func verb(n uint64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// coming are the next tries, one a webhook.
func coming(states []engine.WebhookState) []control.Coming {
	var all []control.Coming
	for _, st := range states {
		if st.NextTry.IsZero() || st.Waiting == 0 {
			continue
		}
		all = append(all, control.Coming{
			At: st.NextTry, WebhookID: st.Webhook.ID, Webhook: st.Webhook.Name, Count: int(st.Waiting), Try: st.NextTries + 1,
		})
	}
	slices.SortFunc(all, func(a, b control.Coming) int { return a.At.Compare(b.At) })
	return all[:min(len(all), comingShown)]
}

// firstStep is what somebody can do first about a held webhook: the first step
// that has a button, or to ask the target once more if it is down.
func firstStep(c control.Condition, steps []attempt.Step) (words, action string) {
	if c == control.Down {
		return "Try now", string(attempt.ActionTestAgain)
	}
	for _, s := range steps {
		if s.Action != attempt.ActionNone {
			return s.Title, string(s.Action)
		}
	}
	return "", ""
}
