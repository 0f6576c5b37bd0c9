package claim

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// fuse is the type of what programs mount: network drives, and some local ones.
const fuse = 0x65735546

// network are the types of file systems on other computers, and of folders that
// virtual machines share with theirs (statfs(2), linux/magic.h).
var network = map[uint32]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xff534d42: true, // CIFS
	0xfe534d42: true, // SMB2
	0x5346414f: true, // AFS
	0x6b414653: true, // kAFS
	0x73757245: true, // Coda
	0x00c36400: true, // Ceph
	0x01021997: true, // 9P
	0x786f4256: true, // VirtualBox
	0x0bd00bd0: true, // Lustre
	0x01161970: true, // GFS2
	0x7461636f: true, // OCFS2
}

func onNetwork(dir string) bool {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return false
	}
	kind := uint32(s.Type) //nolint:unconvert // its size differs between machines
	if kind != fuse {
		return network[kind]
	}
	var st syscall.Stat_t
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	defer mounts.Close()
	return syscall.Stat(dir, &st) == nil && !localFuse(mounts, device(uint64(st.Dev)))
}

// device writes a number as mountinfo does (makedev(3)).
func device(dev uint64) string {
	major := dev>>8&0xfff | dev>>32&^uint64(0xfff)
	minor := dev&0xff | dev>>12&^uint64(0xff)&0xffffffff
	return fmt.Sprintf("%d:%d", major, minor)
}

// localFuse tells whether a device that a program mounts is a disk of this
// computer, by the list of mounts (proc_pid_mountinfo(5)).
func localFuse(mounts io.Reader, device string) bool {
	lines := bufio.NewScanner(mounts)
	for lines.Scan() {
		before, after, _ := strings.Cut(lines.Text(), " - ")
		if fields := strings.Fields(before); len(fields) > 2 && fields[2] == device {
			kind, _, _ := strings.Cut(after, " ")
			return kind == "fuseblk" || kind == "fuse.portal" || kind == "fuse.encfs" || kind == "fuse.gocryptfs"
		}
	}
	return false
}
