package route_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"hookbird/core"
	"hookbird/core/route"
)

// way makes the Route of a webhook.
func way(t testing.TB, w *core.Webhook, o route.Options) *route.Route {
	t.Helper()
	r, err := route.New(w, parse(t, w.Address), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func parse(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// get sends a request by a way, and gives the answer's code and body.
func get(t testing.TB, r *route.Route, address string) (code int, body string, err error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := r.RoundTrip(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

// serve answers every request with a function, by TLS if there is a config.
func serve(t testing.TB, config *tls.Config, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(f)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if config == nil {
		server.Start()
	} else {
		server.TLS = config
		server.StartTLS()
	}
	t.Cleanup(server.Close)
	return server
}

// listen serves connections, each in its own goroutine, until the test ends.
func listen(t testing.TB, serve func(net.Conn)) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var open []net.Conn
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			wait.Go(func() { serve(c); _ = c.Close() })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		mu.Lock()
		for _, c := range open {
			_ = c.Close()
		}
		mu.Unlock()
		wait.Wait()
	})
	return listener.Addr().String()
}

// join carries bytes between two connections until both ends are done.
func join(a io.ReadWriteCloser, b net.Conn) {
	var wait sync.WaitGroup
	wait.Go(func() { _, _ = io.Copy(a, b); _ = a.Close() })
	_, _ = io.Copy(b, a)
	_ = b.Close()
	wait.Wait()
}

// proxy is a real proxy for HTTP and SOCKS, behind which every name leads to the
// same target.
type proxy struct {
	target string // host and port that every name stands for
	user   string // "name:password"; "" lets everybody through
	mu     sync.Mutex
	asked  []string // request lines, and targets of SOCKS
	keys   []string // Proxy-Authorization
	agents []string
	reply  byte // of SOCKS; 0 lets through
}

func (p *proxy) note(asked string, h http.Header) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, asked)
	if h != nil {
		p.keys = append(p.keys, h.Get("Proxy-Authorization"))
		p.agents = append(p.agents, h.Get("User-Agent"))
	}
}

// saw gives what the proxy was asked for, and forgets it.
func (p *proxy) saw() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := strings.Join(p.asked, "\n")
	p.asked = nil
	return asked
}

// ServeHTTP is the proxy for HTTP.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.note(r.Method+" "+r.RequestURI, r.Header)
	if user, password, _ := proxyAuth(r); p.user != "" && user+":"+password != p.user {
		w.Header().Set("Proxy-Authenticate", `Basic realm="office"`)
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if r.Method != http.MethodConnect {
		p.forward(w, r)
		return
	}
	target, err := net.Dial("tcp", p.target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	c, _, err := w.(http.Hijacker).Hijack() // before the client may speak: what it says has to come to target
	if err != nil {
		_ = target.Close()
		return
	}
	_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
	join(c, target)
}

func proxyAuth(r *http.Request) (user, password string, ok bool) {
	return (&http.Request{Header: http.Header{"Authorization": r.Header.Values("Proxy-Authorization")}}).BasicAuth()
}

func (p *proxy) forward(w http.ResponseWriter, r *http.Request) {
	r = r.Clone(r.Context())
	r.RequestURI = ""
	r.Header.Del("Proxy-Authorization")
	to := &http.Transport{Proxy: nil, DisableKeepAlives: true}
	r.URL.Host = p.target
	response, err := to.RoundTrip(r)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

// socks is the proxy for SOCKS 5.
func (p *proxy) socks(c net.Conn) {
	in := bufio.NewReader(c)
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil || head[0] != 5 {
		return
	}
	methods := make([]byte, head[1])
	_, _ = io.ReadFull(in, methods)
	if !p.greet(c, in, methods) {
		return
	}
	asked := make([]byte, 4)
	if _, err := io.ReadFull(in, asked); err != nil {
		return
	}
	host := readHost(in, asked[3])
	port := make([]byte, 2)
	_, _ = io.ReadFull(in, port)
	p.note(fmt.Sprintf("SOCKS %s:%d", host, int(port[0])<<8|int(port[1])), nil)
	if p.reply != 0 {
		_, _ = c.Write([]byte{5, p.reply, 0, 1, 0, 0, 0, 0, 0, 0})
		return
	}
	target, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	_, _ = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	join(c, target)
}

// greet agrees on who is there.
func (p *proxy) greet(c net.Conn, in *bufio.Reader, methods []byte) bool {
	if p.user == "" {
		_, _ = c.Write([]byte{5, 0})
		return true
	}
	if !strings.Contains(string(methods), "\x02") {
		_, _ = c.Write([]byte{5, 0xff})
		return false
	}
	_, _ = c.Write([]byte{5, 2})
	_, _ = in.ReadByte()
	user := readText(in)
	good := user+":"+readText(in) == p.user
	_, _ = c.Write([]byte{1, map[bool]byte{true: 0, false: 1}[good]})
	return good
}

func readText(in *bufio.Reader) string {
	n, _ := in.ReadByte()
	text := make([]byte, n)
	_, _ = io.ReadFull(in, text)
	return string(text)
}

func readHost(in *bufio.Reader, kind byte) string {
	if kind == 3 {
		return readText(in)
	}
	ip := make([]byte, map[byte]int{1: 4, 4: 16}[kind])
	_, _ = io.ReadFull(in, ip)
	return net.IP(ip).String()
}
