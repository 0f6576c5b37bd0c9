package route

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"hookbird/core"
)

// proxies gives the proxy that leads to a URL, nil if the way is straight.
type proxies func(context.Context, *url.URL) (*url.URL, error)

// newProxies takes the first that says something: the webhook, the program's own
// settings, this computer's.
func newProxies(p core.Proxy, o Options) (proxies, error) {
	if p.Kind == core.ProxyDefault {
		p = o.Proxy
	}
	switch p.Kind {
	case core.ProxyNone:
		return straight, nil
	case core.ProxyManual:
		return manualProxy(p, o.Vault)
	}
	if o.System == nil {
		return thisComputer(), nil
	}
	return func(_ context.Context, u *url.URL) (*url.URL, error) { return o.System(u) }, nil
}

// manualProxy gives one proxy for everything. Its password is opened when it is
// needed first.
func manualProxy(p core.Proxy, vault core.Vault) (proxies, error) {
	u, err := url.Parse(p.Address)
	if err == nil && u.User != nil {
		return nil, core.Errorf(core.CodeInvalid, "The address of the proxy has a user name or a password in it. Write them into their own fields.")
	}
	if err != nil || !usable(u) {
		return nil, core.Errorf(core.CodeInvalid, "The address of the proxy cannot be read. It looks like http://proxy.example:3128, and begins with http://, https:// or socks5://")
	}
	var mu sync.Mutex
	var whole *url.URL
	return func(context.Context, *url.URL) (*url.URL, error) {
		mu.Lock()
		defer mu.Unlock()
		if whole == nil {
			password, err := reveal(p.Password, vault)
			if err != nil {
				return nil, err
			}
			whole = withUser(u, p.User, password)
		}
		return whole, nil
	}, nil
}

func withUser(u *url.URL, user, password string) *url.URL {
	whole := &url.URL{Scheme: u.Scheme, Host: u.Host}
	switch {
	case password != "":
		whole.User = url.UserPassword(user, password)
	case user != "":
		whole.User = url.User(user)
	}
	return whole
}

// reveal opens a secret, of which there may be none.
func reveal(s core.Secret, vault core.Vault) (string, error) {
	if s.IsZero() {
		return "", nil
	}
	if vault != nil {
		return vault.Reveal(s)
	}
	if text, ok := s.Text(); ok {
		return text, nil
	}
	return "", core.Errorf(core.CodeUnavailable, "A secret value cannot be opened now.")
}

// usable tells whether a URL names a proxy that can be spoken to.
func usable(u *url.URL) bool {
	if u.Hostname() == "" || u.Opaque != "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n >= proxyPort {
			return false
		}
	}
	return defaultPorts[u.Scheme] != ""
}

// defaultPorts are where a URL names none; of proxies as net/http has them.
var defaultPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// port gives the port of a URL.
func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return defaultPorts[u.Scheme]
}

// way gives the proxy that leads to a URL, with user and password, nil if the way
// is straight. The error is a *Blocked, or that of the vault.
func (r *Route) way(ctx context.Context, u *url.URL) (*url.URL, error) {
	admitted, here := r.admitted, r.local
	if u.Host != r.target.Host {
		admitted, here = r.guard.admit(u), local(u)
	}
	if admitted != nil || here {
		return nil, admitted
	}
	proxy, err := r.proxies(ctx, u)
	if err != nil {
		if core.CodeOf(err) != core.CodeInternal {
			return nil, err
		}
		return nil, nil // what is set there cannot be read: as if it were not set
	}
	if proxy == nil || !usable(proxy) {
		return nil, nil
	}
	return proxy, nil
}

// ProxyFor gives the proxy that leads to a URL, without the user and password it
// is told, or nil if the way is straight. It may have to wait for this computer's
// automatic configuration, for 5 s at most. The error is a *Blocked if the URL may
// not be reached, or that of the vault.
func (r *Route) ProxyFor(u *url.URL) (*url.URL, error) {
	proxy, err := r.way(context.Background(), u)
	if proxy == nil {
		return nil, err
	}
	return &url.URL{Scheme: proxy.Scheme, Host: proxy.Host}, nil
}

// proxyOf is how the transport asks for a proxy. It raises the proxy's port, by
// which the dialer will know it.
func (r *Route) proxyOf(request *http.Request) (*url.URL, error) {
	proxy, err := r.wayOf(request)
	if proxy == nil || err != nil {
		return nil, err
	}
	marked := *proxy
	marked.Host = net.JoinHostPort(proxy.Hostname(), mark(port(proxy)))
	return &marked, nil
}

// wayOf gives the proxy of a request: the one that its trip has already found, if
// it is on one.
func (r *Route) wayOf(request *http.Request) (*url.URL, error) {
	if t := tripOf(request.Context()); t != nil {
		return t.proxy, nil
	}
	return r.way(request.Context(), request.URL)
}

// whole tells whether requests to a URL are put to a proxy whole, so that it is
// the proxy which sends them: plain http by a proxy for HTTP.
func whole(u, proxy *url.URL) bool {
	return proxy != nil && u.Scheme == "http" && (proxy.Scheme == "http" || proxy.Scheme == "https")
}

// EndsAtProxy tells whether Connect reaches the proxy and no further, because the
// proxy will connect to the target only for a request: the target is one for plain
// http, the proxy one for HTTP.
func (r *Route) EndsAtProxy() bool {
	proxy, err := r.ProxyFor(r.target)
	return err == nil && whole(r.target, proxy)
}
