package attempt

import (
	"context"
	"net"
	"net/url"

	"hookbird/core"
	"hookbird/core/route"
)

// fail fills in an attempt that got no answer.
func (c *Client) fail(ctx context.Context, a *core.Attempt, t *trip, err error) {
	a.Unsure = t.wrote() || t.redirect.hops > 0
	if ctx.Err() != nil {
		a.Cause = core.CauseStop
		return
	}
	m := c.maskerFor(t.message, t.keys)
	if t.redirect.hops > 0 {
		a.Detail = t.lost(a, err).write(m)
		return
	}
	found := diagnose(err, t.occasion())
	if !t.fetching {
		found.by(c.way, t.message.Target)
	}
	a.Cause = found.cause
	a.Unsure = a.Unsure && !found.nothing
	if unreachable(a.Cause) && !c.loopback && !c.online() {
		a.Cause = core.CauseNetwork
	}
	a.Detail = found.write(m)
}

// occasion tells how far the message had come.
func (t *trip) occasion() Occasion {
	o := Occasion{Fetching: t.fetching}
	if t.now != nil {
		o = t.now.occasion()
	}
	o.Certified = t.client.certified
	return o
}

// by adds the proxy that leads to a URL.
func (f *finding) by(way *route.Route, u *url.URL) {
	if proxy, err := way.ProxyFor(u); f.proxy == "" && err == nil && proxy != nil {
		f.proxy = proxy.Host
	}
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
