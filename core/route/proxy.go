package route

import (
	"context"
	"net/http"
	"net/url"

	"hookbird/core"

	"golang.org/x/net/http/httpproxy"
)

// proxies knows which proxy leads to a URL.
type proxies struct {
	system func(*url.URL) (*url.URL, error)
}

func newProxies(_ core.Proxy, o Options) (*proxies, error) {
	p := &proxies{system: o.System}
	if p.system == nil {
		p.system = httpproxy.FromEnvironment().ProxyFunc()
	}
	return p, nil
}

// ProxyFor gives the proxy that leads to a URL, without the user and password it
// is told, or nil if the way is straight. It may have to wait for this computer's
// automatic configuration, 5 s at most.
func (r *Route) ProxyFor(u *url.URL) (*url.URL, error) {
	if err := r.guard.admit(u); err != nil {
		return nil, err
	}
	if loopback(u) {
		return nil, nil
	}
	proxy, err := r.proxies.system(u)
	if err != nil {
		return nil, nil // what is set there is no address: as if it were not set
	}
	return proxy, nil
}

// proxyOf is ProxyFor as a transport asks it.
func (r *Route) proxyOf(request *http.Request) (*url.URL, error) { return r.ProxyFor(request.URL) }

// speaksHTTP tells whether a proxy is one for HTTP: requests to plain http
// targets are put to it whole.
func speaksHTTP(proxy *url.URL) bool { return proxy.Scheme == "http" || proxy.Scheme == "https" }

// proxyAnswered looks at what a proxy answered when it was asked to connect to a
// target.
func (r *Route) proxyAnswered(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyError{Host: proxy.Host, Code: answer.StatusCode, Text: answer.Status}
}
