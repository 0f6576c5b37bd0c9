package route

import (
	"net/netip"
	"net/url"
	"strings"
)

// bypassed tells whether the exceptions of this computer's settings say that the
// straight way leads to a URL. They are separated by commas or semicolons:
// "<local>" is every name without a dot, "*" stands for anything ("*.example.com",
// "192.168.*"), and a network may be written shortened ("169.254/16").
func bypassed(u *url.URL, exceptions string) bool {
	host := plainName(u.Hostname())
	for exception := range strings.FieldsFuncSeq(strings.ToLower(exceptions), func(r rune) bool {
		return r == ',' || r == ';' || r == ' '
	}) {
		if _, bare, ok := strings.Cut(exception, "://"); ok {
			exception = bare
		}
		if excepts(exception, host) || excepts(exception, host+":"+port(u)) {
			return true
		}
	}
	return false
}

func excepts(exception, host string) bool {
	if exception == "<local>" {
		return !strings.ContainsAny(host, ".:")
	}
	if network, ok := network(exception); ok {
		ip, err := netip.ParseAddr(host)
		return err == nil && network.Contains(ip.Unmap())
	}
	if strings.HasPrefix(exception, ".") {
		return host == exception[1:] || strings.HasSuffix(host, exception)
	}
	return globs(exception, host)
}

// network reads "10.0.0.0/8", also as "10/8".
func network(s string) (netip.Prefix, bool) {
	address, bits, ok := strings.Cut(s, "/")
	if !ok {
		return netip.Prefix{}, false
	}
	if !strings.Contains(address, ":") {
		for strings.Count(address, ".") < 3 {
			address += ".0"
		}
	}
	p, err := netip.ParsePrefix(address + "/" + bits)
	return p, err == nil
}

// globs tells whether a pattern, in which * stands for anything, is a text.
func globs(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
