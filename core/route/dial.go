package route

import (
	"context"
	"net"
	"time"
)

// dialer makes connections to where the guard allows it.
type dialer struct {
	guard guard
	limit time.Duration
	open  func(ctx context.Context, network, address string) (net.Conn, error) // nil: the network
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	if d.open != nil {
		return d.open(ctx, network, address)
	}
	return (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext(ctx, network, address)
}
