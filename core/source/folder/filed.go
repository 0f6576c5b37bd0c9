package folder

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"hookbird/core"
)

// A file of a source that wants receipts is left where it is once it was read. A mark
// tells what has to be known of it; whoever follows its records calls Settle in the end,
// and forgets the mark.

// KeyReceipt is the prefix of those marks, each by the name of its file.
const KeyReceipt = "receipt:"

// maxFiledBad is how many records that did not come in are told of one by one.
const maxFiledBad = 1000

// Filed is what such a mark holds.
type Filed struct {
	Events  int       `json:"events"`         // records that were handed on
	Bad     []Outcome `json:"bad,omitempty"`  // those that could not be read, or that the folder itself has left out; at most 1,000
	MoreBad int       `json:"more,omitempty"` // beside them
	Began   time.Time `json:"began"`          // when the file was begun to be read
}

// ParseFiled reads a mark's value.
func ParseFiled(value []byte) (f Filed, err error) {
	err = json.Unmarshal(value, &f)
	return f, err
}

// begun is what is known again of a file that is read once more from its start.
func (f *Filed) begun() *Filed {
	if f == nil {
		return nil
	}
	return &Filed{Began: f.Began}
}

// leave takes note of a record that did not come in.
func (f *Filed) leave(o Outcome) {
	if len(f.Bad) == maxFiledBad {
		f.MoreBad++
		return
	}
	f.Bad = append(f.Bad, o)
}

// origin names where a record stood, in a way that FileOf takes apart.
func origin(file, place string) string {
	if place == "" {
		return file
	}
	return file + ", " + place
}

// placed is the end of an origin that tells a place, as package record writes them.
var placed = regexp.MustCompile(`(?s)^(.*), ((?:row|line|record) [0-9]+)$`)

// FileOf takes apart where an event of a folder stood: the file's name with its
// subfolders, and the place in it, "" for an event that is the whole file.
func FileOf(origin string) (file, place string) {
	if m := placed.FindStringSubmatch(origin); m != nil {
		return m[1], m[2]
	}
	return origin, ""
}

// keepFiled adds to the marks of a slice what is to be known of a file with a receipt.
func (f *Folder) keepFiled(j *job) []core.Mark {
	if j.progress.Filed == nil || !j.progress.Done {
		return nil
	}
	filed := *j.progress.Filed
	filed.Events = j.progress.Events
	j.progress.Filed = nil
	return []core.Mark{f.mark(KeyReceipt+j.name, filed), f.mark(keySeen+j.name, known{stamp: j.stamp})}
}

// sameAgain has a receipt written for a file that holds what another, or itself, has
// held before.
func (f *Folder) sameAgain(j *job, name string) []core.Mark {
	after := f.src.Folder.After
	if !f.src.Folder.Receipt || name == j.name && after != core.AfterMove && after != core.AfterDelete {
		return nil
	}
	if _, ok, err := f.host.Mark(f.src.ID, KeyReceipt+j.name); ok || err != nil {
		return nil
	}
	filed := Filed{Began: time.Now(), Bad: []Outcome{{
		Record: "The whole file", Word: "Not sent", At: time.Now(), Good: true,
		Reason: fmt.Sprintf("It holds the same as %s, which was read before.", name),
	}}}
	return []core.Mark{f.mark(KeyReceipt+j.name, filed), f.mark(keySeen+j.name, known{stamp: j.stamp})}
}
