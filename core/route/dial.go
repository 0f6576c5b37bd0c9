package route

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

// dialer makes connections to where the guard allows it. A name may stand for
// several addresses, of which the first that answers is taken; each is looked at
// just before it is connected to.
type dialer struct {
	guard    guard
	limit    time.Duration
	resolver *net.Resolver                                                        // nil: the system's
	open     func(ctx context.Context, network, address string) (net.Conn, error) // nil: the network
}

// proxyPort is put on top of a proxy's port on its way through a transport, which
// tells nobody whether it dials a proxy or a target. No target has such a port: see
// guard.admit.
const proxyPort = 1 << 16

// mark raises the port of a proxy.
func mark(port string) string {
	n, _ := strconv.Atoi(port) // a number, or no proxy would be usable
	return strconv.Itoa(n + proxyPort)
}

// unmark gives a proxy's own port. ok is false for that of a target.
func unmark(port string) (own string, ok bool) {
	n, err := strconv.Atoi(port)
	if err != nil || n < proxyPort {
		return "", false
	}
	return strconv.Itoa(n - proxyPort), true
}

// dial connects to a target or, if its port says so, to a proxy. A proxy may well
// have a private address, whatever the webhook's targets may have.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	own, ok := unmark(port)
	if !ok {
		return d.connect(ctx, network, host, port, d.guard)
	}
	connection, err := d.connect(ctx, network, host, own, guard{})
	if err != nil {
		return nil, unreachedProxy(net.JoinHostPort(host, own), err)
	}
	return newGreeting(connection, d.limit, tripOf(ctx)), nil
}

func (d *dialer) connect(ctx context.Context, network, host, port string, g guard) (net.Conn, error) {
	address := net.JoinHostPort(host, port)
	if d.open != nil {
		if b := g.refuseHost(host); b != nil {
			return nil, b
		}
		return d.open(ctx, network, address)
	}
	control := func(_, address string, _ syscall.RawConn) error {
		ip, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if b := g.refuse(ip.Addr()); b != nil {
			b.Host = host
			return b
		}
		return nil
	}
	dialer := &net.Dialer{KeepAlive: 30 * time.Second, Resolver: d.resolver, Control: control}
	return dialer.DialContext(ctx, network, address)
}

// unreachedProxy says that a proxy could not be reached.
func unreachedProxy(host string, err error) error {
	if _, blocked := errors.AsType[*Blocked](err); blocked || errors.Is(err, context.Canceled) {
		return err
	}
	return &ProxyError{Host: host, Text: reason(err), Err: err}
}

// reason says in a few words why nobody could be reached, with dots over secrets.
func reason(err error, secrets ...string) string {
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return "there is no system by this name"
	}
	if IsTimeout(err) {
		return "it took too long"
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Err != nil {
		return brief(op.Err.Error(), secrets...)
	}
	return brief(err.Error(), secrets...)
}
