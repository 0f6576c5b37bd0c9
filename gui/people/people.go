// Package people shows what is kept about one person, gives it out and has it
// erased, and shows the receipts of that. It must not look for anybody by itself:
// the engine does.
package people

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Service is what this asks of the engine.
type Service interface {
	FindPerson(ctx context.Context, values string) (job.View, error)
	Person(ctx context.Context, jobID string) (control.PersonView, error)
	ExportPerson(ctx context.Context, r control.PersonExport) error
	ErasePerson(ctx context.Context, jobID string) (job.View, error)
	Erased(ctx context.Context) ([]core.Erased, error)
	Copies(ctx context.Context) ([]core.Backup, error)
	DropCopy(ctx context.Context, path string) error
	Jobs(ctx context.Context) ([]job.View, error)
	CancelJob(ctx context.Context, id string) error
	ForgetJob(ctx context.Context, id string) error
}

// Params are what the dialogs need of the window.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Now     func() time.Time
	AskSave func(name string, then func(path string)) // lets somebody choose a file
	Open    func(path string) error                   // shows a page where it can be printed
	Say     func(text string)                         // shows a short message
}

// room is how much of a window a dialog fills at most, so that margin is left on both
// sides together. A window that is not shown yet counts as the least there is.
func (p Params) room(margin, most fyne.Size) fyne.Size {
	return p.Canvas.Size().Max(fyne.NewSize(880, 560)).Subtract(margin).Min(most)
}
