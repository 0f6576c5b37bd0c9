package sign_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

func bytes64(n int) string { return base64.StdEncoding.EncodeToString(make([]byte, n)) }

func own(change func(*core.Sign)) core.Sign {
	s := core.Sign{Style: core.SignHMAC, Header: "X-Signature", Secret: core.NewSecret("any text, ü")}
	change(&s)
	return s
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name     string
		settings core.Sign
		want     string // place and a part of each sentence
	}{
		{"nothing", core.Sign{Secret: core.NewSecret("left over")}, ""},
		{"unknown style", core.Sign{Style: "rot13"}, `/style: There is no signature called "rot13"`},
		{"no secret", core.Sign{Style: core.SignStandard}, `/secret: Messages cannot be signed without a secret. Paste the receiver's, or press "Make a new one".`},
		{"sealed", core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("1"), Previous: core.SealedSecret("2")}, ""},
		{"to be typed", core.Sign{Style: core.SignStandard, Secret: core.MissingSecret()}, ""},
		{"shared", standard(vectorSecret, "", time.Time{}), ""},
		{"24 bytes", standard("whsec_"+bytes64(24), "", time.Time{}), ""},
		{"64 bytes", standard("whsec_"+bytes64(64), "", time.Time{}), ""},
		{"23 bytes", standard("whsec_"+bytes64(23), "", time.Time{}), "/secret: This secret is too short: behind whsec_ at least 32 characters are needed."},
		{"65 bytes", standard("whsec_"+bytes64(65), "", time.Time{}), "/secret: This secret is too long: behind whsec_ at most 88"},
		{"no prefix", standard("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "", time.Time{}), "/secret: This secret does not look like one of Standard Webhooks: whsec_ and then 32 to 88"},
		{"damaged", standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2L-LaSw", "", time.Time{}), "/secret: Behind whsec_ only letters"},
		{"line break in it", standard("whsec_MfKQ9r8GKYqrTwjU\nPD8ILPZIo2LaLaSw", "", time.Time{}), "/secret: Behind whsec_ only letters"},
		{"private", standard(vectorPrivate, "", time.Time{}), ""},
		{"private cut short", standard(vectorPrivate[:60], "", time.Time{}), "/secret: This private key is damaged or cut short"},
		{"private of two keys", standard("whsk_"+bytes64(64), "", time.Time{}), "/secret: This private key is damaged or cut short"},
		{"public", standard("whpk_"+bytes64(32), "", time.Time{}), "/secret: This is the public key, which is for the receiver."},
		{"previous", standard(vectorSecret, vectorPrivate, time.Time{}), ""},
		{"previous is wrong", standard(vectorSecret, "old", time.Time{}), "/previous_secret: This secret does not look like"},
		{"previous is the same", standard(vectorSecret, vectorSecret, time.Time{}), "/previous_secret: The previous secret is the same"},
		{"own header", own(func(*core.Sign) {}), ""},
		{"own, all set", own(func(s *core.Sign) { s.Algorithm, s.Encoding, s.Prefix = "sha512", "base64", "HMAC-SHA512 " }), ""},
		{"own, empty secret", own(func(s *core.Sign) { s.Secret = core.NewSecret("") }), "/secret: The secret is empty."},
		{"own, long secret", own(func(s *core.Sign) { s.Secret = core.NewSecret(strings.Repeat("x", sign.MaxText+1)) }), "/secret: This secret is too long"},
		{"own, no text", own(func(s *core.Sign) { s.Secret = core.NewSecret("\xff") }), "/secret: This secret holds bytes"},
		{"own, no name", own(func(s *core.Sign) { s.Header = "" }), "/header: Type the name of the header line"},
		{"own, long name", own(func(s *core.Sign) { s.Header = strings.Repeat("x", 201) }), "/header: The name of this header line is too long"},
		{"own, odd name", own(func(s *core.Sign) { s.Header = "X Sig" }), `/header: The name of a header line cannot hold " ".`},
		{"own, algorithm", own(func(s *core.Sign) { s.Algorithm = "md5" }), `/algorithm: There is no algorithm called "md5" here.`},
		{"own, encoding", own(func(s *core.Sign) { s.Encoding = "HEX" }), `/encoding: A signature cannot be written as "HEX".`},
		{"own, prefix", own(func(s *core.Sign) { s.Prefix = "a\r\nb" }), `/prefix: What stands in front of the signature cannot hold "\r".`},
		{"own, space first", own(func(s *core.Sign) { s.Prefix = " x=" }), "/prefix: What stands in front of the signature starts with a space"},
		{"own, long prefix", own(func(s *core.Sign) { s.Prefix = strings.Repeat("x", 201) }), "/prefix: What stands in front of the signature is too long"},
		{"own, previous", own(func(s *core.Sign) { s.Previous = core.SealedSecret("2") }), "/previous_secret: A header line of your own holds one signature"},
		{"all at once", core.Sign{Style: core.SignHMAC, Algorithm: "x", Encoding: "x"}, "/secret: Messages\n/header: Type\n/algorithm: There\n/encoding: A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkErrors(t, sign.Validate(&test.settings), test.want)
		})
	}
}

// checkErrors compares errors with the beginnings of their lines.
func checkErrors(t *testing.T, got core.Errors, want string) {
	t.Helper()
	if want == "" {
		if got != nil {
			t.Errorf("refused: %v", got)
		}
		return
	}
	lines := strings.Split(want, "\n")
	if len(lines) != len(got) {
		t.Fatalf("got %d:\n%v", len(got), got)
	}
	for i, e := range got {
		if line := e.Where + ": " + e.Message; !strings.HasPrefix(line, lines[i]) || e.Code != core.CodeInvalid {
			t.Errorf("%s, %s\nwant %s", e.Code, line, lines[i])
		}
	}
}

func TestWrongSecretSaysWhatToDo(t *testing.T) {
	for _, secret := range []string{"old", "whsec_short", "whsk_short", "whsec_" + bytes64(65)} {
		s := standard(secret, "", time.Time{})
		if text := fmt.Sprint(sign.Validate(&s)); !strings.Contains(text, `"Make a new one"`) {
			t.Errorf("%q: %s", secret, text)
		}
	}
}

func TestNewSecretsAreGood(t *testing.T) {
	secret, other := sign.NewSecret(), sign.NewSecret()
	private, public := sign.NewPair()
	if b, err := base64.StdEncoding.DecodeString(secret[len("whsec_"):]); err != nil || len(b) != 32 || secret == other {
		t.Errorf("secret of %d bytes, %v", len(b), err)
	}
	s := standard(secret, private, time.Time{})
	if errs := sign.Validate(&s); errs != nil {
		t.Error(errs)
	}
	if again, err := sign.PublicOf(private); err != nil || again != public {
		t.Errorf("public key %q, %q, %v", public, again, err)
	}
	for _, text := range []string{secret, public, "", "whsk_", vectorPrivate + "="} {
		if got, err := sign.PublicOf(text); core.CodeOf(err) != core.CodeInvalid || got != "" {
			t.Errorf("public key of %q: %q, %v", text, got, err)
		}
	}
}
