package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
)

func (s *Service) FillForm(context.Context, control.FormEntry) ([]control.Held, error) {
	return nil, core.Errorf(core.CodeNotFound, "There is no such form any more.")
}
func (s *Service) HeldRecords(context.Context) ([]control.Held, error)  { return nil, nil }
func (s *Service) UndoForm(context.Context, control.Held) error         { return nil }
func (s *Service) LocalExamples(context.Context, string) (control.Examples, error) {
	return control.Examples{}, nil
}
func (s *Service) SendTrial(context.Context, string) (control.Trial, error) { return control.Trial{}, nil }
