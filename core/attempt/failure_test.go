package attempt_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

func TestNobodyThere(t *testing.T) {
	a, _ := send(t, &core.Webhook{Address: "http://" + nobody(t)}, attempt.Options{Online: func() bool { return false }})
	if a.Cause != core.CauseConnect || a.Unsure || !strings.Contains(a.Detail, "refused") || strings.Contains(a.Detail, "http://") {
		t.Errorf("attempt = %+v", a)
	}
}

func TestFailuresBeforeAnythingWentOut(t *testing.T) {
	notFound := &net.DNSError{Err: "no such host", Name: "crm.example.org", IsNotFound: true}
	tests := []struct {
		name    string
		address string
		err     error // nil: the connection never comes about
		online  bool
		cause   core.Cause
	}{
		{"no such name", "http://crm.example.org", notFound, true, core.CauseDNS},
		{"no such name, https", "https://crm.example.org", &net.OpError{Op: "dial", Err: notFound}, true, core.CauseDNS},
		{"no network", "http://crm.example.org", notFound, false, core.CauseNetwork},
		{"no network, by number", "http://192.0.2.1", errors.New("network is unreachable"), false, core.CauseNetwork},
		{"loopback needs no network", "http://localhost:1", errors.New("refused"), false, core.CauseConnect},
		{"name server in trouble", "http://crm.example.org", &net.DNSError{Err: "server misbehaving", IsTemporary: true}, true, core.CauseDNS},
		{"hanging", "http://crm.example.org", nil, true, core.CauseConnect},
	}
	for _, tt := range tests {
		for _, method := range []string{"POST", "GET"} {
			dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
				if tt.err != nil {
					return nil, tt.err
				}
				<-ctx.Done()
				return nil, ctx.Err()
			}
			a, _ := send(t, &core.Webhook{Address: tt.address, Method: method, Timeout: 50 * time.Millisecond},
				attempt.Options{Dial: dial, Online: func() bool { return tt.online }})
			if a.Cause != tt.cause || a.Unsure || a.Code != 0 || a.Detail == "" {
				t.Errorf("%s: %s attempt = %+v, want %q", tt.name, method, a, tt.cause)
			}
		}
	}
}

// hang waits until the other side has given up.
func hang(in *bufio.Reader) { _, _ = io.Copy(io.Discard, in) }

func TestFailuresAfterBytesWentOut(t *testing.T) {
	tests := []struct {
		name   string
		answer string // "" hangs at once
		hangs  bool
		cause  core.Cause
		code   int
		unsure bool
	}{
		{"no answer", "", true, core.CauseTimeout, 0, true},
		{"closed without an answer", "", false, core.CauseBroken, 0, true},
		{"closed in the first line", "HTTP/1.1 20", false, core.CauseBroken, 0, true},
		{"no HTTP at all", "220 mail.example.org ESMTP\r\n", false, core.CauseBroken, 0, true},
		{"closed in the header", "HTTP/1.1 200 OK\r\nContent-Le", false, core.CauseBroken, 0, true},
		{"closed in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", false, core.CauseBroken, 200, true},
		{"closed in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", false, core.CauseBroken, 200, true},
		{"body that does not end", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", true, core.CauseNone, 200, false},
		{"refusal that does not end", "HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\nshort", true, core.CauseKey, 401, false},
		{"refusal cut off", "HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nshort", false, core.CauseServer, 500, false},
		{"to the end of the connection", "HTTP/1.1 200 OK\r\n\r\nall of it", false, core.CauseNone, 200, false},
		{"endless header", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 100<<10), false, core.CauseBroken, 0, true},
		{"other protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", true, core.CauseOther, 101, false},
		{"early hints first", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", false, core.CauseNone, 204, false},
		{"only hints", "HTTP/1.1 102 Processing\r\n\r\n", true, core.CauseTimeout, 0, true},
	}
	for _, tt := range tests {
		for _, method := range []string{"POST", "GET"} {
			serve := func(conn net.Conn, in *bufio.Reader) {
				readRequest(in)
				_, _ = io.WriteString(conn, tt.answer)
				if tt.hangs {
					hang(in)
				}
			}
			check := func(t *testing.T, w *core.Webhook, o attempt.Options) {
				a, _ := send(t, w, o)
				if a.Cause != tt.cause || a.Code != tt.code || a.Unsure != tt.unsure {
					t.Errorf("%s: attempt = %+v, want %q %d %v", method, a, tt.cause, tt.code, tt.unsure)
				}
				if tt.hangs && tt.code != 101 && a.Took != core.DefaultTimeout {
					t.Errorf("%s: took %s", method, a.Took)
				}
			}
			t.Run(tt.name+", "+method, func(t *testing.T) {
				if tt.hangs { // in time that does not pass
					synctest.Test(t, func(t *testing.T) {
						check(t, &core.Webhook{Address: "http://crm.example.org", Method: method}, attempt.Options{Dial: pipe(serve)})
					})
					return
				}
				address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) { serve(conn, in) })
				check(t, &core.Webhook{Address: address, Method: method}, attempt.Options{})
			})
		}
	}
}

// pipe connects to a server without any network.
func pipe(serve func(net.Conn, *bufio.Reader)) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			defer far.Close()
			serve(far, bufio.NewReader(far))
		}()
		return near, nil
	}
}

func TestServerThatHangs(t *testing.T) {
	address := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { hang(in) })
	a, _ := send(t, &core.Webhook{Address: address, Timeout: 300 * time.Millisecond}, attempt.Options{})
	if a.Cause != core.CauseTimeout || !a.Unsure || a.Took > 10*time.Second {
		t.Errorf("attempt = %+v", a)
	}
}

func TestStop(t *testing.T) {
	arrived := make(chan struct{}, 1)
	server := answer(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(context.Background())
	c, m := line(t, &core.Webhook{Address: server.URL, Body: core.Body{Style: core.BodyNone}}, attempt.Options{})
	go func() { <-arrived; cancel() }()
	if a, _ := c.Do(ctx, m); a.Cause != core.CauseStop || !a.Unsure {
		t.Errorf("attempt = %+v", a)
	}
	if a, _ := c.Do(ctx, m); a.Cause != core.CauseStop || a.Unsure {
		t.Errorf("attempt after the end = %+v", a)
	}
}
