package guitest

import (
	"context"
	"path/filepath"

	"hookbird/core/control"
	"hookbird/core/job"
)

// ExportActivity implements control.Service. It writes no file.
func (s *Service) ExportActivity(ctx context.Context, r control.ExportRequest) (job.View, error) {
	return write(ctx, s, "ExportActivity", func(d *Data) (job.View, error) {
		d.Exported = append(d.Exported, r)
		return d.begun(control.JobExport, "Writing messages to "+filepath.Base(r.Path)), nil
	})
}
