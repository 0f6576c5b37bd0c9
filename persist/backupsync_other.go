//go:build !linux

package persist

import "os"

// syncData waits until the disk has what was written to a file.
func syncData(f *os.File) error { return f.Sync() }
