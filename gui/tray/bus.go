package tray

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"hookbird/core"
)

// Available tells whether a tray can be there at all. On Linux that takes a
// session bus: without one the library would start a bus of its own that
// outlives us, and quitting would panic.
func Available() error {
	if runtime.GOOS != "linux" && runtime.GOOS != "freebsd" {
		return nil
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	socket := filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus")
	if _, err := os.Stat(socket); err == nil {
		return nil
	}
	return core.Errorf(core.CodeUnavailable, "There is no session bus here, so there is no tray icon. Hookbird works all the same.")
}
