package past

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
)

// Offer is how a short message with something to press is shown.
type Offer func(text, action string, act func())

// Removed says that something was removed, with Undo beside it. undone is told once
// it is back, or why it is not.
func Removed(s Service, kind core.PastKind, id, text string, offer Offer, undone func(error)) {
	q := core.PastQuery{Kind: kind, Target: id, Limit: 1}
	background.Run(func(ctx context.Context) ([]control.PastView, error) { return s.Pasts(ctx, q) },
		func(list []control.PastView, err error) {
			if err != nil || len(list) == 0 || list[0].Undo.IsZero() {
				offer(text, "", nil)
				return
			}
			offer(text, "Undo", func() {
				background.Do(func(ctx context.Context) error { return s.UndoRemoval(ctx, list[0].ID) }, undone)
			})
		})
}
