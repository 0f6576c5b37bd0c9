package attempt

import (
	"net"
	"net/url"
	"strings"

	"hookbird/core"
)

// Note gives a short text for the IT department about an attempt that a proxy, a
// firewall or the network kept from its target: what this computer tried, what
// came back, and what they would have to allow. host is the target's, with its
// port if it has one of its own; "https://" may stand before it, and what stands
// behind it is left out. No secret is in it. It is "" where it is no matter of
// theirs.
func Note(webhookName, host string, a core.Attempt) string {
	s, _ := say(a, KeyNone)
	if s.allow == "" {
		return ""
	}
	d := readDetail(a.Detail)
	w := whereTo(host, a)
	if d.signIn {
		w = whereabouts{name: "the sign-in server of " + w.name}
	}
	lines := []string{
		"Hookbird, a program on this computer that sends records to other systems, tried to reach " + w.name + " for “" + oneLine(webhookName) + "”, and could not.",
		"",
		"When: " + a.At.Format("2006-01-02 15:04:05 -07:00"),
		"Where to: " + w.place() + w.manner(),
		"Way: " + way(d, a),
		"What came of it: " + cameOf(s, a),
	}
	if d.issuer != "" {
		lines = append(lines, "Certificate shown: issued by “"+d.issuer+"”")
	}
	if d.text != "" && a.Cause != core.CauseBlocked {
		lines = append(lines, "In the computer's words: "+d.text)
	}
	allow := strings.NewReplacer("{host}", w.name, "{place}", w.place(), "{proxy}", strings.TrimSpace("the proxy "+d.proxy))
	return strings.Join(append(lines, "What would help: "+allow.Replace(s.allow)), "\n") + "\n"
}

// way says how the attempt went out.
func way(d detail, a core.Attempt) string {
	switch {
	case d.proxy != "":
		return "through the proxy " + d.proxy
	case a.Cause == core.CauseProxy || a.Cause == core.CauseProxyKey:
		return "through a proxy"
	case a.Cause == core.CausePortal:
		return "as this computer's network leads"
	}
	return "straight, without a proxy that Hookbird knows of"
}

// cameOf says what came of an attempt, as its advice does.
func cameOf(s said, a core.Attempt) string {
	if a.Code == 0 {
		s.text = withoutCode(s.text)
	}
	return strings.TrimSpace(filling("the system", a, readDetail(a.Detail)).Replace(s.text))
}

// whereabouts are where somebody is to be reached.
type whereabouts struct {
	name, port string
	scheme     string // "" if it is not known
}

// whereTo reads the host of an address. Who was to prove who it is, or refused to
// be connected to, was to be reached by https.
func whereTo(host string, a core.Attempt) (w whereabouts) {
	scheme, rest, found := strings.Cut(host, "://")
	if !found {
		scheme, rest = "", host
	}
	rest, _, _ = strings.Cut(rest, "/")
	rest, _, _ = strings.Cut(rest, "?")
	u := url.URL{Host: oneLine(rest[strings.LastIndexByte(rest, '@')+1:])}
	w.name, w.port = u.Hostname(), u.Port()
	if w.scheme = scheme; !found && (a.Cause == core.CauseCertificate || a.Cause == core.CauseProxy) {
		w.scheme = "https"
	}
	if w.port == "" {
		w.port = map[string]string{"https": "443", "http": "80"}[w.scheme]
	}
	return w
}

// place names host and port.
func (w whereabouts) place() string {
	if w.port == "" {
		return w.name
	}
	if strings.Contains(w.name, ":") {
		return net.JoinHostPort(w.name, w.port)
	}
	return w.name + ", port " + w.port
}

// manner says how it was to be reached.
func (w whereabouts) manner() string {
	switch w.scheme {
	case "https":
		return ", by HTTPS with TLS 1.2 or 1.3"
	case "http":
		return ", by HTTP"
	}
	return ""
}
