package filter

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/value"
)

// Matcher decides which events a webhook takes: by type, source and filter. Any
// goroutine may use it.
type Matcher struct {
	webhook *core.Webhook
	filter  *Filter
}

// For makes the Matcher of a webhook, which must not change while it is in use.
// CodeInvalid if its filter cannot be read.
func For(w *core.Webhook) (*Matcher, error) {
	f, err := Parse(w.Filter)
	if err != nil {
		return nil, err
	}
	return &Matcher{w, f}, nil
}

// Wants tells whether the webhook takes an event. Data that is not JSON is taken
// only where there is no condition.
func (m *Matcher) Wants(e *core.Event) bool {
	if !m.webhook.Wants(e.Type, e.Source) {
		return false
	}
	if m.filter.IsZero() {
		return true
	}
	record, err := value.Parse(e.Data)
	return err == nil && m.filter.Match(record)
}

// Why says in a short sentence why the webhook does not take an event: the first
// condition that does not hold. It is "" if the event is taken.
func (m *Matcher) Why(e *core.Event) string {
	w := m.webhook
	switch {
	case !(&core.Webhook{Sources: w.Sources}).Wants(e.Type, e.Source):
		return "It comes from another source."
	case !w.Wants(e.Type, e.Source):
		return fmt.Sprintf("It is of the type %s.", e.Type)
	case m.filter.IsZero():
		return ""
	}
	record, err := value.Parse(e.Data)
	if err != nil {
		return "The record cannot be read, because it is not JSON."
	}
	for _, v := range m.filter.Explain(record) {
		if !v.OK {
			return v.Sentence
		}
	}
	return ""
}
