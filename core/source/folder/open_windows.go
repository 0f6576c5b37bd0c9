package folder

import (
	"errors"
	"os"
	"syscall"
)

const errSharing = syscall.Errno(32) // ERROR_SHARING_VIOLATION

// openFile opens a file to read. writing tells that a program has it open for
// writing; then it is not opened, unless anyway.
//
// Windows tells by refusing to open the file for somebody who does not want to
// share it with writers.
func openFile(path string, anyway bool) (f *os.File, writing bool, err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, false, err
	}
	share := uint32(syscall.FILE_SHARE_READ | syscall.FILE_SHARE_DELETE)
	if anyway {
		share |= syscall.FILE_SHARE_WRITE
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ, share, nil, syscall.OPEN_EXISTING, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, errSharing) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), false, nil
}
