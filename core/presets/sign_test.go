package presets

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"hookbird/assets"
	"hookbird/core"
)

// Signatures are worked out here from what Standard Webhooks says, with nothing
// of what made them.
func TestSignedRequestsVerify(t *testing.T) {
	signed := 0
	each(t, func(t *testing.T, p assets.Preset) {
		w := filled(t, p, nothing)
		if w.Sign.Style == core.SignNone {
			return
		}
		signed++
		m := request(t, w, person)
		line := map[string]string{}
		for _, l := range m.Header {
			line[l.Name] = l.Value
		}
		secret, _ := w.Sign.Secret.Text()
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil || len(key) < 24 {
			t.Fatalf("a key of %d bytes: %v", len(key), err)
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(line["webhook-id"] + "." + line["webhook-timestamp"] + "."))
		mac.Write(m.Body)
		if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); line["webhook-signature"] != want {
			t.Errorf("it is signed %q, and not %q", line["webhook-signature"], want)
		}
	})
	if signed != 1 {
		t.Errorf("%d presets sign", signed)
	}
}
