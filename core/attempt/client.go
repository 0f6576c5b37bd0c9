package attempt

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"golang.org/x/net/http/httpproxy"
)

// Options are what a Client needs besides its webhook. The zero value is ready
// for use.
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
}

// Client sends messages to the target of one webhook as it was when the Client
// was made, and keeps connections to it open. It may be used from any goroutine.
type Client struct {
	transport *http.Transport
	request   *http.Request // what all requests share; never changed
	accept    core.Accept
	limit     time.Duration
	online    func() bool
	loopback  bool
	proxied   bool
	whole     bool
	masker    atomic.Pointer[masker]
}

// Limits of an exchange.
const (
	maxAnswer      = 4 << 10  // bytes of an answer that are kept
	maxGoodAnswer  = 256      // the same of a good one, of which there are many
	maxDrain       = 64 << 10 // bytes of an answer that are read, so that its connection can be used again
	maxHeaderBytes = 64 << 10
	maxDetail      = 300
	idleTimeout    = 60 * time.Second
)

// NewClient makes a client for a webhook. CodeInvalid if its address or its file
// of authorities is wrong, CodeUnavailable if that file cannot be read.
func NewClient(w *core.Webhook, o Options) (*Client, error) {
	u, err := message.ParseAddress(w.Address)
	if err != nil {
		return nil, err
	}
	tlsConfig, err := tlsConfig(w.CAFile)
	if err != nil {
		return nil, err
	}
	c := &Client{
		accept:   w.Accept,
		limit:    w.Limit(),
		online:   o.Online,
		loopback: message.Loopback(u),
		whole:    o.Whole,
		request:  &http.Request{Method: w.HTTPMethod(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1},
	}
	if c.online == nil {
		c.online = hasNetwork
	}
	proxy := proxyFor(u)
	c.proxied = proxy != nil
	c.transport = newTransport(w.Limit(), w.Workers(), o.Dial)
	c.transport.TLSClientConfig = tlsConfig
	c.transport.ProxyConnectHeader = http.Header{"User-Agent": {"Hookbird/" + o.Version}}
	c.transport.Proxy = func(*http.Request) (*url.URL, error) { return proxy, nil }
	return c, nil
}

// newTransport makes a transport that speaks HTTP/1.1 alone, in which names of
// header lines are sent as they are written.
func newTransport(limit time.Duration, workers int, dial func(context.Context, string, string) (net.Conn, error)) *http.Transport {
	if dial == nil {
		dial = (&net.Dialer{Timeout: limit, KeepAlive: 30 * time.Second}).DialContext
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		DialContext:            dial,
		Protocols:              protocols,
		TLSHandshakeTimeout:    limit,
		MaxIdleConnsPerHost:    workers,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
	}
}

// proxyFor gives the proxy that the environment says leads to a target, nil if
// none does.
func proxyFor(u *url.URL) *url.URL {
	if message.Loopback(u) {
		return nil
	}
	proxy, err := httpproxy.FromEnvironment().ProxyFunc()(u)
	if err != nil {
		return nil // what is set there is no address: as if it were not set
	}
	return proxy
}

// Close gives up the connections that are kept open.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Do sends one message and waits for the answer, no longer than the webhook
// allows. Whatever happens is in the attempt, whose texts hold none of the
// message's secrets. retryAfter is what a refusal asked for with Retry-After,
// held between 1 s and 24 h, and else 0. When ctx ends first, the cause is
// CauseStop.
//
// Of a delivered message the attempt keeps the answer only if it is short, and
// no header lines, unless Options.Whole is set.
func (c *Client) Do(ctx context.Context, m *message.Message) (a core.Attempt, retryAfter time.Duration) {
	a.At = time.Now()
	limited, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	x := &exchange{}
	response, err := c.transport.RoundTrip(c.newRequest(limited, m, x))
	if err != nil {
		c.fail(ctx, &a, err, x.wrote.Load(), c.maskerFor(m))
	} else {
		retryAfter = c.answered(ctx, &a, response, c.maskerFor(m))
	}
	a.Took = time.Since(a.At)
	return a, retryAfter
}

func (c *Client) newRequest(ctx context.Context, m *message.Message, x *exchange) *http.Request {
	x.trace.WroteHeaders = x.wroteHeaders
	r := c.request.WithContext(httptrace.WithClientTrace(ctx, &x.trace))
	r.Method = m.Method
	r.URL = c.target(m.Target)
	r.Host = m.Target.Host
	r.Header = header(m.Header)
	if len(m.Body) > 0 {
		r.ContentLength = int64(len(m.Body))
		r.Body = body(m.Body)
		r.GetBody = func() (io.ReadCloser, error) { return body(m.Body), nil }
	}
	return r
}

// body gives what a request reads its body from. It has to be one of the types
// that the transport knows to be in memory: only then does it put header and
// body into one packet.
func body(b []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(b)) }

// target gives the URL to put on the wire. A proxy has to be told the whole of
// it, also where the path is one that has to go out literally.
func (c *Client) target(u *url.URL) *url.URL {
	if !c.proxied || u.Opaque == "" || u.Scheme != "http" {
		return u
	}
	whole := *u
	whole.Opaque = "//" + u.Host + u.Opaque
	return &whole
}

// header gives the lines as the transport wants them, with names as they are.
func header(lines []message.Line) http.Header {
	h := make(http.Header, len(lines)+1)
	values := make([]string, len(lines))
	for i, line := range lines {
		values[i] = line.Value
		if before, ok := h[line.Name]; ok {
			h[line.Name] = append(before, line.Value)
			continue
		}
		h[line.Name] = values[i : i+1 : i+1]
	}
	if _, ok := h[mayRepeat]; !ok {
		h[mayRepeat] = nil
	}
	return h
}

// mayRepeat, without a value, sends nothing and tells the transport that the
// request may go out again when a kept connection turns out to be closed: a
// message carries the same webhook-id however often it is sent.
const mayRepeat = "Idempotency-Key"

// exchange watches one request go out.
type exchange struct {
	trace httptrace.ClientTrace
	wrote atomic.Bool // a connection was there: bytes may have gone out
}

func (x *exchange) wroteHeaders() { x.wrote.Store(true) }
