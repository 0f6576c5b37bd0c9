package attempt

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"golang.org/x/net/idna"
)

// checkLimit bounds a look at an address.
const checkLimit = 10 * time.Second

// CheckAddress looks at an address without sending any request: it reads it,
// looks up the name, connects and, for https, shakes hands. ok tells that
// somebody answers there, secure that nobody on the way can read along; sentence
// says so to a person.
func CheckAddress(ctx context.Context, address, caFile string) (ok, secure bool, sentence string) {
	u, err := message.ParseAddress(address)
	if err != nil {
		return false, false, core.Sentence(err)
	}
	config, err := tlsConfig(caFile)
	if err != nil {
		return false, false, core.Sentence(err)
	}
	if proxyFor(u) != nil {
		return true, u.Scheme == "https", fmt.Sprintf("%s is reached through a proxy. The test shows whether the address is right.", u.Hostname())
	}
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	if err := shakeHands(ctx, u, config); err != nil {
		return false, false, unanswered(u, err)
	}
	switch {
	case u.Scheme == "https":
		return true, true, fmt.Sprintf("%s answers, securely. The test shows whether the rest of the address is right.", u.Hostname())
	case message.Loopback(u):
		return true, false, "This works. It does not leave this computer."
	default:
		return true, false, "This works, but it is not secure: others on the way could read it."
	}
}

// shakeHands connects to a target, and agrees on a secure connection if that is
// what its address says.
func shakeHands(ctx context.Context, u *url.URL, config *tls.Config) error {
	host, port := asciiHost(u), u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	defer connection.Close()
	if u.Scheme != "https" {
		return nil
	}
	config = config.Clone()
	config.ServerName = host
	return tls.Client(connection, config).HandshakeContext(ctx)
}

// asciiHost gives the host of a target as name servers know it (bücher.example
// is xn--bcher-kva.example).
func asciiHost(u *url.URL) string {
	if ascii, err := idna.Lookup.ToASCII(u.Hostname()); err == nil {
		return ascii
	}
	return u.Hostname()
}

// unanswered says why nobody could be reached.
func unanswered(u *url.URL, err error) string {
	host := u.Hostname()
	if _, plain := errors.AsType[tls.RecordHeaderError](err); plain {
		return fmt.Sprintf("%s answers, but not securely. Try http:// in place of https://, or ask for a secure address.", host)
	}
	cause := causeOf(err, false)
	if unreachable(cause) && !message.Loopback(u) && !hasNetwork() {
		cause = core.CauseNetwork
	}
	switch cause {
	case core.CauseCertificate:
		return fmt.Sprintf("%s could not prove who it is. Ask your IT about its certificate.", host)
	case core.CauseDNS:
		return fmt.Sprintf("There is no system by the name %s. Check the spelling.", host)
	case core.CauseNetwork:
		return "This computer has no network right now. You can go on and test later."
	default:
		return fmt.Sprintf("We could not reach %s. You can go on and test later.", host)
	}
}
