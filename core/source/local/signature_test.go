package local

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

const payload = `{"action":"opened"}`

// signing gives the lines of a message that is signed by Standard Webhooks.
func signing(t *testing.T, secret, id string, at time.Time, body string) []string {
	t.Helper()
	s, err := sign.New(core.Sign{Style: core.SignStandard, Secret: core.NewSecret(secret)}, func(s core.Secret) (string, error) {
		text, _ := s.Text()
		return text, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	headers := []string{"Webhook-Id", id}
	for _, line := range s.Lines(id, at, []byte(body)) {
		headers = append(headers, line.Name, line.Value)
	}
	return headers
}

func TestStandardSignatures(t *testing.T) {
	private, public := sign.NewPair()
	shared := sign.NewSecret()
	for name, secrets := range map[string][2]string{"v1": {shared, shared}, "v1a": {private, public}} {
		t.Run(name, func(t *testing.T) {
			b := start(t, Options{})
			b.src.Local.Verify = core.Verify{Style: core.VerifyStandard, Secret: core.NewSecret(secrets[1])}
			at, now := "/in/"+testKey, time.Now()
			good := signing(t, secrets[0], "msg_1", now, payload)
			if got := b.one("POST", at, payload, good...); got != payload {
				t.Error(got)
			}
			// Who sends it again does so in vain, under whatever other name.
			if r := b.do("POST", at, payload, append(good, "Idempotency-Key", "another")...); r.status != 202 || !*r.Dup || len(b.host.got()) > 0 {
				t.Errorf("%d %s", r.status, r.body)
			}
			b.refused(409, "", "POST", at+"/other.type", payload, good...)
			b.refused(401, "not signed", "POST", at, payload)
			b.refused(401, "changed on the way", "POST", at, payload+" ", good...)
			b.refused(401, "changed on the way", "POST", at, payload, append(good, "Webhook-Id", "msg_2")...)
			b.refused(401, "just now", "POST", at, payload, signing(t, secrets[0], "msg_3", now.Add(-6*time.Minute), payload)...)
			b.refused(401, "just now", "POST", at, payload, signing(t, secrets[0], "msg_4", now.Add(6*time.Minute), payload)...)
			b.refused(401, "changed on the way", "POST", at, payload, signing(t, sign.NewSecret(), "msg_5", now, payload)...)
			b.src.Local.Verify.Secret = core.SealedSecret("x")
			b.refused(503, "cannot check the signature", "POST", at, payload, good...)
			if strings.Contains(b.log.String(), secrets[1]) {
				t.Error("the secret is in the log")
			}
		})
	}
}

func TestHMACSignatures(t *testing.T) {
	mac1, mac256 := hmac.New(sha1.New, []byte("s3cret")), hmac.New(sha256.New, []byte("s3cret"))
	mac1.Write([]byte(payload))
	mac256.Write([]byte(payload))
	hex1, hex256, b64 := hex.EncodeToString(mac1.Sum(nil)), hex.EncodeToString(mac256.Sum(nil)), base64.StdEncoding.EncodeToString(mac256.Sum(nil))
	tests := map[string]struct {
		v            core.Verify
		header, text string
		bad          []string // values that are refused
	}{
		"GitHub":      {core.Verify{}, "X-Hub-Signature-256", "sha256=" + hex256, []string{"", "sha256=", "sha1=" + hex256, hex256[1:], "sha256=" + hex1, "sha256=" + strings.Repeat("00", 32)}},
		"no prefix":   {core.Verify{}, "X-Hub-Signature-256", strings.ToUpper(hex256), nil},
		"with prefix": {core.Verify{Prefix: "sha256="}, "X-Hub-Signature-256", "sha256=" + hex256, []string{hex256}},
		"Typeform":    {core.Verify{Header: "Typeform-Signature", Encoding: "base64", Prefix: "sha256="}, "Typeform-Signature", "sha256=" + b64, []string{"sha256=" + hex256}},
		"not padded":  {core.Verify{Header: "X-Sig", Encoding: "base64"}, "X-Sig", strings.TrimRight(b64, "="), nil},
		"sha1":        {core.Verify{Header: "X-Hub-Signature", Algorithm: "sha1", Encoding: "hex"}, "X-Hub-Signature", "sha1=" + hex1, []string{"sha256=" + hex256}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := start(t, Options{})
			b.src.Local.Verify = tt.v
			b.src.Local.Verify.Style, b.src.Local.Verify.Secret = core.VerifyHMAC, core.NewSecret("s3cret")
			at := "/in/" + testKey
			if got := b.one("POST", at, payload, tt.header, tt.text); got != payload {
				t.Error(got)
			}
			b.refused(401, "changed on the way", "POST", at, payload+"\n", tt.header, tt.text)
			b.refused(401, "in one header line "+tt.header, "POST", at, payload)
			for _, text := range tt.bad {
				b.refused(401, "", "POST", at, payload, tt.header, text)
			}
			b.src.Local.Verify.Secret = core.NewSecret("another")
			b.refused(401, "changed on the way", "POST", at, payload, tt.header, tt.text)
			for _, v := range []core.Verify{{Secret: core.NewSecret("")}, {Secret: core.NewSecret("s3cret"), Algorithm: "md5"}} {
				b.src.Local.Verify = v
				b.src.Local.Verify.Style = core.VerifyHMAC
				b.refused(503, "settings", "POST", at, payload, "X-Hub-Signature-256", "sha256="+hex256)
			}
		})
	}
}

// A signature in two header lines is none: who knows which of them is meant.
func TestTwoSignatures(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.Verify = core.Verify{Style: core.VerifyHMAC, Secret: core.NewSecret("s")}
	mac := hmac.New(sha256.New, []byte("s"))
	mac.Write([]byte("{}"))
	line := "X-Hub-Signature-256: " + hex.EncodeToString(mac.Sum(nil)) + "\r\n"
	for n, status := range []int{401, 202, 401} {
		r := b.raw(fmt.Sprintf("POST /in/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: 2\r\n\r\n{}",
			testKey, b.addr, strings.Repeat(line, n)))
		if r.status != status {
			t.Errorf("%d lines: %s %s", n, strconv.Itoa(r.status), r.body)
		}
	}
}
