package folder

import (
	"os"
	"syscall"
)

// openFile opens a file to read. writing tells that a program has it open for
// writing; then it is not opened, unless anyway.
//
// Linux tells by refusing a read lease on the file (fcntl(2), F_SETLEASE).
// Where there are no leases, for other people's files or on network shares,
// nothing is known.
func openFile(path string, anyway bool) (f *os.File, writing bool, err error) {
	f, err = os.Open(path)
	if err != nil || anyway {
		return f, false, err
	}
	switch _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_SETLEASE, syscall.F_RDLCK); errno {
	case 0:
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_SETLEASE, syscall.F_UNLCK)
	case syscall.EAGAIN:
		_ = f.Close() // nothing was read
		return nil, true, nil
	}
	return f, false, nil
}
