package ask

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
	"hookbird/core/route"
	"hookbird/core/source"
)

// Options are what tests set.
type Options struct {
	// Dial makes connections in place of the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Client sends the requests of one Ask as it was when the Client was made, and
// keeps connections open. It may be used from any goroutine.
type Client struct {
	name    string // of the system, in sentences
	home    *url.URL
	key     attempt.Key // what it tells who is asking
	fetches bool        // the key, before the request
	certify bool        // this computer has a certificate to show
	limit   time.Duration
	builder *message.Builder
	way     *route.Route
}

// New makes a client. Secrets are opened and files of certificates read here:
// CodeInvalid if something is set that cannot be, CodeUnavailable if a file cannot
// be read or a secret not be opened now.
func New(a *core.Ask, env source.Env) (*Client, error) { return NewWith(a, env, Options{}) }

// NewWith is New for tests.
func NewWith(a *core.Ask, env source.Env, o Options) (*Client, error) {
	w := a.Webhook()
	home, err := message.ParseAddress(w.Address)
	if err != nil {
		return nil, err
	}
	builder, err := message.New(w, vault{env.Vault}, env.Version)
	if err != nil {
		return nil, err
	}
	way, err := route.New(w, home, route.Options{Version: env.Version, Dial: o.Dial, Proxy: env.Proxy, Vault: vault{env.Vault}})
	if err != nil {
		return nil, err
	}
	return &Client{
		name: home.Hostname(), home: home, builder: builder, way: way, limit: w.Limit(),
		key: attempt.KeyOf(w), fetches: w.Auth.Kind == core.AuthOAuth, certify: w.Network.CertFile != "",
	}, nil
}

// vault is a vault that may be missing, and then knows no more than what secrets
// carry with them.
type vault struct{ core.Vault }

// Reveal implements core.Vault.
func (v vault) Reveal(s core.Secret) (string, error) {
	if text, ok := s.Text(); ok {
		return text, nil
	}
	if v.Vault == nil {
		return "", core.Errorf(core.CodeNotFound, "A secret value is missing. Type it once more.")
	}
	return v.Vault.Reveal(s)
}

// Name gives the name of the system that is asked, without its port: what a person
// knows it by.
func (c *Client) Name() string { return c.name }

// Close gives up the connections that are kept open.
func (c *Client) Close() { c.way.Close() }

// Do sends a request and reads the answer, within the time of the Ask. Whenever
// somebody answered there is an Answer, also beside an error: it tells the code,
// and when to come back. When ctx ends first, the error is that of ctx.
func (c *Client) Do(ctx context.Context, r Request) (*Answer, error) {
	m, err := c.build(&r)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	t := &trip{client: c, ctx: limited, message: m, request: &r}
	response, err := t.exchange()
	if err != nil {
		return nil, t.lost(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	return t.read(ctx, response)
}

// sameOrigin tells whether a URL leads to the system that is asked, so that keys
// may go there.
func (c *Client) sameOrigin(u *url.URL) bool {
	return u.Scheme == c.home.Scheme && hostPort(u) == hostPort(c.home)
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
