package local

import (
	"net"
	"net/http"
	"sync"
)

// fresh knows the connections on which no request has come yet. net/http waits
// for those when it shuts down, since one may be on its way; a program that
// opened a connection for later must not hold up the end of Hookbird.
type fresh struct {
	mu      sync.Mutex
	conns   map[net.Conn]struct{}
	stopped bool
}

// note is the server's ConnState hook.
func (f *fresh) note(c net.Conn, state http.ConnState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(f.conns, c)
	case f.stopped:
		_ = c.Close() // nothing was read from it
	default:
		if f.conns == nil {
			f.conns = map[net.Conn]struct{}{}
		}
		f.conns[c] = struct{}{}
	}
}

// close ends them all, and those that are still to come.
func (f *fresh) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
	for c := range f.conns {
		_ = c.Close()
	}
}
