// Package again holds the dialogs in which records are sent once more, a message is
// corrected, and somebody says what becomes of what waits for a webhook that is turned
// off or deleted. It must not send anything by itself: the engine does.
package again

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Service is what the dialogs ask of the engine.
type Service interface {
	ReplayPlan(ctx context.Context, r control.ReplayRequest) (control.ReplayPlan, error)
	Replay(ctx context.Context, r control.ReplayRequest) (job.View, error)
	Correction(ctx context.Context, key core.DeliveryKey) (control.CorrectionView, error)
	PreviewCorrection(ctx context.Context, c control.Correction) (control.Comparison, error)
	Correct(ctx context.Context, c control.Correction) error
	Leave(ctx context.Context, r control.LeaveRequest) (job.View, error)
}

// Params are what every dialog needs.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Now     func() time.Time
	Say     func(text string) // shows a short message
	OnDone  func()            // something was done
}
