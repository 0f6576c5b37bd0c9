// Package claim keeps two computers from reading the same share. A small hidden
// file beside what is read tells which Hookbird reads it, and is renewed; another
// one that finds it stays off until a person says that it shall read instead.
//
// Who may read is found out like this, again every few seconds:
//
//	no claim            -> claimed, and read
//	my own              -> renewed now and then, and read
//	another's           -> a person is asked, who is told if it was not renewed for
//	                       StaleAfter; not read
//
// The clocks of two computers differ, so the times in a claim are only shown:
// whether it is renewed is told by whether it changes, measured by this computer's
// clock alone.
//
// A claim is written only where others can come: see Shared. Elsewhere a path is
// read without one, but a claim that somebody else has put there counts all the
// same, so that a folder of this computer that others reach over the network is
// guarded too. Where a claim cannot be written, the path is read without one as
// well, as long as no other claim stands there.
//
// The package must not know what is read, nor by whom it is used.
package claim

import (
	"context"
	"encoding/hex"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core/source"
)

// StaleAfter is for how long a claim may stay as it is, or be gone, until it is said
// that the other computer is perhaps switched off.
const StaleAfter = 10 * time.Minute

const (
	renewEvery = 2 * time.Minute
	checkEvery = 5 * time.Second
	handover   = 3 * checkEvery // until whoever was taken over from has seen it
)

// Claim is what one source does about other computers that may read the same. One
// goroutine may use it at a time.
type Claim struct {
	host   source.Host
	source string
	path   string // of the claim's file
	what   string // "folder" or "file"
	shared bool   // others can come here
	me     note   // of which ID, Computer and User are set

	checked time.Time // when the file was last looked at
	why     string    // what that look came to
	reads   bool      // the path is read, with a claim or without
	written time.Time // when the claim was last written; zero if it stands nowhere
	told    bool      // that it cannot be written
	both    bool      // a person has let two read
	other   sighting
	from    time.Time // a path that was taken over is read from then on

	create, write func(n note, path string, now time.Time) error // note's, but in tests
}

// sighting is another's claim as it was last seen, and since when it looks so.
type sighting struct {
	note  note
	beat  string
	since time.Time
}

// ForFolder is the claim to a folder. It stands in it.
func ForFolder(h source.Host, src, dir string) *Claim {
	return newClaim(h, src, filepath.Join(dir, name), "folder")
}

// ForFile is the claim to one file. It stands beside it.
func ForFile(h source.Host, src, path string) *Claim {
	dir, file := filepath.Split(path)
	return newClaim(h, src, filepath.Join(dir, "."+file+name), "file")
}

// name is what the names of claims end in.
const name = ".hookbird.json"

func newClaim(h source.Host, src, path, what string) *Claim {
	id := h.Hash("claim") // no other store makes the same
	return &Claim{
		host: h, source: src, path: path, what: what, shared: Shared(filepath.Dir(path)),
		create: note.create, write: note.write,
		me: note{ID: hex.EncodeToString(id[:8]), Computer: computer(), User: person()},
	}
}

func computer() string {
	if host, err := os.Hostname(); err == nil && host != "" {
		return host
	}
	return "a computer without a name"
}

// person is the user's name without the domain that Windows puts before it.
func person() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username[strings.LastIndexByte(u.Username, '\\')+1:]
}

// Hold tells whether the path may be read now: why is "", or a sentence about who
// reads it instead. It is to be called before each look and each slice, and costs
// nothing more often than every few seconds. An error is about the store.
func (c *Claim) Hold(ctx context.Context) (why string, err error) {
	// Without its monotonic part, a time tells how long this computer slept too.
	now := time.Now().Round(0)
	if since := now.Sub(c.checked); since >= 0 && since < checkEvery {
		return c.why, nil
	}
	c.why, err = c.check(ctx, now)
	if err == nil {
		c.checked = now
	}
	c.reads = c.why == "" && err == nil
	return c.why, err
}

// Release takes the claim away, if it is still this Hookbird's own.
func (c *Claim) Release() {
	if n, _, err := read(c.path); err == nil && c.mine(n) {
		_ = os.Remove(c.path) // else it goes stale by itself
	}
	c.checked, c.written, c.reads = time.Time{}, time.Time{}, false
}

func (c *Claim) mine(n note) bool { return n.ID == c.me.ID && n.Computer == c.me.Computer }
