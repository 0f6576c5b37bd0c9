package engine

import (
	"encoding/json"
	"time"

	"hookbird/core"
)

// alarm makes an event about Hookbird itself, in the background, if a webhook wants
// it. Any lock may be held.
func (e *Engine) alarm(eventType, title string, data any) {
	if e.life.ending() {
		return
	}
	e.life.spawn(func() {
		if !e.wanted(eventType) {
			return
		}
		now := time.Now()
		text, err := json.Marshal(data)
		if err == nil {
			err = e.take(&op{events: []*core.Event{{
				ID: core.NewEventID(now), Type: eventType, Source: core.AlarmSource, Title: title, Data: text,
			}}})
		}
		if err != nil {
			e.log.Warn("alarm not raised", "type", eventType, "error", err)
		}
	})
}

// wanted tells whether a webhook that is not off wants an event about Hookbird.
func (e *Engine) wanted(eventType string) bool {
	for _, st := range e.Webhooks() {
		if st.Webhook.State != core.StateOff && st.Webhook.Wants(eventType, core.AlarmSource) {
			return true
		}
	}
	return false
}

// What the events about Hookbird itself hold.
type (
	sourceAlarm struct {
		Source string `json:"source"`
		Name   string `json:"name"`
		Cause  string `json:"cause,omitempty"`
		Since  string `json:"since"` // RFC 3339
	}
	webhookAlarm struct {
		Webhook string `json:"webhook"`
		Name    string `json:"name"`
		State   string `json:"state"`
		Cause   string `json:"cause"`
	}
	messageAlarm struct {
		Webhook string `json:"webhook"`
		Name    string `json:"name"`
		Event   string `json:"event"` // id of the record
		Title   string `json:"title"`
		Cause   string `json:"cause"`
	}
)

func alarmOf(src *core.Source, cause string, since time.Time) sourceAlarm {
	return sourceAlarm{Source: src.ID, Name: src.Name, Cause: cause, Since: since.Format(time.RFC3339)}
}

// heldAlarm raises the alarm about a lane that is held. Its lock is held.
func (l *lane) heldAlarm() {
	w, h := l.cfg.webhook, l.place.Health
	l.env.alarm(core.AlarmHeld, w.Name, webhookAlarm{w.ID, w.Name, string(h.State), string(h.Cause)})
}

// failedAlarm raises the alarm about a message that was given up. The lane's lock is
// held.
func (l *lane) failedAlarm(f *finished) {
	w, e := l.cfg.webhook, f.d.event
	if e == nil || core.IsAlarm(e.Type) || f.result.Attempt == nil {
		return
	}
	l.env.alarm(core.AlarmFailed, e.Title, messageAlarm{w.ID, w.Name, e.ID, e.Title, string(f.result.Attempt.Cause)})
}
