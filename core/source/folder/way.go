package folder

import (
	"context"
	"fmt"

	"hookbird/core"
	"hookbird/core/source/record"
)

// way is how the records of a file become events, by what the files of a source hold.
type way interface {
	// recall finds out how far a file was read, which j.progress tells then. done says
	// that nothing of it is left.
	recall(ctx context.Context, j *job) (done bool, err error)

	// look does what has to be done with the next record.
	look(j *job, rec record.Record) error

	// end does what is left to do behind the last record, before the last slice is
	// committed.
	end(ctx context.Context, j *job) error

	// marks tell how far the file was read; j.progress.Done that this is all of it.
	marks(j *job) []core.Mark
}

// wayOf chooses the way of a file.
func (f *Folder) wayOf() way {
	switch f.src.Folder.Holds {
	case core.HoldAll:
		return &everything{f: f}
	case core.Growing:
		return &growing{f: f}
	default:
		return &fresh{f: f}
	}
}

// fileError is trouble with the file that is read, and not with the store.
type fileError struct{ err error }

func (e *fileError) Error() string { return e.err.Error() }

func (e *fileError) Unwrap() error { return e.err }

// fresh is the way of files that hold only new records: each record is an event.
type fresh struct {
	f      *Folder
	repeat repeat
}

func (w *fresh) recall(ctx context.Context, j *job) (done bool, err error) {
	if j.progress, err = w.f.recall(j.hash); err != nil {
		return false, err
	}
	if j.progress.Done {
		return true, w.f.saySame(ctx, j, j.progress.Name)
	}
	if w.f.src.Folder.WholeFile {
		return false, nil
	}
	return false, w.repeat.compare(ctx, w.f, j)
}

func (w *fresh) look(j *job, rec record.Record) error {
	if w.repeat.has(w.f, rec.Data) {
		j.progress.Records++
		return nil
	}
	j.add(w.f.event(j, w.f.src.Type(), rec))
	j.remark(rec)
	return nil
}

func (w *fresh) end(context.Context, *job) error { return nil }

func (w *fresh) marks(j *job) []core.Mark {
	return append(w.repeat.marks(w.f, j), w.f.mark(keyFile+j.hash, j.progress))
}

// saySame tells that a file was not read, because what it holds was read before.
func (f *Folder) saySame(ctx context.Context, j *job, name string) error {
	if marks := f.sameAgain(j, name); marks != nil {
		if err := f.host.Accept(ctx, nil, marks); err != nil {
			return err
		}
	}
	if name != j.name {
		f.note(j.name, fmt.Sprintf("This file holds the same as %s, which was read before. It was not sent again.", name))
	}
	return nil
}
