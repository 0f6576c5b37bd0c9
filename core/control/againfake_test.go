package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

func (f *fake) AgainPlan(_ context.Context, r AgainRequest) (AgainPlan, error) {
	return reply[AgainPlan](f, "AgainPlan", r)
}

func (f *fake) SendAllAgain(_ context.Context, r AgainRequest) (job.View, error) {
	return reply[job.View](f, "SendAllAgain", r)
}

func (f *fake) ReplayPlan(_ context.Context, r ReplayRequest) (ReplayPlan, error) {
	return reply[ReplayPlan](f, "ReplayPlan", r)
}

func (f *fake) Replay(_ context.Context, r ReplayRequest) (job.View, error) {
	return reply[job.View](f, "Replay", r)
}

func (f *fake) Correction(_ context.Context, key core.DeliveryKey) (CorrectionView, error) {
	return reply[CorrectionView](f, "Correction", key)
}

func (f *fake) PreviewCorrection(_ context.Context, c Correction) (Comparison, error) {
	return reply[Comparison](f, "PreviewCorrection", c)
}

func (f *fake) Correct(_ context.Context, c Correction) error { return f.heard("Correct", c) }

func (f *fake) Leave(_ context.Context, r LeaveRequest) (job.View, error) {
	return reply[job.View](f, "Leave", r)
}
