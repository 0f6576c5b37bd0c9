package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
)

// Bounds of a spreadsheet.
const (
	maxBytes  = 256 << 20
	maxMemory = 8 << 20 // a copy that is larger is made on disk
	maxRows   = 1 << 20 // as in a workbook
)

// stamp tells whether a file was saved.
type stamp struct {
	Size  int64 `json:"size"`
	Mtime int64 `json:"mtime"` // Unix nanoseconds
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{Size: info.Size(), Mtime: info.ModTime().UnixNano()}
}

// sighting is the file as it was last seen, and since when it looks like that.
type sighting struct {
	stamp stamp
	since time.Time
}

// stat looks at the file from outside. why is a sentence if it cannot be read.
func (s *Sheet) stat() (why string) {
	if lockFile(s.name) {
		return s.name + " is what a program puts beside a spreadsheet while it is open. Choose the spreadsheet itself."
	}
	info, err := os.Stat(s.cfg.Path)
	switch {
	case err != nil:
		if elsewhere(s.cfg.Path, nil) {
			return s.inCloud()
		}
		return s.unreadable(err).text
	case !info.Mode().IsRegular():
		return s.cfg.Path + " is not a file. Choose the spreadsheet itself."
	case elsewhere(s.cfg.Path, info):
		return s.inCloud()
	}
	now := stampOf(info)
	if now == s.seen.stamp {
		return ""
	}
	s.seen = sighting{stamp: now, since: time.Now()}
	if now == s.memory.Stamp && s.memory.Seen.Before(s.seen.since) {
		s.seen.since = s.memory.Seen // it was seen like that before Hookbird was started
	}
	return ""
}

// lockFile tells whether a name is that of the small file that Excel or LibreOffice
// puts beside one that is open.
func lockFile(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.")
}

func (s *Sheet) inCloud() string {
	return s.name + " is kept by a cloud service and not on this computer. Have it kept here: in OneDrive, click it with the right mouse button and choose “Always keep on this device”."
}

var errChanged = errors.New("the file changed while it was read")

// copied is a copy of a spreadsheet, so that the file itself is open for a moment
// only and whoever works in it can save it.
type copied interface {
	io.ReaderAt
	Size() int64
}

// copyOf copies a file. done frees what the copy takes. errChanged: it was saved, or
// another file was put in its place, meanwhile.
func copyOf(ctx context.Context, path string) (c copied, at stamp, done func(), err error) {
	f, err := openShared(path)
	if err != nil {
		return nil, stamp{}, nil, err
	}
	defer f.Close() // it was only read
	before, err := f.Stat()
	if err != nil {
		return nil, stamp{}, nil, err
	}
	if before.Size() > maxBytes {
		return nil, stamp{}, nil, core.Errorf(core.CodeInvalid,
			"%s is larger than %d MB, which is too large for a spreadsheet that is read again and again. Read it as a file that lands in a folder.", filepath.Base(path), maxBytes>>20)
	}
	c, done, err = spool(io.LimitReader(withContext{ctx, f}, maxBytes), before.Size())
	if err != nil {
		return nil, stamp{}, nil, err
	}
	if !same(path, f, before, c.Size()) {
		done()
		return nil, stamp{}, nil, errChanged
	}
	return c, stampOf(before), done, nil
}

// same tells whether the open file is as it was, and still the one at path.
func same(path string, f *os.File, before fs.FileInfo, size int64) bool {
	after, err := f.Stat()
	if err != nil || stampOf(after) != stampOf(before) || size != before.Size() {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(there, after)
}

// spool keeps what it reads in memory or, if that is much, in a file that only this
// user can read.
func spool(r io.Reader, size int64) (c copied, done func(), err error) {
	if size <= maxMemory {
		b, err := io.ReadAll(r)
		return bytes.NewReader(b), func() {}, err
	}
	f, err := os.CreateTemp("", "hookbird-*.tmp")
	if err != nil {
		return nil, nil, fmt.Errorf("copy a spreadsheet: %w", err)
	}
	done = func() { _, _ = f.Close(), os.Remove(f.Name()) } // the system empties the folder too
	n, err := io.Copy(f, r)
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("copy a spreadsheet: %w", err)
	}
	return onDisk{f, n}, done, nil
}

type onDisk struct {
	*os.File
	size int64
}

func (d onDisk) Size() int64 { return d.size }

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
