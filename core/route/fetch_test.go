package route_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hookbird/core"
	"hookbird/core/route"
)

// secretive is a client's secret that has to be escaped where it travels.
const secretive = hidden

func auth(address string) core.Auth {
	return core.Auth{Kind: core.AuthOAuth, User: "client 1", Secret: core.NewSecret(secretive), TokenURL: address, Scopes: []string{"read", "write"}}
}

func TestNoTokenIsFetchedForOthers(t *testing.T) {
	for _, kind := range []core.AuthKind{core.AuthNone, core.AuthBasic, core.AuthBearer} {
		r := way(t, &core.Webhook{Address: "https://crm.example.org", Auth: core.Auth{Kind: kind}}, route.Options{})
		if line, err := r.Authorization(t.Context()); line != "" || err != nil || r.Refused("Bearer x") {
			t.Errorf("%s: %q, %v", kind, line, err)
		}
	}
}

func TestRequestForAToken(t *testing.T) {
	office := newAuthority(t, "Office")
	type asked struct {
		user, password string
		form           url.Values
		header         http.Header
	}
	seen := make(chan asked, 1)
	server := serve(t, serverTLS(office.issue(t, "login.example.org")), func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		_ = r.ParseForm()
		seen <- asked{user, password, r.PostForm, r.Header}
		_, _ = io.WriteString(w, `{"access_token": "abc", "token_type": "bearer", "expires_in": "3600"}`)
	})
	for _, inBody := range []bool{false, true} {
		a := auth(server.URL + "/token")
		a.InBody, a.Audience = inBody, "https://crm.example.org"
		r := way(t, &core.Webhook{Address: "https://crm.example.org", CAFile: office.file, Auth: a}, route.Options{Version: "1.0"})
		for range 3 {
			if line, err := r.Authorization(t.Context()); line != "Bearer abc" || err != nil {
				t.Fatalf("%q, %v", line, err)
			}
		}
		got := <-seen
		if f := got.form; f.Get("grant_type") != "client_credentials" || f.Get("scope") != "read write" || f.Get("audience") != a.Audience || got.header.Get("User-Agent") != "Hookbird/1.0" {
			t.Errorf("%v %v", f, got.header)
		}
		id, secret := got.user, got.password
		if inBody {
			id, secret = got.form.Get("client_id"), got.form.Get("client_secret")
		} else { // RFC 6749, section 2.3.1
			id, _ = url.QueryUnescape(id)
			secret, _ = url.QueryUnescape(secret)
		}
		if id != "client 1" || secret != secretive || (inBody && got.user != "") || (!inBody && got.form.Has("client_secret")) {
			t.Errorf("in the body %v: %+v", inBody, got)
		}
	}
}

func TestTokensComeByTheSameWay(t *testing.T) {
	o := newOffice(t, "ada:"+hidden)
	given := new(atomic.Int32)
	login := serve(t, serverTLS(o.issue(t, "login.example.org")), func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"access_token": "t%d"}`, given.Add(1))
	})
	o.secure.target = strings.TrimPrefix(login.URL, "https://")
	p := core.Proxy{Kind: core.ProxyManual, Address: o.address["http>https"], User: "ada", Password: core.NewSecret(hidden)}
	w := &core.Webhook{Address: "https://crm.example.org", CAFile: o.file, Network: core.Network{Proxy: p, NoPrivate: true}, Auth: auth("https://login.example.org/token")}
	r := way(t, w, route.Options{})
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if line, err := r.Authorization(t.Context()); line != "Bearer t1" || err != nil {
				t.Errorf("%q, %v", line, err)
			}
		})
	}
	wait.Wait()
	if asked := o.secure.saw(); asked != "CONNECT login.example.org:443" {
		t.Errorf("the proxy was asked for %q", asked)
	}
	if !r.Refused("Bearer t1") {
		t.Error("no other try")
	}
	if line, err := r.Authorization(t.Context()); line != "Bearer t2" || err != nil {
		t.Errorf("%q, %v", line, err)
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape("client 1")+":"+url.QueryEscape(secretive)))
	tests := []struct {
		name, kind, body string
		status, code     int
		refused          bool
		want             string
	}{
		{"wrong secret", "application/json", `{"error": "invalid_client", "error_description": "Wrong secret."}`, 401, 401, true, "401 invalid_client: Wrong secret."},
		{"echo", "application/json", `{"error": "invalid_client", "error_description": "` + strings.ReplaceAll(secretive, `"`, `\"`) + " " + url.QueryEscape(secretive) + " " + basic + `"}`, 401, 401, true, "invalid_client: •••••••• •••••••• Basic ••••••••."},
		{"no JSON", "text/html", "<html>" + secretive, 403, 403, true, "403 Forbidden."},
		{"refused with 200", "application/json", `{"error": "nope"}`, 200, 200, true, "200 nope."},
		{"down", "text/plain", "down", 503, 503, false, "503 Service Unavailable."},
		{"slow down", "text/plain", "", 429, 429, false, "429"},
		{"elsewhere", "text/plain", "", 307, 307, true, "another address"},
		{"no token", "application/json", `{}`, 200, 200, true, "there is no key"},
		{"a web page", "text/html", "<html>" + secretive, 200, 200, true, "there is no key"},
		{"too large", "application/json", `{"access_token": "` + strings.Repeat("x", 64<<10) + `"}`, 200, 200, true, "there is no key"},
		{"another kind", "application/json", `{"access_token": "x", "token_type": "DPoP"}`, 200, 200, true, "of the kind dpop"},
		{"lines in it", "application/json", `{"access_token": "x\r\nHost: y"}`, 200, 200, true, "cannot be sent"},
		{"long", "application/json", `{"error": "` + strings.Repeat("ü", 5000) + `"}`, 400, 400, true, "…"},
	}
	for _, tt := range tests {
		server := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/token" {
				t.Errorf("%s: the secret went to %s", tt.name, r.URL)
			}
			w.Header().Set("Content-Type", tt.kind)
			w.Header().Set("Location", "/other")
			w.WriteHeader(tt.status)
			_, _ = io.WriteString(w, tt.body)
		})
		for _, inBody := range []bool{false, true} {
			a := auth(server.URL + "/token?key=" + url.QueryEscape(secretive))
			a.InBody = inBody
			_, err := way(t, &core.Webhook{Address: "https://crm.example.org", Auth: a}, route.Options{}).Authorization(t.Context())
			e, ok := errors.AsType[*route.TokenError](err)
			if !ok || e.Code != tt.code || e.Refused() != tt.refused || !strings.Contains(e.Error(), tt.want) || len(e.Error()) > 400 {
				t.Errorf("%s: %v", tt.name, err)
			}
			if text := unsafe(err); text != "" {
				t.Errorf("%s: the secret stands in %s", tt.name, text)
			}
		}
	}
}

func TestNobodyGivesTokens(t *testing.T) {
	closed := serve(t, nil, func(http.ResponseWriter, *http.Request) {})
	closed.Close()
	untrusted := serve(t, serverTLS(newAuthority(t, "Others").issue(t, "login.example.org")), func(http.ResponseWriter, *http.Request) {})
	refusing := says(t, "HTTP/1.1 403 Forbidden\r\n\r\n")
	byProxy := core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: "http://" + refusing}}
	tests := []struct {
		name, address string
		network       core.Network
		want          string
		is            func(error) bool
	}{
		{"nobody", closed.URL, core.Network{}, "connection refused", nil},
		{"unknown authority", untrusted.URL, core.Network{}, "unknown authority", nil},
		{"blocked", "https://169.254.169.254/token", core.Network{}, "belongs to a cloud", func(err error) bool { _, ok := errors.AsType[*route.Blocked](err); return ok }},
		{"private", closed.URL, core.Network{NoPrivate: true}, "public addresses", func(err error) bool { _, ok := errors.AsType[*route.Blocked](err); return ok }},
		{"proxy", "https://login.example.org", byProxy, "The proxy", func(err error) bool {
			e, ok := errors.AsType[*route.ProxyError](err)
			return ok && e.Code == 403
		}},
		{"echo", "http://" + says(t, "HTTP/1.1 "+secretive+" OK\r\n\r\n"), core.Network{}, "could not be fetched", nil},
	}
	for _, tt := range tests {
		w := &core.Webhook{Address: "https://crm.example.org", Network: tt.network, Auth: auth(tt.address)}
		_, err := way(t, w, route.Options{}).Authorization(t.Context())
		e, ok := errors.AsType[*route.TokenError](err)
		if !ok || e.Code != 0 || e.Refused() || !strings.Contains(e.Error(), tt.want) || (tt.is != nil && !tt.is(err)) || strings.Contains(e.Error(), "Post ") {
			t.Errorf("%s: %v", tt.name, err)
		}
		if text := unsafe(err); text != "" {
			t.Errorf("%s: the secret stands in %s", tt.name, text)
		}
	}
}

func TestTokenOfALockedSecret(t *testing.T) {
	vault := new(closedVault)
	server := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"access_token": "abc"}`) })
	r := way(t, &core.Webhook{Address: "https://crm.example.org", Auth: auth(server.URL)}, route.Options{Vault: vault})
	if _, err := r.Authorization(t.Context()); core.CodeOf(err) != core.CodeUnavailable {
		t.Error(err)
	}
	vault.unlock()
	if line, err := r.Authorization(t.Context()); line != "Bearer abc" {
		t.Error(err)
	}
	sealed := auth(server.URL)
	sealed.Secret = core.SealedSecret("s1")
	if _, err := way(t, &core.Webhook{Address: "https://crm.example.org", Auth: sealed}, route.Options{}).Authorization(t.Context()); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("without a vault: %v", err)
	}
}

func TestAddressesOfTokensThatCannotBe(t *testing.T) {
	for address, good := range map[string]bool{
		"https://login.example.org/token": true, "http://127.0.0.1:8080/token": true, "http://localhost/token": true,
		"http://login.example.org/token": false, "": false, "login.example.org": false, "ftp://login.example.org": false,
		"https://": false, "https://ada:" + hidden + "@login.example.org": false, "https://login.example.org/#x": false, "https://%zz": false,
	} {
		w := &core.Webhook{Address: "https://crm.example.org", Auth: auth(address)}
		_, err := route.New(w, parse(t, w.Address), route.Options{})
		if good != (err == nil) || (!good && core.CodeOf(err) != core.CodeInvalid) || unsafe(err) != "" {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestWaitingForATokenEndsWithTheContext(t *testing.T) {
	hangs := make(chan struct{})
	server := serve(t, nil, func(http.ResponseWriter, *http.Request) { <-hangs })
	defer close(hangs)
	r := way(t, &core.Webhook{Address: "https://crm.example.org", Auth: auth(server.URL)}, route.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Authorization(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
