package attempt

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// stage is how far a request has come. It never goes back: what was once written
// may have arrived, also if the transport then takes another connection.
type stage int32

const (
	stageStart     stage = iota
	stageName            // its name is looked up
	stageConnect         // a connection is made
	stageConnected       // there is one, perhaps only to a proxy, and not secure yet
	stageWritten         // bytes may have gone out
)

// exchange watches one request. It is the request's context, so that those who
// dial for it find it.
type exchange struct {
	context.Context
	stage atomic.Int32
	asked atomic.Bool // for a certificate of this computer
	trace httptrace.ClientTrace
	body  bytes.Reader
}

// watching finds an exchange in a context.
type watching struct{}

// Value gives the exchange itself to who looks for it.
func (x *exchange) Value(key any) any {
	if key == (watching{}) {
		return x
	}
	return x.Context.Value(key)
}

func (x *exchange) at() stage { return stage(x.stage.Load()) }

// occasion tells how far the request has come.
func (x *exchange) occasion() Occasion {
	s := x.at()
	return Occasion{Wrote: s >= stageWritten, Asked: x.asked.Load(), stage: s}
}

// reach notes a stage.
func (x *exchange) reach(s stage) {
	for {
		before := x.stage.Load()
		if before >= int32(s) || x.stage.CompareAndSwap(before, int32(s)) {
			return
		}
	}
}

func (x *exchange) wroteHeaders() { x.reach(stageWritten) }

// traced gives the context of a request that tells how far it has come.
func (x *exchange) traced() context.Context {
	x.trace.WroteHeaders = x.wroteHeaders
	return httptrace.WithClientTrace(x, &x.trace)
}

// dialFunc makes a connection.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// watched gives a dialFunc that tells the request it dials for how far it has come.
func watched(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		x, ok := ctx.Value(watching{}).(*exchange)
		if !ok {
			return dial(ctx, network, address)
		}
		connection, err := dial(x.dialTrace(ctx), network, address)
		if err == nil {
			x.reach(stageConnected)
		}
		return connection, err
	}
}

func (x *exchange) dialTrace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:     func(httptrace.DNSStartInfo) { x.reach(stageName) },
		ConnectStart: func(string, string) { x.reach(stageConnect) },
	})
}

// asked gives what shows a certificate, which tells the request for which a
// connection is made that somebody asked for one.
func asked(show func(*tls.CertificateRequestInfo) (*tls.Certificate, error)) func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	return func(info *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		if x, ok := info.Context().Value(watching{}).(*exchange); ok {
			x.asked.Store(true)
		}
		if show == nil {
			return new(tls.Certificate), nil // none
		}
		return show(info)
	}
}
