package attempt_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

type noVault struct{}

func (noVault) Reveal(s core.Secret) (string, error) {
	if text, ok := s.Text(); ok {
		return text, nil
	}
	return "", core.Errorf(core.CodeNotFound, "There is no such secret.")
}

var record = &core.Event{ID: "e1", Data: []byte(`{"email": "ada@example.org"}`)}

// line makes what sends the record to a webhook.
func line(t testing.TB, w *core.Webhook, o attempt.Options) (*attempt.Client, *message.Message) {
	t.Helper()
	w.ID = "w"
	b, err := message.New(w, noVault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Build([]*core.Event{record}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c, err := attempt.NewClient(w, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, m
}

// send sends the record once.
func send(t testing.TB, w *core.Webhook, o attempt.Options) (core.Attempt, time.Duration) {
	t.Helper()
	c, m := line(t, w, o)
	return c.Do(context.Background(), m)
}

// answer serves every request with the same function.
func answer(t testing.TB, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server
}

// raw serves connections byte by byte, one after the other, and gives the
// address.
func raw(t testing.TB, serve func(n int, conn net.Conn, in *bufio.Reader)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 0; ; n++ {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serve(n, conn, bufio.NewReader(conn))
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-done })
	return "http://" + listener.Addr().String()
}

// readRequest reads one request off a connection as text.
func readRequest(in *bufio.Reader) string {
	var text strings.Builder
	length := 0
	for {
		line, err := in.ReadString('\n')
		text.WriteString(line)
		_, _ = fmt.Sscanf(line, "Content-Length: %d", &length)
		if line == "\r\n" || err != nil {
			break
		}
	}
	body := make([]byte, length)
	n, _ := io.ReadFull(in, body)
	text.Write(body[:n])
	return text.String()
}

func TestRequestIsExactlyWhatTheMessageSays(t *testing.T) {
	got := make(chan string, 2)
	address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		for range 2 {
			got <- readRequest(in)
			_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
		}
	})
	host := strings.TrimPrefix(address, "http://")
	w := &core.Webhook{
		Address: address + "/a|b%2f/ü?x=[" + "&y=%zz", Method: "PUT",
		Headers: []core.Header{{Name: "x-LOWER-Upper", Value: "1"}, {Name: "ETag", Value: "é"}, {Name: "x-twice", Value: "1"}, {Name: "x-twice", Value: "2"}},
	}
	w.Address = strings.ReplaceAll(w.Address, "[", "%5B")
	c, m := line(t, w, attempt.Options{})
	if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone || a.Code != 204 || a.Took <= 0 || a.At.IsZero() {
		t.Fatalf("attempt = %+v", a)
	}
	want := "PUT /a|b%2f/%C3%BC?x=%5B&y=%zz HTTP/1.1\r\n" +
		"Host: " + host + "\r\n" +
		"User-Agent: Hookbird/1.0\r\n" +
		"Content-Length: 28\r\n" +
		"Content-Type: application/json\r\n" +
		"ETag: é\r\n" +
		"webhook-id: " + core.DeliveryID("e1", "w") + "\r\n" +
		"x-LOWER-Upper: 1\r\n" +
		"x-twice: 1\r\n" +
		"x-twice: 2\r\n" +
		"\r\n" + string(record.Data)
	if text := <-got; text != want {
		t.Errorf("request:\n%s\nwant:\n%s", text, want)
	}

	m.Method, m.Body = "GET", nil // on the same connection
	if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone {
		t.Fatalf("attempt = %+v", a)
	}
	if text := <-got; strings.Contains(text, "Content-Length") || strings.Contains(text, "hunked") {
		t.Errorf("request without a body:\n%s", text)
	}
}

func TestEmptyBodyHasALength(t *testing.T) {
	got := make(chan string, 1)
	address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		got <- readRequest(in)
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	})
	send(t, &core.Webhook{Address: address, Body: core.Body{Style: core.BodyNone}}, attempt.Options{})
	if text := <-got; !strings.Contains(text, "\r\nContent-Length: 0\r\n") {
		t.Errorf("request:\n%s", text)
	}
}

func TestLongBodyIsNotChunked(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		if n != 3<<20 || r.ContentLength != n || r.TransferEncoding != nil {
			t.Errorf("%d bytes came, length %d, %v", n, r.ContentLength, r.TransferEncoding)
		}
	})
	c, m := line(t, &core.Webhook{Address: server.URL}, attempt.Options{})
	m.Body = []byte(strings.Repeat("x", 3<<20))
	if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone {
		t.Errorf("attempt = %+v", a)
	}
}

// Header and body go out in one write, and so in one packet.
func TestShortMessageIsOneWrite(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	var writes atomic.Int32
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return countedConn{conn, &writes}, err
	}
	c, m := line(t, &core.Webhook{Address: server.URL}, attempt.Options{Dial: dial})
	for range 3 {
		c.Do(context.Background(), m)
	}
	if n := writes.Load(); n != 3 {
		t.Errorf("three messages took %d writes", n)
	}
}

type countedConn struct {
	net.Conn
	writes *atomic.Int32
}

func (c countedConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

func TestCodes(t *testing.T) {
	var code atomic.Int32
	var after atomic.Value
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		if text := after.Load().(string); text != "" {
			w.Header().Set("Retry-After", text)
		}
		w.WriteHeader(int(code.Load()))
		_, _ = io.WriteString(w, "why not")
	})
	only204 := core.Accept{{From: 204, To: 204}}
	tests := []struct {
		code   int
		after  string
		accept core.Accept
		cause  core.Cause
		wait   time.Duration
		detail string
	}{
		{code: 200},
		{code: 299},
		{code: 204, accept: only204},
		{code: 404, accept: core.Accept{{From: 200, To: 299}, {From: 404, To: 404}}},
		{code: 200, after: "9"},
		{code: 200, accept: only204, cause: core.CauseWrongCode, detail: "200 OK, expected 204"},
		{code: 301, cause: core.CauseRedirect, detail: "301 Moved Permanently"},
		{code: 304, cause: core.CauseRedirect},
		{code: 400, cause: core.CauseData},
		{code: 401, cause: core.CauseKey},
		{code: 402, cause: core.CauseOther},
		{code: 403, cause: core.CauseForbidden},
		{code: 404, cause: core.CauseAddress},
		{code: 405, cause: core.CauseMethod},
		{code: 408, cause: core.CauseTimeout},
		{code: 409, cause: core.CauseOther},
		{code: 410, cause: core.CauseGone},
		{code: 413, cause: core.CauseSize},
		{code: 414, cause: core.CauseSize},
		{code: 415, cause: core.CausePacking},
		{code: 422, cause: core.CauseData},
		{code: 429, cause: core.CauseSlow},
		{code: 429, after: "7", cause: core.CauseSlow, wait: 7 * time.Second},
		{code: 500, cause: core.CauseServer},
		{code: 502, after: "0", cause: core.CauseServer, wait: time.Second},
		{code: 503, cause: core.CauseServer},
		{code: 503, after: "soon", cause: core.CauseServer},
		{code: 503, after: "86401", cause: core.CauseSlow, wait: 24 * time.Hour},
		{code: 503, after: "99999999999999999999999", cause: core.CauseSlow, wait: 24 * time.Hour},
		{code: 503, after: "Wed, 21 Oct 2015 07:28:00 GMT", cause: core.CauseSlow, wait: time.Second},
		{code: 599, cause: core.CauseServer},
		{code: 600, cause: core.CauseOther},
		{code: 999, cause: core.CauseOther},
	}
	for _, tt := range tests {
		code.Store(int32(tt.code))
		after.Store(tt.after)
		a, wait := send(t, &core.Webhook{Address: server.URL, Accept: tt.accept}, attempt.Options{})
		if a.Cause != tt.cause || a.Code != tt.code || a.Unsure || wait != tt.wait {
			t.Errorf("%d %q: attempt = %+v, wait %s; want %q, %s", tt.code, tt.after, a, wait, tt.cause, tt.wait)
		}
		if tt.detail != "" && a.Detail != tt.detail {
			t.Errorf("%d: detail = %q, want %q", tt.code, a.Detail, tt.detail)
		}
		if bad := tt.cause != core.CauseNone; bad != (a.Header != nil) || bad && tt.code != 304 && a.Answer != "why not" {
			t.Errorf("%d: header = %v, answer = %q", tt.code, a.Header, a.Answer)
		}
	}
}

func TestRetryAfterAsADate(t *testing.T) {
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat))
		w.WriteHeader(503)
	})
	a, wait := send(t, &core.Webhook{Address: server.URL}, attempt.Options{})
	if a.Cause != core.CauseSlow || wait < 80*time.Second || wait > 90*time.Second {
		t.Errorf("cause %q, wait %s", a.Cause, wait)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var followed atomic.Bool
	other := answer(t, func(http.ResponseWriter, *http.Request) { followed.Store(true) })
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/new?key=1", http.StatusTemporaryRedirect)
	})
	a, _ := send(t, &core.Webhook{Address: server.URL}, attempt.Options{})
	if a.Cause != core.CauseRedirect || a.Detail != "307 Temporary Redirect, to "+other.URL+"/…" || followed.Load() {
		t.Errorf("attempt = %+v", a)
	}
}

func TestLongAnswers(t *testing.T) {
	var length atomic.Int64
	var code atomic.Int32
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(int(code.Load()))
		for left := length.Load(); left > 0; left -= 1000 {
			if _, err := io.WriteString(w, strings.Repeat("äbcdefghi", 100)[:min(left, 1000)]); err != nil {
				return
			}
		}
	})
	for _, tt := range []struct {
		code   int32
		length int64
		kept   int
		whole  bool
	}{
		{200, 100, 100, false},
		{200, 5000, 256, false},
		{200, 5000, 4096, true},
		{500, 4096, 4096, false},
		{500, 5000, 4096, false},
		{500, 1 << 40, 4096, false},
		{200, 1 << 40, 256, false},
	} {
		code.Store(tt.code)
		length.Store(tt.length)
		a, _ := send(t, &core.Webhook{Address: server.URL}, attempt.Options{Whole: tt.whole})
		if a.Code != int(tt.code) || (a.Cause == core.CauseNone) != (tt.code == 200) || len(a.Answer) > tt.kept || len(a.Answer) < tt.kept-4 {
			t.Errorf("%d with %d bytes: cause %q, %d bytes kept, want %d", tt.code, tt.length, a.Cause, len(a.Answer), tt.kept)
		}
		if cut := tt.length > int64(tt.kept); cut != strings.HasSuffix(a.Answer, "…") {
			t.Errorf("%d with %d bytes: answer ends %q", tt.code, tt.length, a.Answer[len(a.Answer)-5:])
		}
		if (a.Header != nil) != (tt.whole || tt.code != 200) {
			t.Errorf("%d: header = %v", tt.code, a.Header)
		}
	}
}
