package claim

import "syscall"

const local = 0x1000 // MNT_LOCAL of statfs(2)

func onNetwork(dir string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && s.Flags&local == 0
}
