package guitest

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Brakes is what an office answers about brakes and rehearsals.
type Brakes struct {
	Page     control.RehearsalPage // of every Rehearsal
	Answered []control.BrakeRequest
	Started  []control.StartRequest
}

// AnswerBrake implements control.Service.
func (s *Service) AnswerBrake(ctx context.Context, r control.BrakeRequest) (job.View, error) {
	return write(ctx, s, "AnswerBrake", func(d *Data) (job.View, error) {
		v, err := d.webhook(r.Webhook)
		if err != nil {
			return job.View{}, err
		}
		d.Brakes.Answered = append(d.Brakes.Answered, r)
		v.Brake, v.Condition = nil, control.On
		if r.Choice == control.BrakeThrow {
			return d.begun(control.JobThrow, "Throwing away what waits for "+v.Webhook.Name), nil
		}
		return job.View{}, nil
	})
}

// Rehearsal implements control.Service.
func (s *Service) Rehearsal(ctx context.Context, _ control.RehearsalRequest) (control.RehearsalPage, error) {
	return read(ctx, s, "Rehearsal", func(d *Data) (control.RehearsalPage, error) { return d.Brakes.Page, nil })
}

// StartSending implements control.Service.
func (s *Service) StartSending(ctx context.Context, r control.StartRequest) (job.View, error) {
	return write(ctx, s, "StartSending", func(d *Data) (job.View, error) {
		v, err := d.webhook(r.Webhook)
		if err != nil {
			return job.View{}, err
		}
		d.Brakes.Started = append(d.Brakes.Started, r)
		v.Webhook.State, v.Condition = core.StateOn, control.On
		return job.View{}, nil
	})
}
