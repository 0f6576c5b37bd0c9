package attempt

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
)

// insecure tells whether the two ends could not agree on a secure connection, and
// why: the target could not prove who it is, or one of them does not speak as the
// other wants. Nothing of a message has been read then, although with TLS 1.3 it
// may be on its way when a target says that it wants a certificate.
func insecure(err error, o Occasion) (d detail, is bool) {
	d.text = err.Error()
	if record, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		d.mark, d.text = markNoTLS, record.Error()
		return d, true
	}
	if errors.Is(err, http.ErrSchemeMismatch) {
		d.mark = markNoTLS
		return d, true
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" { // an alert
		mark, known := alerts[op.Err.Error()]
		d.mark = o.certificate(mark)
		return d, known || !o.Wrote
	}
	if strings.Contains(d.text, "tls: server selected unsupported protocol version") {
		d.mark = markOldTLS
		return d, true
	}
	verification, is := errors.AsType[*tls.CertificateVerificationError](err)
	if !is {
		return d, false
	}
	if list := verification.UnverifiedCertificates; len(list) > 0 {
		d.issuer = issuerOf(list[0])
		d.mark = unproven(verification.Err)
		return d, true
	}
	return d, true
}

// certificate says more closely what a refusal is about, where a certificate was
// asked for: the one that was shown, or that there was none. With TLS 1.2 many say
// no more than that there is no way to be secure.
func (o Occasion) certificate(mark string) string {
	about := mark == markRefuses || mark == markNoCommon && o.Asked
	switch {
	case about && o.Certified:
		return markRefuses
	case about:
		return markWants
	}
	return mark
}

// unproven says why a certificate does not prove who shows it; "" for what is
// rare.
func unproven(err error) string {
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return markAuthority
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return markOtherName
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		if time.Now().Before(invalid.Cert.NotBefore) { // which may be one above it
			return markNotYet
		}
		return markRunOut
	}
	return ""
}

// issuerOf names who vouches for a certificate.
func issuerOf(c *x509.Certificate) string {
	if c.Issuer.CommonName != "" {
		return c.Issuer.CommonName
	}
	return strings.Join(c.Issuer.Organization, " ")
}

// alerts are those by which a target says why it does not go on before it has read
// anything (RFC 8446, section 6.2), as crypto/tls words them.
var alerts = map[string]string{
	"tls: protocol version not supported": markOldTLS,
	"tls: handshake failure":              markNoCommon,
	"tls: insufficient security level":    markNoCommon,
	"tls: unrecognized name":              markOtherName,
	"tls: certificate required":           markWants,
	"tls: bad certificate":                markRefuses,
	"tls: unsupported certificate":        markRefuses,
	"tls: revoked certificate":            markRefuses,
	"tls: expired certificate":            markRefuses,
	"tls: unknown certificate":            markRefuses,
	"tls: unknown certificate authority":  markRefuses,
	"tls: access denied":                  markRefuses,
}
