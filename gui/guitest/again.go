package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/core/value"
)

// Again is what an office answers about sending again.
type Again struct {
	Standing []control.Standing // of every AgainPlan
	Replay   control.ReplayPlan
	Preview  control.Comparison // of every correction

	Asked     []control.AgainRequest  // what SendAllAgain was asked for
	Replayed  []control.ReplayRequest // what Replay was asked for
	Corrected []control.Correction    // what Correct was asked for
	Left      []control.LeaveRequest  // what Leave was asked for
}

// AgainPlan implements control.Service.
func (s *Service) AgainPlan(ctx context.Context, r control.AgainRequest) (control.AgainPlan, error) {
	return read(ctx, s, "AgainPlan", func(d *Data) (control.AgainPlan, error) {
		p := control.AgainPlan{Standing: slices.Clone(d.Again.Standing)}
		for i := range d.Deliveries {
			del := &d.Deliveries[i]
			asked := slices.Contains(r.Keys, del.Key)
			if len(r.Keys) == 0 {
				asked = del.State == core.Failed
			}
			v, err := d.webhook(del.Webhook)
			if !asked || del.State == core.Waiting || err != nil {
				continue
			}
			p.Count++
			p.One = del.Key
			if del.State == core.Delivered {
				p.Delivered++
			}
			if !slices.Contains(p.Webhooks, v.Webhook.Name) {
				p.Webhooks = append(p.Webhooks, v.Webhook.Name)
			}
		}
		return p, nil
	})
}

// begun adds a job that runs.
func (d *Data) begun(kind job.Kind, title string) job.View {
	v := job.View{ID: "job-" + string(kind), Kind: kind, Title: title, State: job.Running, Began: time.Now()}
	d.Jobs = append([]job.View{v}, d.Jobs...)
	return v
}

// SendAllAgain implements control.Service.
func (s *Service) SendAllAgain(ctx context.Context, r control.AgainRequest) (job.View, error) {
	return write(ctx, s, "SendAllAgain", func(d *Data) (job.View, error) {
		d.Again.Asked = append(d.Again.Asked, r)
		return d.begun(control.JobAgain, "Sending messages again"), nil
	})
}

// ReplayPlan implements control.Service.
func (s *Service) ReplayPlan(ctx context.Context, r control.ReplayRequest) (control.ReplayPlan, error) {
	return read(ctx, s, "ReplayPlan", func(d *Data) (control.ReplayPlan, error) {
		p := d.Again.Replay
		if r.PerMinute > 0 {
			p.Lasts = time.Duration(p.Count) * time.Minute / time.Duration(r.PerMinute)
		}
		return p, nil
	})
}

// Replay implements control.Service.
func (s *Service) Replay(ctx context.Context, r control.ReplayRequest) (job.View, error) {
	return write(ctx, s, "Replay", func(d *Data) (job.View, error) {
		d.Again.Replayed = append(d.Again.Replayed, r)
		return d.begun(control.JobReplay, "Sending records"), nil
	})
}

// Correction implements control.Service.
func (s *Service) Correction(ctx context.Context, key core.DeliveryKey) (control.CorrectionView, error) {
	return read(ctx, s, "Correction", func(d *Data) (control.CorrectionView, error) {
		del, err := d.delivery(key)
		if err != nil {
			return control.CorrectionView{}, err
		}
		v := control.CorrectionView{Key: key, Title: del.Event.Name(), Webhook: del.Webhook}
		if hook, err := d.webhook(del.Webhook); err == nil {
			v.Webhook = hook.Webhook.Name
		}
		for _, l := range value.Leaves(del.Event.Data) {
			v.Fields = append(v.Fields, control.CorrectionField{Pointer: l.Pointer, Name: l.Name, Kind: l.Kind.Word(), Value: l.Text, Logged: l.Text})
		}
		return v, nil
	})
}

// PreviewCorrection implements control.Service.
func (s *Service) PreviewCorrection(ctx context.Context, _ control.Correction) (control.Comparison, error) {
	return read(ctx, s, "PreviewCorrection", func(d *Data) (control.Comparison, error) { return d.Again.Preview, nil })
}

// Correct implements control.Service.
func (s *Service) Correct(ctx context.Context, c control.Correction) error {
	_, err := write(ctx, s, "Correct", func(d *Data) (none, error) {
		d.Again.Corrected = append(d.Again.Corrected, c)
		return none{}, nil
	})
	return err
}

// Leave implements control.Service.
func (s *Service) Leave(ctx context.Context, r control.LeaveRequest) (job.View, error) {
	v, err := write(ctx, s, "Leave", func(d *Data) (job.View, error) {
		d.Again.Left = append(d.Again.Left, r)
		if r.Waiting == control.WaitingStays {
			return job.View{}, nil
		}
		return d.begun(control.JobLeave, "Sending what waits"), nil
	})
	switch {
	case err != nil || r.Waiting != control.WaitingStays:
	case r.Delete:
		err = s.DeleteWebhook(ctx, r.Webhook, r.Revision)
	default:
		err = s.SetState(ctx, r.Webhook, core.StateOff, false)
	}
	return v, err
}
