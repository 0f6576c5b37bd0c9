package attempt

import (
	"errors"
	"io"
	"net"
	"strings"

	"hookbird/core"
	"hookbird/core/route"
)

// Occasion is how far a request had come when it failed.
type Occasion struct {
	Fetching  bool // what failed was to fetch its key
	Wrote     bool // bytes may have gone out
	Asked     bool // somebody asked for a certificate of this computer
	Certified bool // this computer has one to show

	stage stage // how far it had come before that; zero if nobody watched
}

// Unanswered gives what Explain has to know of a request that went by a
// route.Route and got no answer. None of the secrets is in it.
func Unanswered(err error, o Occasion, secrets ...string) core.Attempt {
	f := diagnose(err, o)
	return core.Attempt{Cause: f.cause, Detail: f.write(newMasker(secrets))}
}

// Unended gives what Explain has to know of a request whose answer broke off, or
// did not end in time.
func Unended(err error) core.Attempt {
	cause, mark := unended(err)
	return core.Attempt{Cause: cause, Detail: mark}
}

// unended says what it means that an answer ended before its end.
func unended(err error) (cause core.Cause, mark string) {
	if route.IsTimeout(err) {
		return core.CauseTimeout, markSlowAnswer
	}
	return core.CauseBroken, markCutAnswer
}

// finding is what a failure turned out to be.
type finding struct {
	cause core.Cause
	detail
	nothing bool // for certain nothing has reached the target, whatever was written
}

// diagnose reads the failure of a request.
func diagnose(err error, o Occasion) finding {
	f := find(err, o)
	f.signIn = o.Fetching && f.cause != core.CauseToken && f.cause != core.CauseSecret
	return f
}

// find finds out what failed.
func find(err error, o Occasion) finding {
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
	if o.Wrote {
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
func withoutKey(e *route.TokenError, o Occasion) finding {
	d := detail{text: e.Error()}
	switch {
	case e.Refused():
		return finding{core.CauseToken, d, true}
	case e.Code != 0:
		return finding{core.CauseServer, d, true}
	case e.Err == nil:
		return finding{core.CauseToken, d, true}
	}
	return find(e.Err, o)
}

// afterwards reads a failure after bytes had gone out.
func afterwards(err error) finding {
	text := err.Error()
	f := finding{core.CauseBroken, detail{text: text}, false}
	switch {
	case route.IsTimeout(err):
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
	case noName || s == stageName && route.IsTimeout(err):
		f.cause, f.mark = core.CauseDNS, markNameServer
	case s >= stageConnected && route.IsTimeout(err):
		f.mark = markSlowSecure
	case s >= stageConnected && isCut(err):
		f.mark = markCutSecure
	case route.IsTimeout(err):
		f.mark = markSlowConnect
	}
	return f
}

// unreachable tells whether a cause can also come of having no network.
func unreachable(cause core.Cause) bool {
	return cause == core.CauseDNS || cause == core.CauseConnect
}

// isCut tells whether a connection was ended by who is at its other end.
func isCut(err error) bool {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "read" || op.Op == "write")
}
