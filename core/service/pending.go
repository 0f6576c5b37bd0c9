package service

import (
	"context"

	"hookbird/core/control"
)

func (s *Service) LocalExamples(context.Context, string) (control.Examples, error) {
	return control.Examples{}, nil
}
