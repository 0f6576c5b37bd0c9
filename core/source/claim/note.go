package claim

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// note is what stands in a claim.
type note struct {
	About    string    `json:"about"`    // for people who wonder what this file is
	ID       string    `json:"id"`       // of the Hookbird that reads
	Computer string    `json:"computer"` // that it runs on
	User     string    `json:"user"`     // who it runs for
	Since    time.Time `json:"since"`    // when it began to read
	Renewed  time.Time `json:"renewed"`  // both by that computer's clock
	Renewals int       `json:"renewals"`
}

const about = "Hookbird keeps this file while it reads what lies here, so that a second computer does not read it too. It goes away by itself."

const (
	maxNote = 4 << 10 // bytes
	maxName = 64      // characters
)

// read gives the claim at path, and its beat, which changes whenever it is renewed.
// A file that is not whole yet, or that no Hookbird has written, is the claim of
// nobody who is known.
func read(path string) (n note, beat string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return note{}, "", err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxNote))
	if err := errors.Join(err, f.Close()); err != nil {
		return note{}, "", err
	}
	return parse(b), string(b), nil
}

// parse reads a claim, in which anything may stand.
func parse(b []byte) note {
	var n note
	if json.Unmarshal(b, &n) != nil {
		return note{}
	}
	n.About = ""
	n.Computer, n.User, n.ID = plain(n.Computer), plain(n.User), plain(n.ID)
	return n
}

// plain leaves of a name what can be shown.
func plain(name string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, name))
	return strings.TrimSpace(string(runes[:min(len(runes), maxName)]))
}

func (n note) bytes(now time.Time) []byte {
	n.About, n.Since, n.Renewed = about, n.Since.UTC(), now.UTC()
	b, _ := json.MarshalIndent(n, "", "  ") // there is nothing in it that cannot be written
	return append(b, '\n')
}

// create writes a claim where none may stand: of two that try, one succeeds.
func (n note) create(path string, now time.Time) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = fill(f, n.bytes(now))
	if err != nil {
		_ = os.Remove(path) // the disk is full, or the share has gone
		return err
	}
	hide(path)
	return nil
}

// write puts a claim in the place of whatever stands there. Whoever reads it sees
// the old one or the new one, each whole.
func (n note) write(path string, now time.Time) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".hookbird-*.tmp")
	if err != nil {
		return err
	}
	err = fill(f, n.bytes(now))
	if err == nil {
		hide(f.Name())
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // it is of no use
	}
	return err
}

// fill writes a file that others can read, and closes it.
func fill(f *os.File, b []byte) error {
	_ = f.Chmod(0o644) // shares need not know of this
	_, err := f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}
