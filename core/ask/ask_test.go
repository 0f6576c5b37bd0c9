package ask_test

import (
	"compress/gzip"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source"
)

const hidden = "geheim+/7 4711"

func client(t testing.TB, a core.Ask) *ask.Client {
	t.Helper()
	c, err := ask.New(&a, source.Env{Version: "1.0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t testing.TB, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server
}

func TestRequestIsThatOfAMessage(t *testing.T) {
	var got *http.Request
	var body string
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
		_, _ = io.WriteString(w, `{"ok": 1.10}`)
	})
	c := client(t, core.Ask{
		Address: server.URL + "/find/[name]?key=[secret:k]&page=1&on=[@today]",
		Headers: []core.Header{{Name: "X-Api-Key", Secret: core.NewSecret(hidden)}, {Name: "X-About", Value: "[name]"}},
		Keys:    []core.NamedSecret{{Name: "k", Secret: core.NewSecret(hidden)}},
		Body:    `{"who": "[name]"}`,
		Auth:    core.Auth{Kind: core.AuthBasic, User: "ada", Secret: core.NewSecret(hidden)},
	})
	e := &core.Event{ID: "e1", Data: []byte(`{"name": "Ada L"}`)}
	at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.Local)
	a, err := c.Do(t.Context(), ask.Request{Event: e, At: at, Query: []ask.Param{{Name: "page", Value: "2 b"}}, Tag: `"t"`, Modified: "Fri, 01 May 2026 09:00:00 GMT"})
	if err != nil {
		t.Fatal(err)
	}
	user, password, _ := got.BasicAuth()
	checks := map[string][2]string{
		"method":   {got.Method, "POST"},
		"address":  {got.RequestURI, "/find/Ada%20L?key=geheim%2B%2F7%204711&on=2026-05-01&page=2+b"},
		"body":     {body, `{"who": "Ada L"}`},
		"type":     {got.Header.Get("Content-Type"), "application/json"},
		"secret":   {got.Header.Get("X-Api-Key"), hidden},
		"about":    {got.Header.Get("X-About"), "Ada L"},
		"auth":     {user + ":" + password, "ada:" + hidden},
		"agent":    {got.Header.Get("User-Agent"), "Hookbird/1.0"},
		"number":   {got.Header.Get("webhook-id"), ""},
		"tag":      {got.Header.Get("If-None-Match"), `"t"`},
		"modified": {got.Header.Get("If-Modified-Since"), "Fri, 01 May 2026 09:00:00 GMT"},
		"answer":   {string(a.JSON), `{"ok": 1.10}`},
	}
	for name, c := range checks {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", name, c[0], c[1])
		}
	}
	if !strings.Contains(got.Header.Get("Accept"), "application/json") {
		t.Errorf("Accept: %q", got.Header.Get("Accept"))
	}
}

func TestAnswers(t *testing.T) {
	tests := []struct {
		name, kind, body string
		code             int
		header           string
		want             string // the JSON, or what the sentence holds
		fails            core.Code
	}{
		{name: "json", body: ` {"a":1.10,"a":2} `, want: ` {"a":1.10,"a":2} `},
		{name: "with a mark", body: "\ufeff[1]", want: "[1]"},
		{name: "latin", kind: "application/json; charset=iso-8859-1", body: "{\"n\":\"M\xfcller\"}", want: `{"n":"Müller"}`},
		{name: "xml", kind: "text/xml", body: `<?xml version="1.0"?><r><o id="1"><n>A &amp; B</n></o><o/></r>`, want: `{"o":[{"id":"1","n":"A & B"},""]}`},
		{name: "nothing", code: 204, want: ""},
		{name: "empty", body: " ", want: "crm answered", fails: core.CodeUnavailable},
		{name: "page", kind: "text/html", body: "<p>Log in", want: "web page", fails: core.CodeUnavailable},
		{name: "page in disguise", kind: "application/json", body: "\n<!DOCTYPE HTML><p>", want: "web page", fails: core.CodeUnavailable},
		{name: "page as XML", kind: "text/xml", body: "<?xml version='1.0'?><!-- x --><html><p/></html>", want: "web page", fails: core.CodeUnavailable},
		{name: "broken json", body: `{"a":`, want: "cannot be read", fails: core.CodeUnavailable},
		{name: "broken xml", body: `<a><b></a>`, want: "cannot be read", fails: core.CodeUnavailable},
		{name: "key", code: 401, want: "did not accept the key. It answered 401", fails: core.CodeUnavailable},
		{name: "not there", code: 404, want: "has nothing at this web address", fails: core.CodeNotFound},
		{name: "bad", code: 422, want: "422", fails: core.CodeInvalid},
		{name: "slow", code: 429, header: "Retry-After: 120", want: "takes no more requests", fails: core.CodeUnavailable},
		{name: "trouble", code: 500, want: "trouble on its own side", fails: core.CodeUnavailable},
		{name: "the same", code: 304, want: "304", fails: core.CodeUnavailable},
		{name: "busy", code: 503, header: "Retry-After: 120", want: "slow down", fails: core.CodeUnavailable},
		{name: "elsewhere", code: 302, header: "Location: https://evil.example/x", want: "has moved", fails: core.CodeUnavailable},
		{name: "too long", body: strings.Repeat(" ", ask.MaxAnswer+1), want: "longer than 16 MB", fails: core.CodeUnavailable},
		{name: "packed strangely", header: "Content-Encoding: br", body: "x", want: "packed", fails: core.CodeUnavailable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", tt.kind)
				if name, value, ok := strings.Cut(tt.header, ": "); ok {
					w.Header().Set(name, value)
				}
				if tt.code != 0 {
					w.WriteHeader(tt.code)
				}
				_, _ = io.WriteString(w, tt.body)
			})
			c := client(t, core.Ask{Address: server.URL, Headers: []core.Header{{Name: "X-Key", Secret: core.NewSecret(hidden)}}})
			a, err := c.Do(t.Context(), ask.Request{})
			if tt.fails == "" {
				if err != nil || string(a.JSON) != tt.want {
					t.Fatalf("%v, %s", err, a.JSON)
				}
				return
			}
			if tt.name == "empty" {
				tt.want = "is empty"
			}
			if core.CodeOf(err) != tt.fails || !strings.Contains(core.Sentence(err), tt.want) || a == nil {
				t.Fatalf("%v: %v", core.CodeOf(err), err)
			}
			if (a.RetryAfter == 2*time.Minute) != (tt.header == "Retry-After: 120") {
				t.Errorf("to come back after %v", a.RetryAfter)
			}
			if after := ask.RetryAfter(fmt.Errorf("look up: %w", err)); after != a.RetryAfter {
				t.Errorf("to come back after %v, says the error", after)
			}
		})
	}
}

func TestPackedAnswer(t *testing.T) {
	bomb, broken := atomic.Bool{}, atomic.Int32{}
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		switch broken.Load() {
		case 1:
			_, _ = io.WriteString(w, `[1]`)
			return
		case 2:
			_, _ = io.WriteString(w, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x8a")
			return
		}
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, `[1]`)
		for range 20 {
			if bomb.Load() {
				_, _ = z.Write(make([]byte, 1<<20))
			}
		}
		_ = z.Close()
	})
	c := client(t, core.Ask{Address: server.URL})
	if a, err := c.Do(t.Context(), ask.Request{}); err != nil || string(a.JSON) != "[1]" {
		t.Fatal(err)
	}
	bomb.Store(true)
	if _, err := c.Do(t.Context(), ask.Request{}); err == nil || !strings.Contains(err.Error(), "16 MB") {
		t.Fatal(err)
	}
	for n := range int32(2) {
		broken.Store(n + 1)
		if _, err := c.Do(t.Context(), ask.Request{}); core.CodeOf(err) != core.CodeUnavailable || core.Sentence(err) == core.Sentence(errors.New("x")) {
			t.Error(err)
		}
	}
}

// An answer of 16 MB is read, in memory that is bounded by it.
func TestLongAnswer(t *testing.T) {
	long := "[" + strings.Repeat(" ", ask.MaxAnswer-2) + "]"
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, long) })
	a, err := client(t, core.Ask{Address: server.URL}).Do(t.Context(), ask.Request{})
	if err != nil || len(a.JSON) != ask.MaxAnswer {
		t.Fatal(err)
	}
}

func TestWhatIsKnownIsNotReadAgain(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, `[1]`)
	})
	c := client(t, core.Ask{Address: server.URL})
	first, err := c.Do(t.Context(), ask.Request{})
	if err != nil || first.NotModified || first.Print == "" {
		t.Fatal(err, first)
	}
	for _, r := range []ask.Request{{Tag: `"1"`, Print: "x"}, {Print: first.Print}} {
		a, err := c.Do(t.Context(), r)
		if err != nil || !a.NotModified || a.JSON != nil || a.Print != r.Print {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

// A GET goes on to another address of the same system, and never to another one.
func TestRedirects(t *testing.T) {
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("another system was asked") })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new?x=1", http.StatusMovedPermanently)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		default:
			_, _ = fmt.Fprintf(w, "[%q]", r.URL.RequestURI()+r.Header.Get("X-Key"))
		}
	})
	key := []core.Header{{Name: "X-Key", Secret: core.NewSecret(hidden)}}
	a, err := client(t, core.Ask{Address: server.URL + "/old", Headers: key}).Do(t.Context(), ask.Request{})
	if err != nil || string(a.JSON) != fmt.Sprintf("[%q]", "/new?x=1"+hidden) || a.URL.Path != "/new" {
		t.Fatalf("%v %s", err, a.JSON)
	}
	for _, to := range []core.Ask{{Address: server.URL + "/away"}, {Address: server.URL + "/round"}, {Address: server.URL + "/old", Method: "POST"}} {
		if _, err := client(t, to).Do(t.Context(), ask.Request{}); err == nil || !strings.Contains(err.Error(), "has moved") {
			t.Errorf("%s: %v", to.Address, err)
		}
	}
}

func TestNextPage(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "[%q]", r.URL.RequestURI())
	})
	c := client(t, core.Ask{Address: server.URL + "/a/list|x?key=1"})
	first, err := c.Do(t.Context(), ask.Request{})
	if err != nil {
		t.Fatal(err)
	}
	next, err := first.Resolve("more?page=2")
	if err != nil {
		t.Fatal(err)
	}
	a, err := c.Do(t.Context(), ask.Request{Next: next})
	if err != nil || string(a.JSON) != `["/a/more?page=2"]` {
		t.Fatalf("%v %s", err, a.JSON)
	}
	for _, elsewhere := range []string{"https://evil.example/" + hidden, "//evil.example/", strings.Replace(server.URL, "127.0.0.1", "127.0.0.2", 1), "ftp://" + server.Listener.Addr().String(), "%zz", "http://"} {
		next, err := first.Resolve(elsewhere)
		if err == nil {
			_, err = c.Do(t.Context(), ask.Request{Next: next})
		}
		if err == nil || strings.Contains(err.Error(), hidden) {
			t.Errorf("%s: %v", elsewhere, err)
		}
	}
}

func TestFailures(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := free.Addr().String()
	_ = free.Close()
	hangs := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	trickles := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "[1")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	cut := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "[1")
	})
	strange := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "220 mail.example.org ESMTP\r\n")
		_ = conn.Close()
	})
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	tests := map[string]struct {
		ask  core.Ask
		want string
	}{
		"nobody":        {core.Ask{Address: "http://" + closed}, "could not be reached"},
		"hangs":         {core.Ask{Address: hangs.URL, Timeout: 50 * time.Millisecond}, "took too long to answer. No answer came in the time that Hookbird waits."},
		"trickles":      {core.Ask{Address: trickles.URL, Timeout: 50 * time.Millisecond}, "did not end"},
		"cut off":       {core.Ask{Address: cut.URL}, "in the middle of its answer"},
		"no web server": {core.Ask{Address: strange.URL}, "not in the way of web servers"},
		"cloud":         {core.Ask{Address: "http://169.254.169.254/"}, "This address may never be reached"},
		"unknown":       {core.Ask{Address: secure.URL}, "an authority that this computer does not know"},
		"not TLS":       {core.Ask{Address: strings.Replace(cut.URL, "http:", "https:", 1)}, "does not answer securely"},
		"private":       {core.Ask{Address: cut.URL, Network: core.Network{NoPrivate: true}}, "may only reach public addresses"},
		"missing proxy": {core.Ask{Address: "http://crm.example.org", Network: core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: "http://" + closed}}}, "The proxy does not answer"},
		"merge field":   {core.Ask{Address: cut.URL + "/[name]/x"}, "name"},
	}
	for name, tt := range tests {
		if name == "unknown" || name == "not TLS" {
			tt.ask.Headers = []core.Header{{Name: "X-Key", Secret: core.NewSecret(hidden)}}
		}
		a, err := client(t, tt.ask).Do(t.Context(), ask.Request{})
		if err == nil || !strings.Contains(core.Sentence(err), tt.want) || strings.Contains(core.Sentence(err), hidden) {
			t.Errorf("%s: %v, %v", name, err, a)
		}
	}
}

func TestAuthorities(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "[]") }))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := client(t, core.Ask{Address: server.URL, CAFile: file}).Do(t.Context(), ask.Request{}); err != nil {
		t.Fatal(err)
	}
}

// Every way in which a message tells who is sending is one for a question too.
func TestWhoIsAsking(t *testing.T) {
	secret := core.NewSecret(hidden)
	var got *http.Request
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/token" {
			if id, key, ok := r.BasicAuth(); r.FormValue("grant_type") != "client_credentials" || ok && (id != "id" || key != "geheim%2B%2F7+4711") || !ok && r.FormValue("client_secret") != hidden {
				t.Errorf("%v %v", r.Header, r.Form)
			}
			_, _ = io.WriteString(w, `{"access_token": "fetched", "token_type": "Bearer"}`)
			return
		}
		got = r
		_, _ = io.WriteString(w, "[]")
	})
	token := server.URL + "/token"
	for name, tt := range map[string]struct {
		ask  core.Ask
		want string // of Authorization, X-Key and the query
	}{
		"nobody": {core.Ask{}, "  "},
		"basic":  {core.Ask{Auth: core.Auth{Kind: core.AuthBasic, User: "ada", Secret: secret}}, "Basic YWRhOmdlaGVpbSsvNyA0NzEx  "},
		"bearer": {core.Ask{Auth: core.Auth{Kind: core.AuthBearer, Secret: core.NewSecret("geheim4711")}}, "Bearer geheim4711  "},
		"oauth":  {core.Ask{Auth: core.Auth{Kind: core.AuthOAuth, User: "id", Secret: secret, TokenURL: token}}, "Bearer fetched  "},
		"body":   {core.Ask{Auth: core.Auth{Kind: core.AuthOAuth, User: "id", Secret: secret, TokenURL: token, InBody: true}}, "Bearer fetched  "},
		"header": {core.Ask{Headers: []core.Header{{Name: "X-Key", Secret: secret}}}, " " + hidden + " "},
		"query":  {core.Ask{Address: "?key=[secret:k]", Keys: []core.NamedSecret{{Name: "k", Secret: secret}}}, "  key=geheim%2B%2F7%204711"},
	} {
		tt.ask.Address = server.URL + "/list" + tt.ask.Address
		if _, err := client(t, tt.ask).Do(t.Context(), ask.Request{}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if said := got.Header.Get("Authorization") + " " + got.Header.Get("X-Key") + " " + got.URL.RawQuery; said != tt.want {
			t.Errorf("%s: %q, want %q", name, said, tt.want)
		}
	}
}

// A fetched key that is refused is fetched once more.
func TestToken(t *testing.T) {
	var given atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case r.URL.Path == "/token":
			_, _ = fmt.Fprintf(w, `{"access_token": "k%d", "token_type": "bearer"}`, given.Add(1))
		case r.Header.Get("Authorization") != "Bearer k2":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			_, _ = io.WriteString(w, "[]")
		}
	})
	auth := core.Auth{Kind: core.AuthOAuth, User: "id", Secret: core.NewSecret(hidden), TokenURL: server.URL + "/token"}
	if _, err := client(t, core.Ask{Address: server.URL, Auth: auth}).Do(t.Context(), ask.Request{}); err != nil || given.Load() != 2 {
		t.Fatal(err, given.Load())
	}
	auth.TokenURL = server.URL + "/broken"
	_, err := client(t, core.Ask{Address: server.URL, Auth: auth}).Do(t.Context(), ask.Request{})
	if err == nil || !strings.Contains(err.Error(), "sign-in server") || strings.Contains(err.Error(), hidden) {
		t.Error(err)
	}
}

// Whatever goes wrong, no secret stands in what is said of it, nor behind that.
func TestSecretsAreNeverSaid(t *testing.T) {
	var code atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.String()+"/"+hidden)
		w.Header().Set("WWW-Authenticate", hidden)
		w.WriteHeader(int(code.Load()))
		_, _ = io.WriteString(w, `{"you sent": "`+hidden+`", `)
	})
	a := core.Ask{
		Address: server.URL + "/[secret:k]/list?key=[secret:k]", Keys: []core.NamedSecret{{Name: "k", Secret: core.NewSecret("geheim4711")}},
		Auth: core.Auth{Kind: core.AuthBearer, Secret: core.NewSecret("geheim4711")}, Body: "k=[secret:k]",
	}
	closed := a
	closed.Address = strings.Replace(a.Address, "127.0.0.1", "127.0.0.9", 1)
	check := func(what any, err error) {
		for ; err != nil; err = errors.Unwrap(err) {
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("%v: %v", what, err)
			}
		}
	}
	for _, n := range []int{200, 301, 400, 401, 403, 404, 407, 429, 500, 503} {
		code.Store(int32(n))
		_, err := client(t, a).Do(t.Context(), ask.Request{})
		if err == nil {
			t.Errorf("%d is no trouble", n)
		}
		check(n, err)
	}
	_, err := client(t, closed).Do(t.Context(), ask.Request{})
	check("nobody", err)
	_, err = client(t, a).Do(t.Context(), ask.Request{Next: "http://127.0.0.9/geheim4711"})
	check("elsewhere", err)
}
