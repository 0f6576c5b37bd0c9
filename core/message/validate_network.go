package message

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"hookbird/core"
)

// network looks at the way to the target.
func (v *validator) network() {
	n := v.w.Network
	v.files(n)
	v.all("/proxy", ValidateProxy(n.Proxy))
	u, err := ParseAddress(v.w.Address)
	if err != nil {
		return // it was said already
	}
	if n.NoPrivate && private(u) {
		v.add("/address", "This address is of this computer or of a private network, which this webhook may not reach. Take another one, or allow private addresses.")
	}
	if n.CertFile != "" && u.Scheme != "https" {
		v.add("/tls/cert_file", "A certificate is only shown over a secure connection, and this address begins with http://. Change it to https://, or remove the certificate.")
	}
}

// files looks at the files that are read for a secure connection.
func (v *validator) files(n core.Network) {
	if v.w.CAFile != "" && !filepath.IsAbs(v.w.CAFile) {
		v.add("/tls/ca_file", "The file of authorities has to be named with its whole path.")
	}
	if n.CertFile != "" && !filepath.IsAbs(n.CertFile) {
		v.add("/tls/cert_file", "The file of the certificate has to be named with its whole path.")
	}
	switch {
	case n.KeyFile == "":
	case n.CertFile == "":
		v.add("/tls/key_file", "A key goes with a certificate. Name the file of the certificate too, or remove the key.")
	case !filepath.IsAbs(n.KeyFile):
		v.add("/tls/key_file", "The file of the key has to be named with its whole path.")
	}
}

// shared are the addresses between a provider and its customers (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// private tells whether an address says by itself that it is of this computer or
// of a private network. What a name leads to shows only when it is connected to.
func private(u *url.URL) bool {
	if Loopback(u) {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	return ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || shared.Contains(ip)
}

// ValidateProxy says everything that is wrong with how a proxy is found, each with
// its place as a JSON pointer: "/address", "/user" or "/password". It returns nil
// for a good one.
func ValidateProxy(p core.Proxy) core.Errors {
	v := validator{}
	switch p.Kind {
	case core.ProxyDefault, core.ProxySystem, core.ProxyNone:
		return nil
	case core.ProxyManual:
	default:
		v.add("", "A proxy is the one of this computer's settings, none at all, or one with an address, but not %q.", p.Kind)
		return v.errs
	}
	v.check("/address", checkProxy(p.Address))
	if p.User != "" {
		v.user("/user", p.User, "Type the user name for the proxy, or leave it out.")
	}
	switch {
	case strings.Contains(p.User, ":"):
		v.add("/user", "A user name cannot hold a colon. What stands behind it is probably the password.")
	case p.User == "" && !p.Password.IsZero():
		v.add("/user", "A password goes with a user name. Type it, or remove the password.")
	}
	v.password("/password", p.Password)
	return v.errs
}

// proxySchemes are the ways to speak to a proxy.
const proxySchemes = "http://, https:// or socks5://"

// checkProxy looks at the address of a proxy.
func checkProxy(address string) error {
	if err := checkTypedProxy(address); err != nil {
		return err
	}
	scheme, _, found := strings.Cut(address, "://")
	if !found {
		return wrong("The address of a proxy begins with %s, as in http://proxy.example.org:3128", proxySchemes)
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "socks5":
	default:
		return wrong("The address of a proxy begins with %s, but not with %.20s://", proxySchemes, scheme)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return wrong("The name of the proxy in this address cannot be read. It looks like http://proxy.example.org:3128")
	}
	return checkProxyParts(u)
}

// checkTypedProxy looks at an address as it was typed.
func checkTypedProxy(address string) error {
	switch {
	case strings.TrimSpace(address) == "":
		return wrong("Type the address of the proxy, such as http://proxy.example.org:3128")
	case len(address) > MaxAuthText:
		return wrong("This address is too long: it has %d characters, and %d are allowed.", len(address), MaxAuthText)
	case strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return wrong("This address has a space in it. Remove it.")
	case strings.Contains(address, "@"):
		return wrong("The address of the proxy holds a user name. Take out what stands in front of the @, and type user name and password in the places of their own.")
	}
	return filledIn(address)
}

// checkProxyParts looks at host and port, of which there is nothing behind.
func checkProxyParts(u *url.URL) error {
	if err := checkHost(u.Hostname()); err != nil {
		return err
	}
	port, err := strconv.Atoi(u.Port())
	switch {
	case strings.HasSuffix(strings.ToLower(u.Path), ".pac"):
		return wrong("This is the address of a file that says which proxy to take. Set it in this computer's own settings, and use the proxy of this computer.")
	case u.Port() == "":
		return wrong("The port of the proxy is missing: a colon and a number behind its name, such as :3128")
	case err != nil || port < 1 || port > 65535:
		return wrong("The port %.20s in this address does not exist. Ports are numbers from 1 to 65535.", u.Port())
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return wrong("The address of a proxy ends with its port. Remove what stands behind it.")
	}
	return nil
}
