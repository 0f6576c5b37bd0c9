package route

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"hookbird/core"
)

// Options are what a Route needs besides its webhook.
type Options struct {
	// Version is the program's, which a proxy is told, and who gives tokens.
	Version string
	// Dial makes connections in place of the network, for tests. Of what it is
	// given, addresses are refused as they are elsewhere; what a name stands for
	// cannot be seen.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Proxy is what the program's own settings say, for webhooks that say nothing.
	Proxy core.Proxy
	// Vault opens the proxy's password and the secret that a token is fetched
	// with. nil knows only secrets that carry their text.
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
	admitted  error // what the guard says of the target's host
	local     bool  // the target is this computer itself
	proxies   proxies
	transport *http.Transport
	tokens    *tokens // nil if none has to be fetched
}

// Bounds of a way.
const (
	maxConnect     = 30 * time.Second // of a connection, and of agreeing on a secure one
	maxHeaderBytes = 64 << 10
	idleTimeout    = 60 * time.Second
)

// New makes the way from a webhook to its target, which is the webhook's address
// as message.ParseAddress reads it. Files of certificates are read here; secrets
// are opened when they are needed. CodeInvalid if something is set that cannot be,
// CodeUnavailable if a file cannot be read.
func New(w *core.Webhook, target *url.URL, o Options) (*Route, error) {
	r := &Route{target: target, guard: guard{noPrivate: w.Network.NoPrivate}, local: local(target)}
	r.admitted = r.guard.admit(target)
	config, err := tlsConfig(w)
	if err != nil {
		return nil, err
	}
	if r.proxies, err = newProxies(w.Network.Proxy, o); err != nil {
		return nil, err
	}
	r.transport = r.newTransport(min(w.Limit(), maxConnect), w.Workers(), o)
	r.transport.TLSClientConfig = config
	if w.Auth.Kind == core.AuthOAuth {
		r.tokens, err = newTokens(w.Auth, r, o)
	}
	return r, err
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
		ProxyConnectHeader:     http.Header{"User-Agent": {userAgent(o.Version)}},
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            (&dialer{guard: r.guard, limit: limit, open: o.Dial}).dial,
		Protocols:              protocols,
		TLSHandshakeTimeout:    limit,
		MaxIdleConnsPerHost:    workers,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
	}
}

func userAgent(version string) string { return "Hookbird/" + version }

// Transport is what requests go through. RoundTrip goes through it too, and says
// more of what went wrong at a proxy.
func (r *Route) Transport() *http.Transport { return r.transport }

// Close gives up the connections that are kept open. The Route can still be used.
func (r *Route) Close() { r.transport.CloseIdleConnections() }
