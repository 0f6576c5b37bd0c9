package sign_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// Whatever header lines come, only what was signed is taken, and soon decided.
func FuzzVerify(f *testing.F) {
	public, _ := sign.PublicOf(vectorPrivate)
	f.Add(vectorID, "1614265330", vectorV1, []byte(vectorBody), int64(1614265330))
	f.Add(vectorID, "1614265330", vectorV1A+" "+vectorV1, []byte(vectorBody), int64(0))
	f.Add(".", "+0", "v1, v1a, v2,=", []byte{0xff}, int64(1)<<62)
	f.Fuzz(func(t *testing.T, id, timestamp, signature string, body []byte, now int64) {
		header := vectorLines("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature)
		start := time.Now()
		for _, secret := range []string{vectorSecret, public, vectorPrivate} {
			err := sign.Verify(secret, header, body, time.Unix(now, 0), 0)
			genuine := id == vectorID && timestamp == "1614265330" && string(body) == vectorBody
			if err == nil && !genuine {
				t.Errorf("took %q, %q, %q, %q", id, timestamp, signature, body)
			}
			if err != nil && core.CodeOf(err) != core.CodeInvalid {
				t.Errorf("%v", err)
			}
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("took %v for %d signatures", took, strings.Count(signature, " ")+1)
		}
	})
}

// What Validate takes, New signs with, and what New refuses, Validate names.
func FuzzValidate(f *testing.F) {
	f.Add("standard-webhooks", vectorSecret, vectorPrivate, "", "", "", "")
	f.Add("standard-webhooks", "whsec_", "whpk_", "", "", "", "")
	f.Add("hmac", "x", "", "X-Sig", "sha1", "base64", "sha1=")
	f.Add("hmac", "\xff", "y", "X\r\n", "md5", "z", " ")
	f.Add("", "", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, style, secret, previous, header, algorithm, encoding, prefix string) {
		s := core.Sign{Style: core.SignStyle(style), Secret: core.NewSecret(secret), Header: header, Algorithm: algorithm, Encoding: encoding, Prefix: prefix}
		if previous != "" {
			s.Previous = core.NewSecret(previous)
		}
		start := time.Now()
		errs := sign.Validate(&s)
		signer, err := sign.New(s, typed)
		if (len(errs) == 0) != (err == nil) {
			t.Fatalf("Validate %v, New %v", errs, err)
		}
		if err == nil {
			checkLines(t, signer, s)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("took %v for %d bytes", took, len(secret)+len(previous))
		}
	})
}

// checkLines sees that a signature can stand in a header line, and verifies.
func checkLines(t *testing.T, signer *sign.Signer, s core.Sign) {
	lines := signer.Lines(vectorID, vectorTime, []byte(vectorBody))
	if len(lines) != len(sign.Shown(s, vectorTime)) {
		t.Errorf("%d lines are sent, and others are shown", len(lines))
	}
	sent := map[string]string{"webhook-id": vectorID}
	for _, line := range lines {
		sent[line.Name] = line.Value
		if line.Name == "" || strings.TrimSpace(line.Value) != line.Value || strings.ContainsAny(line.Name+line.Value, "\r\n\x00") {
			t.Errorf("line %q: %q", line.Name, line.Value)
		}
	}
	if secret, _ := s.Secret.Text(); s.Style == core.SignStandard {
		if err := sign.Verify(secret, func(name string) string { return sent[name] }, []byte(vectorBody), vectorTime, 0); err != nil {
			t.Error(err)
		}
	}
}
