package local

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
)

// What people are told works: a server in front that calls us by our own name gets
// through, and one that hands on its own name does not.
func TestServerInFront(t *testing.T) {
	b := start(t, Options{})
	target, err := url.Parse("http://" + b.addr)
	if err != nil {
		t.Fatal(err)
	}
	for rename, status := range map[bool]int{true: http.StatusAccepted, false: http.StatusForbidden} {
		front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if !rename {
				r.Out.Host = "hookbird.example:8443"
			}
		}})
		res, err := http.Post(front.URL+"/in/"+testKey, "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if r := b.read(res); r.status != status {
			t.Errorf("%t: %d %s", rename, r.status, r.body)
		}
		front.Close()
	}
}

func TestOtherComputer(t *testing.T) {
	text := OtherComputer("http://127.0.0.1:8010")
	for _, part := range []string{"reach http://127.0.0.1:8010.", "-L 8010:127.0.0.1:8010 ", "header_up Host 127.0.0.1:8010", "token"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
	if strings.Contains(text, "%!") {
		t.Error(text)
	}
}
