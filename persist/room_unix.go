//go:build linux || darwin

package persist

import "syscall"

// roomIn gives how many bytes can still be written where a folder is; ok is false
// if nobody knows.
func roomIn(dir string) (bytes uint64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true //nolint:unconvert // its type differs between systems
}
