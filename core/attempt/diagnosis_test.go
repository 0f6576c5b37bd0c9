package attempt_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/route"
)

// Whoever sends a request by itself learns of its failure what is said of a
// message's.
func TestUnanswered(t *testing.T) {
	unproven := &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{{}}, Err: x509.UnknownAuthorityError{}}
	alert := &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}
	wrote := attempt.Occasion{Wrote: true}
	for name, tt := range map[string]struct {
		err   error
		o     attempt.Occasion
		cause core.Cause
		short string
	}{
		"no such name":        {&net.DNSError{IsNotFound: true}, attempt.Occasion{}, core.CauseDNS, "was not found: no system by that name"},
		"name server":         {&net.DNSError{}, attempt.Occasion{}, core.CauseDNS, "could not be looked up"},
		"nobody":              {io.EOF, attempt.Occasion{}, core.CauseConnect, "could not be reached"},
		"slow":                {context.DeadlineExceeded, attempt.Occasion{}, core.CauseConnect, "could not be reached in time"},
		"no answer":           {context.DeadlineExceeded, wrote, core.CauseTimeout, "took too long to answer"},
		"cut off":             {io.EOF, wrote, core.CauseBroken, "ended the connection before it had answered"},
		"blocked":             {&route.Blocked{Host: "10.0.0.1", What: "a private network"}, wrote, core.CauseBlocked, "was sent nothing: its address may not be reached"},
		"proxy":               {&route.ProxyError{Code: 403}, wrote, core.CauseProxy, "was sent nothing: the proxy does not let it through"},
		"unknown authority":   {unproven, attempt.Occasion{}, core.CauseCertificate, "could not prove who it is: nobody known vouches for it"},
		"nothing in common":   {alert, attempt.Occasion{Certified: true}, core.CauseCertificate, "could not agree on a secure connection"},
		"refused certificate": {alert, attempt.Occasion{Asked: true, Certified: true}, core.CauseCertificate, "did not accept this computer's certificate"},
		"key refused":         {&route.TokenError{Code: 401}, attempt.Occasion{Fetching: true}, core.CauseToken, "was sent nothing: no key was given for it"},
		"key server silent":   {&route.TokenError{Err: io.EOF}, attempt.Occasion{Fetching: true}, core.CauseConnect, "was sent nothing: its sign-in server could not be reached"},
	} {
		a := attempt.Unanswered(tt.err, tt.o)
		if short := attempt.Short(a); a.Cause != tt.cause || short != tt.short {
			t.Errorf("%s: %s, %q, want %s, %q", name, a.Cause, short, tt.cause, tt.short)
		}
	}
}

func TestUnansweredHoldsNoSecret(t *testing.T) {
	blocked := &route.Blocked{Host: "open-sesame.internal", What: "a private network"}
	if a := attempt.Unanswered(blocked, attempt.Occasion{}, "open-sesame"); strings.Contains(a.Detail, "sesame") || !strings.Contains(a.Detail, core.Dots+".internal") {
		t.Errorf("detail %q", a.Detail)
	}
}

func TestUnended(t *testing.T) {
	for err, want := range map[error]string{
		context.DeadlineExceeded: "began to answer and did not end",
		io.ErrUnexpectedEOF:      "ended the connection in the middle of its answer",
	} {
		if short := attempt.Short(attempt.Unended(err)); short != want {
			t.Errorf("%v: %q, want %q", err, short, want)
		}
	}
}
