package folder

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source/changes"
	"hookbird/core/source/gate"
	"hookbird/core/source/record"
)

// everything is the way of files that hold everything each time: what is new, changed
// or gone becomes an event. Such a file is always read from its start; rows whose
// events are in the store are the same as before.
type everything struct {
	f     *Folder
	table *changes.Table
	learn bool // what is in the file is remembered and not sent
	again progress
}

// What is remembered of files that hold everything, beside the rows themselves.
const (
	keyWhole = "whole"     // wholeRead: the file that was read last
	keyTold  = "left-out:" // a row that was left out, as a hash: it is told of once
	keyLearn = "learn:"    // + NAME: a file that was there at first, from which is learned what is not sent
)

// wholeRead is a file that was read to its end.
type wholeRead struct {
	Name string `json:"name"`
	Hash string `json:"hash"`
}

// doubtful is from how many records on it is asked about if more than half of them are
// gone at once: perhaps the file is not whole.
const doubtful = 10

// What a person may answer about records that are gone.
const (
	goneSend = "send"
	goneKeep = "keep"
)

func (w *everything) recall(ctx context.Context, j *job) (done bool, err error) {
	f := w.f
	last := wholeRead{}
	value, ok, err := f.host.Mark(f.src.ID, keyWhole)
	if err == nil && ok {
		err = json.Unmarshal(value, &last)
	}
	if err != nil {
		return false, fmt.Errorf("read the last file of folder %s: %w", f.src.ID, err)
	}
	if last.Hash == j.hash {
		return true, f.saySame(ctx, j, last.Name)
	}
	if w.again, err = f.recall(j.hash); err != nil {
		return false, err
	}
	if !w.again.Done { // else it was read as something else
		j.progress.Events, j.progress.Filed = w.again.Events, w.again.Filed.begun()
	}
	_, w.learn = f.learning[j.name]
	j.learn = w.learn
	w.table, err = f.newTable()
	return false, err
}

// newTable makes a table of the records that files of this folder hold.
func (f *Folder) newTable() (*changes.Table, error) {
	var alias map[string]string
	value, ok, err := f.host.Mark(f.src.ID, gate.MarkAlias)
	if err == nil && ok {
		err = json.Unmarshal(value, &alias)
	}
	if err != nil {
		return nil, fmt.Errorf("read names of columns of source %s: %w", f.src.ID, err)
	}
	t := changes.New(f.host, f.src.ID, f.place(), changes.Shape{Keys: f.src.Folder.Keys, Alias: alias, Gone: f.src.Folder.Gone})
	t.Begin()
	return t, nil
}

func (w *everything) look(j *job, rec record.Record) error {
	at, _ := strconv.Atoi(rec.Place[strings.LastIndexByte(rec.Place, ' ')+1:])
	found, err := w.table.Look(rec.Data, at)
	if err != nil {
		return err
	}
	j.progress.Records++
	switch {
	case found.Verdict == changes.Twice || found.Verdict == changes.Keyless:
		return w.leaveOut(j, rec, found)
	case w.learn:
	case found.Verdict == changes.Created:
		j.give(w.f.event(j, w.f.src.Type(), rec))
		j.remark(rec)
	case found.Verdict == changes.Updated:
		j.give(w.f.event(j, w.f.src.UpdatedType(), rec))
		j.remark(rec)
	}
	if found.Mark.Key != "" {
		j.marks = append(j.marks, found.Mark)
	}
	return nil
}

// leaveOut tells of a row that cannot be told apart from others, once.
func (w *everything) leaveOut(j *job, rec record.Record, found changes.Found) error {
	f := w.f
	why := fmt.Sprintf("It has no %s, by which this source tells records apart.", found.Field)
	if found.Verdict == changes.Twice {
		why = fmt.Sprintf("It has the same %s as row %d, which was taken.", found.Field, found.First)
	} else {
		j.lacking++
	}
	if j.progress.Filed != nil {
		j.progress.Filed.leave(Outcome{Place: rec.Place, Word: "Left out", Reason: why, At: time.Now().UTC()})
	}
	sum := f.host.Hash("left out", f.place(), string(rec.Data))
	key := keyTold + hex.EncodeToString(sum[:])
	if _, told, err := f.host.Mark(f.src.ID, key); told || err != nil {
		return err
	}
	j.left = append(j.left, core.LeftOut{
		ID: core.NewEventID(time.Now()), At: time.Now(), Origin: origin(j.name, rec.Place), Why: why, Data: rec.Data,
	})
	j.marks = append(j.marks, core.Mark{Source: f.src.ID, Key: key, Value: []byte{1}})
	return nil
}

// end hands on what is gone, if that is wanted and the file could be read as a whole.
func (w *everything) end(ctx context.Context, j *job) error {
	if !w.f.src.Folder.Gone || w.learn {
		return nil
	}
	if j.progress.Bad+j.lacking > 0 {
		w.f.note(j.name, "Some records of this file could not be read or told apart, so it was not looked for records that are gone.")
		return nil
	}
	known, gone, err := w.table.Count()
	if err != nil || gone == 0 {
		return err
	}
	if known >= doubtful && 2*gone > known {
		if sure, err := w.sure(j, known, gone); err != nil || !sure {
			return err
		}
	}
	return w.table.Gone(func(list []changes.Lost) error {
		for _, l := range list {
			j.marks = append(j.marks, l.Mark)
			if l.Keys != nil {
				j.give(w.f.event(j, w.f.src.RemovedType(), record.Record{Data: l.Keys}))
			}
		}
		return w.f.accept(ctx, j, w)
	})
}

// sure has a person say whether so many records are really gone.
func (w *everything) sure(j *job, known, gone int) (bool, error) {
	answer, err := w.f.host.Ask(w.f.src.ID, core.SourceQuestion{
		ID:   "gone:" + j.hash[:16],
		Text: fmt.Sprintf("%s of %s records are no longer in %s.", grouped(gone), grouped(known), j.name),
		Choices: []core.Choice{
			{ID: goneKeep, Text: "That is a mistake of the file: send nothing", Usual: true},
			{ID: goneSend, Text: "They are gone: send that"},
		},
	})
	if err == nil && answer == "" {
		err = core.Errorf(core.CodeConflict, "Hookbird waits until somebody says whether so many records are gone.")
	}
	return answer == goneSend, err
}

func (w *everything) marks(j *job) []core.Mark {
	marks := j.marks
	j.marks = nil
	if !j.progress.Done {
		return append(marks, w.f.mark(keyFile+j.hash, j.progress))
	}
	return append(marks,
		core.Mark{Source: w.f.src.ID, Key: keyFile + j.hash},
		core.Mark{Source: w.f.src.ID, Key: keyLearn + j.name},
		w.f.mark(keyWhole, wholeRead{j.name, j.hash}))
}
