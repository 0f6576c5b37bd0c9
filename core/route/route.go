package route

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"hookbird/core"
	"hookbird/core/message"
)

// Options are what a Route needs besides its webhook.
type Options struct {
	// Version is the program's, which a proxy is told.
	Version string
	// Dial makes connections in place of the network, for tests. Only what can be
	// told from an address without looking up its name is refused then.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Proxy is what the program's own settings say, for webhooks that say nothing.
	Proxy core.Proxy
	// Vault opens the proxy's password and the secret that a token is fetched
	// with. nil where there is neither.
	Vault core.Vault
	// System gives the proxy that this computer's settings say leads to a URL, nil
	// if none does. nil asks this computer.
	System func(*url.URL) (*url.URL, error)
}

// Route is the way to the target of one webhook as it was when the Route was
// made. It keeps connections open, and a token while it is good. It may be used
// from any goroutine.
type Route struct {
	target    *url.URL
	guard     guard
	proxies   *proxies
	transport *http.Transport
	token     *tokens // nil if none has to be fetched
}

// Bounds of a way.
const (
	maxConnect     = 30 * time.Second // of a connection, and of each step until it can be used
	maxHeaderBytes = 64 << 10
	idleTimeout    = 60 * time.Second
)

// New makes the way from a webhook to its target, which is the webhook's address
// as message.ParseAddress reads it. Files of certificates are read here. CodeInvalid
// if something is set that cannot be, CodeUnavailable if a file cannot be read.
func New(w *core.Webhook, target *url.URL, o Options) (*Route, error) {
	config, err := tlsConfig(w)
	if err != nil {
		return nil, err
	}
	r := &Route{target: target, guard: guard{noPrivate: w.Network.NoPrivate}}
	if r.proxies, err = newProxies(w.Network.Proxy, o); err != nil {
		return nil, err
	}
	r.transport = r.newTransport(min(w.Limit(), maxConnect), w.Workers(), o)
	r.transport.TLSClientConfig = config
	if w.Auth.Kind == core.AuthOAuth {
		if r.token, err = newTokens(w.Auth, r, o.Vault); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// newTransport makes a transport that speaks HTTP/1.1 alone, in which names of
// header lines are sent as they are written. limit is how long connecting and
// agreeing on a secure connection may take each; how long an answer may take is
// for the context of a request to say.
func (r *Route) newTransport(limit time.Duration, workers int, o Options) *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  r.proxyOf,
		ProxyConnectHeader:     http.Header{"User-Agent": {"Hookbird/" + o.Version}},
		OnProxyConnectResponse: r.proxyAnswered,
		DialContext:            (&dialer{guard: r.guard, limit: limit, open: o.Dial}).dial,
		Protocols:              protocols,
		TLSHandshakeTimeout:    limit,
		MaxIdleConnsPerHost:    workers,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
	}
}

// Transport is what requests go through. RoundTrip goes through it too, and says
// more of what went wrong at a proxy.
func (r *Route) Transport() *http.Transport { return r.transport }

// Close gives up the connections that are kept open.
func (r *Route) Close() {
	r.token.close()
	r.transport.CloseIdleConnections()
}

// EndsAtProxy tells whether Connect reaches the proxy and no further, because the
// target is one for plain http behind a proxy for HTTP, which connects to it only
// for a request.
func (r *Route) EndsAtProxy() bool {
	proxy, err := r.ProxyFor(r.target)
	return err == nil && proxy != nil && r.target.Scheme == "http" && speaksHTTP(proxy)
}

// loopback tells whether a URL leads to this computer itself.
func loopback(u *url.URL) bool { return message.Loopback(u) }
