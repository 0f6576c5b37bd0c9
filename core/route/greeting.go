package route

import (
	"net"
	"sync/atomic"
	"time"
)

// greeting is a connection to a proxy that is closed unless something other than
// the greetings of SOCKS is said on it in time: a transport waits without end for
// a SOCKS proxy that does not answer.
type greeting struct {
	net.Conn
	over  atomic.Bool
	timer *time.Timer
}

func newGreeting(c net.Conn, limit time.Duration) net.Conn {
	g := &greeting{Conn: c}
	g.timer = time.AfterFunc(limit, func() {
		if g.over.CompareAndSwap(false, true) {
			_ = c.Close()
		}
	})
	return g
}

// Write sends what SOCKS begins with, 5 or, for user and password, 1, and stops
// waiting with anything else, which is text or TLS.
func (g *greeting) Write(b []byte) (int, error) {
	if !g.over.Load() && len(b) > 0 && b[0] != 5 && b[0] != 1 && g.over.CompareAndSwap(false, true) {
		g.timer.Stop()
	}
	return g.Conn.Write(b)
}

// Close stops waiting too.
func (g *greeting) Close() error {
	g.timer.Stop()
	return g.Conn.Close()
}
