package attempt

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"

	"hookbird/core"
)

// fail fills in an attempt that got no answer. wrote tells that bytes may have
// gone out.
func (c *Client) fail(ctx context.Context, a *core.Attempt, err error, wrote bool, m *masker) {
	a.Unsure = wrote
	if ctx.Err() != nil {
		a.Cause = core.CauseStop
		return
	}
	a.Detail = m.start([]byte(err.Error()), maxDetail)
	a.Cause = causeOf(err, wrote)
	if unreachable(a.Cause) && !c.loopback && !c.online() {
		a.Cause = core.CauseNetwork
	}
}

// causeOf reads the error of an exchange. wrote tells that bytes may have gone
// out.
func causeOf(err error, wrote bool) core.Cause {
	switch {
	case isCertificate(err):
		return core.CauseCertificate
	case wrote && isTimeout(err):
		return core.CauseTimeout
	case wrote:
		return core.CauseBroken
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return core.CauseDNS
	}
	return core.CauseConnect
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

// isCertificate tells whether the two ends could not agree on a secure
// connection: the target could not prove who it is, or speaks no TLS at all.
func isCertificate(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "remote error" // a TLS alert
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
