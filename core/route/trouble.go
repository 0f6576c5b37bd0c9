package route

import (
	"fmt"
	"net/http"
)

// Blocked says that an address is one that may not be reached. Nothing was sent.
type Blocked struct {
	Host string // as the webhook names it, or the address that it stood for
	Why  string // what is there: the end of "…, which belongs to "
}

// Error gives a sentence.
func (b *Blocked) Error() string {
	return fmt.Sprintf("Hookbird does not send to %s, which belongs to %s.", b.Host, b.Why)
}

// ProxyError says that a proxy did not let something through. The target got
// nothing. Without a Code, the proxy itself could not be reached, or spoke otherwise
// than a proxy does; then Err says more.
type ProxyError struct {
	Host string // of the proxy, with its port
	Code int    // its answer: 407 asks who is there, 502 to 504 say that it could not reach the target either
	Text string // what it said besides
	Err  error  // may be nil
}

// Error gives a sentence.
func (e *ProxyError) Error() string {
	text := ""
	if e.Text != "" {
		text = ": " + e.Text
	}
	switch {
	case e.Code == http.StatusProxyAuthRequired:
		return fmt.Sprintf("The proxy %s wants a user and a password, or did not accept them (407%s).", e.Host, text)
	case e.Code != 0:
		return fmt.Sprintf("The proxy %s did not let this through (%d%s).", e.Host, e.Code, text)
	}
	return fmt.Sprintf("The proxy %s does not answer as it should%s.", e.Host, text)
}

// Unwrap gives the cause.
func (e *ProxyError) Unwrap() error { return e.Err }

// TokenError says that no token could be fetched. The target got nothing.
type TokenError struct {
	Code int    // what the place where tokens are fetched answered; 0: it did not
	Text string // what it said; never the client's secret
	Err  error  // may be nil
}

// Error gives a sentence.
func (e *TokenError) Error() string {
	switch {
	case e.Code != 0:
		return fmt.Sprintf("The key for this target could not be fetched: %d %s.", e.Code, e.Text)
	default:
		return fmt.Sprintf("The key for this target could not be fetched: %s.", e.Text)
	}
}

// Unwrap gives the cause.
func (e *TokenError) Unwrap() error { return e.Err }
