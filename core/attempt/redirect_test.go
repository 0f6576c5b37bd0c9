package attempt_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// reads makes a webhook that reads the answers behind redirects.
func reads(address string) *core.Webhook {
	return &core.Webhook{
		Address: address, Answer: core.Answer{Redirects: core.RedirectsRead},
		Headers: []core.Header{{Name: "X-Key", Secret: core.NewSecret("open-sesame")}, {Name: "Accept-Language", Value: "de"}},
		Auth:    core.Auth{},
	}
}

// Google Apps Script answers each POST with 302 to another host, where the answer
// of the script is to be read.
func TestAnswerBehindARedirect(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		var got []string
		echo := answer(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = append(got, fmt.Sprintf("%s %s %v %q", r.Method, r.RequestURI, r.Header, body))
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = io.WriteString(w, `{"result":"success","row":3}`)
		})
		posts := 0
		script := answer(t, func(w http.ResponseWriter, r *http.Request) {
			if body, _ := io.ReadAll(r.Body); r.Method == "POST" && len(body) > 0 {
				posts++
			}
			w.Header().Set("Location", echo.URL+"/macros/echo?user_content_key=a|b&lib=%2F#x")
			w.Header().Set("Content-Type", "text/html; charset=UTF-8")
			w.WriteHeader(code)
			_, _ = io.WriteString(w, "<HTML>\n<HEAD>\n<TITLE>Moved Temporarily</TITLE>\n</HEAD></HTML>")
		})
		w := reads(script.URL + "/macros/s/abc/exec")
		w.Answer.Need = []core.AnswerRule{{Field: "result", Value: "success"}}
		a, _ := send(t, w, attempt.Options{Whole: true, Plain: true})
		if a.Cause != core.CauseNone || a.Code != 200 || a.Answer != `{"result":"success","row":3}` || a.Page || a.Unsure {
			t.Errorf("%d: attempt = %+v", code, a)
		}
		want := `GET /macros/echo?user_content_key=a|b&lib=%2F map[Accept:[*/*] User-Agent:[Hookbird/1.0]] ""`
		if len(got) != 1 || got[0] != want || posts != 1 {
			t.Errorf("%d: %d posts, then %q, want %s", code, posts, got, want)
		}
	}
}

// What stands behind a redirect decides: code, body, and when to come back.
func TestLastAnswerCounts(t *testing.T) {
	for _, tt := range []struct {
		code  int
		body  string
		cause core.Cause
		wait  time.Duration
	}{
		{204, "", core.CauseNone, 0},
		{404, "", core.CauseAddress, 0},
		{410, "", core.CauseOther, 0}, // the answer is gone, not the target
		{500, "", core.CauseServer, 0},
		{503, "", core.CauseSlow, 9 * time.Second},
		{200, "no", core.CauseAnswer, 0},
		{200, "ok", core.CauseNone, 0},
	} {
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "POST" {
				w.Header().Set("Location", "result")
				w.WriteHeader(303)
				return
			}
			if r.URL.Path != "/hook/result" {
				t.Errorf("path = %s", r.URL.Path)
			}
			if tt.code == 503 {
				w.Header().Set("Retry-After", "9")
			}
			w.WriteHeader(tt.code)
			_, _ = io.WriteString(w, tt.body)
		})
		w := reads(server.URL + "/hook/new")
		if tt.body != "" {
			w.Answer.Need = []core.AnswerRule{{Text: "OK"}}
		}
		if a, wait := send(t, w, attempt.Options{}); a.Cause != tt.cause || a.Code != tt.code || a.Unsure || wait != tt.wait {
			t.Errorf("%d %q: attempt = %+v, wait %s", tt.code, tt.body, a, wait)
		}
	}
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	later := time.Now().Add(24 * time.Hour)
	cert := certificate(t, "crm.example.org", later)
	var gets atomic.Int32
	for _, tt := range []struct {
		place string // "" sends none
		to    string
		words string
	}{
		{"http://crm.example.org/x", "", "not secure"},
		{"", "", "no web address"},
		{"mailto:ada@example.org", "", "no web address"},
		{"ftp://crm.example.org/x", "", "no web address"},
		{"https:///x", "", "no web address"},
		{"https://crm.example.org:port/", "", "no web address"},
		{"://", "", "no web address"},
		{"https://127.0.0.1/admin", "", "may not reach"},
		{"https://localhost/admin", "", "may not reach"},
		{"https://169.254.169.254/latest/meta-data", "", "may not reach"},
	} {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "GET" {
				gets.Add(1)
			}
			if tt.place != "" {
				w.Header()["Location"] = []string{tt.place}
			}
			w.WriteHeader(302)
		}))
		server.TLS = serverConfig(cert)
		server.StartTLS()
		w := reads("https://crm.example.org/")
		w.CAFile = caFile(t, cert)
		a, _ := send(t, w, attempt.Options{Dial: to(server.Listener.Addr().String())})
		server.Close()
		if a.Cause != core.CauseRedirect || a.Code != 302 || a.Unsure {
			t.Errorf("%q: attempt = %+v", tt.place, a)
		}
		if text := attempt.Explain("CRM", attempt.KeyText, a).Text; !strings.Contains(text, tt.words) {
			t.Errorf("%q: %q", tt.place, text)
		}
	}
	if n := gets.Load(); n != 0 {
		t.Errorf("%d answers were read", n)
	}
}

// to gives a dial that always reaches the same server.
func to(address string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

func TestRedirectsEndSomewhere(t *testing.T) {
	for _, tt := range []struct {
		hops  int
		cause core.Cause
	}{{5, core.CauseNone}, {6, core.CauseRedirect}, {1 << 30, core.CauseRedirect}} {
		gets := 0
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "GET" {
				gets++
			}
			if gets < tt.hops {
				http.Redirect(w, r, fmt.Sprintf("/%d", gets), http.StatusFound)
			}
		})
		a, _ := send(t, reads(server.URL), attempt.Options{})
		if a.Cause != tt.cause || gets != min(tt.hops, 5) {
			t.Errorf("%d: %d answers read, attempt = %+v", tt.hops, gets, a)
		}
	}
}

// An answer that is not to be had behind a redirect says nothing of the message,
// which may have done its work.
func TestAnswerBehindARedirectThatIsNotToBeHad(t *testing.T) {
	cut := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { readRequest(in) })
	hanging := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { hang(in) })
	closed := nobody(t)
	for _, tt := range []struct {
		place string
		cause core.Cause
	}{
		{cut, core.CauseBroken},
		{hanging, core.CauseTimeout},
		{"http://" + closed, core.CauseBroken},
	} {
		server := answer(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, tt.place, http.StatusSeeOther) })
		w := reads(server.URL)
		w.Timeout = 300 * time.Millisecond
		a, _ := send(t, w, attempt.Options{})
		if a.Cause != tt.cause || !a.Unsure || a.Code != 303 || !strings.HasPrefix(a.Detail, "behind the redirect; ") || a.Took > 5*time.Second {
			t.Errorf("%s: attempt = %+v", tt.place, a)
		}
	}
}

func TestAcceptedRedirect(t *testing.T) {
	for code, cause := range map[int]core.Cause{
		301: core.CauseNone, 302: core.CauseNone, 303: core.CauseNone, 307: core.CauseNone, 308: core.CauseNone,
		300: core.CauseRedirect, 304: core.CauseRedirect, 305: core.CauseRedirect, 500: core.CauseServer,
	} {
		var gets atomic.Int32
		server := answer(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "GET" {
				gets.Add(1)
			}
			w.Header().Set("Location", "/thanks")
			w.WriteHeader(code)
		})
		a, _ := send(t, &core.Webhook{Address: server.URL, Answer: core.Answer{Redirects: core.RedirectsAccept}}, attempt.Options{})
		if a.Cause != cause || a.Code != code || gets.Load() != 0 {
			t.Errorf("%d: attempt = %+v", code, a)
		}
	}
}

// Where a redirect points to may hold what was sent.
func TestSecretsInARedirectAreMasked(t *testing.T) {
	for _, redirects := range []core.Redirects{core.RedirectsFail, core.RedirectsRead} {
		for _, place := range []string{"https://open-sesame.example/x", "ftp://open-sesame.example/?k=open-sesame", "https://example.org/?open-sesame"} {
			server := answer(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", place)
				w.WriteHeader(302)
			})
			w := reads(server.URL)
			w.Answer.Redirects = redirects
			a, _ := send(t, w, attempt.Options{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
				if strings.HasSuffix(address, ":443") {
					return nil, &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}
				}
				return new(net.Dialer).DialContext(ctx, network, address)
			}})
			if text := fmt.Sprintf("%+v %+v", a, attempt.Explain("CRM", attempt.KeyText, a)); strings.Contains(text, "sesame") || a.Cause == core.CauseNone {
				t.Errorf("%s: %s", place, text)
			}
		}
	}
}

// A certificate is a key as well.
func TestNoCertificateIsShownBehindARedirect(t *testing.T) {
	own := certificate(t, "office.example.org", time.Now().Add(24*time.Hour))
	cert := certificate(t, "crm.example.org", time.Now().Add(24*time.Hour))
	var mu sync.Mutex
	shown := map[string]int{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		shown[r.Method] = len(r.TLS.PeerCertificates)
		if r.Method == "POST" {
			http.Redirect(w, r, (&url.URL{Scheme: "https", Host: r.Host, Path: "/answer"}).String(), http.StatusFound)
		}
	}))
	server.TLS = serverConfig(cert)
	server.TLS.ClientAuth = tls.RequestClientCert
	server.StartTLS()
	defer server.Close()
	w := reads("https://crm.example.org/")
	w.CAFile = caFile(t, cert)
	w.Network.CertFile, w.Network.KeyFile = pairFiles(t, own)
	a, _ := send(t, w, attempt.Options{Dial: to(server.Listener.Addr().String())})
	if a.Cause != core.CauseNone || shown["POST"] != 1 || shown["GET"] != 0 {
		t.Errorf("shown %v, attempt = %+v", shown, a)
	}
}

// Who stops on the way to an answer has sent the message all the same.
func TestStopBehindARedirect(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	server := answer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://answers.example.org/", http.StatusSeeOther)
	})
	c, m := line(t, reads(server.URL), attempt.Options{Dial: func(_ context.Context, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "answers") {
			cancel()
			return nil, ctx.Err()
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}})
	if a, _ := c.Do(ctx, m); a.Cause != core.CauseStop || !a.Unsure {
		t.Errorf("attempt = %+v", a)
	}
}
