package persist

import (
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

// Flags of LockFileEx.
const (
	failAtOnce = 0x1
	exclusive  = 0x2
)

// lock takes bbolt's lock on a file if nobody has it: of one byte far behind its
// end, as bbolt does. Closing the file gives it back.
func lock(f *os.File) error {
	at := syscall.Overlapped{Offset: 1<<32 - 1, OffsetHigh: 1<<32 - 1}
	ok, _, err := lockFileEx.Call(f.Fd(), failAtOnce|exclusive, 0, 1, 0, uintptr(unsafe.Pointer(&at)))
	if ok == 0 {
		return err
	}
	return nil
}

// unlock does nothing: Windows gives a lock back with the handle that took it.
func unlock(*os.File) error { return nil }
