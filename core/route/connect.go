package route

import (
	"context"
	"net"
	"net/url"

	"golang.org/x/net/idna"
)

// Connect goes the way to the target and comes back: it looks up the name,
// connects, asks the proxy to, agrees on a secure connection if that is what the
// address says, and shows its certificate if it is asked for one. The target gets
// no request. See EndsAtProxy for the one way of which only the beginning can be
// gone.
func (r *Route) Connect(ctx context.Context) error {
	connection, err := r.transport.NewClientConn(ctx, r.target.Scheme, hostPort(r.target))
	if err != nil {
		return err
	}
	return connection.Close()
}

// hostPort gives the host of a URL as name servers know it (bücher.example is
// xn--bcher-kva.example), and the port.
func hostPort(u *url.URL) string {
	host, port := u.Hostname(), u.Port()
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(host, port)
}
