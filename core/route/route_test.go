package route_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"hookbird/core"
	"hookbird/core/route"
)

// way makes the Route of a webhook.
func way(t testing.TB, w *core.Webhook, o route.Options) *route.Route {
	t.Helper()
	u, err := url.Parse(w.Address)
	if err != nil {
		t.Fatal(err)
	}
	r, err := route.New(w, u, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func TestConnectSendsNoRequest(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came") }))
	defer server.Close()
	if err := way(t, &core.Webhook{Address: server.URL}, route.Options{}).Connect(t.Context()); err != nil {
		t.Error(err)
	}
}
