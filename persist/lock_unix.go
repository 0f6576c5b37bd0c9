//go:build unix

package persist

import (
	"os"
	"syscall"
)

// lock takes bbolt's lock on a file if nobody has it. Closing the file gives it
// back, as long as it is not mapped.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// unlock gives back bbolt's lock on a file. Closing the file is not enough, as
// long as it is mapped.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
