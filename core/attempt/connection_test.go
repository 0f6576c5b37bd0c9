package attempt_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"hookbird/core"
	"hookbird/core/attempt"
)

func TestConnectionsAreUsedAgain(t *testing.T) {
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, io.LimitReader(zeros{}, r.ContentLength*1000)) // 28 kB
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	c, m := line(t, &core.Webhook{Address: server.URL}, attempt.Options{})
	for range 20 {
		if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone {
			t.Fatalf("attempt = %+v", a)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections were opened", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A target that closes a kept connection just when the next message goes out has
// not refused anything: the message takes a new connection.
func TestKeptConnectionThatWasClosed(t *testing.T) {
	var requests atomic.Int32
	address := raw(t, func(n int, conn net.Conn, in *bufio.Reader) {
		readRequest(in)
		requests.Add(1)
		_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
		if n == 0 {
			readRequest(in) // takes the second request, and says nothing
		}
	})
	c, m := line(t, &core.Webhook{Address: address}, attempt.Options{})
	for i := range 2 {
		if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone || a.Unsure {
			t.Errorf("attempt %d = %+v", i, a)
		}
	}
	if n := requests.Load(); n != 2 {
		t.Errorf("%d requests were answered", n)
	}
}

func TestManyAtOnce(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) != string(record.Data) {
			t.Errorf("body = %q", body)
		}
		w.WriteHeader(204)
	})
	c, m := line(t, &core.Webhook{Address: server.URL, Parallel: 16}, attempt.Options{})
	failed := make(chan core.Attempt, 16)
	for range 16 {
		go func() {
			var last core.Attempt
			for range 50 {
				if last, _ = c.Do(context.Background(), m); last.Cause != core.CauseNone {
					break
				}
			}
			failed <- last
		}()
	}
	for range 16 {
		if a := <-failed; a.Cause != core.CauseNone {
			t.Errorf("attempt = %+v", a)
		}
	}
}

func TestProxy(t *testing.T) {
	seen := make(chan string, 2)
	address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		text := readRequest(in)
		seen <- text
		_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
	})
	t.Setenv("HTTP_PROXY", address)
	t.Setenv("HTTPS_PROXY", address)
	t.Setenv("NO_PROXY", "")
	w := &core.Webhook{Address: "http://crm.example.org/a|b?c"}
	if a, _ := send(t, w, attempt.Options{}); a.Cause != core.CauseNone {
		t.Errorf("attempt = %+v", a)
	}
	if text := <-seen; !strings.HasPrefix(text, "POST http://crm.example.org/a|b?c HTTP/1.1\r\nHost: crm.example.org\r\n") {
		t.Errorf("the proxy got\n%s", text)
	}
	w.Address = "https://crm.example.org/secret"
	send(t, w, attempt.Options{Version: "1.0"})
	text := <-seen
	if !strings.HasPrefix(text, "CONNECT crm.example.org:443 ") || !strings.Contains(text, "User-Agent: Hookbird/1.0\r\n") || strings.Contains(text, "secret") {
		t.Errorf("the proxy got\n%s", text)
	}
	server := answer(t, func(http.ResponseWriter, *http.Request) {})
	if a, _ := send(t, &core.Webhook{Address: server.URL}, attempt.Options{}); a.Code != 200 {
		t.Errorf("to this computer itself: %+v", a)
	}
}

func BenchmarkDo(b *testing.B) {
	server := answer(b, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	c, m := line(b, &core.Webhook{Address: server.URL}, attempt.Options{})
	b.Run("do", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone {
				b.Fatalf("%+v", a)
			}
		}
	})
	b.Run("bare round trip", func(b *testing.B) {
		transport := &http.Transport{DisableCompression: true}
		defer transport.CloseIdleConnections()
		b.ReportAllocs()
		for b.Loop() {
			r, err := http.NewRequest("POST", server.URL, strings.NewReader(string(m.Body)))
			if err != nil {
				b.Fatal(err)
			}
			response, err := transport.RoundTrip(r)
			if err != nil {
				b.Fatal(err)
			}
			_ = response.Body.Close()
		}
	})
}
