//go:build unix

package persist

import (
	"os"
	"syscall"
)

// unlock gives back bbolt's lock on a file. Closing the file is not enough, as
// long as it is mapped.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
