package attempt

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/route"
)

// fail fills in an attempt that got no answer.
func (c *Client) fail(ctx context.Context, a *core.Attempt, t *trip, err error) {
	a.Unsure = t.wrote() || t.redirect.hops > 0
	if ctx.Err() != nil {
		a.Cause = core.CauseStop
		return
	}
	m := c.maskerFor(t.message, t.keys)
	if t.redirect.hops > 0 {
		a.Detail = t.lost(a, err).write(m)
		return
	}
	found := diagnose(err, t.occasion())
	if t.fetching {
		found.signIn = found.cause != core.CauseToken && found.cause != core.CauseSecret
	} else {
		found.by(c.way, t.message.Target)
	}
	a.Cause = found.cause
	a.Unsure = a.Unsure && !found.nothing
	if unreachable(a.Cause) && !c.loopback && !c.online() {
		a.Cause = core.CauseNetwork
	}
	a.Detail = found.write(m)
}

// occasion is how far a request had come when it failed.
type occasion struct {
	stage     stage
	asked     bool // somebody asked for a certificate
	certified bool // this computer has one to show
}

func (t *trip) occasion() occasion {
	o := occasion{certified: t.client.certified}
	if t.now != nil {
		o.stage, o.asked = t.now.at(), t.now.asked.Load()
	}
	return o
}

// by adds the proxy that leads to a URL.
func (f *finding) by(way *route.Route, u *url.URL) {
	if proxy, err := way.ProxyFor(u); f.proxy == "" && err == nil && proxy != nil {
		f.proxy = proxy.Host
	}
}

// finding is what a failure turned out to be.
type finding struct {
	cause core.Cause
	detail
	nothing bool // for certain nothing has reached the target, whatever was written
}

// diagnose reads the failure of a request.
func diagnose(err error, o occasion) finding {
	if blocked, ok := errors.AsType[*route.Blocked](err); ok {
		d := detail{text: blocked.Error()}
		if blocked.Always {
			d.mark = markCloud
		}
		return finding{core.CauseBlocked, d, true}
	}
	if proxy, ok := errors.AsType[*route.ProxyError](err); ok {
		return atProxy(proxy)
	}
	if token, ok := errors.AsType[*route.TokenError](err); ok {
		return withoutKey(token, o)
	}
	if vault, ok := errors.AsType[*core.Error](err); ok {
		return finding{core.CauseSecret, detail{text: vault.Message}, true}
	}
	if d, is := insecure(err, o); is {
		return finding{core.CauseCertificate, d, true}
	}
	if o.stage >= stageWritten {
		return afterwards(err)
	}
	return before(err, o.stage)
}

// atProxy reads what a proxy said.
func atProxy(e *route.ProxyError) finding {
	d := detail{proxy: e.Host, text: e.Text}
	switch {
	case e.Code == 407:
		return finding{core.CauseProxyKey, d, true}
	case e.Refused():
		return finding{core.CauseProxy, d, true}
	case e.Code != 0:
		d.mark = markProxyCannot
	default:
		d.mark = markProxySilent
	}
	return finding{core.CauseConnect, d, true}
}

// withoutKey reads why no key could be fetched.
func withoutKey(e *route.TokenError, o occasion) finding {
	d := detail{text: e.Error()}
	switch {
	case e.Refused():
		return finding{core.CauseToken, d, true}
	case e.Code != 0:
		return finding{core.CauseServer, d, true}
	case e.Err == nil:
		return finding{core.CauseToken, d, true}
	}
	return diagnose(e.Err, o)
}

// afterwards reads a failure after bytes had gone out.
func afterwards(err error) finding {
	text := err.Error()
	f := finding{core.CauseBroken, detail{text: text}, false}
	switch {
	case isTimeout(err):
		f.cause = core.CauseTimeout
	case strings.Contains(text, "malformed"):
		f.mark = markNoHTTP
	case strings.Contains(text, "headers exceeded"):
		f.mark = markLongHeader
	}
	return f
}

// before reads a failure before anything went out.
func before(err error, s stage) finding {
	f := finding{core.CauseConnect, detail{text: err.Error()}, false}
	dns, noName := errors.AsType[*net.DNSError](err)
	switch {
	case noName && dns.IsNotFound:
		f.cause = core.CauseDNS
	case noName || s == stageName && isTimeout(err):
		f.cause, f.mark = core.CauseDNS, markNameServer
	case s >= stageConnected && isTimeout(err):
		f.mark = markSlowSecure
	case s >= stageConnected && isCut(err):
		f.mark = markCutSecure
	case isTimeout(err):
		f.mark = markSlowConnect
	}
	return f
}

// unreachable tells whether a cause can also come of having no network.
func unreachable(cause core.Cause) bool {
	return cause == core.CauseDNS || cause == core.CauseConnect
}

func isTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}

// isCut tells whether a connection was ended by who is at its other end.
func isCut(err error) bool {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "read" || op.Op == "write")
}

// hasNetwork tells whether any interface but the loopback one is up and has an
// address that reaches further than its own wire.
func hasNetwork() bool {
	interfaces, err := net.Interfaces()
	if err != nil {
		return true // who cannot tell does not claim
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			return true
		}
		for _, address := range addresses {
			if ip, ok := address.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
				return true
			}
		}
	}
	return false
}
