package claim

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

const remote = 4 // DRIVE_REMOTE of GetDriveTypeW

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

func onNetwork(dir string) bool {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) {
		return !strings.HasPrefix(volume, `\\.\`) && (!strings.HasPrefix(volume, `\\?\`) || strings.HasPrefix(strings.ToUpper(volume), `\\?\UNC\`))
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return false
	}
	kind, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root)))
	return kind == remote
}
