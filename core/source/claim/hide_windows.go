package claim

import "syscall"

// hide marks a file as hidden, for its looks alone.
func hide(path string) {
	if name, err := syscall.UTF16PtrFromString(path); err == nil {
		_ = syscall.SetFileAttributes(name, syscall.FILE_ATTRIBUTE_HIDDEN)
	}
}
