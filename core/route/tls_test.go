package route_test

import (
	"crypto/tls"
	"encoding/pem"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/route"
)

func serverTLS(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS10}
}

func TestVersionsOfTLS(t *testing.T) {
	office := newAuthority(t, "Office")
	for version, good := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		config := serverTLS(office.issue(t, "crm.example.org"))
		config.MaxVersion = version
		server := serve(t, config, func(http.ResponseWriter, *http.Request) {})
		r := way(t, &core.Webhook{Address: server.URL, CAFile: office.file}, route.Options{})
		if err := r.Connect(t.Context()); (err == nil) != good {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
	}
}

func TestClientCertificate(t *testing.T) {
	office, others := newAuthority(t, "Office"), newAuthority(t, "Others")
	config := serverTLS(office.issue(t, "crm.example.org"))
	config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, office.pool
	server := serve(t, config, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.TLS.PeerCertificates[0].Subject.CommonName))
	})
	ours := office.issue(t, "ada")
	both := write(t, "both.pem", append(certPEM(ours), keyPEM(t, ours)...))
	certFile, keyFile := write(t, "cert.pem", certPEM(ours)), write(t, "key.pem", keyPEM(t, ours))
	foreign := others.issue(t, "eve")
	tests := []struct {
		name, cert, key string
		good            bool
	}{
		{"one file", both, "", true},
		{"two files", certFile, keyFile, true},
		{"both, and the key in its own file", both, keyFile, true},
		{"none", "", "", false},
		{"of another authority", write(t, "f.pem", append(certPEM(foreign), keyPEM(t, foreign)...)), "", false},
	}
	for _, tt := range tests {
		w := &core.Webhook{Address: server.URL, CAFile: office.file, Network: core.Network{CertFile: tt.cert, KeyFile: tt.key}}
		r := way(t, w, route.Options{})
		_, body, err := get(t, r, server.URL)
		if (err == nil && body == "ada") != tt.good {
			t.Errorf("%s: %q, %v", tt.name, body, err)
		}
		if err := r.Connect(t.Context()); tt.good && err != nil {
			t.Errorf("%s: a look: %v", tt.name, err)
		}
	}
}

func TestFilesThatCannotBe(t *testing.T) {
	office := newAuthority(t, "Office")
	ours, other := office.issue(t, "ada"), office.issue(t, "other")
	cert, key := write(t, "cert.pem", certPEM(ours)), write(t, "key.pem", keyPEM(t, ours))
	nothing := write(t, "nothing.pem", []byte("nothing"))
	missing := filepath.Join(t.TempDir(), "missing.pem")
	large := write(t, "large.pem", make([]byte, 9<<20))
	broken := write(t, "broken.pem", block("CERTIFICATE", []byte("no certificate")))
	old := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}})
	tests := []struct {
		name string
		w    core.Webhook
		code core.Code
		want string
	}{
		{"no file of authorities", core.Webhook{CAFile: missing}, core.CodeUnavailable, "The file of authorities " + missing + " cannot be read."},
		{"a folder", core.Webhook{CAFile: filepath.Dir(missing)}, core.CodeUnavailable, "cannot be read"},
		{"no authority in it", core.Webhook{CAFile: nothing}, core.CodeInvalid, "holds no certificate"},
		{"too large", core.Webhook{CAFile: large}, core.CodeInvalid, "too large"},
		{"no certificate file", core.Webhook{Network: core.Network{CertFile: missing}}, core.CodeUnavailable, "The file of the certificate " + missing},
		{"no key file", core.Webhook{Network: core.Network{CertFile: cert, KeyFile: missing}}, core.CodeUnavailable, "The file of the key " + missing},
		{"no certificate in it", core.Webhook{Network: core.Network{CertFile: key, KeyFile: key}}, core.CodeInvalid, "holds no certificate"},
		{"no key in it", core.Webhook{Network: core.Network{CertFile: cert}}, core.CodeInvalid, "holds no key"},
		{"no key in the key's file", core.Webhook{Network: core.Network{CertFile: cert, KeyFile: nothing}}, core.CodeInvalid, nothing + " holds no key"},
		{"another's key", core.Webhook{Network: core.Network{CertFile: cert, KeyFile: write(t, "o.pem", keyPEM(t, other))}}, core.CodeInvalid, "does not fit the certificate in " + cert},
		{"broken", core.Webhook{Network: core.Network{CertFile: broken, KeyFile: key}}, core.CodeInvalid, "cannot be read"},
		{"locked", core.Webhook{Network: core.Network{CertFile: cert, KeyFile: write(t, "l.pem", block("ENCRYPTED PRIVATE KEY", []byte("x")))}}, core.CodeInvalid, "this key is locked with a password"},
		{"locked the old way", core.Webhook{Network: core.Network{CertFile: cert, KeyFile: write(t, "l.pem", old)}}, core.CodeInvalid, "this key is locked with a password"},
	}
	for _, tt := range tests {
		tt.w.Address = "https://crm.example.org"
		_, err := route.New(&tt.w, parse(t, tt.w.Address), route.Options{})
		if core.CodeOf(err) != tt.code || !strings.Contains(core.Sentence(err), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
