package route

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hookbird/core/message"
)

// guard says which addresses may not be reached: those of clouds' own data
// never, and with noPrivate none that is not public.
//
// It is asked twice. Before anything happens it sees the host of a URL as it is
// written, in which an address may stand or a name that everybody knows. When a
// connection is made it sees the address that the name stands for at that moment,
// so that a name which stands for another address the second time gains nothing.
// Behind a proxy only the first is possible: there the proxy looks up names, and a
// name that stands for a private address is for the proxy to refuse.
type guard struct {
	noPrivate bool
	own       func() ([]net.Addr, error) // addresses of this computer; nil: net.InterfaceAddrs
}

// admit refuses the host of a URL by what can be told from its text, and a port
// that there is not, which would be taken for a proxy's: see proxyPort.
func (g guard) admit(u *url.URL) error {
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n >= proxyPort {
			return &net.OpError{Op: "dial", Net: "tcp", Err: &net.AddrError{Err: "invalid port", Addr: u.Host}}
		}
	}
	if b := g.refuseHost(u.Hostname()); b != nil {
		return b
	}
	return nil
}

// refuseHost says why a host may not be reached, nil if it may as far as its text
// says.
func (g guard) refuseHost(host string) *Blocked {
	name := plainName(host)
	for _, ip := range written(name) {
		if b := g.refuse(ip); b != nil {
			b.Host = host
			return b
		}
	}
	switch {
	case cloudNames[name]:
		return &Blocked{Host: host, Always: true, What: clouds[0].what}
	case g.noPrivate && (selfNames[name] || strings.HasSuffix(name, ".localhost")):
		return &Blocked{Host: host, What: privates[0].what}
	}
	return nil
}

// refuse says why an address may not be reached, nil if it may.
func (g guard) refuse(ip netip.Addr) *Blocked {
	ip = ip.WithZone("").Unmap()
	inside := append(carried(ip), ip)
	if p, ok := find(clouds, inside); ok {
		return &Blocked{Host: ip.String(), IP: ip.String(), Always: true, What: p.what}
	}
	if !g.noPrivate {
		return nil
	}
	if p, ok := find(privates, inside); ok {
		return &Blocked{Host: ip.String(), IP: ip.String(), What: p.what}
	}
	if slices.ContainsFunc(inside, g.isOwn) {
		return &Blocked{Host: ip.String(), IP: ip.String(), What: privates[0].what}
	}
	return nil
}

// isOwn tells whether an address is one of this computer, on whose network it may
// be a public one.
func (g guard) isOwn(ip netip.Addr) bool {
	list := net.InterfaceAddrs
	if g.own != nil {
		list = g.own
	}
	own, err := list()
	if err != nil {
		return false // a system that does not say; the ranges above still hold
	}
	return slices.ContainsFunc(own, func(a net.Addr) bool {
		p, err := netip.ParsePrefix(a.String())
		return err == nil && p.Addr().WithZone("").Unmap() == ip
	})
}

// find gives the first place that holds one of some addresses.
func find(list []place, addresses []netip.Addr) (place, bool) {
	for _, p := range list {
		for _, ip := range addresses {
			if p.prefix.Contains(ip) {
				return p, true
			}
		}
	}
	return place{}, false
}

// local tells whether a URL leads to this computer itself, to which no proxy
// leads.
func local(u *url.URL) bool {
	if message.Loopback(u) {
		return true
	}
	name := plainName(u.Hostname())
	here := func(ip netip.Addr) bool { return ip.Unmap().IsLoopback() || ip.Unmap().IsUnspecified() }
	return selfNames[name] || slices.ContainsFunc(written(name), here)
}
