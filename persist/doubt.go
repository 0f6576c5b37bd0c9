package persist

import (
	"errors"
	"time"

	"hookbird/core"
)

// doubt is about a commit that ended in a way that nobody can know. A commit is
// complete with one page at the start of the file, of which there are two that
// take turns. Where the disk took that page and then did not confirm it, the
// commit shows, and may or may not outlast a power cut: nothing can be built on
// it until one or the other is certain.
type doubt struct {
	start startPage
	gone  bool // the page is off the disk for certain
	err   error
}

// startPage is where a transaction's page at the start of the file lies.
type startPage struct {
	at   int64
	size int
}

func (s *Store) startPageOf(id int) startPage {
	size := s.db.Info().PageSize
	return startPage{at: int64(id%2) * int64(size), size: size}
}

// confirm asks the disk once more for a commit that shows. Its page is written
// again first: a system that could not write a page may forget that it should.
func (s *Store) confirm(id int, cause error) error {
	start := s.startPageOf(id)
	page := make([]byte, start.size)
	_, err := s.file.ReadAt(page, start.at)
	if err == nil {
		err = s.putStart(start, page)
	}
	if err == nil {
		return nil
	}
	s.doubt = &doubt{start: start, err: core.Wrap(core.CodeUnavailable, errors.Join(cause, err),
		"The disk does not confirm what is written to "+s.path+". Check the disk; Hookbird tries again.")}
	return s.doubt.err
}

// putStart writes a page at the start of the file and waits for the disk.
func (s *Store) putStart(start startPage, page []byte) error {
	if _, err := s.file.WriteAt(page, start.at); err != nil {
		return err
	}
	return s.file.Sync()
}

// resolve ends a doubt, if there is one: it takes the commit back, so that what
// was said of it is true, and opens the file anew, because bbolt's books are those
// of after that commit. The other page at the start of the file is the one of the
// commit before. While the disk cannot, it gives the error of the commit.
func (s *Store) resolve() error {
	d := s.doubt
	if d == nil {
		return nil
	}
	if !d.gone {
		if err := s.putStart(d.start, make([]byte, d.start.size)); err != nil {
			return d.err
		}
		d.gone = true
	}
	if err := s.reopen(); err != nil {
		s.log.Warn("store was not opened anew", "error", err)
		return d.err
	}
	s.doubt = nil
	return nil
}

// certain ends a doubt, for those who read before they write.
func (s *Store) certain() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.resolve()
}

// reopen closes the file and opens it again. If it cannot, readers find it closed.
func (s *Store) reopen() error {
	s.opening.Lock()
	defer s.opening.Unlock()
	closed := s.db
	if err := closed.Close(); err != nil {
		return err
	}
	if err := s.open(time.Now().Add(time.Second)); err != nil {
		s.db = closed
		return err
	}
	return nil
}
