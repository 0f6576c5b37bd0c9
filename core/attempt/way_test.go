package attempt_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// shown makes a certificate that vouches for itself, with dates of its own.
func shown(t testing.TB, name string, from, to time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Office; CA\n" + name}, DNSNames: []string{name},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// Why a connection is not secure is told apart, in a try and in a look alike, and
// nothing was sent.
func TestInsecureConnectionsAreToldApart(t *testing.T) {
	day := 24 * time.Hour
	now := time.Now()
	good := shown(t, "crm.example.org", now.Add(-day), now.Add(day))
	own := shown(t, "office.example.org", now.Add(-day), now.Add(day))
	ownCert, ownKey := pairFiles(t, own)
	for _, tt := range []struct {
		name   string
		cert   tls.Certificate
		change func(*tls.Config, *core.Webhook)
		short  string
		look   string // "" if only a request shows it
	}{
		{"run out", shown(t, "crm.example.org", now.Add(-2*day), now.Add(-day)), nil, "could not prove who it is: its certificate has run out", "has run out"},
		{"not yet", shown(t, "crm.example.org", now.Add(day), now.Add(2*day)), nil, "could not prove who it is: its certificate does not count yet", "does not count yet"},
		{"another name", shown(t, "other.example.org", now.Add(-day), now.Add(day)), nil, "could not prove who it is: its certificate is for another name", "another name"},
		{"unknown", good, func(_ *tls.Config, w *core.Webhook) { w.CAFile = "" }, "could not prove who it is: nobody known vouches for it", "does not know"},
		{"too old", good, func(c *tls.Config, _ *core.Webhook) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, "does not answer securely enough", "older than TLS 1.2"},
		{"nothing in common", good, func(c *tls.Config, _ *core.Webhook) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}
		}, "could not agree on a secure connection", "could not agree"},
		{"wants a certificate", good, func(c *tls.Config, _ *core.Webhook) { c.ClientAuth = tls.RequireAnyClientCert }, "wants a certificate from this computer", ""},
		{"wants one, TLS 1.2", good, func(c *tls.Config, _ *core.Webhook) {
			c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		}, "wants a certificate from this computer", "wants a certificate"},
		{"refuses ours", good, func(c *tls.Config, w *core.Webhook) {
			c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
			w.Network.CertFile, w.Network.KeyFile = ownCert, ownKey
		}, "did not accept this computer's certificate", ""},
		{"refuses ours, TLS 1.2", good, func(c *tls.Config, w *core.Webhook) {
			c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, x509.NewCertPool(), tls.VersionTLS12
			w.Network.CertFile, w.Network.KeyFile = ownCert, ownKey
		}, "did not accept this computer's certificate", "did not accept"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came through") }))
			server.Config.ErrorLog = quiet
			server.TLS = serverConfig(tt.cert)
			w := &core.Webhook{Name: "CRM", Address: "https://crm.example.org/secret-path", CAFile: caFile(t, tt.cert)}
			if tt.change != nil {
				tt.change(server.TLS, w)
			}
			server.StartTLS()
			defer server.Close()
			o := attempt.Options{Dial: to(server.Listener.Addr().String()), Online: online}
			a, _ := send(t, w, o)
			if a.Cause != core.CauseCertificate || a.Unsure || a.Code != 0 || attempt.Short(a) != tt.short {
				t.Errorf("short %q, attempt = %+v", attempt.Short(a), a)
			}
			note := attempt.Note("CRM", "crm.example.org", a)
			if !strings.Contains(note, "crm.example.org, port 443, by HTTPS") || strings.Contains(note, "secret-path") {
				t.Errorf("note = %s", note)
			}
			if tt.name == "unknown" && !strings.Contains(note, "Certificate shown: issued by “Office  CA crm.example.org”\n") {
				t.Errorf("note = %s", note)
			}
			look := attempt.CheckWebhook(context.Background(), w, o)
			if tt.look != "" && (look.OK || look.Secure || !strings.Contains(look.Sentence, tt.look) || look.Note == "") {
				t.Errorf("look = %+v", look)
			}
		})
	}
}

// proxy answers CONNECT with a code, or passes it on to a server if that is 200.
func proxy(t testing.TB, code int, target string) *url.URL {
	t.Helper()
	address := raw(t, func(_ int, conn net.Conn, in *bufio.Reader) {
		text := readRequest(in)
		if code != 200 {
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", code, http.StatusText(code))
			return
		}
		if text == "" {
			return // a look
		}
		far, err := net.Dial("tcp", target)
		if err != nil {
			t.Error(err)
			return
		}
		defer far.Close()
		if strings.HasPrefix(text, "CONNECT ") {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
		} else {
			_, _ = io.WriteString(far, text)
		}
		go func() { _, _ = io.Copy(far, in) }()
		_, _ = io.Copy(conn, far)
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func through(u *url.URL) func(*url.URL) (*url.URL, error) {
	return func(*url.URL) (*url.URL, error) { return u, nil }
}

// What a proxy says is told apart, and nothing has reached the target.
func TestProxiesAreToldApart(t *testing.T) {
	closed := nobody(t)
	for _, tt := range []struct {
		code    int
		address string
		cause   core.Cause
		title   string
		allow   string
	}{
		{403, "https://crm.example.org/x", core.CauseProxy, "The proxy does not let this through", "(with the method CONNECT) to crm.example.org, port 443, through the proxy 127.0.0.1:"},
		{407, "https://crm.example.org/x", core.CauseProxyKey, "The proxy wants to know who is there", "a user and a password for the proxy 127.0.0.1:"},
		{407, "http://crm.example.org/x", core.CauseProxyKey, "The proxy wants to know who is there", "a user and a password for the proxy 127.0.0.1:"},
		{502, "https://crm.example.org/x", core.CauseConnect, "CRM could not be reached by the proxy", "cannot reach crm.example.org"},
		{503, "https://crm.example.org/x", core.CauseConnect, "CRM could not be reached by the proxy", "cannot reach crm.example.org"},
		{0, "https://crm.example.org/x", core.CauseConnect, "The proxy does not answer", "answers this computer"},
	} {
		u := &url.URL{Scheme: "http", Host: closed}
		if tt.code != 0 {
			u = proxy(t, tt.code, "")
		}
		w := &core.Webhook{Name: "CRM", Address: tt.address, Headers: []core.Header{{Name: "X-Key", Secret: core.NewSecret("open-sesame")}}}
		o := attempt.Options{System: through(u), Online: online}
		a, _ := send(t, w, o)
		advice := attempt.Explain("CRM", attempt.KeyText, a)
		if a.Cause != tt.cause || a.Unsure || a.Code != 0 || advice.Title != tt.title || !strings.Contains(a.Detail, "through the proxy "+u.Host) {
			t.Errorf("%d: attempt = %+v, title %q", tt.code, a, advice.Title)
		}
		note := attempt.Note("CRM", "crm.example.org", a)
		if !strings.Contains(note, "Way: through the proxy "+u.Host+"\n") || !strings.Contains(note, tt.allow) || strings.Contains(note, "open-sesame") || strings.Contains(note, "/x") {
			t.Errorf("%d: note = %s", tt.code, note)
		}
		look := attempt.CheckWebhook(context.Background(), w, o)
		if strings.HasPrefix(tt.address, "https") && (look.OK || !strings.Contains(look.Sentence, "proxy") || look.Note == "") {
			t.Errorf("%d: look = %+v", tt.code, look)
		}
	}
}

// A try through a proxy that works reaches the target, and so does a look.
func TestWayThroughAProxy(t *testing.T) {
	cert := certificate(t, "crm.example.org", time.Now().Add(24*time.Hour))
	address, requests := secure(t, cert, tls.VersionTLS13)
	w := &core.Webhook{Address: "https://crm.example.org/x", CAFile: caFile(t, cert)}
	o := attempt.Options{System: through(proxy(t, 200, strings.TrimPrefix(address, "https://")))}
	look := attempt.CheckWebhook(context.Background(), w, o)
	if !look.OK || !look.Secure || look.Sentence != "crm.example.org answers, securely. The test shows whether the rest of the address is right." || requests.Load() != 0 {
		t.Errorf("look = %+v, %d requests", look, requests.Load())
	}
	if a, _ := send(t, w, o); a.Cause != core.CauseNone || requests.Load() != 1 {
		t.Errorf("attempt = %+v, %d requests", a, requests.Load())
	}
	w.Address, w.CAFile = "http://crm.example.org/x", ""
	look = attempt.CheckWebhook(context.Background(), w, attempt.Options{System: through(proxy(t, 200, "127.0.0.1:1"))})
	if !look.OK || look.Secure || !strings.Contains(look.Sentence, "through a proxy") {
		t.Errorf("look = %+v", look)
	}
}

func TestAddressThatMayNotBeReached(t *testing.T) {
	w := &core.Webhook{Address: "http://169.254.169.254/latest/"}
	a, _ := send(t, w, attempt.Options{})
	advice := attempt.Explain("CRM", attempt.KeyNone, a)
	if a.Cause != core.CauseBlocked || a.Unsure || !strings.HasPrefix(advice.Text, "169.254.169.254 belongs to ") || !strings.HasSuffix(advice.Text, ". Nothing was sent.") {
		t.Errorf("attempt = %+v, advice %+v", a, advice)
	}
	if look := attempt.CheckWebhook(context.Background(), w, attempt.Options{}); look.OK || !strings.HasSuffix(a.Detail, look.Sentence) || look.Note == "" {
		t.Errorf("look = %+v", look)
	}
	w = &core.Webhook{Address: "http://127.0.0.1:1/", Network: core.Network{NoPrivate: true}}
	if a, _ := send(t, w, attempt.Options{}); a.Cause != core.CauseBlocked {
		t.Errorf("attempt = %+v", a)
	}
}

func TestNoteForIT(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 42, 7, 0, time.FixedZone("", 3600))
	a := core.Attempt{At: at, Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; Forbidden"}
	want := `Hookbird, a program on this computer that sends records to other systems, tried to reach crm.example.org for “Supporter CRM”, and could not.

When: 2026-11-22 10:42:07 +01:00
Where to: crm.example.org, port 8443, by HTTPS with TLS 1.2 or 1.3
Way: through the proxy proxy.example:3128
What came of it: The way to the system leads through a proxy, which refuses to connect to it. Nothing was sent, and it will be the same with the next record.
In the computer's words: Forbidden
What would help: Let this computer connect (with the method CONNECT) to crm.example.org, port 8443, through the proxy proxy.example:3128.
`
	for _, host := range []string{"crm.example.org:8443", "https://crm.example.org:8443/hooks/secret?k=v", "https://ada:pw@crm.example.org:8443"} {
		if got := attempt.Note("Supporter CRM", host, a); got != want {
			t.Errorf("%s:\n%s", host, got)
		}
	}
	matters := map[core.Cause]bool{
		core.CauseProxy: true, core.CauseProxyKey: true, core.CauseCertificate: true, core.CauseDNS: true,
		core.CauseConnect: true, core.CausePortal: true, core.CauseBlocked: true,
	}
	for _, cause := range allCauses(t) {
		if note := attempt.Note("CRM", "crm.example.org", core.Attempt{At: at, Cause: cause}); (note != "") != matters[cause] {
			t.Errorf("%s: note %q", cause, note)
		}
	}
	signIn := core.Attempt{At: at, Cause: core.CauseConnect, Detail: "at the sign-in server; no connection in time; x"}
	if note := attempt.Note("CRM", "crm.example.org", signIn); !strings.Contains(note, "to reach the sign-in server of crm.example.org for") {
		t.Errorf("note = %s", note)
	}
}

// nginx takes a request and answers with a page of its own, where a certificate of
// this computer is wanted.
func TestPagesThatAskForACertificate(t *testing.T) {
	day := 24 * time.Hour
	cert := shown(t, "crm.example.org", time.Now().Add(-day), time.Now().Add(day))
	certFile, keyFile := pairFiles(t, shown(t, "office.example.org", time.Now().Add(-day), time.Now().Add(day)))
	const page = "<html>\r\n<head><title>400 %s</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>%[1]s</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	for _, tt := range []struct {
		says      string
		code      int
		certified bool
		cause     core.Cause
		short     string
	}{
		{"No required SSL certificate was sent", 400, false, core.CauseCertificate, "wants a certificate from this computer"},
		{"The SSL certificate error", 400, true, core.CauseCertificate, "did not accept this computer's certificate"},
		{"The SSL certificate error", 400, false, core.CauseCertificate, "wants a certificate from this computer"},
		{"The email is missing", 400, false, core.CauseData, "did not understand the data"},
		{"No required SSL certificate was sent", 422, false, core.CauseData, "did not understand the data"},
	} {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(tt.code)
			_, _ = fmt.Fprintf(w, page, tt.says)
		}))
		server.TLS = serverConfig(cert)
		server.StartTLS()
		w := &core.Webhook{Name: "CRM", Address: "https://crm.example.org/", CAFile: caFile(t, cert)}
		if tt.certified {
			w.Network.CertFile, w.Network.KeyFile = certFile, keyFile
		}
		a, _ := send(t, w, attempt.Options{Dial: to(server.Listener.Addr().String()), Online: online})
		if a.Cause != tt.cause || a.Code != tt.code || !strings.HasPrefix(attempt.Short(a), tt.short) {
			t.Errorf("%q with %d: short %q, attempt = %+v", tt.says, tt.code, attempt.Short(a), a)
		}
		server.Close()
	}
}

// Nobody can allow what is never allowed.
func TestNoteOfACloudsAddress(t *testing.T) {
	a, _ := send(t, &core.Webhook{Address: "http://169.254.169.254/latest/"}, attempt.Options{Online: online})
	note := attempt.Note("CRM", "169.254.169.254", a)
	if !strings.Contains(note, "Nothing can allow this") || strings.Contains(note, "its owner can allow") {
		t.Errorf("note = %s", note)
	}
}
