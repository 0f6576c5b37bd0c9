package service

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
)

const (
	differRecords = 100             // how many an edit is compared on at most
	differTime    = 2 * time.Second // after which what has been compared has to do
)

// Differences compares the messages of the newest records before and after an edit.
func (s *Service) Differences(ctx context.Context, d control.WebhookDraft) (control.Differences, error) {
	st, err := s.engine.Webhook(d.Webhook.ID)
	if err != nil {
		return control.Differences{}, nil // it is new
	}
	now := time.Now() // one for both: a time that is sent is no difference
	until := now.Add(differTime)
	events, err := s.concerning(ctx, differRecords, st.Webhook, &d.Webhook)
	if err != nil && len(events) == 0 {
		return control.Differences{}, err
	}
	before, after := s.newMaker(st.Webhook, now), s.newMaker(&d.Webhook, now)
	var found differences
	for _, e := range events {
		if time.Now().After(until) || ctx.Err() != nil {
			break
		}
		found.Records++
		found.add(e, differ(before.make(e), after.make(e)))
	}
	return found.Differences, ctx.Err()
}

// differences collects records by what differs.
type differences struct{ control.Differences }

// add puts a record into the groups of what differs in its message.
func (d *differences) add(e *core.Event, texts []string) {
	slices.Sort(texts)
	for _, text := range slices.Compact(texts) {
		i := slices.IndexFunc(d.Groups, func(g control.Difference) bool { return g.Text == text })
		if i < 0 {
			i = len(d.Groups)
			d.Groups = append(d.Groups, control.Difference{Text: text})
		}
		d.Groups[i].Rows = append(d.Groups[i].Rows, control.DifferentRow{Seq: e.Seq, Title: e.Name(), Time: e.Time})
	}
}

// maker makes what one state of a webhook sends of a record.
type maker struct {
	w       *core.Webhook
	why     func(*core.Event) string
	at      time.Time
	version string
}

func (s *Service) newMaker(w *core.Webhook, at time.Time) maker {
	return maker{w: w, why: reasons(w), at: at, version: s.p.Version}
}

// made is a message, or why there is none.
type made struct {
	shown  *core.Shown
	wanted bool
	err    error
}

func (m maker) make(e *core.Event) made {
	if m.why(e) != "" {
		return made{}
	}
	shown, err := message.Show(m.w, []*core.Event{e}, m.at, m.version)
	return made{shown: shown, wanted: true, err: err}
}

// differ tells how two messages of one record differ, as the ends of sentences.
// Secrets are dots in both, so that none can be told.
func differ(before, after made) []string {
	switch {
	case before.wanted && !after.wanted:
		return []string{"would no longer be sent"}
	case !before.wanted && after.wanted && after.err == nil:
		return []string{"would be sent now that were not"}
	case after.err != nil && before.err == nil:
		return []string{"could not be built: " + core.Sentence(after.err)}
	case before.shown == nil || after.shown == nil:
		return nil
	}
	return differShown(before.shown, after.shown)
}

func differShown(before, after *core.Shown) (texts []string) {
	if before.Method != after.Method || before.URL != after.URL {
		texts = append(texts, "would go to another address")
	}
	values := differPairs(before.Pairs, after.Pairs)
	if len(values) == 0 && before.Body != after.Body {
		values = []string{"would have another text"}
	}
	texts = append(texts, values...)
	if !slices.Equal(before.Headers, after.Headers) {
		texts = append(texts, "would have other headers")
	}
	return texts
}

// differPairs compares the values of each name. One that is there several times is
// compared as a whole.
func differPairs(before, after []core.Pair) (texts []string) {
	old, now := valuesOf(before), valuesOf(after)
	for name, was := range old {
		is, there := now[name]
		switch {
		case !there:
			texts = append(texts, "would no longer have "+name)
		case slices.Equal(was, is):
		case !slices.ContainsFunc(is, func(v string) bool { return v != "" }):
			texts = append(texts, "would have an empty "+name)
		default:
			texts = append(texts, "would have another value in "+name)
		}
	}
	for name := range now {
		if _, there := old[name]; !there {
			texts = append(texts, "would also have "+name)
		}
	}
	return texts
}

func valuesOf(pairs []core.Pair) map[string][]string {
	values := map[string][]string{}
	for _, p := range pairs {
		values[p.Name] = append(values[p.Name], p.Value)
	}
	return values
}
