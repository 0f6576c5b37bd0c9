package persist

import (
	"syscall"
	"unsafe"
)

var freeSpace = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDiskFreeSpaceExW")

// roomIn gives how many bytes can still be written where a folder is; ok is false
// if nobody knows.
func roomIn(dir string) (bytes uint64, ok bool) {
	name, err := syscall.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	done, _, _ := freeSpace.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&bytes)), 0, 0)
	return bytes, done != 0
}
