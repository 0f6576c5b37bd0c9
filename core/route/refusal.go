package route

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// refusal says what a proxy answered that does not let something through.
func refusal(proxy *url.URL, answer *http.Response) *ProxyError {
	text := answer.Status
	if text == "" {
		text = fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
	}
	if asks := schemes(answer.Header.Values("Proxy-Authenticate")); answer.StatusCode == http.StatusProxyAuthRequired && asks != "" {
		text += "; asks for " + asks
	}
	if squid := answer.Header.Get("X-Squid-Error"); squid != "" {
		text += "; " + squid
	}
	return &ProxyError{Host: hostPort(proxy), Code: answer.StatusCode, Text: brief(text, secretsOf(proxy)...)}
}

// schemes names the ways to say who is there that a proxy accepts: "Negotiate,
// NTLM". Hookbird knows Basic alone, and who looks after the proxy should see it.
func schemes(values []string) string {
	var names []string
	for _, value := range values {
		name, _, _ := strings.Cut(strings.TrimSpace(value), " ")
		names = append(names, strings.TrimSuffix(name, ","))
	}
	return strings.Join(names, ", ")
}

// secretsOf gives what of a proxy's URL must not be seen.
func secretsOf(proxy *url.URL) []string {
	password, ok := proxy.User.Password()
	if !ok {
		return nil
	}
	return []string{proxy.User.Username() + ":" + password, password}
}

// socksCodes are the answers of HTTP that come nearest to those of SOCKS, by the
// words that net/http has for them.
var socksCodes = map[string]int{
	"no acceptable authentication methods":    http.StatusProxyAuthRequired,
	"username/password authentication failed": http.StatusProxyAuthRequired,
	"connection not allowed by ruleset":       http.StatusForbidden,
	"general SOCKS server failure":            http.StatusBadGateway,
	"network unreachable":                     http.StatusBadGateway,
	"host unreachable":                        http.StatusBadGateway,
	"connection refused":                      http.StatusBadGateway,
	"TTL expired":                             http.StatusGatewayTimeout,
	"command not supported":                   http.StatusNotImplemented,
	"address type not supported":              http.StatusNotImplemented,
}

// socksError says what went wrong at a SOCKS proxy.
func socksError(proxy *url.URL, err error) *ProxyError {
	text := strings.TrimPrefix(err.Error(), "unknown error ")
	code := socksCodes[text]
	if code == 0 {
		return unanswered(proxy, err)
	}
	return &ProxyError{Host: hostPort(proxy), Code: code, Text: text, Err: err}
}

// unanswered says that a proxy did not answer as proxies do.
func unanswered(proxy *url.URL, err error) *ProxyError {
	secrets := secretsOf(proxy)
	return &ProxyError{Host: hostPort(proxy), Text: reason(err, secrets...), Err: cleared(err, secrets...)}
}

// unmarked gives a proxy's URL with its own port.
func unmarked(proxy *url.URL) *url.URL {
	u := *proxy
	if own, ok := unmark(proxy.Port()); ok {
		u.Host = net.JoinHostPort(proxy.Hostname(), own)
	}
	return &u
}
