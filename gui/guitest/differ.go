package guitest

import (
	"context"

	"hookbird/core/control"
)

// Differences implements control.Service: it answers with Data.Differences.
func (s *Service) Differences(ctx context.Context, _ control.WebhookDraft) (control.Differences, error) {
	return read(ctx, s, "Differences", func(d *Data) (control.Differences, error) { return d.Differences, nil })
}
