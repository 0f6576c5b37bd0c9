package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
)

// Status is what --status prints.
func (s *Service) Status(context.Context) (control.Status, error) {
	st := control.Status{
		Events: s.engine.Head(), Version: s.p.Version,
		Address: s.engine.Address(), Paused: s.engine.Settings().Paused,
		Webhooks: []control.WebhookStatus{}, Sources: []control.SourceStatus{},
		Store: s.storeStatus(),
	}
	for _, w := range s.engine.Webhooks() {
		st.Waiting += w.Waiting
		st.Delivered += w.Delivered
		st.Failed += w.Failed
		st.Webhooks = append(st.Webhooks, webhookStatus(w))
	}
	for _, r := range s.engine.Sources() {
		st.Sources = append(st.Sources, control.SourceStatus{
			ID: r.Row.Source.ID, Kind: string(r.Row.Source.Kind), Paused: r.Row.Source.Paused,
			Working: r.State.Working, Cause: r.State.Cause, Asks: asks(r.State.Question), Records: r.State.Events, Last: r.State.Last,
		})
	}
	return st, nil
}

// asks is what a source waits to be answered, "" for nothing.
func asks(q *core.SourceQuestion) string {
	if q == nil {
		return ""
	}
	return q.Text
}

func (s *Service) storeStatus() control.StoreStatus {
	info, room := s.store.Info(), s.engine.Room()
	backup, failure := s.backup.made()
	return control.StoreStatus{
		Bytes: info.Bytes, Quota: room.Quota, Full: room.Full, Format: info.Format,
		Backup: backup, BackupFailure: failure,
	}
}

func webhookStatus(w engine.WebhookState) control.WebhookStatus {
	st := control.WebhookStatus{
		ID: w.Webhook.ID, State: string(condition(w)), Host: hostOf(w.Webhook.Address),
		Waiting: w.Waiting, Delivered: w.Delivered, Failed: w.Failed,
		NextTry: w.NextTry, Last: w.LastGood,
	}
	switch {
	case w.Blocked != "":
		st.Cause = string(w.BlockedBy)
	case w.Health.State != core.HealthGood:
		st.Cause, st.Code, st.Since = string(w.Health.Cause), w.Health.Code, w.Health.Since
	}
	return st
}
