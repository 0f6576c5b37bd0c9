package folder

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
)

// A person who says that files hold only new records may be wrong: then most of a file
// stands in the one before it as well, and all of it would be sent once more. To find
// that out, what the last file held is remembered, by 8 bytes a record that mean
// nothing to anybody.

const (
	repeatFrom  = 20      // records that a file must have before it is compared
	repeatLook  = 10_000  // records of a file that are looked at to compare it
	repeatPrint = 100_000 // records of a file that are remembered
)

// Marks of what the last file held: it stands under one of two generations, while the
// next file is read under the other.
const (
	keyLast  = "last"   // lastFile
	keyPrint = "print:" // + generation + ":" + number of the first record: what records were, 8 bytes each
)

// lastFile is the file that was read last.
type lastFile struct {
	Name       string `json:"name"`
	Generation string `json:"generation"`
}

// repeat knows the records of the last file, and remembers those of this one.
type repeat struct {
	last  lastFile
	keys  map[string][]string // of all marks of prints, by generation
	drop  []uint64            // sorted: records of the last file, which are passed over
	mine  []byte              // what the records of this slice were
	first int                 // number of the first of them
	count int                 // of this file so far
}

// other is the generation under which this file is remembered.
func (r *repeat) other() string {
	if r.last.Generation == "a" {
		return "b"
	}
	return "a"
}

// What a person may answer about a file that repeats the last one.
const (
	repeatNew = "new"
	repeatAll = "all"
)

// compare compares a file with the last one, and has a person say what to do if it is
// more than half of that. CodeConflict while nobody has.
func (r *repeat) compare(ctx context.Context, f *Folder, j *job) error {
	r.first, r.count = j.progress.Records, j.progress.Records
	before, err := r.load(f)
	if err != nil || len(before) == 0 {
		return err
	}
	looked, same, err := f.shared(ctx, j, before)
	if err != nil || looked < repeatFrom || 2*same <= looked {
		return err
	}
	answer, err := f.host.Ask(f.src.ID, core.SourceQuestion{
		ID: "repeat:" + j.hash[:16],
		Text: fmt.Sprintf("%s of the first %s records of %s stood in the file before it as well, which was %s. If these files hold everything each time, say so in the settings of this folder.",
			grouped(same), grouped(looked), j.name, r.last.Name),
		Choices: []core.Choice{
			{ID: repeatNew, Text: "Only send what is new in it", Usual: true},
			{ID: repeatAll, Text: "Send all of it"},
		},
	})
	switch {
	case err != nil:
		return err
	case answer == "":
		return core.Errorf(core.CodeConflict, "Hookbird waits until somebody says what is to become of a file that repeats another.")
	case answer == repeatNew:
		r.drop = before
	}
	return nil
}

// load gives what the records of the last file were, sorted.
func (r *repeat) load(f *Folder) (list []uint64, err error) {
	value, ok, err := f.host.Mark(f.src.ID, keyLast)
	if err == nil && ok {
		err = json.Unmarshal(value, &r.last)
	}
	if err != nil {
		return nil, fmt.Errorf("read the last file of folder %s: %w", f.src.ID, err)
	}
	r.keys = map[string][]string{}
	err = f.host.Marks(f.src.ID, keyPrint, func(key string, value []byte) error {
		generation, _, _ := strings.Cut(key[len(keyPrint):], ":")
		r.keys[generation] = append(r.keys[generation], key)
		for ; generation == r.last.Generation && len(value) >= 8; value = value[8:] {
			list = append(list, binary.BigEndian.Uint64(value))
		}
		return nil
	})
	slices.Sort(list)
	return list, err
}

// shared counts how many of a file's first records are known.
func (f *Folder) shared(ctx context.Context, j *job, before []uint64) (looked, same int, err error) {
	reader, err := j.open(ctx, f.options(j))
	if err != nil {
		return 0, 0, &fileError{err}
	}
	defer func() { _ = reader.Close() }() // it was only read
	for looked < repeatLook {
		rec, err := reader.Next()
		switch {
		case isBad(err):
			continue
		case err != nil: // that of the end, or whoever reads on finds it as well
			return looked, same, nil
		}
		looked++
		if _, ok := slices.BinarySearch(before, f.print(rec.Data)); ok {
			same++
		}
	}
	return looked, same, nil
}

// print is what a record is known by.
func (f *Folder) print(data []byte) uint64 {
	sum := f.host.Hash("row of a file", string(data))
	return binary.BigEndian.Uint64(sum[:])
}

// has remembers a record, and tells whether it is to be passed over.
func (r *repeat) has(f *Folder, data []byte) bool {
	if r.count++; r.count > repeatPrint && r.drop == nil {
		return false
	}
	print := f.print(data)
	if r.count <= repeatPrint {
		r.mine = binary.BigEndian.AppendUint64(r.mine, print)
	}
	_, ok := slices.BinarySearch(r.drop, print)
	return ok
}

// marks remember the records of this slice and, with the last one, that this is the
// last file now. A file of a few records is no file to compare with.
func (r *repeat) marks(f *Folder, j *job) (marks []core.Mark) {
	few := j.progress.Done && j.progress.Records < repeatFrom
	if few || r.keys == nil {
		return nil
	}
	if r.first == 0 {
		marks = r.forget(f, r.other())
	}
	if len(r.mine) > 0 {
		key := fmt.Sprintf("%s%s:%08d", keyPrint, r.other(), r.first)
		marks = append(marks, core.Mark{Source: f.src.ID, Key: key, Value: r.mine})
	}
	if r.first, r.mine = j.progress.Records, nil; j.progress.Done {
		marks = append(marks, r.forget(f, r.last.Generation)...)
		marks = append(marks, f.mark(keyLast, lastFile{Name: j.name, Generation: r.other()}))
	}
	return marks
}

// forget takes away what is remembered under a generation.
func (r *repeat) forget(f *Folder, generation string) (marks []core.Mark) {
	for _, key := range r.keys[generation] {
		marks = append(marks, core.Mark{Source: f.src.ID, Key: key})
	}
	return marks
}
