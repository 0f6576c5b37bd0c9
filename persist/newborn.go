package persist

import (
	"io"
	"os"

	"hookbird/persist/pagecheck"
)

// clearNewborn empties a file that the program had begun to make when it died, or
// the power went, so that it is made anew, and tells whether it did. A file that
// anything was ever kept in is longer or has other bytes. It is done under bbolt's
// own lock: another process may just be making the file.
func clearNewborn(path string, size int64) bool {
	pageSize := os.Getpagesize() // bbolt's default, too
	if size > pagecheck.NewbornSize(pageSize) {
		return false
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	if lock(f) != nil {
		return false
	}
	b, err := io.ReadAll(io.LimitReader(f, pagecheck.NewbornSize(pageSize)+1))
	return err == nil && pagecheck.Newborn(b, pageSize) && f.Truncate(0) == nil
}
