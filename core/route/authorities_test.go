package route

import (
	"crypto/x509"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// A file of authorities is trusted besides the system's, not in their place.
func TestAuthoritiesAreAdded(t *testing.T) {
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	want, err := x509.SystemCertPool()
	if err != nil {
		t.Skip("this system has no authorities")
	}
	want.AppendCertsFromPEM(text)
	if got, err := authorities(file); err != nil || !got.Equal(want) {
		t.Errorf("the system's authorities are not among them: %v", err)
	}
}
