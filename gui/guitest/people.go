package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// People is what an office holds about a person, and what was done about it.
type People struct {
	Found    control.PersonView // what every FindPerson finds
	Looked   []string           // what FindPerson was asked for
	Exported []control.PersonExport
	Erased   []core.Erased
	Copies   []core.Backup
}

// FindPerson implements control.Service.
func (s *Service) FindPerson(ctx context.Context, values string) (job.View, error) {
	return write(ctx, s, "FindPerson", func(d *Data) (job.View, error) {
		d.People.Looked = append(d.People.Looked, values)
		d.begun(control.JobFind, "Looking for a person")
		d.Jobs[0].State, d.Jobs[0].Ended = job.Done, time.Now()
		return d.Jobs[0], nil
	})
}

// Person implements control.Service.
func (s *Service) Person(ctx context.Context, _ string) (control.PersonView, error) {
	return read(ctx, s, "Person", func(d *Data) (control.PersonView, error) { return d.People.Found, nil })
}

// ExportPerson implements control.Service.
func (s *Service) ExportPerson(ctx context.Context, r control.PersonExport) error {
	_, err := write(ctx, s, "ExportPerson", func(d *Data) (none, error) {
		d.People.Exported = append(d.People.Exported, r)
		return none{}, nil
	})
	return err
}

// ErasePerson implements control.Service.
func (s *Service) ErasePerson(ctx context.Context, _ string) (job.View, error) {
	return write(ctx, s, "ErasePerson", func(d *Data) (job.View, error) {
		found := d.People.Found
		d.People.Erased = append([]core.Erased{{
			ID: "1", At: d.Now, Records: found.Records, Messages: found.Messages, Waiting: found.Waiting, Backups: slices.Clone(d.People.Copies),
		}}, d.People.Erased...)
		return d.begun(control.JobErase, "Erasing a person"), nil
	})
}

// Erased implements control.Service.
func (s *Service) Erased(ctx context.Context) ([]core.Erased, error) {
	return read(ctx, s, "Erased", func(d *Data) ([]core.Erased, error) { return slices.Clone(d.People.Erased), nil })
}

// Copies implements control.Service.
func (s *Service) Copies(ctx context.Context) ([]core.Backup, error) {
	return read(ctx, s, "Copies", func(d *Data) ([]core.Backup, error) { return slices.Clone(d.People.Copies), nil })
}

// DropCopy implements control.Service.
func (s *Service) DropCopy(ctx context.Context, path string) error {
	_, err := write(ctx, s, "DropCopy", func(d *Data) (none, error) {
		d.People.Copies = slices.DeleteFunc(d.People.Copies, func(b core.Backup) bool { return b.Path == path })
		return none{}, nil
	})
	return err
}
