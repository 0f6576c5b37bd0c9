package local

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"hookbird/core"
)

// both listens at the two loopback addresses of one port: some programs take
// "localhost" for the one, some for the other.
type both struct {
	net.Listener // 127.0.0.1
	six          net.Listener
}

func (b *both) Close() error { return errors.Join(b.Listener.Close(), b.six.Close()) }

// Listen opens a port of this computer's loopback addresses, a free one if port
// is 0, and tells which. A port that another program has is CodeUnavailable: it
// may be free later.
func Listen(port int) (net.Listener, int, error) {
	four, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, 0, core.Wrap(core.CodeUnavailable, err, whyNot(port, err))
	}
	port = four.Addr().(*net.TCPAddr).Port
	six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
	if err != nil {
		return four, port, nil // there may be no IPv6 here at all
	}
	return &both{Listener: four, six: six}, port, nil
}

// The codes of Windows for a port that is taken or kept from programs.
const (
	wsaAddrInUse = syscall.Errno(10048)
	wsaAccess    = syscall.Errno(10013)
)

func whyNot(port int, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaAddrInUse):
		return fmt.Sprintf("Port %d is used by another program, so programs here cannot reach Hookbird. It tries again by itself; close the other program if you can.", port)
	case errors.Is(err, syscall.EACCES) || errors.Is(err, wsaAccess):
		return fmt.Sprintf("This computer does not let Hookbird use port %d, so programs here cannot reach it.", port)
	}
	return fmt.Sprintf("Port %d cannot be opened now, so programs here cannot reach Hookbird. It tries again by itself.", port)
}
