package folder

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/changes"
)

// place is what makes it another list of records: what is there then is asked about
// anew.
func (f *Folder) place() string {
	c := f.src.Folder
	var parts []string
	if patterns := f.patterns(); len(patterns) > 0 {
		parts = append(parts, "match "+strings.Join(patterns, ";"))
	}
	if c.Subfolders {
		parts = append(parts, "subfolders")
	}
	if c.WholeFile {
		parts = append(parts, "whole files")
	}
	if c.Holds != core.HoldNew {
		parts = append(parts, string(c.Holds))
	}
	if c.Holds == core.HoldAll {
		parts = append(parts, "keys "+strings.Join(c.Keys, "\x00"), c.Layout.Sheet, c.Layout.Element, c.Layout.List)
	}
	return strings.Join(append([]string{c.Path}, parts...), "\n")
}

// beginWith starts with the files of a place that was never listed: what is known of
// another one that the source watched before is forgotten.
func (f *Folder) beginWith(ctx context.Context, files []file, begun core.Mark) error {
	text := ""
	if f.src.Existing.Do == core.ExistingAsk || f.rereads() {
		text = f.existingText(ctx, files)
	}
	from, err := source.Existing(f.host, f.src, f.place(), text, true)
	switch {
	case err != nil:
		return err
	case from.Do == core.ExistingAsk && len(files) > 0:
		return core.Errorf(core.CodeConflict, "Hookbird waits until somebody says what is to become of the files that are there already.")
	}
	marks, err := f.forgotten(ctx)
	if err != nil {
		return err
	}
	old := files
	if from.Do == core.ExistingSince {
		old = slices.DeleteFunc(slices.Clone(files), func(each file) bool { return !time.Unix(0, each.stamp.Mtime).Before(from.Since) })
	}
	now := map[string]known{}
	if from.Do == core.ExistingSkip || from.Do == core.ExistingSince {
		marks = append(marks, f.skip(old, now)...)
	}
	if err := f.host.Accept(ctx, nil, append(marks, begun)); err != nil {
		return err
	}
	f.known = now
	return f.loadLearning()
}

// rereads tells whether the source is to read once more what is there.
func (f *Folder) rereads() bool {
	_, ok, err := source.RereadOf(f.host.Mark, f.src.ID)
	return ok || err != nil
}

// forgotten gives the marks that take away what is known of another place.
func (f *Folder) forgotten(ctx context.Context) (marks []core.Mark, err error) {
	for name := range f.known {
		marks = append(marks, core.Mark{Source: f.src.ID, Key: keySeen + name})
	}
	for _, prefix := range []string{KeyReceipt, keyLearn, keyWhole, keyTold} {
		err = f.host.Marks(f.src.ID, prefix, func(key string, _ []byte) error {
			marks = append(marks, core.Mark{Source: f.src.ID, Key: key})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	others := changes.New(f.host, f.src.ID, f.place(), changes.Shape{})
	return marks, others.Others(func(list []core.Mark) error {
		return f.host.Accept(ctx, nil, list)
	})
}

// skip leaves out files that were there at first. Where only part of a file counts, it
// is read all the same, so that it is known what to leave out: of files that hold
// everything the newest, and every one that grows.
func (f *Folder) skip(files []file, now map[string]known) (marks []core.Mark) {
	for i, each := range files {
		if f.grows() || f.src.Folder.Holds == core.HoldAll && i == len(files)-1 {
			marks = append(marks, f.mark(keyLearn+each.name, each.stamp))
			continue
		}
		now[each.name] = known{stamp: each.stamp, Skipped: true}
		marks = append(marks, f.mark(keySeen+each.name, now[each.name]))
	}
	return marks
}

// loadLearning reads which files are read without sending anything of them.
func (f *Folder) loadLearning() error {
	f.learning = map[string]stamp{}
	return f.host.Marks(f.src.ID, keyLearn, func(key string, value []byte) error {
		var s stamp
		if err := json.Unmarshal(value, &s); err != nil {
			return fmt.Errorf("read mark %q: %w", key, err)
		}
		f.learning[strings.TrimPrefix(key, keyLearn)] = s
		return nil
	})
}

// unlearned forgets such files that are gone, so that others may have their names.
func (f *Folder) unlearned(there map[string]bool) (marks []core.Mark) {
	for name := range f.learning {
		if !there[name] {
			delete(f.learning, name)
			marks = append(marks, core.Mark{Source: f.src.ID, Key: keyLearn + name})
		}
	}
	return marks
}

// countAgain is how long what was counted is good enough, while nobody has answered.
const countAgain = time.Minute

// existingText says what is there already. Of files that hold everything each time, the
// newest counts.
func (f *Folder) existingText(ctx context.Context, files []file) string {
	if f.there == "" || time.Since(f.countedAt) > countAgain {
		f.there, f.countedAt = f.countThere(ctx, files), time.Now()
	}
	return f.there
}

func (f *Folder) countThere(ctx context.Context, files []file) string {
	there, count := "1 file is already there", files
	if len(files) != 1 {
		there = grouped(len(files)) + " files are already there"
	}
	if f.src.Folder.WholeFile || len(files) == 0 {
		return there + "."
	}
	which := ", with "
	if f.src.Folder.Holds == core.HoldAll && len(files) > 1 {
		count, which = files[len(files)-1:], ". The newest has "
	}
	n, all := f.count(ctx, count)
	if !all {
		which += "more than "
	}
	return there + which + counted(n, "record") + "."
}

// countFor is for how long records are counted at most.
const countFor = 2 * time.Second

// count counts the records of files; all is false if there are more.
func (f *Folder) count(ctx context.Context, files []file) (n int, all bool) {
	ctx, cancel := context.WithTimeout(ctx, countFor)
	defer cancel()
	for _, each := range files {
		n += f.countOne(ctx, each)
	}
	return n, ctx.Err() == nil
}

// countOne counts the records of a file as far as they can be read.
func (f *Folder) countOne(ctx context.Context, each file) (n int) {
	open, err := os.Open(f.path(each.name))
	if err != nil {
		return 0
	}
	defer func() { _ = open.Close() }() // it was only read
	j := &job{file: each, f: open, size: each.stamp.Size}
	if _, err := j.survey(ctx, true); err != nil {
		return 0
	}
	r, err := j.open(ctx, f.options(j))
	if err != nil {
		return 0
	}
	defer func() { _ = r.Close() }() // it was only read
	for {
		switch _, err := r.Next(); {
		case isBad(err):
		case err == io.EOF, err != nil:
			return n
		default:
			n++
		}
	}
}
