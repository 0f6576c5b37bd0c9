package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// job is one file that is being read.
type job struct {
	file
	f        *os.File
	read     int64 // how far into it
	hash     string
	kind     record.Kind
	encoding record.Encoding
	progress progress
	size     int64 // of what is read of it
	slice    []*core.Event
	marks    []core.Mark // that belong to the slice
	left     []core.LeftOut
	lacking  int // records without what tells them apart
	bytes    int
	learn    bool              // nothing of it is sent
	pending  *record.Bad       // the last record, of a file that grows: perhaps it is not whole
	run      *core.Run         // that it is, once it turns out to be large
	notes    []core.SourceNote // of records that could not be read and are not told of yet
	odd      []core.SourceNote // of records that were taken, likewise
	remarks  int               // of the file so far
}

// full tells whether a slice is to be committed.
func (j *job) full() bool {
	return len(j.slice)+len(j.notes)+len(j.marks) >= sliceEvents || j.bytes >= sliceBytes
}

func (j *job) open(ctx context.Context, o record.Options) (record.Reader, error) {
	return record.Open(opened{ctx, j.f, j.size, &j.read}, o)
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

// add hands on the next record as an event.
func (j *job) add(e *core.Event) {
	j.progress.Records++
	j.give(e)
}

// give hands on an event.
func (j *job) give(e *core.Event) {
	j.slice = append(j.slice, e)
	j.bytes += len(e.Data)
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

// bad takes note of a record that cannot be read. One that may still be written counts
// once another follows.
func (j *job) bad(b *record.Bad, grows bool) {
	j.settled()
	if grows && !b.Fine {
		j.pending = b
		return
	}
	j.count(b)
}

// settled counts the record before.
func (j *job) settled() {
	if j.pending != nil {
		j.count(j.pending)
		j.pending = nil
	}
}

func (j *job) count(b *record.Bad) {
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

// survey reads the file once, for its hash and encoding. text is false for what
// is no text.
func (j *job) survey(ctx context.Context, grows bool) (text bool, err error) {
	var d record.Detector
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(h, &d), withContext{ctx, io.LimitReader(j.f, j.stamp.Size)}); err != nil {
		return false, err
	}
	if info, err := j.f.Stat(); err != nil || stampOf(info) != j.stamp && !grows {
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
