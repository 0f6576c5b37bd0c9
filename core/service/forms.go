package service

import (
	"context"

	"hookbird/core/control"
	"hookbird/core/engine"
)

// FillForm takes what was filled into a form.
func (s *Service) FillForm(ctx context.Context, e control.FormEntry) ([]control.Held, error) {
	held, err := s.engine.Fill(ctx, e.Source, e.Rows)
	return heldViews(held), err
}

// HeldRecords gives the records of forms that can still be taken back.
func (s *Service) HeldRecords(context.Context) ([]control.Held, error) {
	return heldViews(s.engine.Held()), nil
}

// UndoForm takes a record of a form back.
func (s *Service) UndoForm(ctx context.Context, h control.Held) error {
	return s.engine.Undo(ctx, h.Source, h.ID)
}

func heldViews(list []engine.Held) []control.Held {
	views := make([]control.Held, len(list))
	for i, h := range list {
		views[i] = control.Held(h)
	}
	return views
}
