package screen

import (
	"net"
	"path/filepath"
	"runtime"
	"testing"
)

func TestX11Address(t *testing.T) {
	for _, c := range []struct{ display, network, address string }{
		{":0", "unix", "/tmp/.X11-unix/X0"},
		{":99.0", "unix", "/tmp/.X11-unix/X99"},
		{"unix:7", "unix", "/tmp/.X11-unix/X7"},
		{"desk:10.1", "tcp", "desk:6010"},
		{"desk", "tcp", ""},
		{"desk:nine", "tcp", ""},
	} {
		if network, address := x11Address(c.display); network != c.network || address != c.address {
			t.Errorf("%q: %s %s, want %s %s", c.display, network, address, c.network, c.address)
		}
	}
}

func TestAvailable(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems always have a display")
	}
	dir := t.TempDir()
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("XDG_RUNTIME_DIR", dir)
	if Available() == nil {
		t.Error("a display was found where none is named")
	}
	t.Setenv("DISPLAY", ":4711")
	if Available() == nil {
		t.Error("a display was found that does not answer")
	}
	ln, err := net.Listen("unix", filepath.Join(dir, "wayland-7"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	t.Setenv("WAYLAND_DISPLAY", "wayland-7")
	if err := Available(); err != nil {
		t.Errorf("a Wayland display that answers: %v", err)
	}
}
