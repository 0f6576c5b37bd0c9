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
	"encoding/pem"
	"io"
	"log"
	"math/big"
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
	"hookbird/core/attempt"
)

// certificate makes one for a name that vouches for itself.
func certificate(t testing.TB, name string, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// caFile writes the authority that vouches for a certificate.
func caFile(t testing.TB, c tls.Certificate) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pairFiles writes a certificate and its key.
func pairFiles(t testing.TB, c tls.Certificate) (certFile, keyFile string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	keyFile = filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return caFile(t, c), keyFile
}

// serverConfig is how a server shows a certificate.
func serverConfig(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12}
}

// secure serves https with a certificate and counts the requests.
func secure(t testing.TB, c tls.Certificate, highest uint16) (address string, requests *atomic.Int32) {
	t.Helper()
	requests = new(atomic.Int32)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS10, MaxVersion: highest}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, requests
}

// checked looks at an address with a file of authorities.
func checked(ctx context.Context, address, caFile string) (ok, secure bool, sentence string) {
	c := attempt.CheckWebhook(ctx, &core.Webhook{Address: address, CAFile: caFile}, attempt.Options{})
	return c.OK, c.Secure, c.Sentence
}

func TestSecureConnections(t *testing.T) {
	later := time.Now().Add(24 * time.Hour)
	good, other := certificate(t, "crm.example.org", later), certificate(t, "other.example.org", later)
	expired := certificate(t, "crm.example.org", time.Now().Add(-time.Hour))
	tests := []struct {
		name    string
		cert    tls.Certificate
		ca      string // file of authorities
		host    string // in place of 127.0.0.1
		highest uint16
		cause   core.Cause
		words   string // of the advice
		checked string // of the look at the address
	}{
		{"known authority", good, caFile(t, good), "", tls.VersionTLS13, core.CauseNone, "accepted it", "answers, securely"},
		{"TLS 1.2", good, caFile(t, good), "", tls.VersionTLS12, core.CauseNone, "accepted it", "answers, securely"},
		{"unknown authority", good, "", "", tls.VersionTLS13, core.CauseCertificate, "could not prove who it is", "could not prove who it is"},
		{"another authority", good, caFile(t, other), "", tls.VersionTLS13, core.CauseCertificate, "could not prove who it is", "could not prove who it is"},
		{"name of another", good, caFile(t, good), "shop.example.org", tls.VersionTLS13, core.CauseCertificate, "could not prove who it is", ""},
		{"right name", good, caFile(t, good), "crm.example.org", tls.VersionTLS13, core.CauseNone, "accepted it", ""},
		{"run out", expired, caFile(t, expired), "", tls.VersionTLS13, core.CauseCertificate, "has run out", "could not prove who it is"},
		{"too old a version", good, caFile(t, good), "", tls.VersionTLS11, core.CauseCertificate, "older than TLS 1.2", "older than TLS 1.2"},
	}
	for _, tt := range tests {
		address, requests := secure(t, tt.cert, tt.highest)
		real := strings.TrimPrefix(address, "https://")
		w := &core.Webhook{Address: address, CAFile: tt.ca}
		if tt.host != "" {
			w.Address = "https://" + tt.host
		}
		dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, real)
		}
		a, _ := send(t, w, attempt.Options{Dial: dial})
		if a.Cause != tt.cause || a.Unsure {
			t.Errorf("%s: attempt = %+v", tt.name, a)
		}
		if advice := attempt.Explain("CRM", attempt.KeyText, a); !strings.Contains(advice.Title+advice.Text, tt.words) {
			t.Errorf("%s: advice = %+v", tt.name, advice)
		}
		before := requests.Load()
		if tt.checked == "" {
			continue
		}
		ok, isSecure, sentence := checked(context.Background(), address, tt.ca)
		if good := tt.cause == core.CauseNone; ok != good || isSecure != good || !strings.Contains(sentence, tt.checked) {
			t.Errorf("%s: checked %v %v %q", tt.name, ok, isSecure, sentence)
		}
		if requests.Load() != before {
			t.Errorf("%s: a look at the address sent a request", tt.name)
		}
	}
}

func TestHTTPSToAServerWithoutIt(t *testing.T) {
	server := answer(t, func(http.ResponseWriter, *http.Request) {})
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	address := strings.Replace(server.URL, "http://", "https://", 1)
	a, _ := send(t, &core.Webhook{Address: address}, attempt.Options{})
	if a.Cause != core.CauseCertificate || a.Unsure {
		t.Errorf("attempt = %+v", a)
	}
	if advice := attempt.Explain("CRM", attempt.KeyNone, a); advice.Title != "CRM does not answer securely" {
		t.Errorf("advice = %+v", advice)
	}
	if ok, _, sentence := checked(context.Background(), address, ""); ok || !strings.Contains(sentence, "not securely") {
		t.Errorf("checked %v %q", ok, sentence)
	}
}

func TestFileOfAuthorities(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]core.Code{empty: core.CodeInvalid, empty + "-not": core.CodeUnavailable} {
		if _, err := attempt.NewClient(&core.Webhook{Address: "https://example.org", CAFile: path}, attempt.Options{}); core.CodeOf(err) != code {
			t.Errorf("%s: error = %v", path, err)
		}
		if ok, _, sentence := checked(context.Background(), "https://example.org", path); ok || !strings.Contains(sentence, path) {
			t.Errorf("%s: checked %v %q", path, ok, sentence)
		}
	}
	if _, err := attempt.NewClient(&core.Webhook{Address: "example.org"}, attempt.Options{}); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("error = %v", err)
	}
}

func TestLookAtAnAddress(t *testing.T) {
	closed := nobody(t)
	sent := make(chan int, 1)
	open := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) {
		n, _ := io.Copy(io.Discard, in)
		sent <- int(n)
	})
	tests := []struct {
		address  string
		ok       bool
		sentence string
	}{
		{"crm.example.org", false, "This address is missing https:// at the start."},
		{"htps://crm.example.org", false, "slip for https://"},
		{"http://" + closed, false, "We could not reach 127.0.0.1. You can go on and test later."},
		{open, true, "This works. It does not leave this computer."},
	}
	for _, tt := range tests {
		ok, isSecure, sentence := checked(context.Background(), tt.address, "")
		if ok != tt.ok || isSecure || !strings.Contains(sentence, tt.sentence) {
			t.Errorf("%s: %v %v %q", tt.address, ok, isSecure, sentence)
		}
	}
	if n := <-sent; n != 0 {
		t.Errorf("a look at an address sent %d bytes", n)
	}
}

func TestLookAtAnAddressThatHangs(t *testing.T) {
	address := raw(t, func(_ int, _ net.Conn, in *bufio.Reader) { hang(in) })
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	ok, _, sentence := checked(ctx, strings.Replace(address, "http://", "https://", 1), "")
	if ok || !strings.Contains(sentence, "does not make it secure in time") {
		t.Errorf("%v %q", ok, sentence)
	}
}
