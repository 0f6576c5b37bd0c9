package folder

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// growing is the way of a file at whose end records are added. What was read of it is
// known by its first bytes and their hash, so that a file that was given another name,
// as programs do with full ones, is known again, and one that was begun anew is another.
type growing struct {
	f     *Folder
	pos   position
	learn bool
	known map[string]position // by name of the file
}

// keyGrown is the prefix of marks that hold positions, each by the name of its file.
const keyGrown = "grown:"

// position is how far a file that grows was read.
type position struct {
	Size     int64  `json:"size"`      // bytes
	Sum      string `json:"sum"`       // of them, SHA-256
	HeadSize int64  `json:"head_size"` // of the first bytes, at most headMost
	Head     string `json:"head"`      // of those, SHA-256
	Records  int    `json:"records"`   // that were read of these bytes
	Done     bool   `json:"done"`      // there are no more in them
	At       int64  `json:"at"`        // when, in Unix seconds
}

const (
	headMost = 4096
	lastLine = time.Minute // until a last line without an end counts as whole

	// positionsMost is how many files that grow one source knows.
	positionsMost = 1000
)

// What a person may answer about a file that was changed before its end.
const (
	editedEnd = "end"
	editedAll = "all"
)

func (w *growing) recall(ctx context.Context, j *job) (done bool, err error) {
	if j.kind != record.CSV && j.kind != record.TSV && j.kind != record.NDJSON {
		return false, core.Errorf(core.CodeInvalid, "A file that grows has one record a line, such as CSV. Add a workbook as a spreadsheet instead.")
	}
	known, err := w.f.positions()
	if w.known = known; err != nil {
		return false, err
	}
	if j.size, err = w.cut(j); err != nil {
		return false, &fileError{err}
	}
	if j.size == 0 {
		return true, nil
	}
	var there stamp
	if there, w.learn = w.f.learning[j.name]; w.learn && there.Size < j.size {
		j.size = there.Size // what has come since is sent
	}
	j.learn = w.learn
	own, ok := known[j.name]
	sums, err := sumsAt(ctx, j, sizesOf(known, j.size))
	if err != nil {
		return false, &fileError{err}
	}
	w.pos = position{Size: j.size, Sum: sums[j.size], HeadSize: min(j.size, headMost), Head: sums[min(j.size, headMost)]}
	j.progress.Name = j.name
	switch name, from := longest(known, sums, j.name); {
	case name != "":
		j.progress.Records = from.Records
		if done = from.Size == j.size && from.Done; done && name != j.name {
			j.progress.Done = true
			err = w.f.host.Accept(ctx, nil, w.marks(j))
		}
		return done, err
	case ok && own.HeadSize <= j.size && sums[own.HeadSize] == own.Head:
		return false, w.edited(j)
	}
	return false, nil
}

// positions gives how far files were read.
func (f *Folder) positions() (map[string]position, error) {
	known := map[string]position{}
	err := f.host.Marks(f.src.ID, keyGrown, func(key string, value []byte) error {
		var p position
		if err := json.Unmarshal(value, &p); err != nil {
			return fmt.Errorf("read mark %q: %w", key, err)
		}
		known[strings.TrimPrefix(key, keyGrown)] = p
		return nil
	})
	return known, err
}

// longest gives the position that a file goes on from: of those whose bytes it begins
// with, that of the most.
func longest(known map[string]position, sums map[int64]string, own string) (name string, best position) {
	for each, p := range known {
		if sum, ok := sums[p.Size]; ok && sum == p.Sum && (p.Size > best.Size || p.Size == best.Size && each == own) {
			name, best = each, p
		}
	}
	return name, best
}

// sizesOf gives the sizes at which a file's beginning is compared, ascending.
func sizesOf(known map[string]position, size int64) []int64 {
	sizes := []int64{size, min(size, headMost)}
	for _, p := range known {
		sizes = append(sizes, p.Size, p.HeadSize)
	}
	slices.Sort(sizes)
	i, _ := slices.BinarySearch(sizes, size+1)
	return slices.Compact(sizes[:i])
}

// sumsAt gives the hashes of the first bytes of a file, by how many they are.
func sumsAt(ctx context.Context, j *job, sizes []int64) (map[int64]string, error) {
	sums, h, at := map[int64]string{}, sha256.New(), int64(0)
	for _, size := range sizes {
		r := io.NewSectionReader(j.f, at, size-at)
		n, err := io.Copy(h, withContext{ctx, r})
		if err == nil && n < size-at {
			err = errChanged // it became shorter meanwhile
		}
		if err != nil {
			return nil, err
		}
		at, sums[size] = size, hex.EncodeToString(h.Sum(nil))
	}
	return sums, nil
}

// cut is the size of a file without a last line that is still being written.
func (w *growing) cut(j *job) (int64, error) {
	size := j.stamp.Size
	wide := j.encoding == record.UTF16 || j.encoding == record.UTF16LE || j.encoding == record.UTF16BE
	if wide || time.Since(w.f.found[j.name].still) > lastLine {
		return size, nil
	}
	block := make([]byte, 64<<10)
	for end := size; end > 0; {
		from := max(0, end-int64(len(block)))
		b := block[:end-from]
		if _, err := j.f.ReadAt(b, from); errors.Is(err, io.EOF) {
			return 0, errChanged
		} else if err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
			return from + int64(i) + 1, nil
		}
		end = from
	}
	return 0, nil
}

// edited has a person say what to do with a file that does not begin with what was
// read of it, but is the same file.
func (w *growing) edited(j *job) error {
	answer, err := w.f.host.Ask(w.f.src.ID, core.SourceQuestion{
		ID:   "edited:" + w.pos.Sum[:16],
		Text: j.name + " was changed before its end, where Hookbird has read it already.",
		Choices: []core.Choice{
			{ID: editedEnd, Text: "Only send what is added from now on", Usual: true},
			{ID: editedAll, Text: "Send all of it once more"},
		},
	})
	if err == nil && answer == "" {
		err = core.Errorf(core.CodeConflict, "Hookbird waits until somebody says what is to become of a file that was changed before its end.")
	}
	w.learn = w.learn || answer == editedEnd
	return err
}

func (w *growing) look(j *job, rec record.Record) error {
	if w.learn {
		j.progress.Records++
		return nil
	}
	j.add(w.f.event(j, w.f.src.Type(), rec))
	j.remark(rec)
	return nil
}

func (w *growing) end(context.Context, *job) error { return nil }

func (w *growing) marks(j *job) []core.Mark {
	p := w.pos
	p.Records, p.Done, p.At = j.progress.Records, j.progress.Done, time.Now().Unix()
	marks := append(w.tooMany(), w.f.mark(keyGrown+j.name, p))
	if p.Done && w.learn {
		marks = append(marks, core.Mark{Source: w.f.src.ID, Key: keyLearn + j.name})
	}
	return marks
}

// tooMany forgets the files that did not grow for the longest time.
func (w *growing) tooMany() (marks []core.Mark) {
	for len(w.known) >= positionsMost {
		oldest, at := "", int64(0)
		for name, p := range w.known {
			if oldest == "" || p.At < at {
				oldest, at = name, p.At
			}
		}
		delete(w.known, oldest)
		marks = append(marks, core.Mark{Source: w.f.src.ID, Key: keyGrown + oldest})
	}
	return marks
}
