package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

func (f *fake) FindPerson(_ context.Context, values string) (job.View, error) {
	return reply[job.View](f, "FindPerson", values)
}

func (f *fake) Person(_ context.Context, id string) (PersonView, error) {
	return reply[PersonView](f, "Person", id)
}

func (f *fake) ExportPerson(_ context.Context, r PersonExport) error {
	return f.heard("ExportPerson", r)
}

func (f *fake) ErasePerson(_ context.Context, id string) (job.View, error) {
	return reply[job.View](f, "ErasePerson", id)
}

func (f *fake) Erased(context.Context) ([]core.Erased, error) {
	return reply[[]core.Erased](f, "Erased")
}

func (f *fake) Copies(context.Context) ([]core.Backup, error) {
	return reply[[]core.Backup](f, "Copies")
}

func (f *fake) DropCopy(_ context.Context, path string) error { return f.heard("DropCopy", path) }
