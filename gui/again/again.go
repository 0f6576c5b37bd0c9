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
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
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

// sides shows a message before and after, or why there is none.
func sides(c control.Comparison, before, after string, changed func()) fyne.CanvasObject {
	return widgets.Columns(20, []float32{1, 1}, side(before, c.Before, c.BeforeWhy, changed), side(after, c.After, c.AfterWhy, changed))
}

func side(title string, shown *core.Shown, why string, changed func()) fyne.CanvasObject {
	box := widgets.VBox(6, widgets.NewLine(title, widgets.Label))
	if shown == nil {
		if why == "" {
			why = "There is no such message."
		}
		box.Add(widgets.NewHint(widgets.Info, why))
		return box
	}
	sent := exchange.NewSent()
	sent.Set(shown)
	sent.OnChanged(changed)
	box.Add(sent.Object())
	return box
}
