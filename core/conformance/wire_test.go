package conformance

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// wire is a receiver that keeps every byte it gets.
type wire struct {
	listener net.Listener
	status   int
	got      chan string
}

// newWire listens on a free port of the loopback address, with TLS if config is
// given.
func newWire(t *testing.T, status int, config *tls.Config) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: l, status: status, got: make(chan string, 1000)}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if config != nil {
				conn = tls.Server(conn, config)
			}
			go w.serve(conn)
		}
	}()
	return w
}

// host is where it listens: 127.0.0.1:PORT.
func (w *wire) host() string { return w.listener.Addr().String() }

// serve answers the requests of one connection and keeps each as it came.
func (w *wire) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	var raw bytes.Buffer
	in := bufio.NewReader(io.TeeReader(conn, &raw))
	for {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return
		}
		w.got <- raw.String()[:raw.Len()-in.Buffered()]
		rest := raw.String()[raw.Len()-in.Buffered():]
		raw.Reset()
		raw.WriteString(rest)
		if _, err := fmt.Fprintf(conn, "HTTP/1.1 %d Done\r\nContent-Length: 0\r\n\r\n", w.status); err != nil {
			return
		}
	}
}

// take gives the next n requests.
func (w *wire) take(t *testing.T, n int) []string {
	t.Helper()
	limit := time.NewTimer(30 * time.Second)
	defer limit.Stop()
	var all []string
	for len(all) < n {
		select {
		case raw := <-w.got:
			all = append(all, raw)
		case <-limit.C:
			t.Fatalf("%d requests in 30 seconds, want %d:\n%s", len(all), n, strings.Join(all, "\n---\n"))
		}
	}
	return all
}

// none checks that nothing else has come.
func (w *wire) none(t *testing.T) {
	t.Helper()
	select {
	case raw := <-w.got:
		t.Errorf("one request too many:\n%s", raw)
	default:
	}
}

// passing are the parts of a request that differ from run to run.
var passing = []struct {
	part *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`(?m)^Host: 127\.0\.0\.1:\d+`), "Host: HOST"},
	{regexp.MustCompile(`(?m)^User-Agent: Hookbird/\S+`), "User-Agent: Hookbird/VERSION"},
	{regexp.MustCompile(`(?m)^webhook-id: msg_[a-z2-7]{26}`), "webhook-id: ID"},
	{regexp.MustCompile(`(?m)^webhook-timestamp: \d{10}`), "webhook-timestamp: TIME"},
	{regexp.MustCompile(`(?m)^webhook-signature: v1,[A-Za-z0-9+/]{43}=`), "webhook-signature: SIGNATURE"},
}

// lasting gives a request with names in place of what differs from run to run,
// and its line ends made plain.
func lasting(raw string) string {
	head, body, _ := strings.Cut(raw, "\r\n\r\n")
	head = strings.ReplaceAll(head, "\r\n", "\n")
	for _, p := range passing {
		head = p.part.ReplaceAllString(head, p.as)
	}
	return head + "\n\n" + body
}
