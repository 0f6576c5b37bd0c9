package control

import (
	"context"

	"hookbird/core/job"
)

func (f *fake) AnswerBrake(_ context.Context, r BrakeRequest) (job.View, error) {
	return reply[job.View](f, "AnswerBrake", r)
}

func (f *fake) Rehearsal(_ context.Context, r RehearsalRequest) (RehearsalPage, error) {
	return reply[RehearsalPage](f, "Rehearsal", r)
}

func (f *fake) StartSending(_ context.Context, r StartRequest) (job.View, error) {
	return reply[job.View](f, "StartSending", r)
}
