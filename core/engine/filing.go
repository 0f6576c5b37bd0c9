package engine

import (
	"encoding/json"

	"hookbird/core"
	"hookbird/core/source/folder"
)

// Of a folder that wants receipts, the commit that stores a file's records also stores
// where in the log they lie, so that it can be told what became of them.

// filedKey is the prefix of the marks by which that is known, each by the name of its
// file.
const filedKey = "filed:"

// maxFiledLeft is how many records that were left out a receipt tells of one by one.
const maxFiledLeft = 1000

// filed is what became of the records of one file on their way into the log.
type filed struct {
	Spans []core.Span      `json:"spans,omitempty"` // where they lie: ascending, both ends set
	Left  []folder.Outcome `json:"left,omitempty"`  // those that were left out
	More  int              `json:"more,omitempty"`  // left out beside them
}

// count is how many records of the file are accounted for.
func (f *filed) count() int {
	n := len(f.Left) + f.More
	for _, s := range f.Spans {
		n += int(s.To - s.From)
	}
	return n
}

// add takes note of an event that is in the log.
func (f *filed) add(seq uint64) {
	if n := len(f.Spans); n > 0 && f.Spans[n-1].To == seq {
		f.Spans[n-1].To++
		return
	}
	f.Spans = append(f.Spans, core.Span{From: seq, To: seq + 1})
}

// leave takes note of a record that was left out.
func (f *filed) leave(place string, l core.LeftOut) {
	if len(f.Left) == maxFiledLeft {
		f.More++
		return
	}
	f.Left = append(f.Left, folder.Outcome{Place: place, Word: "Left out", Reason: l.Why, At: l.At, Good: true})
}

// files gives a source if it wants to know what becomes of its files, else "".
func (f *feed) files(id string) string {
	row, ok := f.row(id)
	if ok && row.Source.Kind == core.KindFolder && row.Source.Folder.Receipt {
		return id
	}
	return ""
}

// fileKey names a file of a source.
type fileKey struct{ source, name string }

// keepFiled adds the marks by which the files of the ops' records are followed. What
// cannot be followed is stored all the same.
func (c *committer) keepFiled(b *core.Batch, ops []*op) {
	files := map[fileKey]*filed{}
	for _, o := range ops {
		if o.filed == "" {
			continue
		}
		for _, e := range o.events {
			f, _ := c.fileOf(files, o.filed, e.Origin)
			f.add(e.Seq)
		}
		for _, l := range o.left {
			f, place := c.fileOf(files, o.filed, l.Origin)
			f.leave(place, l)
		}
	}
	for key, f := range files {
		value, err := json.Marshal(f)
		if err != nil {
			c.log.Error("what becomes of a file is not followed", "file", key.name, "error", err)
			continue
		}
		b.Marks = append(b.Marks, core.Mark{Source: key.source, Key: filedKey + key.name, Value: value})
	}
}

// fileOf gives what is known of the file of a record, and where in it that stood.
func (c *committer) fileOf(files map[fileKey]*filed, source, origin string) (f *filed, place string) {
	name, place := folder.FileOf(origin)
	key := fileKey{source, name}
	if f = files[key]; f != nil {
		return f, place
	}
	f, _, err := readFiled(c.store, source, name)
	if err != nil {
		c.log.Error("what became of a file is not known", "file", name, "error", err)
		f = &filed{}
	}
	files[key] = f
	return f, place
}

// readFiled reads what became of the records of a file so far.
func readFiled(store core.Store, source, name string) (f *filed, ok bool, err error) {
	f = &filed{}
	value, ok, err := store.Mark(source, filedKey+name)
	if err == nil && ok {
		err = json.Unmarshal(value, f)
	}
	return f, ok, err
}

// awaitsReceipt tells whether a run was given up of which a receipt has still to tell.
func (e *Engine) awaitsReceipt(run *core.Run) bool {
	if run.State != core.RunEnded || e.feed.files(run.Source) == "" {
		return false
	}
	_, ok, err := readFiled(e.store, run.Source, run.Name)
	return ok && err == nil
}
