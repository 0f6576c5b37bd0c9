package route

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"os"
	"strings"

	"hookbird/core"
)

// maxPEM is how large a file of certificates may be. All the authorities of a
// system fit in half a megabyte.
const maxPEM = 8 << 20

// tlsConfig trusts the system's authorities and those of the webhook's own file
// besides, and shows the webhook's certificate to whoever asks for one, whatever
// authorities are named then: who gave the certificate need not be among them.
func tlsConfig(w *core.Webhook) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)}
	if w.CAFile != "" {
		pool, err := authorities(w.CAFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	if w.Network.CertFile != "" {
		own, err := certificate(w.Network.CertFile, w.Network.KeyFile)
		if err != nil {
			return nil, err
		}
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return own, nil }
	}
	return config, nil
}

// authorities gives the system's authorities and those of a PEM file.
func authorities(file string) (*x509.CertPool, error) {
	text, err := readPEM("The file of authorities ", file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, noPEM("The file of authorities "+file+" holds no certificate.", "-----BEGIN CERTIFICATE-----")
	}
	return pool, nil
}

// certificate reads a certificate and its key, which may be in one file.
func certificate(certFile, keyFile string) (*tls.Certificate, error) {
	certs, err := readPEM("The file of the certificate ", certFile)
	if err != nil {
		return nil, err
	}
	keys, name := certs, "The file of the certificate "+certFile
	if keyFile != "" {
		name = "The file of the key " + keyFile
		if keys, err = readPEM("The file of the key ", keyFile); err != nil {
			return nil, err
		}
	}
	if !holds(certs, "CERTIFICATE") {
		return nil, noPEM("The file of the certificate "+certFile+" holds no certificate.", "-----BEGIN CERTIFICATE-----")
	}
	if err := checkKey(keys, name); err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certs, keys)
	if err != nil {
		return nil, unfit(err, certFile)
	}
	return &pair, nil
}

// checkKey looks whether there is a key that can be read.
func checkKey(keys []byte, name string) error {
	if locked(keys) {
		return core.Errorf(core.CodeInvalid, "%s holds a key, but this key is locked with a password. Save it once more without one: openssl pkey -in LOCKED.pem -out KEY.pem", name)
	}
	if !holds(keys, "PRIVATE KEY") {
		return noPEM(name+" holds no key.", "-----BEGIN PRIVATE KEY-----")
	}
	return nil
}

// unfit says why certificate and key are of no use together. The cause is left
// out of the sentence: it is no text for a person.
func unfit(err error, certFile string) error {
	if strings.Contains(err.Error(), "does not match") {
		return core.Wrap(core.CodeInvalid, err, "The key does not fit the certificate in "+certFile+". Choose the key that belongs to it.")
	}
	return core.Wrap(core.CodeInvalid, err, "The certificate in "+certFile+" or its key cannot be read. Ask for both files once more, as PEM files.")
}

// readPEM reads a file, which a sentence will call by what it is.
func readPEM(what, file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, what+file+" cannot be read. Check that it is there and that you may open it.")
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxPEM+1))
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, what+file+" cannot be read. Check that it is there and that you may open it.")
	}
	if len(text) > maxPEM {
		return nil, core.Errorf(core.CodeInvalid, "%s%s is too large to be one.", what, file)
	}
	return text, nil
}

func noPEM(sentence, begin string) error {
	return core.Errorf(core.CodeInvalid, "%s It has to be a PEM file, which begins with %s", sentence, begin)
}

// holds tells whether a PEM text holds a block whose name ends so ("EC PRIVATE
// KEY").
func holds(text []byte, name string) bool {
	found := false
	blocks(text, func(b *pem.Block) { found = found || strings.HasSuffix(b.Type, name) })
	return found
}

// locked tells whether the key in a PEM text needs a password.
func locked(text []byte) bool {
	found := false
	blocks(text, func(b *pem.Block) {
		found = found || b.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(b.Headers["Proc-Type"], "ENCRYPTED")
	})
	return found
}

func blocks(text []byte, visit func(*pem.Block)) {
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			return
		}
		visit(block)
		text = rest
	}
}
