package persist

import (
	"os"
	"syscall"
)

// syncData waits until the disk has what was written to a file.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
