package database

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hookbird/core"
)

// fileLocks are held while this program has a file open: SQLite's own locks are of
// the process, and whoever closes the file anew would give them back.
var fileLocks sync.Map // path -> *sync.Mutex

// lockFile waits until no other reading has a file open.
func lockFile(path string) *sync.Mutex {
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		path = whole
	}
	held, _ := fileLocks.LoadOrStore(path, &sync.Mutex{})
	m := held.(*sync.Mutex)
	m.Lock()
	return m
}

// readFile calls f with a file of SQLite that was opened for reading only.
func (s *session) readFile(ctx context.Context, f func(*sql.DB) error) error {
	file := s.source.File
	defer lockFile(file).Unlock()
	look, err := s.inspect(file)
	if err != nil {
		return err
	}
	db, err := openSQLite(file, look.mode())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	s.sound = look.sound
	err = f(db)
	s.sound = nil
	if moved := look.sound(); moved != nil && ctx.Err() == nil {
		return moved
	}
	return err
}

// snapshot is how a file was before it was opened.
type snapshot struct {
	file string
	log  bool // it is one that is written to by way of a log beside it (WAL)
	live bool // that log is there
	kept bool // and so is its index
	size int64
	at   time.Time
}

// mode gives the parameters with which nothing is written beside the file either, as
// far as that can be: a log that has an index is read by it, and a file without its
// log is complete.
func (l snapshot) mode() string {
	switch {
	case l.log && !l.live:
		return "&immutable=1"
	case l.log && l.kept:
		return "&readonly_shm=1"
	}
	return ""
}

// sound tells whether what was read without any locks may have been changed
// meanwhile: errMoved.
func (l snapshot) sound() error {
	if !l.log || l.live {
		return nil
	}
	info, err := os.Stat(l.file)
	if err != nil || info.Size() != l.size || !info.ModTime().Equal(l.at) || exists(l.file+"-wal") {
		return errMoved
	}
	return nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// SQLite's file format: https://www.sqlite.org/fileformat.html, section 1.3.
const (
	sqliteMagic  = "SQLite format 3\x00"
	sqliteReads  = 19 // 2: by way of a log
	sqliteHeader = 100
)

// inspect looks at a file before SQLite does.
func (s *session) inspect(file string) (snapshot, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return snapshot{}, s.fileError(core.CodeUnavailable, err, wordsNotThere)
	case err != nil:
		return snapshot{}, s.fileError(core.CodeUnavailable, err, wordsNoFileRead)
	case info.IsDir():
		return snapshot{}, s.fileError(core.CodeInvalid, nil, wordsNotAFile)
	}
	head, err := readHead(file)
	if err != nil {
		return snapshot{}, s.fileError(core.CodeUnavailable, err, wordsNoFileRead)
	}
	if words := strange(head, info.Size()); words != "" {
		return snapshot{}, s.fileError(core.CodeInvalid, nil, words)
	}
	l := snapshot{file: file, size: info.Size(), at: info.ModTime()}
	l.log = len(head) > sqliteReads && head[sqliteReads] == 2
	l.live, l.kept = exists(file+"-wal"), exists(file+"-shm")
	return l, nil
}

func (s *session) fileError(code core.Code, err error, words string) error {
	return core.Wrap(code, err, s.fill(words))
}

func readHead(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	head := make([]byte, sqliteHeader)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// strange says what a file is that is no SQLite database; "" if it is one. An empty
// file is an empty database. One that is encrypted is all noise, in whole pages.
func strange(head []byte, size int64) string {
	switch {
	case len(head) == 0 || bytes.HasPrefix(head, []byte(sqliteMagic)):
		return ""
	case bytes.Contains(head, []byte("Standard Jet DB")), bytes.Contains(head, []byte("Standard ACE DB")):
		return wordsAccess
	case len(head) == sqliteHeader && size%512 == 0 && noise(head):
		return wordsEncrypted
	}
	return wordsNotSQLite
}

// noise tells whether bytes look like chance: nearly all of them differ.
func noise(b []byte) bool {
	var seen [256]bool
	different := 0
	for _, c := range b {
		if !seen[c] {
			seen[c] = true
			different++
		}
	}
	return different > len(b)*6/10 && strings.ToValidUTF8(string(b), "") != string(b)
}
