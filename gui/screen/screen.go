// Package screen tells whether there is a display to open a window on, before
// a toolkit is asked that would end the program if there is none.
package screen

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

const (
	answerWait = time.Second
	x11Port    = 6000 // of display 0
)

// Available gives nil if a window can be opened, else a sentence.
func Available() error {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return nil
	}
	if name := os.Getenv("WAYLAND_DISPLAY"); name != "" && answers("unix", waylandSocket(name)) {
		return nil
	}
	display := os.Getenv("DISPLAY")
	if display == "" {
		return core.Errorf(core.CodeUnavailable, "There is no display here, so there is no window.")
	}
	if network, address := x11Address(display); !answers(network, address) {
		return core.Errorf(core.CodeUnavailable, "The display %s does not answer, so there is no window.", display)
	}
	return nil
}

func waylandSocket(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
}

// x11Address is where the X server of a DISPLAY like ":0.0" or "host:10" listens.
func x11Address(display string) (network, address string) {
	host, number, _ := strings.Cut(display, ":")
	number, _, _ = strings.Cut(number, ".")
	if host == "" || host == "unix" {
		return "unix", "/tmp/.X11-unix/X" + number
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return "tcp", ""
	}
	return "tcp", net.JoinHostPort(host, strconv.Itoa(x11Port+n))
}

func answers(network, address string) bool {
	c, err := net.DialTimeout(network, address, answerWait)
	if err != nil && network == "unix" {
		c, err = net.DialTimeout(network, "@"+address, answerWait) // the abstract socket of Linux
	}
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}
