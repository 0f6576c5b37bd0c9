package route

import (
	"context"
	"net"
	"net/url"
)

// Connect goes the way to the target and comes back: it looks up the name,
// connects, asks the proxy to, agrees on a secure connection if that is what the
// address says, and shows its certificate if it is asked for one. The target gets
// no request. See EndsAtProxy for the one way of which only the beginning can be
// gone. Errors are those of RoundTrip.
func (r *Route) Connect(ctx context.Context) error {
	proxy, err := r.way(ctx, r.target)
	if err != nil {
		return err
	}
	t := &trip{proxy: proxy, whole: whole(r.target, proxy)}
	connection, err := r.transport.NewClientConn(context.WithValue(ctx, tripKey{}, t), r.target.Scheme, hostPort(r.target))
	if err != nil {
		return t.explain(err)
	}
	_ = connection.Close()
	return nil
}

// hostPort gives host and port of a URL as they are dialled.
func hostPort(u *url.URL) string { return net.JoinHostPort(asciiName(u.Hostname()), port(u)) }
