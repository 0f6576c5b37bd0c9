package ask

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/route"
)

// reading makes words about a message ones about a request whose answer is read.
var reading = strings.NewReplacer(
	"this webhook expects", "Hookbird expects", "this webhook", "Hookbird",
	"who is sending", "who is asking", "another way of sending", "another way of asking", "that are sent this way", "that are made this way",
	"understand the data", "understand the request", "something in what was sent", "something in the request",
	" What came back often says which field.", "", " What came back may say why.", "", "the key that was sent", "the key",
	"the whole message", "the whole request", "the message", "the request", "messages", "requests",
	"no longer takes messages", "no longer answers",
	" and it will be the same with the next record", "",
	"because the data could end up with somebody else", "because the key could end up with somebody else",
	"nothing was sent", "nothing was read", "Nothing was sent", "Nothing was read",
	"so nothing could be sent", "so nothing could be read", "was sent nothing", "was not asked",
)

// words says in a sentence or two what became of a request.
func (c *Client) words(a core.Attempt) string {
	advice := attempt.Explain(c.name, c.key, a)
	return strings.TrimSpace(reading.Replace(advice.Title + ". " + advice.Text))
}

// wrong is what became of a request that did not succeed.
func (c *Client) wrong(a core.Attempt, cause error) error {
	code := core.CodeUnavailable
	switch a.Cause {
	case core.CauseData, core.CauseSize:
		code = core.CodeInvalid
	case core.CauseAddress, core.CauseGone:
		code = core.CodeNotFound
	}
	return core.Wrap(code, cause, c.words(a))
}

// strange is what became of an answer that is of no use.
func (c *Client) strange(text string) error {
	return core.Errorf(core.CodeUnavailable, "%s gave an answer that is of no use. %s", c.name, text)
}

// refused says why an answer is not good, by its code.
func (t *trip) refused(r *http.Response, after time.Duration) error {
	var cause error
	if after > 0 {
		cause = later(after)
	}
	return t.client.wrong(core.Attempt{Code: r.StatusCode, Cause: causeOf(r.StatusCode, after > 0)}, cause)
}

// later is the cause of an error that says when to come back.
type later time.Duration

// Error implements error.
func (l later) Error() string { return "asked to come back in " + time.Duration(l).String() }

// RetryAfter gives when the service wants to be asked again whose refusal is an
// error of Do: between 1 s and 24 h, and 0 if it did not say.
func RetryAfter(err error) time.Duration {
	l, _ := errors.AsType[later](err)
	return time.Duration(l)
}

// causeOf says what a code means that is not good.
func causeOf(code int, asks bool) core.Cause {
	switch cause, ok := causes[code]; {
	case ok:
		return cause
	case code == http.StatusServiceUnavailable && asks:
		return core.CauseSlow
	case code >= 500 && code <= 599:
		return core.CauseServer
	case code >= 300 && code <= 399:
		return core.CauseRedirect
	}
	return core.CauseOther
}

var causes = map[int]core.Cause{
	400: core.CauseData, 401: core.CauseKey, 403: core.CauseForbidden, 404: core.CauseAddress, 405: core.CauseMethod,
	407: core.CauseProxyKey, 408: core.CauseTimeout, 410: core.CauseGone, 413: core.CauseSize, 414: core.CauseSize,
	415: core.CausePacking, 422: core.CauseData, 429: core.CauseSlow, 511: core.CausePortal,
}

// unended says why an answer could not be read to its end.
func (t *trip) unended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, ok := errors.AsType[*core.Error](err); ok {
		return err
	}
	switch {
	case errors.Is(err, errLong):
		return t.client.strange("It is longer than 16 MB. Ask for fewer records at a time, page by page.")
	case isTimeout(err):
		return t.client.wrong(core.Attempt{Cause: core.CauseTimeout, Detail: "the answer did not end in time"}, nil)
	}
	return t.client.wrong(core.Attempt{Cause: core.CauseBroken, Detail: "the answer broke off"}, nil)
}

// lost says why there is no answer.
func (t *trip) lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if vault, ok := errors.AsType[*core.Error](err); ok {
		return vault
	}
	a := core.Attempt{At: time.Now()}
	a.Cause, a.Detail = t.diagnose(err)
	if t.fetching && a.Cause != core.CauseToken {
		a.Detail = "at the sign-in server; " + a.Detail
	}
	return t.client.wrong(a, nil)
}

// diagnose reads the failure of a request. The detail is one that package attempt
// knows, by which it finds closer words.
func (t *trip) diagnose(err error) (cause core.Cause, detail string) {
	if blocked, ok := errors.AsType[*route.Blocked](err); ok {
		return core.CauseBlocked, blocked.Error()
	}
	if proxy, ok := errors.AsType[*route.ProxyError](err); ok {
		return atProxy(proxy)
	}
	if token, ok := errors.AsType[*route.TokenError](err); ok {
		return t.keyless(token)
	}
	if detail, is := t.insecure(err); is {
		return core.CauseCertificate, detail
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return core.CauseDNS, ""
		}
		return core.CauseDNS, "the name server does not answer"
	}
	switch {
	case t.wrote.Load() && isTimeout(err):
		return core.CauseTimeout, ""
	case t.wrote.Load():
		return core.CauseBroken, ""
	case isTimeout(err):
		return core.CauseConnect, "no connection in time"
	}
	return core.CauseConnect, ""
}

// keyless reads why no key could be fetched.
func (t *trip) keyless(e *route.TokenError) (core.Cause, string) {
	switch {
	case e.Refused() || e.Code == 0 && e.Err == nil:
		return core.CauseToken, ""
	case e.Code != 0:
		return core.CauseServer, ""
	}
	return t.diagnose(e.Err)
}

func atProxy(e *route.ProxyError) (core.Cause, string) {
	switch {
	case e.Code == http.StatusProxyAuthRequired:
		return core.CauseProxyKey, ""
	case e.Refused():
		return core.CauseProxy, ""
	case e.Code != 0:
		return core.CauseConnect, "the proxy cannot reach it"
	}
	return core.CauseConnect, "the proxy does not answer"
}

// insecure tells whether the two ends could not agree on a secure connection.
func (t *trip) insecure(err error) (detail string, is bool) {
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return "it does not speak TLS", true
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" { // an alert
		if t.client.certify {
			return "it refuses our certificate", true
		}
		return "no way to be secure that both know", true
	}
	if strings.Contains(err.Error(), "tls: server selected unsupported protocol version") {
		return "its security is too old", true
	}
	verification, is := errors.AsType[*tls.CertificateVerificationError](err)
	if !is {
		return "", false
	}
	return unproven(verification.Err), true
}

func unproven(err error) string {
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		return "its certificate has run out"
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "its certificate is for another name"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "its certificate is from an unknown authority"
	}
	return ""
}

func isTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}
