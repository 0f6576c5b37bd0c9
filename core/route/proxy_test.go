package route_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/route"
)

// hidden is a password that must be seen nowhere.
const hidden = `s3cr"t/Wörd+x`

// office is a place with a proxy of every kind, behind which two targets stand
// that nobody here knows the address of.
type office struct {
	*authority
	plain, secure *proxy            // what leads to the target for http, and for https
	requests      *atomic.Int32     // that came to a target
	address       map[string]string // of a kind of proxy, to the target for http or https: "http>https"
}

func newOffice(t *testing.T, user string) *office {
	t.Helper()
	o := &office{authority: newAuthority(t, "Office"), requests: new(atomic.Int32), address: map[string]string{}}
	answer := func(w http.ResponseWriter, r *http.Request) {
		o.requests.Add(1)
		_, _ = io.WriteString(w, r.Host+r.RequestURI+r.Header.Get("Proxy-Authorization"))
	}
	o.plain = &proxy{target: strings.TrimPrefix(serve(t, nil, answer).URL, "http://"), user: user}
	o.secure = &proxy{target: strings.TrimPrefix(serve(t, serverTLS(o.issue(t, "crm.example.org")), answer).URL, "https://"), user: user}
	for scheme, p := range map[string]*proxy{"http": o.plain, "https": o.secure} {
		o.address["http>"+scheme] = serve(t, nil, p.ServeHTTP).URL
		o.address["https>"+scheme] = serve(t, serverTLS(o.issue(t, "proxy.example")), p.ServeHTTP).URL
		o.address["socks5>"+scheme] = "socks5://" + listen(t, p.socks)
	}
	return o
}

func TestProxies(t *testing.T) {
	for _, password := range []string{"", hidden} {
		user := ""
		if password != "" {
			user = "ada"
			password = "ada:" + password
		}
		o := newOffice(t, password)
		for kind, address := range o.address {
			kind, scheme, _ := strings.Cut(kind, ">")
			p := core.Proxy{Kind: core.ProxyManual, Address: address, User: user}
			if user != "" {
				p.Password = core.NewSecret(hidden)
			}
			w := &core.Webhook{Address: scheme + "://crm.example.org/in?x=1", CAFile: o.file, Network: core.Network{Proxy: p, NoPrivate: true}}
			o.use(t, kind, scheme, way(t, w, route.Options{Version: "1.0"}))
		}
	}
}

// use sends a request by a way through a proxy, and then only looks.
func (o *office) use(t *testing.T, kind, scheme string, r *route.Route) {
	t.Helper()
	p, name := map[string]*proxy{"http": o.plain, "https": o.secure}[scheme], kind+" to "+scheme
	code, body, err := get(t, r, scheme+"://crm.example.org/in?x=1")
	if code != 200 || body != "crm.example.org/in?x=1" {
		t.Errorf("%s: %d %q %v", name, code, body, err)
	}
	want := map[string]string{"http": "GET http://crm.example.org/in?x=1", "https": "CONNECT crm.example.org:443"}[scheme]
	if kind == "socks5" {
		want = "SOCKS crm.example.org:" + map[string]string{"http": "80", "https": "443"}[scheme]
	}
	if got := p.saw(); got != want {
		t.Errorf("%s: the proxy was asked for %q, not %q", name, got, want)
	}
	before := o.requests.Load()
	if err := r.Connect(t.Context()); err != nil || o.requests.Load() != before {
		t.Errorf("%s: a look: %v", name, err)
	}
	ends := kind != "socks5" && scheme == "http"
	if r.EndsAtProxy() != ends || (p.saw() == "") != ends {
		t.Errorf("%s: a look ends at the proxy: %v", name, r.EndsAtProxy())
	}
	if u, err := r.ProxyFor(parse(t, scheme+"://crm.example.org")); err != nil || u.User != nil || u.Scheme != kind {
		t.Errorf("%s: the proxy is %v, %v", name, u, err)
	}
}

// unsafe gives the forms of the password, and of what is sent of it, that stand in
// an error or what it wraps.
func unsafe(err error) string {
	for ; err != nil; err = errors.Unwrap(err) {
		text := fmt.Sprintf("%v %+v %#v", err, err, err)
		for _, form := range []string{hidden, url.QueryEscape(hidden), url.PathEscape(hidden), url.UserPassword("ada", hidden).String(), "YWRhOnMzY3Ii", "s3cr"} {
			if strings.Contains(text, form) {
				return text
			}
		}
	}
	return ""
}

// says serves connections that are told the same, whatever they ask, once they
// have asked something.
func says(t *testing.T, text string) string {
	return listen(t, func(c net.Conn) {
		in := bufio.NewReader(c)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if key, ok := strings.CutPrefix(line, "Proxy-Authorization: "); ok {
				text = strings.ReplaceAll(text, "ECHO", strings.TrimSpace(key))
			}
			if line == "\r\n" {
				break
			}
		}
		_, _ = io.WriteString(c, text)
	})
}

func TestProxiesThatRefuse(t *testing.T) {
	closed := listen(t, func(net.Conn) {})
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = nobody.Close()
	socks := func(p *proxy) string { return "socks5://" + listen(t, p.socks) }
	tests := []struct {
		name, address string
		code          int
		refused       bool
		want          string // in the sentence
	}{
		{"403", "http://" + says(t, "HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n"), 403, true, "does not let this through (403 Forbidden; ERR_ACCESS_DENIED 0)"},
		{"407", "http://" + says(t, "HTTP/1.1 407 Who\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n"), 407, true, "asks for a user and a password, or did not accept them (407 Who; asks for Negotiate, NTLM)"},
		{"502", "http://" + says(t, "HTTP/1.1 502 Bad Gateway\r\n\r\n"), 502, false, "could not reach the target (502 Bad Gateway)"},
		{"echo in the status", "http://" + says(t, "HTTP/1.1 400 No ECHO "+hidden+"\r\n\r\n"), 400, true, "(400 No Basic ••••••••"},
		{"echo in no status", "http://" + says(t, "HTTP/1.1 "+hidden+"\r\n\r\n"), 0, false, "does not answer"},
		{"garbage", "http://" + says(t, "SSH-2.0-x\r\n"), 0, false, "does not answer"},
		{"closes", "http://" + closed, 0, false, "does not answer"},
		{"nobody", "http://" + nobody.Addr().String(), 0, false, "does not answer"},
		{"speaks no TLS", "https://" + closed, 0, false, "does not answer"},
		{"socks: rule", socks(&proxy{user: "ada:" + hidden, reply: 2}), 403, true, "connection not allowed by ruleset"},
		{"socks: password", socks(&proxy{user: "ada:other"}), 407, true, "username/password"},
		{"socks: unreachable", socks(&proxy{user: "ada:" + hidden, reply: 4}), 502, false, "host unreachable"},
		{"socks: unknown", socks(&proxy{user: "ada:" + hidden, reply: 200}), 0, false, "does not answer"},
		{"socks: closes", "socks5://" + closed, 0, false, "does not answer"},
		{"socks: nobody", "socks5://" + nobody.Addr().String(), 0, false, "does not answer"},
	}
	for _, tt := range tests {
		w := &core.Webhook{Address: "https://crm.example.org", Network: core.Network{Proxy: core.Proxy{
			Kind: core.ProxyManual, Address: tt.address, User: "ada", Password: core.NewSecret(hidden),
		}}}
		r := way(t, w, route.Options{})
		_, _, err := get(t, r, w.Address)
		for _, err := range []error{err, r.Connect(t.Context())} {
			e, ok := errors.AsType[*route.ProxyError](err)
			if !ok || e.Code != tt.code || e.Refused() != tt.refused || !strings.Contains(e.Error(), tt.want) || e.Host != parse(t, tt.address).Host {
				t.Errorf("%s: %v", tt.name, err)
			}
			if text := unsafe(err); text != "" {
				t.Errorf("%s: the password stands in %s", tt.name, text)
			}
		}
		_, rawErr := r.Transport().RoundTrip(&http.Request{Method: "GET", URL: parse(t, w.Address), Header: http.Header{}})
		if !strings.HasPrefix(tt.name, "echo in no") && unsafe(rawErr) != "" {
			t.Errorf("%s: the transport says %v", tt.name, rawErr)
		}
	}
}

func TestProxiesThatHang(t *testing.T) {
	hangs := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	for _, scheme := range []string{"http", "https", "socks5"} {
		w := &core.Webhook{Address: "https://crm.example.org", Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: scheme + "://" + hangs}}}
		r := way(t, w, route.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		request, err := http.NewRequestWithContext(ctx, "GET", w.Address, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.RoundTrip(request)
		for _, err := range []error{err, r.Connect(ctx)} {
			if e, ok := errors.AsType[*route.ProxyError](err); !ok || e.Code != 0 || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", scheme, err)
			}
		}
		cancel()
		ctx, cancel = context.WithCancel(t.Context())
		cancel()
		err = r.Connect(ctx)
		if _, ok := errors.AsType[*route.ProxyError](err); ok || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: who gives up is told %v", scheme, err)
		}
	}
}

// A transport would wait for a SOCKS proxy that says nothing without end, long
// after the request was given up.
func TestConnectionToASilentProxyIsGivenUp(t *testing.T) {
	gone := make(chan struct{})
	hangs := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c); close(gone) })
	w := &core.Webhook{Address: "https://crm.example.org", Timeout: 100 * time.Millisecond, Network: core.Network{
		Proxy: core.Proxy{Kind: core.ProxyManual, Address: "socks5://" + hangs},
	}}
	_, _, err := get(t, way(t, w, route.Options{}), w.Address)
	if _, ok := errors.AsType[*route.ProxyError](err); !ok {
		t.Error(err)
	}
	<-gone
}

func TestProxyThatAsksWhoIsThere(t *testing.T) {
	o := newOffice(t, "ada:"+hidden)
	for kind, address := range o.address {
		scheme := kind[strings.Index(kind, ">")+1:]
		for _, password := range []string{"", "wrong"} {
			p := core.Proxy{Kind: core.ProxyManual, Address: address, User: "ada"}
			if password != "" {
				p.Password = core.NewSecret(password)
			}
			w := &core.Webhook{Address: scheme + "://crm.example.org", CAFile: o.file, Network: core.Network{Proxy: p}}
			_, _, err := get(t, way(t, w, route.Options{}), w.Address)
			if e, ok := errors.AsType[*route.ProxyError](err); !ok || e.Code != 407 || !e.Refused() {
				t.Errorf("%s: %v", kind, err)
			}
		}
	}
	if o.requests.Load() != 0 {
		t.Error("a request came through")
	}
}

// Who answers 407 at the end of a straight way or of a tunnel is the target.
func TestTargetsThatAnswer407(t *testing.T) {
	office := newAuthority(t, "Office")
	answer := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(407) }
	secure := serve(t, serverTLS(office.issue(t, "crm.example.org")), answer)
	tunnel := &proxy{target: strings.TrimPrefix(secure.URL, "https://")}
	w := &core.Webhook{Address: "https://crm.example.org", CAFile: office.file, Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: serve(t, nil, tunnel.ServeHTTP).URL}}}
	if code, _, err := get(t, way(t, w, route.Options{}), w.Address); code != 407 {
		t.Error(code, err)
	}
	plain := serve(t, nil, answer).URL
	if code, _, err := get(t, way(t, &core.Webhook{Address: plain}, route.Options{}), plain); code != 407 {
		t.Error(code, err)
	}
}

// What breaks once the request is on its way to the target is not the proxy's
// doing, whether the connection is new or was kept.
func TestTargetsThatBreakBehindAProxy(t *testing.T) {
	o := newOffice(t, "")
	broken := serve(t, serverTLS(o.issue(t, "crm.example.org")), func(_ http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			panic(http.ErrAbortHandler)
		}
	})
	o.secure.target = strings.TrimPrefix(broken.URL, "https://")
	for _, kind := range []string{"http", "https", "socks5"} {
		w := &core.Webhook{Address: "https://crm.example.org", CAFile: o.file, Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: o.address[kind+">https"]}}}
		for _, kept := range []bool{false, true} {
			r := way(t, w, route.Options{})
			if kept {
				if code, _, err := get(t, r, w.Address); code != 200 {
					t.Fatal(err)
				}
			}
			response, err := r.RoundTrip((&http.Request{Method: "POST", URL: parse(t, w.Address), Header: http.Header{}}).WithContext(t.Context()))
			if err == nil {
				_ = response.Body.Close()
			}
			if _, ok := errors.AsType[*route.ProxyError](err); ok || err == nil {
				t.Errorf("%s, a kept connection %v: %v", kind, kept, err)
			}
		}
	}
}

// A certificate that nobody knows is the target's, behind a proxy too.
func TestCertificatesBehindAProxy(t *testing.T) {
	o := newOffice(t, "")
	others := newAuthority(t, "Others")
	for _, kind := range []string{"http", "socks5"} {
		w := &core.Webhook{Address: "https://crm.example.org", CAFile: others.file, Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: o.address[kind+">https"]}}}
		err := way(t, w, route.Options{}).Connect(t.Context())
		_, proxy := errors.AsType[*route.ProxyError](err)
		if _, ok := errors.AsType[*tls.CertificateVerificationError](err); !ok || proxy {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestWhichProxy(t *testing.T) {
	manual := core.Proxy{Kind: core.ProxyManual, Address: "http://manual.example:1"}
	other := core.Proxy{Kind: core.ProxyManual, Address: "socks5://other.example"}
	system := func(*url.URL) (*url.URL, error) { return &url.URL{Scheme: "http", Host: "system.example:3"}, nil }
	answers := func(u *url.URL, err error) func(*url.URL) (*url.URL, error) {
		return func(*url.URL) (*url.URL, error) { return u, err }
	}
	tests := []struct {
		name          string
		webhook, own  core.Proxy
		system        func(*url.URL) (*url.URL, error)
		address, want string
	}{
		{"the webhook's", manual, other, system, "https://crm.example.org", "http://manual.example:1"},
		{"the program's", core.Proxy{}, other, system, "https://crm.example.org", "socks5://other.example"},
		{"the computer's", core.Proxy{}, core.Proxy{}, system, "https://crm.example.org", "http://system.example:3"},
		{"the computer's all the same", core.Proxy{Kind: core.ProxySystem}, other, system, "https://crm.example.org", "http://system.example:3"},
		{"none", core.Proxy{Kind: core.ProxyNone}, other, system, "https://crm.example.org", ""},
		{"none in the program", core.Proxy{}, core.Proxy{Kind: core.ProxyNone}, system, "https://crm.example.org", ""},
		{"this computer", manual, other, system, "http://127.0.0.1:8080", ""},
		{"this computer by name", manual, other, system, "https://crm.localhost", ""},
		{"this computer in short", manual, other, system, "http://127.1", ""},
		{"nothing set", core.Proxy{}, core.Proxy{}, answers(nil, nil), "https://crm.example.org", ""},
		{"unreadable", core.Proxy{}, core.Proxy{}, answers(nil, errors.New("bad")), "https://crm.example.org", ""},
		{"without a scheme", core.Proxy{}, core.Proxy{}, answers(&url.URL{Host: "a.example:1"}, nil), "https://crm.example.org", ""},
		{"of another kind", core.Proxy{}, core.Proxy{}, answers(&url.URL{Scheme: "quic", Host: "a.example:1"}, nil), "https://crm.example.org", ""},
		{"with a user", core.Proxy{}, core.Proxy{}, answers(&url.URL{Scheme: "http", Host: "a.example:1", User: url.UserPassword("ada", hidden)}, nil), "https://crm.example.org", "http://a.example:1"},
	}
	for _, tt := range tests {
		w := &core.Webhook{Address: tt.address, Network: core.Network{Proxy: tt.webhook}}
		u, err := way(t, w, route.Options{Proxy: tt.own, System: tt.system}).ProxyFor(parse(t, tt.address))
		got := ""
		if u != nil {
			got = u.String()
		}
		if got != tt.want || err != nil {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
}

func TestManualProxiesThatCannotBe(t *testing.T) {
	for _, address := range []string{"", "proxy.example:3128", "ftp://proxy.example", "http://", "http://proxy.example:0", "http://proxy.example:65536", "http://ada:" + hidden + "@proxy.example", "http://proxy.example/x", "http://proxy .example", "http://%zz" + hidden} {
		w := &core.Webhook{Address: "https://crm.example.org", Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: address}}}
		_, err := route.New(w, parse(t, w.Address), route.Options{})
		if core.CodeOf(err) != core.CodeInvalid || unsafe(err) != "" {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestProxyOfTheEnvironment(t *testing.T) {
	o := newOffice(t, "ada:word")
	address := parse(t, o.address["http>https"])
	address.User = url.UserPassword("ada", "word")
	t.Setenv("HTTPS_PROXY", address.String())
	t.Setenv("NO_PROXY", "direct.example.org")
	r := way(t, &core.Webhook{Address: "https://crm.example.org", CAFile: o.file}, route.Options{})
	if code, _, err := get(t, r, "https://crm.example.org"); code != 200 {
		t.Error(err)
	}
	if u, err := r.ProxyFor(parse(t, "https://direct.example.org")); u != nil || err != nil {
		t.Error(u, err)
	}
	t.Setenv("HTTPS_PROXY", "http://ada:"+hidden+"@%zz:x")
	r = way(t, &core.Webhook{Address: "https://crm.example.org"}, route.Options{})
	if u, err := r.ProxyFor(parse(t, "https://crm.example.org")); u != nil || err != nil {
		t.Errorf("what is no address: %v, %v", u, err)
	}
}

// closedVault opens nothing until it is told to.
type closedVault struct {
	mu   sync.Mutex
	open bool
}

func (v *closedVault) Reveal(s core.Secret) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.open {
		return "", core.Errorf(core.CodeUnavailable, "The vault is closed.")
	}
	text, _ := s.Text()
	return text, nil
}

func (v *closedVault) unlock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = true
}

func TestPasswordOfAProxyIsOpenedWhenItIsNeeded(t *testing.T) {
	o, vault := newOffice(t, "ada:"+hidden), new(closedVault)
	p := core.Proxy{Kind: core.ProxyManual, Address: o.address["http>https"], User: "ada", Password: core.NewSecret(hidden)}
	r := way(t, &core.Webhook{Address: "https://crm.example.org", CAFile: o.file, Network: core.Network{Proxy: p}}, route.Options{Vault: vault})
	if _, _, err := get(t, r, "https://crm.example.org"); core.CodeOf(err) != core.CodeUnavailable || o.secure.saw() != "" {
		t.Error(err)
	}
	if err := r.Connect(t.Context()); core.CodeOf(err) != core.CodeUnavailable {
		t.Error(err)
	}
	vault.unlock()
	if code, _, err := get(t, r, "https://crm.example.org"); code != 200 {
		t.Error(err)
	}
}

func TestProxyIsNotAskedForWhatIsBlocked(t *testing.T) {
	o := newOffice(t, "")
	for _, noPrivate := range []bool{false, true} {
		for host, always := range map[string]bool{
			"169.254.169.254": true, "metadata.google.internal": true, "[fd00:ec2::254]": true, "0xa9fea9fe": true,
			"10.0.0.1": false, "[fd12::1]": false, "192.168.257": false, "167772161": false,
		} {
			w := &core.Webhook{Address: "http://" + host + "/", Network: core.Network{NoPrivate: noPrivate, Proxy: core.Proxy{Kind: core.ProxyManual, Address: o.address["http>http"]}}}
			r := way(t, w, route.Options{})
			code, _, err := get(t, r, w.Address)
			b, blocked := errors.AsType[*route.Blocked](err)
			if want := always || noPrivate; blocked != want || (o.plain.saw() == "") != want || (blocked && b.Always != always) {
				t.Errorf("%s, no private addresses %v: %d %v", host, noPrivate, code, err)
			}
			if _, err := r.ProxyFor(parse(t, w.Address)); (err != nil) != (always || noPrivate) {
				t.Errorf("%s: %v", host, err)
			}
		}
	}
}

// A proxy that has the address of a cloud's own data is no proxy.
func TestProxyAtABlockedAddress(t *testing.T) {
	w := &core.Webhook{Address: "https://crm.example.org", Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: "http://169.254.169.254"}}}
	dial := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("dialled") }
	for _, o := range []route.Options{{}, {Dial: dial}} {
		_, _, err := get(t, way(t, w, o), w.Address)
		if _, ok := errors.AsType[*route.Blocked](err); !ok {
			t.Error(err)
		}
	}
}

// Settings that change in the middle of a request are heeded by the next one: this
// one has been made for its proxy.
func TestOneProxyForOneRequest(t *testing.T) {
	o := newOffice(t, "")
	asked := 0
	system := func(*url.URL) (*url.URL, error) {
		if asked++; asked%2 == 0 {
			return nil, nil
		}
		return parse(t, o.address["http>http"]), nil
	}
	r := way(t, &core.Webhook{Address: "http://crm.example.org"}, route.Options{System: system})
	if code, _, err := get(t, r, "http://crm.example.org/"); code != 200 || asked != 1 {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

// A path that a URL cannot write goes to the proxy as it stands too.
func TestLiteralPathsThroughAProxy(t *testing.T) {
	o := newOffice(t, "")
	for kind, want := range map[string]string{"http": "GET http://crm.example.org/a|b?c", "socks5": "SOCKS crm.example.org:80"} {
		w := &core.Webhook{Address: "http://crm.example.org", Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: o.address[kind+">http"]}}}
		u := &url.URL{Scheme: "http", Host: "crm.example.org", Opaque: "/a|b", RawQuery: "c"}
		response, err := way(t, w, route.Options{}).RoundTrip((&http.Request{Method: "GET", URL: u, Header: http.Header{}}).WithContext(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if got := o.plain.saw(); got != want {
			t.Errorf("%s: the proxy was asked for %q", kind, got)
		}
		if kind == "socks5" && string(body) != "crm.example.org/a|b?c" {
			t.Errorf("the target was asked for %q", body)
		}
	}
}
