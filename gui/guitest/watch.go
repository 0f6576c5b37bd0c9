package guitest

import (
	"context"
	"slices"

	"hookbird/core/control"
)

// Metrics implements control.Service.
func (s *Service) Metrics(ctx context.Context) (control.MetricsText, error) {
	return read(ctx, s, "Metrics", func(*Data) (control.MetricsText, error) { return "# EOF\n", nil })
}

// Diagnostics implements control.Service.
func (s *Service) Diagnostics(ctx context.Context) ([]control.DiagnosticFile, error) {
	return read(ctx, s, "Diagnostics", func(d *Data) ([]control.DiagnosticFile, error) { return slices.Clone(d.Diagnosis), nil })
}
