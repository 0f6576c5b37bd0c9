//go:build linux && (amd64 || arm64)

package main

import (
	"os"
	"syscall"
)

// syncData has the disk take what was written to a file.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// forget has the system drop what it holds of a file in memory, as after a restart
// of the computer. Nobody may have the file open meanwhile.
func forget(path string) error {
	const dontNeed = 4 // POSIX_FADV_DONTNEED
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if err := f.Sync(); err != nil {
		return err
	}
	if _, _, e := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); e != 0 {
		return e
	}
	return nil
}
