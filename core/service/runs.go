package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
)

// Runs gives the large files that are on their way.
func (s *Service) Runs(context.Context) ([]control.RunView, error) {
	views := []control.RunView{}
	for _, r := range s.engine.Runs() {
		views = append(views, s.runView(r))
	}
	return views, nil
}

func (s *Service) runView(r engine.RunInfo) control.RunView {
	v := control.RunView{Run: r.Run, Left: r.Left, Done: r.Done}
	for _, span := range r.Run.Spans {
		v.Records += span.To - span.From
	}
	if info, ok := s.engine.Source(r.Run.Source); ok {
		v.SourceName = info.Row.Source.Name
	}
	return v
}

// SetRun lets a run go on, pauses it or gives it up.
func (s *Service) SetRun(_ context.Context, id string, state core.RunState) error {
	if state != core.RunGoing && state != core.RunPaused && state != core.RunEnded {
		return core.Errorf(core.CodeInvalid, "A file goes on, is paused or is given up.")
	}
	return s.engine.SetRun(id, state)
}

// Settle says of messages that may have arrived that they did.
func (s *Service) Settle(_ context.Context, keys []core.DeliveryKey) (int, error) {
	return s.engine.Settle(keys)
}
