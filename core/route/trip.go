package route

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
)

// trip is one request, or one look, on its way through a proxy.
type trip struct {
	proxy   *url.URL    // with user and password; nil: the way is straight
	whole   bool        // the request is put to the proxy whole
	let     atomic.Bool // the proxy has let it through to the target
	arrived atomic.Bool // a connection was there for the request
}

type tripKey struct{}

func tripOf(ctx context.Context) *trip {
	t, _ := ctx.Value(tripKey{}).(*trip)
	return t
}

// RoundTrip sends a request by this way, as http.RoundTripper has it. What went
// wrong at a proxy is a *ProxyError, also the 407 that a proxy answers to a
// request for plain http: the target has got nothing then, whatever a trace says
// of bytes that were written. A *Blocked may be anywhere in the error's chain.
func (r *Route) RoundTrip(request *http.Request) (*http.Response, error) {
	proxy, err := r.way(request.Context(), request.URL)
	if err != nil {
		closeBody(request)
		return nil, err
	}
	if proxy == nil {
		return r.transport.RoundTrip(request)
	}
	t := &trip{proxy: proxy, whole: whole(request.URL, proxy)}
	response, err := r.transport.RoundTrip(t.request(request))
	if err != nil {
		return nil, t.explain(err)
	}
	if t.whole && response.StatusCode == http.StatusProxyAuthRequired {
		_ = response.Body.Close()
		return nil, refusal(proxy, response)
	}
	return response, nil
}

// closeBody does what a transport does with a request that it cannot send.
func closeBody(request *http.Request) {
	if request.Body != nil {
		_ = request.Body.Close()
	}
}

// request gives a request on this trip. A proxy has to be told the whole URL, also
// where its path is one that has to go out literally.
func (t *trip) request(r *http.Request) *http.Request {
	ctx := context.WithValue(r.Context(), tripKey{}, t)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { t.arrived.Store(true) }})
	r = r.WithContext(ctx)
	if t.whole && strings.HasPrefix(r.URL.Opaque, "/") && !strings.HasPrefix(r.URL.Opaque, "//") {
		u := *r.URL
		u.Opaque = "//" + u.Host + u.Opaque
		r.URL = &u
	}
	return r
}

// explain finds out whether it was the proxy that something failed at.
func (t *trip) explain(err error) error {
	if e, ok := errors.AsType[*ProxyError](err); ok {
		return e
	}
	_, blocked := errors.AsType[*Blocked](err)
	if t.proxy == nil || blocked || t.arrived.Load() || t.let.Load() || errors.Is(err, context.Canceled) {
		return err
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "socks connect" {
		if op.Err != nil {
			err = op.Err
		}
		return socksError(t.proxy, err)
	}
	return unanswered(t.proxy, err)
}

// proxyAnswered looks at what a proxy answered when it was asked to connect to a
// target.
func proxyAnswered(ctx context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return refusal(unmarked(proxy), answer)
	}
	if t := tripOf(ctx); t != nil {
		t.let.Store(true)
	}
	return nil
}
