package attempt

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/route"
)

// Options are what a Client needs besides its webhook. The zero value is ready
// for use where the webhook keeps no secret in a vault.
type Options struct {
	// Version is the program's, which a proxy is told. The target is told by the
	// message itself.
	Version string
	// Dial makes connections in place of the network, for tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Online tells whether this computer has any network at all. It is asked
	// only after a failure. nil looks at the computer's network interfaces.
	Online func() bool
	// Whole also keeps the header lines and the whole start of an answer that
	// was good, for tests of a webhook.
	Whole bool
	// Proxy is what the program's own settings say, for webhooks that say nothing.
	Proxy core.Proxy
	// Vault opens the secrets of the way: a proxy's password, and what a key is
	// fetched with.
	Vault core.Vault
	// System gives the proxy that this computer's settings say leads to a URL, nil
	// if none does. nil asks this computer.
	System func(*url.URL) (*url.URL, error)
	// Plain says that earlier good answers were never web pages: see
	// Client.SetPlain.
	Plain bool
}

func (o Options) route() route.Options {
	return route.Options{Version: o.Version, Dial: o.Dial, Proxy: o.Proxy, Vault: o.Vault, System: o.System}
}

// Client sends messages to the target of one webhook as it was when the Client
// was made, and keeps connections to it open. It may be used from any goroutine.
type Client struct {
	way       *route.Route
	behind    *route.Route  // to answers behind redirects; nil if they are not read
	request   *http.Request // what all requests share; never changed
	accept    core.Accept
	redirects core.Redirects
	rules     *rules // nil if the answer's code says all
	limit     time.Duration
	online    func() bool
	loopback  bool
	fetches   bool // the key, before the message
	certified bool // this computer has a certificate to show
	whole     bool
	plain     atomic.Bool
	masker    atomic.Pointer[masker]

	mu      sync.Mutex
	trips   int  // exchanges under way
	closing bool // connections are to be given up once there are none
}

// NewClient makes a client for a webhook. CodeInvalid if its address, one of its
// files of certificates or one of its rules of answers is wrong, CodeUnavailable
// if a file cannot be read or a secret not be opened.
func NewClient(w *core.Webhook, o Options) (*Client, error) {
	u, err := message.ParseAddress(w.Address)
	if err != nil {
		return nil, err
	}
	c := &Client{
		accept:    w.Accept,
		redirects: w.Answer.Redirects,
		limit:     w.Limit(),
		online:    o.Online,
		loopback:  message.Loopback(u),
		fetches:   w.Auth.Kind == core.AuthOAuth,
		certified: w.Network.CertFile != "",
		whole:     o.Whole,
		request:   &http.Request{Method: w.HTTPMethod(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1},
	}
	if c.online == nil {
		c.online = hasNetwork
	}
	c.plain.Store(o.Plain)
	if c.rules, err = newRules(w.Answer); err != nil {
		return nil, err
	}
	if c.way, err = newWay(w, u, o); err != nil {
		return nil, err
	}
	if c.redirects == core.RedirectsRead {
		if c.behind, err = newWay(keyless(w), u, o); err != nil {
			c.way.Close()
			return nil, err
		}
	}
	return c, nil
}

// newWay makes a way to a target that tells how far it has come.
func newWay(w *core.Webhook, u *url.URL, o Options) (*route.Route, error) {
	way, err := route.New(w, u, o.route())
	if err != nil {
		return nil, err
	}
	transport := way.Transport()
	transport.DialContext = watched(transport.DialContext)
	transport.TLSClientConfig.GetClientCertificate = asked(transport.TLSClientConfig.GetClientCertificate)
	return way, nil
}

// keyless gives the webhook of the way to what is behind a redirect, which is
// shown nothing that says who is there.
func keyless(w *core.Webhook) *core.Webhook {
	other := w.Clone()
	other.Auth = core.Auth{}
	other.Network.CertFile, other.Network.KeyFile = "", ""
	return other
}

// SetPlain says whether all good answers so far were none of them web pages. Then
// one that is a web page is taken for the login page of a network, CausePortal.
func (c *Client) SetPlain(plain bool) { c.plain.Store(plain) }

// Close gives up the connections that are kept open: those that are in use, once no
// message is on its way any more. A connection whose answer has just come counts as
// kept open already, and a message would fail whose connection goes then
// (net/http, persistConn.readLoop). The Client can still be used.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing = c.trips > 0; !c.closing {
		c.closeIdle()
	}
}

func (c *Client) closeIdle() {
	c.way.Close()
	if c.behind != nil {
		c.behind.Close()
	}
}

func (c *Client) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trips++
}

func (c *Client) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.trips--; c.trips == 0 && c.closing {
		c.closing = false
		c.closeIdle()
	}
}

// Do sends one message and waits for the answer, no longer than the webhook
// allows. Whatever happens is in the attempt, whose texts hold none of the
// message's secrets. retryAfter is what a refusal asked for with Retry-After,
// held between 1 s and 24 h, and else 0. When ctx ends first, the cause is
// CauseStop.
//
// Of a delivered message the attempt keeps the answer only if it is short, and
// no header lines, unless Options.Whole is set.
func (c *Client) Do(ctx context.Context, m *message.Message) (a core.Attempt, retryAfter time.Duration) {
	c.begin()
	defer c.end()
	a.At = time.Now()
	limited, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	t := trip{client: c, ctx: limited, message: m}
	response, err := t.exchange()
	if err != nil {
		c.fail(ctx, &a, &t, err)
	} else {
		retryAfter = c.answered(ctx, &a, &t, response)
	}
	a.Took = time.Since(a.At)
	return a, retryAfter
}
