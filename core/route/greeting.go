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
	trip  *trip // that it was dialled for; may be nil
	socks bool  // greetings of SOCKS were said
	over  atomic.Bool
	timer *time.Timer
}

func newGreeting(c net.Conn, limit time.Duration, t *trip) *greeting {
	g := &greeting{Conn: c, trip: t}
	g.timer = time.AfterFunc(limit, func() {
		if g.over.CompareAndSwap(false, true) {
			_ = c.Close()
		}
	})
	return g
}

// Write sends what SOCKS begins with, 5 or, for user and password, 1, and stops
// waiting with anything else, which is text or TLS. Behind greetings that is said
// to the target: the proxy has let it through.
func (g *greeting) Write(b []byte) (int, error) {
	if !g.over.Load() && len(b) > 0 {
		g.hear(b[0])
	}
	return g.Conn.Write(b)
}

func (g *greeting) hear(first byte) {
	switch {
	case first == 5 || first == 1:
		g.socks = true
	case g.over.CompareAndSwap(false, true):
		g.timer.Stop()
		if g.socks && g.trip != nil {
			g.trip.let.Store(true)
		}
	}
}

// Close stops waiting too.
func (g *greeting) Close() error {
	g.timer.Stop()
	return g.Conn.Close()
}
