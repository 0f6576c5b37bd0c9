package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

// ActivityExport writes what Activity lists into a file.
type ActivityExport interface {
	// ExportActivity writes messages into a file of the computer that the engine runs
	// on, as a job. What is wrong with the place is said at once; a file that is there
	// already is CodeConflict unless it is to be replaced.
	ExportActivity(ctx context.Context, r ExportRequest) (job.View, error)
}

// JobExport is the kind of the job that writes such a file.
const JobExport job.Kind = "export"

// ExportRequest says which messages go into a file: those of Keys or, without any,
// all that Query asks for, whatever its pages. What was never tried is in neither.
type ExportRequest struct {
	Keys    []core.DeliveryKey // at most 500
	Query   ActivityQuery
	Path    string // absolute; its end says what is written: .xlsx or .csv
	Replace bool   // a file that is there already
	Content bool   // also the values of the records, and what came back
}
