package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/openmetrics"
)

// Metrics gives counters in the text format of OpenMetrics.
func (s *Service) Metrics(context.Context) (control.MetricsText, error) {
	m := &metrics{}
	m.program(s)
	states := s.engine.Webhooks()
	slices.SortFunc(states, func(a, b engine.WebhookState) int { return strings.Compare(a.Webhook.ID, b.Webhook.ID) })
	m.messages(states)
	m.tries(states)
	m.sources(s.engine.Sources())
	return control.MetricsText(m.String()), nil
}

// metrics writes what Metrics gives, one family after the other.
type metrics struct{ openmetrics.Text }

func (m *metrics) one(name string, kind openmetrics.Type, unit, help string, value float64) {
	m.Family(name, kind, unit, help)
	if kind == openmetrics.Counter {
		name += "_total"
	}
	m.Sample(name, value)
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (m *metrics) program(s *Service) {
	st := s.storeStatus()
	m.Family("hookbird_build", openmetrics.Info, "", "The program that runs.")
	m.Sample("hookbird_build_info", 1, openmetrics.Label{Name: "version", Value: s.p.Version})
	m.one("hookbird_start_time_seconds", openmetrics.Gauge, "seconds", "When the program started, in Unix time.", float64(s.began.UnixMilli())/1000)
	m.one("hookbird_paused", openmetrics.Gauge, "", "1 while sending is paused for all webhooks.", truth(s.engine.Settings().Paused))
	m.one("hookbird_records", openmetrics.Counter, "", "Records that came in since the data folder was made.", float64(s.engine.Head()))
	m.one("hookbird_store_bytes", openmetrics.Gauge, "bytes", "Size of the file that records and history are kept in.", float64(st.Bytes))
	m.one("hookbird_store_quota_bytes", openmetrics.Gauge, "bytes", "How much the store may hold.", float64(st.Quota))
	m.one("hookbird_store_full", openmetrics.Gauge, "", "1 while the store holds as much as it may, and no records are taken.", truth(st.Full))
	m.one("hookbird_backup_failed", openmetrics.Gauge, "", "1 while the last backup could not be made.", truth(st.BackupFailure != ""))
	if !st.Backup.IsZero() {
		m.one("hookbird_backup_seconds", openmetrics.Gauge, "seconds", "When the newest backup was made, in Unix time.", float64(st.Backup.UnixMilli())/1000)
	}
}

// figure is one figure of each webhook.
type figure struct {
	name, help string
	kind       openmetrics.Type
	of         func(engine.WebhookState) float64
}

var figures = []figure{
	{
		"hookbird_messages_delivered", "Messages that were delivered, tests left out.", openmetrics.Counter,
		func(st engine.WebhookState) float64 { return float64(st.Delivered) },
	},
	{
		"hookbird_messages_failed", "Messages that were given up and are kept.", openmetrics.Gauge,
		func(st engine.WebhookState) float64 { return float64(st.Failed) },
	},
	{
		"hookbird_messages_waiting", "Messages that are still to be delivered.", openmetrics.Gauge,
		func(st engine.WebhookState) float64 { return float64(st.Waiting) },
	},
	{
		"hookbird_messages_retrying", "Messages that were tried and are to be tried again.", openmetrics.Gauge,
		func(st engine.WebhookState) float64 { return float64(st.Retries) },
	},
}

func (m *metrics) messages(states []engine.WebhookState) {
	for _, f := range figures {
		m.Family(f.name, f.kind, "", f.help)
		name := f.name
		if f.kind == openmetrics.Counter {
			name += "_total"
		}
		for _, st := range states {
			m.Sample(name, f.of(st), webhookLabel(st))
		}
	}
	m.Family("hookbird_webhook_state", openmetrics.Gauge, "", "1 for the state that a webhook is in.")
	for _, st := range states {
		for _, c := range []control.Condition{control.On, control.Down, control.Attention, control.Paused, control.Off} {
			m.Sample("hookbird_webhook_state", truth(condition(st) == c), webhookLabel(st), openmetrics.Label{Name: "state", Value: string(c)})
		}
	}
}

func webhookLabel(st engine.WebhookState) openmetrics.Label {
	return openmetrics.Label{Name: "webhook", Value: st.Webhook.ID}
}

func (m *metrics) tries(states []engine.WebhookState) {
	m.Family("hookbird_tries", openmetrics.Counter, "", "Tries since the program started, by what came of them.")
	for _, st := range states {
		for _, cause := range slices.Sorted(maps.Keys(st.Tries.ByCause)) {
			outcome := string(cause)
			if cause == core.CauseNone {
				outcome = "delivered"
			}
			m.Sample("hookbird_tries_total", float64(st.Tries.ByCause[cause]), webhookLabel(st), openmetrics.Label{Name: "outcome", Value: outcome})
		}
	}
	m.Family("hookbird_try_duration_seconds", openmetrics.Histogram, "seconds", "How long tries took since the program started.")
	for _, st := range states {
		count := float64(st.Tries.Count())
		for i, bound := range engine.TryBounds() {
			m.Sample("hookbird_try_duration_seconds_bucket", float64(st.Tries.Within[i]), webhookLabel(st),
				openmetrics.Label{Name: "le", Value: openmetrics.Number(bound.Seconds())})
		}
		m.Sample("hookbird_try_duration_seconds_bucket", count, webhookLabel(st), openmetrics.Label{Name: "le", Value: "+Inf"})
		m.Sample("hookbird_try_duration_seconds_sum", st.Tries.Took.Seconds(), webhookLabel(st))
		m.Sample("hookbird_try_duration_seconds_count", count, webhookLabel(st))
	}
}

func (m *metrics) sources(rows []engine.SourceInfo) {
	label := func(r engine.SourceInfo) openmetrics.Label {
		return openmetrics.Label{Name: "source", Value: r.Row.Source.ID}
	}
	m.Family("hookbird_source_records", openmetrics.Counter, "", "Records that a source brought since it was made.")
	for _, r := range rows {
		m.Sample("hookbird_source_records_total", float64(r.State.Events), label(r))
	}
	m.Family("hookbird_source_left_out", openmetrics.Counter, "", "Records of a source that were left out.")
	for _, r := range rows {
		m.Sample("hookbird_source_left_out_total", float64(r.State.LeftOut), label(r))
	}
	m.Family("hookbird_source_working", openmetrics.Gauge, "", "1 while a source can be read.")
	for _, r := range rows {
		m.Sample("hookbird_source_working", truth(r.State.Working), label(r))
	}
	m.Family("hookbird_source_asking", openmetrics.Gauge, "", "1 while a source waits to be answered in the window.")
	for _, r := range rows {
		m.Sample("hookbird_source_asking", truth(r.State.Question != nil), label(r))
	}
	m.Family("hookbird_source_last_record_seconds", openmetrics.Gauge, "seconds", "When the last record of a source came in, in Unix time.")
	for _, r := range rows {
		if !r.State.Last.IsZero() {
			m.Sample("hookbird_source_last_record_seconds", float64(r.State.Last.UnixMilli())/1000, label(r))
		}
	}
}

// ago writes how long ago a time was, for a text.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return fmt.Sprintf("%s (%s ago)", t.UTC().Format(time.RFC3339), now.Sub(t).Round(time.Second))
}
