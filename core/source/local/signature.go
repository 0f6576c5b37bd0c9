package local

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// defaultSignature is the header line of a signature, as GitHub and others call it.
const defaultSignature = "X-Hub-Signature-256"

// checkSignature refuses what was not signed with the secret of the source, in a time
// that says nothing of the right signature. What is signed by Standard Webhooks must
// have been so just now, and comes in once only: its id is signed too. An HMAC of the
// body alone has no time.
func checkSignature(h http.Header, src *core.Source, body []byte, now time.Time) *refusal {
	v := src.Local.Verify
	if v.Style == core.VerifyNone {
		return nil
	}
	secret, ok := v.Secret.Text()
	if !ok {
		return unavailable("Hookbird cannot check the signature now. Send the same again later.", "30")
	}
	if v.Style == core.VerifyStandard {
		if err := sign.Verify(secret, h.Get, body, now, sign.DefaultTolerance); err != nil {
			return unsigned(core.Sentence(err))
		}
		return nil
	}
	return checkHMAC(h, v, secret, body)
}

func unsigned(message string) *refusal {
	return refuse(http.StatusUnauthorized, "bad_signature", message).with("WWW-Authenticate", "Signature")
}

// hashes are the algorithms by the names that settings have for them.
var hashes = map[string]func() hash.Hash{"": sha256.New, "sha256": sha256.New, "sha512": sha512.New, "sha1": sha1.New}

func checkHMAC(h http.Header, v core.Verify, secret string, body []byte) *refusal {
	name := v.Header
	if name == "" {
		name = defaultSignature
	}
	algorithm, known := hashes[v.Algorithm]
	if !known || secret == "" {
		return unavailable("Hookbird cannot check the signature: look at the settings of this source.", "300")
	}
	lines := h.Values(name)
	if len(lines) != 1 {
		return unsigned("This source asks for a signature in one header line " + name + ".")
	}
	got, ok := signatureOf(lines[0], v)
	mac := hmac.New(algorithm, []byte(secret))
	mac.Write(body)
	if !ok || !hmac.Equal(got, mac.Sum(nil)) {
		return unsigned("The signature in " + name + " was not made with the secret of this source, or the body was changed on the way.")
	}
	return nil
}

// signatureOf reads a signature. Where the settings name nothing in front of it, the
// name of its algorithm may stand there.
func signatureOf(text string, v core.Verify) (signature []byte, ok bool) {
	text, ok = strings.CutPrefix(strings.TrimSpace(text), v.Prefix)
	if !ok {
		return nil, false
	}
	if v.Prefix == "" {
		algorithm := v.Algorithm
		if algorithm == "" {
			algorithm = "sha256"
		}
		text = strings.TrimPrefix(text, algorithm+"=")
	}
	var err error
	if v.Encoding == "base64" {
		signature, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	} else {
		signature, err = hex.DecodeString(text)
	}
	return signature, err == nil
}
