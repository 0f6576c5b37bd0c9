package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// Limits of one slice, which is accepted as a whole.
const (
	sliceEvents = 1000
	sliceBytes  = 4 << 20
)

// maxNotes is how many bad records of one file are told of one by one.
const maxNotes = 20

// take reads a file to its end. An error is about the store.
func (f *Folder) take(ctx context.Context, file file, anyway bool) (again time.Duration, err error) {
	open, writing, err := openFile(f.path(file.name), anyway || f.grows())
	switch {
	case writing && anyway:
		return f.later(file, "Another program keeps this file to itself. Hookbird reads it once that program has closed it.", err), nil
	case writing:
		return settle, nil
	case errors.Is(err, fs.ErrNotExist):
		return f.changed(file), nil
	case errors.Is(err, fs.ErrPermission):
		return f.later(file, "Hookbird is not allowed to read this file. Give your user the right to read it.", err), nil
	case err != nil:
		return f.later(file, "This file cannot be opened now. Hookbird tries again by itself.", err), nil
	}
	j := &job{file: file, f: open, size: file.stamp.Size}
	again, finished, err := f.read(ctx, j)
	_ = open.Close() // it was only read
	if finished && err == nil {
		return f.putAway(ctx, j)
	}
	return again, err
}

// read brings all records of an open file into the store. finished tells that
// none is left.
func (f *Folder) read(ctx context.Context, j *job) (again time.Duration, finished bool, err error) {
	text, err := j.survey(ctx, f.grows())
	if errors.Is(err, errChanged) {
		return f.changed(j.file), false, nil
	} else if err != nil {
		return f.broken(ctx, j, err), false, nil
	}
	if !text && !f.src.Folder.WholeFile && !j.kind.Workbook() && f.src.Folder.Layout.Encoding == "" {
		f.refuse(j, "This is not a text file. Save it as CSV, JSON, XLSX or ODS.")
		return 0, false, nil
	}
	w := f.wayOf()
	done, err := w.recall(ctx, j)
	if bad, ok := errors.AsType[*fileError](err); ok {
		return f.broken(ctx, j, bad.err), false, nil
	} else if core.CodeOf(err) == core.CodeInvalid {
		return f.broken(ctx, j, err), false, nil
	} else if err != nil || done {
		return 0, done, err
	}
	if f.src.Folder.Receipt && j.progress.Filed == nil {
		j.progress.Filed = &Filed{Began: time.Now().UTC()}
	}
	j.progress.Name = j.name
	if f.src.Folder.WholeFile {
		return f.whole(ctx, j, w, text)
	}
	return f.records(ctx, j, w)
}

// grows tells whether files grow while they are read.
func (f *Folder) grows() bool { return f.src.Folder.Holds == core.Growing }

// records reads on behind the last accepted slice.
func (f *Folder) records(ctx context.Context, j *job, w way) (again time.Duration, finished bool, err error) {
	r, err := f.reader(ctx, j)
	if err != nil {
		return f.broken(ctx, j, err), false, nil
	}
	defer func() { _ = r.Close() }() // it was only read
	if columns := r.Columns(); columns != nil {
		if err := f.host.Columns(ctx, f.src.ID, columns); err != nil {
			return 0, false, err
		}
	}
	for range j.progress.Records {
		if _, err := r.Next(); err != nil && !isBad(err) {
			return f.broken(ctx, j, err), false, nil
		}
	}
	for {
		rec, err := r.Next()
		bad, isBad := errors.AsType[*record.Bad](err)
		switch {
		case err == io.EOF:
			return f.finish(ctx, j, w)
		case isBad:
			j.bad(bad, f.grows())
		case err != nil:
			return f.broken(ctx, j, err), false, nil
		default:
			j.settled()
			if err := w.look(j, rec); core.CodeOf(err) == core.CodeInvalid {
				return f.broken(ctx, j, err), false, nil
			} else if err != nil {
				return 0, false, err
			}
		}
		if j.full() {
			if err := f.accept(ctx, j, w); err != nil {
				return 0, false, err
			}
		}
	}
}

func isBad(err error) bool {
	_, ok := errors.AsType[*record.Bad](err)
	return ok
}

// reader opens the file's records. A JSON file that is cut off, or is not JSON,
// is found out before anything of it is accepted: the whole one may follow.
func (f *Folder) reader(ctx context.Context, j *job) (record.Reader, error) {
	o := f.options(j)
	if o.Kind == record.JSON && j.progress.Records == 0 {
		if err := j.rehearse(ctx, o); err != nil {
			return nil, err
		}
	}
	return j.open(ctx, o)
}

func (f *Folder) options(j *job) record.Options {
	return record.Options{Kind: j.kind, Encoding: j.encoding}.With(f.src.Folder.Layout)
}

func (f *Folder) event(j *job, kind string, rec record.Record) *core.Event {
	return &core.Event{
		ID: core.NewEventID(time.Now()), Type: kind, Source: f.src.ID, Origin: origin(j.name, rec.Place), Data: rec.Data,
	}
}

// accept commits a slice together with how far it goes.
func (f *Folder) accept(ctx context.Context, j *job, w way) error {
	marks := append(f.keepFiled(j), w.marks(j)...)
	if stays := f.src.Folder.After != core.AfterMove && f.src.Folder.After != core.AfterDelete; j.progress.Done && stays && !f.grows() {
		marks = append(marks, f.mark(keySeen+j.name, known{stamp: j.stamp}))
	}
	if err := f.mayRead(ctx); err != nil {
		return err
	}
	if err := f.host.AcceptRun(ctx, f.asRun(j), j.slice, marks); err != nil {
		return err
	}
	f.tell(j)
	told := j.progress.Bad - len(j.notes)
	for i, n := range j.notes {
		if told+i < maxNotes {
			f.note(n.Where, n.Text)
		}
	}
	for _, n := range j.odd {
		f.note(n.Where, n.Text)
	}
	if len(j.left) > 0 {
		f.host.LeaveOut(f.src.ID, j.left)
	}
	j.slice, j.notes, j.odd, j.left, j.bytes = nil, nil, nil, nil, 0
	return nil
}

// tell tells how far a file is that is not read in a moment.
func (f *Folder) tell(j *job) {
	if j.progress.Records >= core.BulkFrom || j.read > sliceBytes {
		p := &core.Progress{What: j.name, Done: min(j.read, j.stamp.Size), Total: j.stamp.Size, Records: int64(j.progress.Records)}
		f.host.Progress(f.src.ID, p)
	}
}

// asRun gives the run that a large file is, nil for a smaller one.
func (f *Folder) asRun(j *job) *core.Run {
	if j.progress.Events < core.BulkFrom {
		return nil
	}
	if j.run == nil {
		j.run = &core.Run{ID: f.src.ID + ":" + j.hash[:16], Source: f.src.ID, Name: j.name, Started: time.Now()}
	}
	return j.run
}

// finish commits the last slice, if the file is still what was hashed.
func (f *Folder) finish(ctx context.Context, j *job, w way) (again time.Duration, finished bool, err error) {
	if !f.untouchedSince(j) {
		return f.changed(j.file), false, nil
	}
	if err := w.end(ctx, j); err != nil {
		return 0, false, err
	}
	j.progress.Done = true
	if err := f.accept(ctx, j, w); err != nil {
		return 0, false, err
	}
	if n := j.progress.Bad - maxNotes; n > 0 {
		f.note(j.name, fmt.Sprintf("%d more records of this file could not be read.", n))
	}
	f.log.Info("file read", "file", j.name, "events", j.progress.Events, "bad", j.progress.Bad)
	return 0, true, nil
}

// untouchedSince tells whether what was read of a file is still what it holds.
func (f *Folder) untouchedSince(j *job) bool {
	info, err := j.f.Stat()
	if err != nil {
		return false
	}
	return stampOf(info) == j.stamp || f.grows() && info.Size() >= j.size
}

// broken deals with a file that cannot be read on: for what is in it, it is
// refused until it changes; for the disk's sake, it is tried again.
func (f *Folder) broken(ctx context.Context, j *job, err error) time.Duration {
	switch {
	case ctx.Err() != nil:
		return 0
	case errors.Is(err, errChanged):
		return f.changed(j.file)
	case core.CodeOf(err) == core.CodeInvalid:
		f.refuse(j, core.Sentence(err))
		return 0
	}
	return f.later(j.file, "This file cannot be read now. Hookbird tries again by itself.", err)
}

// refuse leaves a file in place, for what is in it, until it changes.
func (f *Folder) refuse(j *job, why string) {
	if j.progress.Records > 0 {
		f.note(j.name, why+" The file was left in place and the rest of it was not sent.")
	} else {
		f.note(j.name, why+" The file was left in place and nothing of it was sent.")
	}
	f.known[j.name] = known{stamp: j.stamp, refused: true}
}

var errChanged = errors.New("the file has changed")
