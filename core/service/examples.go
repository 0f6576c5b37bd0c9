package service

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/source/local"
)

// LocalExamples shows how programs send to a local address. Words stand there in the
// place of its secrets, and notes say which.
func (s *Service) LocalExamples(_ context.Context, id string) (control.Examples, error) {
	info, ok := s.engine.Source(id)
	if !ok || info.Row.Source.Kind != core.KindLocal {
		return control.Examples{}, core.Errorf(core.CodeNotFound, "There is no such local address any more.")
	}
	address := s.engine.Address()
	if address == "" {
		return control.Examples{}, core.Errorf(core.CodeUnavailable, "The local address is not open now.")
	}
	e := control.Examples{Other: local.OtherComputer(address)}
	for _, ex := range local.Examples(address, info.Row.Source) {
		e.List = append(e.List, control.Example(ex))
	}
	return e, nil
}
