package folder

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"hookbird/core"
)

// What a folder remembers, each under a key of its own:
//
//	begun            the place that is watched, once it was listed for the first time
//	seen:NAME        a file that needs nothing until it is touched
//	file:SHA-256     how far that content was read, in hexadecimal
//	last, print:…    what the last file held, of files that hold only new records
//	whole, row:…     what the last file held, of files that hold everything
//	left-out:…       rows that were left out and told of, of such files
//	grown:NAME       how far a file was read that grows
//	learn:NAME       a file that was there at first, of which nothing is sent
//	receipt:NAME     a file that was read, and whose receipt is not written yet
const (
	keyBegun = "begun"
	keySeen  = "seen:"
	keyFile  = "file:"
)

// known is a file that was dealt with. Skipped ones were there before the source
// was, and are known by nothing but their stamp.
type known struct {
	stamp
	Skipped bool `json:"skipped,omitempty"`
	refused bool // left in place for what is in it; asked again after a restart
}

// progress is how far a content was read.
type progress struct {
	Name    string `json:"name"`    // of the file it was read from
	Records int    `json:"records"` // good and bad ones
	Events  int    `json:"events"`
	Bad     int    `json:"bad,omitempty"`
	Done    bool   `json:"done,omitempty"`
	Filed   *Filed `json:"filed,omitempty"` // until it is done, of a file with a receipt
}

// load reads which files need nothing.
func (f *Folder) load() error {
	err := f.host.Marks(f.src.ID, keySeen, func(key string, value []byte) error {
		var k known
		if err := json.Unmarshal(value, &k); err != nil {
			return fmt.Errorf("read mark %q: %w", key, err)
		}
		f.known[key[len(keySeen):]] = k
		return nil
	})
	if err == nil {
		err = f.loadLearning()
	}
	if err != nil {
		return fmt.Errorf("read what folder %s remembers: %w", f.src.ID, err)
	}
	return nil
}

// tidy forgets files that are gone. Skipped files stay known: a share that is away
// for a while must not bring them back as new.
func (f *Folder) tidy(ctx context.Context, files []file) error {
	if !f.begun {
		if err := f.begin(ctx, files); err != nil {
			return err
		}
	}
	there := make(map[string]bool, len(files))
	for _, file := range files {
		there[file.name] = true
	}
	gone := f.gone(there)
	marks := f.unlearned(there)
	if len(gone)+len(marks) == 0 {
		return nil
	}
	for _, name := range gone {
		marks = append(marks, core.Mark{Source: f.src.ID, Key: keySeen + name})
	}
	if err := f.host.Accept(ctx, nil, marks); err != nil {
		return err
	}
	for _, name := range gone {
		delete(f.known, name)
	}
	return nil
}

// begin recalls what is known of the files. When this folder is listed for the
// first time ever, files that are there already are left out, if the source
// says so.
func (f *Folder) begin(ctx context.Context, files []file) error {
	mark := f.mark(keyBegun, f.place())
	place, _, err := f.host.Mark(f.src.ID, keyBegun)
	if err != nil {
		return fmt.Errorf("read what folder %s remembers: %w", f.src.ID, err)
	}
	if err := f.load(); err != nil {
		return err
	}
	if !bytes.Equal(place, mark.Value) {
		if err := f.beginWith(ctx, files, mark); err != nil {
			return err
		}
	}
	f.begun = true
	return nil
}

// gone forgets sightings of files that are not there, and gives the names of
// those that were dealt with.
func (f *Folder) gone(there map[string]bool) (names []string) {
	for name := range f.found {
		if !there[name] {
			delete(f.found, name)
		}
	}
	for name, k := range f.known {
		switch {
		case there[name] || k.Skipped:
		case k.refused:
			delete(f.known, name)
		default:
			names = append(names, name)
		}
	}
	return names
}

func (f *Folder) mark(key string, value any) core.Mark {
	text, _ := json.Marshal(value) // of our own plain types
	return core.Mark{Source: f.src.ID, Key: key, Value: text}
}

// recall gives how far a content was read, from the beginning if it is new.
func (f *Folder) recall(hash string) (p progress, err error) {
	value, ok, err := f.host.Mark(f.src.ID, keyFile+hash)
	if err != nil || !ok {
		return p, err
	}
	if err := json.Unmarshal(value, &p); err != nil {
		return p, fmt.Errorf("read mark of a file: %w", err)
	}
	return p, nil
}
