package control

import (
	"context"

	"hookbird/core/job"
)

func (f *fake) Safety(context.Context) (SafetyView, error) { return reply[SafetyView](f, "Safety") }

func (f *fake) TidyUp(context.Context) (job.View, error) { return reply[job.View](f, "TidyUp") }

func (f *fake) SeenRepair(context.Context) error { return f.heard("SeenRepair") }
