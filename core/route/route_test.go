package route_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/route"
)

func TestConnectSendsNoRequest(t *testing.T) {
	requests := new(atomic.Int32)
	count := func(http.ResponseWriter, *http.Request) { requests.Add(1) }
	plain, secure := serve(t, nil, count), newAuthority(t, "Office")
	tls := serve(t, serverTLS(secure.issue(t, "crm.example.org")), count)
	for _, address := range []string{plain.URL, tls.URL} {
		r := way(t, &core.Webhook{Address: address, CAFile: secure.file}, route.Options{})
		if err := r.Connect(t.Context()); err != nil || r.EndsAtProxy() {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := way(t, &core.Webhook{Address: tls.URL}, route.Options{}).Connect(t.Context()); err == nil {
		t.Error("an unknown authority is trusted")
	}
	if requests.Load() != 0 {
		t.Error("a request was sent")
	}
}

func TestConnectToNobody(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	if err := way(t, &core.Webhook{Address: "http://" + listener.Addr().String()}, route.Options{}).Connect(t.Context()); err == nil {
		t.Error("somebody answers")
	}
	hangs := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = way(t, &core.Webhook{Address: "https://" + hangs}, route.Options{}).Connect(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a target that hangs: %v", err)
	}
}

func TestBlockedAddressesAreNotDialled(t *testing.T) {
	server := serve(t, nil, func(http.ResponseWriter, *http.Request) { t.Error("a request came") })
	port := parse(t, server.URL).Port()
	var dialled atomic.Int32
	pipe := func(context.Context, string, string) (net.Conn, error) {
		dialled.Add(1)
		return nil, errors.New("dialled")
	}
	tests := []struct {
		address   string
		noPrivate bool
		dial      func(context.Context, string, string) (net.Conn, error)
		always    bool
	}{
		{server.URL, true, nil, false},
		{"http://localhost:" + port, true, nil, false},
		{"http://127.1:" + port, true, nil, false},
		{"http://[::ffff:127.0.0.1]:" + port, true, nil, false},
		{server.URL, true, pipe, false},
		{"http://10.0.0.1", true, pipe, false},
		{"http://169.254.169.254/latest/meta-data/", false, pipe, true},
		{"http://169.254.169.254/latest/meta-data/", false, nil, true},
		{"https://metadata.google.internal", false, nil, true},
	}
	for _, tt := range tests {
		w := &core.Webhook{Address: tt.address, Network: core.Network{NoPrivate: tt.noPrivate}}
		r := way(t, w, route.Options{Dial: tt.dial})
		_, _, err := get(t, r, tt.address)
		raw, rawErr := r.Transport().RoundTrip(&http.Request{Method: "GET", URL: parse(t, tt.address), Header: http.Header{}})
		if rawErr == nil {
			_ = raw.Body.Close()
		}
		for how, err := range map[string]error{"request": err, "transport": rawErr, "look": r.Connect(t.Context())} {
			if b, ok := errors.AsType[*route.Blocked](err); !ok || b.Always != tt.always {
				t.Errorf("%s to %s: %v", how, tt.address, err)
			}
		}
	}
	if dialled.Load() != 0 {
		t.Error("a blocked address was dialled")
	}
	if _, _, err := get(t, way(t, &core.Webhook{Address: "http://10.0.0.1"}, route.Options{Dial: pipe}), "http://10.0.0.1"); dialled.Load() != 1 {
		t.Errorf("a private address is refused though it may be reached: %v", err)
	}
}

// A port above the last one must not be taken for the mark of a proxy, to which a
// private address is no obstacle.
func TestPortsThatAreNone(t *testing.T) {
	pipe := func(_ context.Context, _, address string) (net.Conn, error) {
		t.Errorf("%s was dialled", address)
		return nil, errors.New("dialled")
	}
	r := way(t, &core.Webhook{Address: "http://crm.example.org", Network: core.Network{NoPrivate: true}}, route.Options{Dial: pipe})
	for _, address := range []string{"http://crm.example.org:65616/", "https://crm.example.org:131071/", "http://crm.example.org:99999999999999999999/"} {
		if _, _, err := get(t, r, address); err == nil || !strings.Contains(err.Error(), "port") {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := r.Transport().RoundTrip(&http.Request{Method: "GET", URL: parse(t, address), Header: http.Header{}}); err == nil {
			t.Errorf("%s by the transport: %v", address, err)
		}
	}
}

func TestOnlyHTTP1(t *testing.T) {
	office := newAuthority(t, "Office")
	server := serve(t, serverTLS(office.issue(t, "crm.example.org")), func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Proto + r.Header.Get("Accept-Encoding")))
	})
	server.EnableHTTP2 = true
	_, body, err := get(t, way(t, &core.Webhook{Address: server.URL, CAFile: office.file}, route.Options{}), server.URL)
	if err != nil || body != "HTTP/1.1" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestHeaderOfAnAnswerIsBounded(t *testing.T) {
	server := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 80<<10)) })
	if _, _, err := get(t, way(t, &core.Webhook{Address: server.URL}, route.Options{}), server.URL); err == nil {
		t.Error("80 kB of header lines are read")
	}
}
