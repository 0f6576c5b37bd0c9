package attempt

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"hookbird/core"
)

// tlsConfig trusts the system's authorities and, if caFile is set, those of that
// PEM file besides.
func tlsConfig(caFile string) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)}
	if caFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, "The file of authorities "+caFile+" cannot be read. Check that it is there and that you may open it.")
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, core.Errorf(core.CodeInvalid, "The file of authorities %s holds no certificate. It has to be a PEM file, which begins with -----BEGIN CERTIFICATE-----", caFile)
	}
	config.RootCAs = pool
	return config, nil
}
