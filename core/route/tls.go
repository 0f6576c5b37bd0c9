package route

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"hookbird/core"
)

// tlsConfig trusts the system's authorities and those of the webhook's own file
// besides, and shows the webhook's certificate to who asks for one.
func tlsConfig(w *core.Webhook) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)}
	if w.CAFile != "" {
		pool, err := authorities(w.CAFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	return config, nil
}

// authorities gives the system's authorities and those of a PEM file.
func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, "The file of authorities "+file+" cannot be read. Check that it is there and that you may open it.")
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, core.Errorf(core.CodeInvalid, "The file of authorities %s holds no certificate. It has to be a PEM file, which begins with -----BEGIN CERTIFICATE-----", file)
	}
	return pool, nil
}
