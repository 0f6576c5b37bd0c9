package claim

import (
	"strings"
	"testing"
)

func TestLocalFuse(t *testing.T) {
	const mounts = `22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:45 / /media/usb rw,nosuid shared:1 - fuseblk /dev/sdb1 rw
31 22 0:46 / /home/anna/srv rw - fuse.sshfs anna@srv:/ rw
`
	for device, want := range map[string]bool{"0:45": true, "0:46": false, "9:9": false} {
		if got := localFuse(strings.NewReader(mounts), device); got != want {
			t.Errorf("%s: %v", device, got)
		}
	}
}

func TestDevice(t *testing.T) {
	for dev, want := range map[uint64]string{0x801: "8:1", 0x2e: "0:46", 0x1000_0000_0000_00ff | 0xfff<<8: "268439551:255", 1 << 20: "0:256"} {
		if got := device(dev); got != want {
			t.Errorf("%x: %s, want %s", dev, got, want)
		}
	}
}
