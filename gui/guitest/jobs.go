package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// Jobs implements control.Service.
func (s *Service) Jobs(ctx context.Context) ([]job.View, error) {
	return read(ctx, s, "Jobs", func(d *Data) ([]job.View, error) { return slices.Clone(d.Jobs), nil })
}

// Job implements control.Service.
func (s *Service) Job(ctx context.Context, id string) (job.View, error) {
	return read(ctx, s, "Job", func(d *Data) (job.View, error) {
		j, err := d.job(id)
		if err != nil {
			return job.View{}, err
		}
		return *j, nil
	})
}

// CancelJob implements control.Service.
func (s *Service) CancelJob(ctx context.Context, id string) error {
	_, err := write(ctx, s, "CancelJob", func(d *Data) (none, error) {
		j, err := d.job(id)
		if err == nil && j.State == job.Running {
			j.State, j.Ended = job.Cancelled, time.Now()
		}
		return none{}, err
	})
	return err
}

// ForgetJob implements control.Service.
func (s *Service) ForgetJob(ctx context.Context, id string) error {
	_, err := write(ctx, s, "ForgetJob", func(d *Data) (none, error) {
		d.Jobs = slices.DeleteFunc(d.Jobs, func(v job.View) bool { return v.ID == id })
		return none{}, nil
	})
	return err
}

func (d *Data) job(id string) (*job.View, error) {
	for i := range d.Jobs {
		if d.Jobs[i].ID == id {
			return &d.Jobs[i], nil
		}
	}
	return nil, core.Errorf(core.CodeNotFound, "Hookbird does not know of this work any more.")
}
