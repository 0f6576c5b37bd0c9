package control

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// People is what Hookbird holds about one person: finding, giving out and erasing it.
type People interface {
	// FindPerson looks for all that is kept about a person, as a job of the kind
	// JobFind. values are what they are known by (e-mail address, number, name), one a
	// line; each counts as the whole value of a field. CodeInvalid: there are none, or
	// one is too short.
	FindPerson(ctx context.Context, values string) (job.View, error)
	// Person gives what a job of FindPerson found, once it is done. CodeNotFound: it
	// is not known any more. Hookbird forgets it when it looks for somebody else.
	Person(ctx context.Context, jobID string) (PersonView, error)
	// ExportPerson writes all of what was found into a file that is not there: as
	// JSON or, if Paper, as a page to be printed.
	ExportPerson(ctx context.Context, r PersonExport) error
	// ErasePerson removes all that is kept about a person that was found, as a job of
	// the kind JobErase, and then makes the store anew, so that nothing of it is left
	// on the disk. It goes on after a start.
	ErasePerson(ctx context.Context, jobID string) (job.View, error)
	// Erased gives the receipts of people who were erased, the newest first.
	Erased(ctx context.Context) ([]core.Erased, error)
	// Copies gives the files that hold what the store held at some time, the newest
	// first, and DropCopy deletes one.
	Copies(ctx context.Context) ([]core.Backup, error)
	DropCopy(ctx context.Context, path string) error
}

// Kinds of jobs about a person.
const (
	JobFind  job.Kind = "find-person"
	JobErase job.Kind = "erase-person"
)

// PersonExport says where what was found is written.
type PersonExport struct {
	Job   string // id of the FindPerson
	Path  string // absolute
	Paper bool
}

// PersonView is what is kept about a person.
type PersonView struct {
	Values   []string // that were looked for
	Records  uint64
	Messages uint64
	Waiting  uint64 // of the messages, that are still to be sent
	LeftOut  uint64 // records that a source left out
	Answers  uint64 // messages of others whose answers name the person

	// Remembered is how many rows sources know by values of the person, to tell of them
	// once they are gone.
	Remembered uint64

	// Trail is what happened, oldest first: the newest TrailMost of it.
	Trail []TrailLine
	More  bool // there is more than in Trail
}

// TrailMost is how much of a trail a PersonView holds.
const TrailMost = 500

// TrailLine is one thing that happened to a record of a person.
type TrailLine struct {
	At      time.Time
	Title   string // of the record
	What    string // "came in", "Supporter CRM: delivered", "left out", "on its way in"
	Detail  string // where it came from, or what was told of it; may be ""
	Key     core.DeliveryKey
	Webhook string // name; "" for a record that came in
}
