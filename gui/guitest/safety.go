package guitest

import (
	"context"

	"hookbird/core/control"
	"hookbird/core/job"
)

// Safety implements control.Service.
func (s *Service) Safety(ctx context.Context) (control.SafetyView, error) {
	return read(ctx, s, "Safety", func(d *Data) (control.SafetyView, error) { return d.Safety, nil })
}

// TidyUp implements control.Service.
func (s *Service) TidyUp(ctx context.Context) (job.View, error) {
	return write(ctx, s, "TidyUp", func(d *Data) (job.View, error) {
		return d.begun(control.JobTidy, "Tidying up the store"), nil
	})
}

// SeenRepair implements control.Service.
func (s *Service) SeenRepair(ctx context.Context) error {
	_, err := write(ctx, s, "SeenRepair", func(d *Data) (none, error) {
		d.Safety.Repair = nil
		return none{}, nil
	})
	return err
}
