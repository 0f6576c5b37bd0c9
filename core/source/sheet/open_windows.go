package sheet

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// openShared opens a file to read, and lets others write, rename and delete it at
// the same time, as Excel does when it saves.
func openShared(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const share = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE | syscall.FILE_SHARE_DELETE
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ, share, nil, syscall.OPEN_EXISTING, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

const errSharing = syscall.Errno(32) // ERROR_SHARING_VIOLATION

// keptToItself tells whether a program lets nobody else read the file.
func keptToItself(err error) bool { return errors.Is(err, errSharing) }

// away are the attributes of files whose content a cloud service fetches when it is
// read (FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS).
const away = 0x1000 | 0x40000 | 0x400000

// elsewhere tells whether a file's content is not on this computer. info is nil if
// there is no such file.
func elsewhere(_ string, info fs.FileInfo) bool {
	if info == nil {
		return false
	}
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&away != 0
}
