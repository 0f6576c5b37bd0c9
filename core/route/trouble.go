package route

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// Blocked says that an address is one that may not be reached. Nothing was sent.
//
// What a name stands for is looked at when it is connected to. Behind a proxy it
// cannot be seen: there only addresses are refused that stand in a URL, the names
// under which clouds keep their data, and names of this computer.
type Blocked struct {
	Host   string // as the webhook or a redirect names it
	IP     string // what the name stands for; "" if Host says it, or is refused as a name
	Always bool   // no webhook may reach it; else this one may not
	What   string // what is there: "a private network"
}

// Error gives a sentence.
func (b *Blocked) Error() string {
	name := b.Host
	if b.IP != "" && b.IP != b.Host {
		name += " (" + b.IP + ")"
	}
	if b.Always {
		return fmt.Sprintf("%s belongs to %s. Hookbird never sends anything there.", name, b.What)
	}
	return fmt.Sprintf("%s belongs to %s, and this webhook may only reach public addresses.", name, b.What)
}

// ProxyError says that a proxy did not let something through. The target got
// nothing of the message.
type ProxyError struct {
	// Host is the proxy's name and port.
	Host string
	// Code is its answer, as HTTP counts; what a SOCKS proxy says is put into the
	// nearest code. 407 asks who is there, or says that user and password are
	// wrong. 502, 503 and 504 say that it is willing, but could not reach the
	// target. 0: it could not be reached, or did not answer as a proxy does; then
	// Err says more.
	Code int
	// Text is what it said besides, in a few words; no secret is in it.
	Text string
	// Err is the cause. It may be nil.
	Err error
}

// Refused tells whether the proxy works and does not want to let this through, so
// that only a person can help. Else another try may do.
func (e *ProxyError) Refused() bool { return e.Code != 0 && e.Code < 500 }

// Error gives a sentence.
func (e *ProxyError) Error() string {
	sentence := "The proxy %s does not let this through%s."
	switch {
	case e.Code == http.StatusProxyAuthRequired:
		sentence = "The proxy %s asks for a user and a password, or did not accept them%s."
	case e.Code >= 500:
		sentence = "The proxy %s could not reach the target%s."
	case e.Code == 0:
		sentence = "The proxy %s does not answer%s."
	}
	detail := ""
	if e.Text != "" {
		detail = " (" + e.Text + ")"
	}
	return fmt.Sprintf(sentence, e.Host, detail)
}

// Unwrap gives the cause.
func (e *ProxyError) Unwrap() error { return e.Err }

// TokenError says that no token could be fetched. The target got nothing.
type TokenError struct {
	Code int    // what was answered where tokens are fetched; 0: nothing was
	Text string // what it said, in a few words; no secret is in it
	Err  error  // may be nil, a *ProxyError, a *Blocked, or what net and crypto/tls say
}

// Refused tells whether whoever gives tokens works and does not want to give this
// one, so that only a person can help. Else another try may do.
func (e *TokenError) Refused() bool {
	return e.Code != 0 && e.Code < 500 && e.Code != http.StatusRequestTimeout && e.Code != http.StatusTooManyRequests
}

// Error gives a sentence.
func (e *TokenError) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("The key that has to be fetched first could not be fetched: %s.", e.Text)
	}
	return fmt.Sprintf("The key that has to be fetched first was not given: %d %s.", e.Code, e.Text)
}

// Unwrap gives the cause.
func (e *TokenError) Unwrap() error { return e.Err }

// IsTimeout tells whether something failed because its time was over.
func IsTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}
