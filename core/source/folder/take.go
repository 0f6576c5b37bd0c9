package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
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

// job is one file that is being read.
type job struct {
	file
	f        *os.File
	read     int64 // how far into it
	hash     string
	kind     record.Kind
	encoding record.Encoding
	progress progress
	slice    []*core.Event
	bytes    int
	run      *core.Run         // that it is, once it turns out to be large
	notes    []core.SourceNote // of records that could not be read and are not told of yet
	odd      []core.SourceNote // of records that were taken, likewise
	remarks  int               // of the file so far
}

// take reads a file to its end. An error is about the store.
func (f *Folder) take(ctx context.Context, file file, anyway bool) (again time.Duration, err error) {
	open, writing, err := openFile(f.path(file.name), anyway)
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
	j := &job{file: file, f: open}
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
	text, err := j.survey(ctx)
	if errors.Is(err, errChanged) {
		return f.changed(j.file), false, nil
	} else if err != nil {
		return f.broken(ctx, j, err), false, nil
	}
	if !text && !f.src.Folder.WholeFile && !j.kind.Workbook() && f.src.Folder.Layout.Encoding == "" {
		f.refuse(j, "This is not a text file. Save it as CSV, JSON, XLSX or ODS.")
		return 0, false, nil
	}
	if j.progress, err = f.recall(j.hash); err != nil {
		return 0, false, err
	}
	if j.progress.Done {
		if marks := f.sameAgain(j); marks != nil {
			if err := f.host.Accept(ctx, nil, marks); err != nil {
				return 0, false, err
			}
		}
		if j.progress.Name != j.name {
			f.note(j.name, fmt.Sprintf("This file holds the same as %s, which was read before. It was not sent again.", j.progress.Name))
		}
		return 0, true, nil
	}
	if f.src.Folder.Receipt && j.progress.Filed == nil {
		j.progress.Filed = &Filed{Began: time.Now().UTC()}
	}
	if f.src.Folder.WholeFile {
		return f.whole(ctx, j, text)
	}
	return f.records(ctx, j)
}

// records reads on behind the last accepted slice.
func (f *Folder) records(ctx context.Context, j *job) (again time.Duration, finished bool, err error) {
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
	j.progress.Name = j.name
	for {
		rec, err := r.Next()
		bad, isBad := errors.AsType[*record.Bad](err)
		switch {
		case err == io.EOF:
			return f.finish(ctx, j)
		case isBad:
			j.bad(bad)
		case err != nil:
			return f.broken(ctx, j, err), false, nil
		default:
			j.add(f.event(j, f.src.Type(), rec))
			j.remark(rec)
		}
		if len(j.slice)+len(j.notes) >= sliceEvents || j.bytes >= sliceBytes {
			if err := f.accept(ctx, j); err != nil {
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
	o := record.Options{Kind: j.kind, Encoding: j.encoding}.With(f.src.Folder.Layout)
	if o.Kind == record.JSON && j.progress.Records == 0 {
		if err := j.rehearse(ctx, o); err != nil {
			return nil, err
		}
	}
	return j.open(ctx, o)
}

func (j *job) open(ctx context.Context, o record.Options) (record.Reader, error) {
	return record.Open(opened{ctx, j.f, j.stamp.Size, &j.read}, o)
}

func (j *job) rehearse(ctx context.Context, o record.Options) error {
	r, err := j.open(ctx, o)
	if r != nil {
		defer func() { _ = r.Close() }() // it was only read
	}
	for err == nil || isBad(err) {
		_, err = r.Next()
	}
	if err == io.EOF {
		return nil
	}
	return err
}

func (f *Folder) event(j *job, kind string, rec record.Record) *core.Event {
	return &core.Event{
		ID: core.NewEventID(time.Now()), Type: kind, Source: f.src.ID, Origin: origin(j.name, rec.Place), Data: rec.Data,
	}
}

func (j *job) add(e *core.Event) {
	j.slice = append(j.slice, e)
	j.bytes += len(e.Data)
	j.progress.Records++
	j.progress.Events++
}

// remark tells what is odd about a record that is taken all the same.
func (j *job) remark(rec record.Record) {
	for _, text := range rec.Notes {
		if j.remarks++; j.remarks <= maxNotes {
			j.odd = append(j.odd, core.SourceNote{Where: j.name + ", " + rec.Place, Text: text})
		}
	}
}

func (j *job) bad(b *record.Bad) {
	j.progress.Records++
	if b.Fine { // a row of totals, or the headings once more: nothing is lost
		return
	}
	j.progress.Bad++
	if j.progress.Filed != nil {
		j.progress.Filed.leave(Outcome{Place: fmt.Sprintf("line %d", b.Line), Word: "Not read", Reason: b.Text, At: time.Now().UTC()})
	}
	j.notes = append(j.notes, core.SourceNote{Where: fmt.Sprintf("%s, line %d", j.name, b.Line), Text: b.Text})
}

// accept commits a slice together with how far it goes.
func (f *Folder) accept(ctx context.Context, j *job) error {
	marks := append(f.keepFiled(j), f.mark(keyFile+j.hash, j.progress))
	if j.progress.Done && f.src.Folder.After != core.AfterMove && f.src.Folder.After != core.AfterDelete {
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
	j.slice, j.notes, j.odd, j.bytes = nil, nil, nil, 0
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
func (f *Folder) finish(ctx context.Context, j *job) (again time.Duration, finished bool, err error) {
	if info, err := j.f.Stat(); err != nil || stampOf(info) != j.stamp {
		return f.changed(j.file), false, nil
	}
	j.progress.Done = true
	if err := f.accept(ctx, j); err != nil {
		return 0, false, err
	}
	if n := j.progress.Bad - maxNotes; n > 0 {
		f.note(j.name, fmt.Sprintf("%d more records of this file could not be read.", n))
	}
	f.log.Info("file read", "file", j.name, "events", j.progress.Events, "bad", j.progress.Bad)
	return 0, true, nil
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

// survey reads the file once, for its hash and encoding. text is false for what
// is no text.
func (j *job) survey(ctx context.Context) (text bool, err error) {
	var d record.Detector
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(h, &d), withContext{ctx, j.f}); err != nil {
		return false, err
	}
	if info, err := j.f.Stat(); err != nil || stampOf(info) != j.stamp {
		return false, errChanged
	}
	j.hash = hex.EncodeToString(h.Sum(nil))
	named := false
	if j.kind, named = record.KindOf(j.name); !named {
		j.kind = d.Kind()
	}
	j.encoding, text = d.Encoding()
	return text, nil
}

// opened is the file as package record reads it, until the program ends.
type opened struct {
	ctx  context.Context
	f    *os.File
	size int64
	read *int64 // how far it was read; nil if nobody wants to know
}

func (o opened) Size() int64 { return o.size }

func (o opened) ReadAt(p []byte, at int64) (int, error) {
	if err := o.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := o.f.ReadAt(p, at)
	if o.read != nil {
		*o.read = max(*o.read, at+int64(n))
	}
	return n, err
}

// withContext ends reading when the program does.
type withContext struct {
	ctx context.Context
	r   io.Reader
}

func (w withContext) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}
