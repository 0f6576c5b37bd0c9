package sign_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"

	"github.com/google/go-cmp/cmp"
)

// The published vectors of Standard Webhooks 1.0.0.
const (
	vectorID      = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorBody    = `{"test": 2432232314}`
	vectorSecret  = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorPrivate = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
	vectorV1      = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	vectorV1A     = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
)

var vectorTime = time.Unix(1614265330, 999)

// typed reveals secrets that carry their text.
func typed(s core.Secret) (string, error) {
	if text, ok := s.Text(); ok {
		return text, nil
	}
	return "", core.Errorf(core.CodeNotFound, "No such secret.")
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func newSigner(t tester, s core.Sign) *sign.Signer {
	t.Helper()
	signer, err := sign.New(s, typed)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func standard(secret, previous string, until time.Time) core.Sign {
	s := core.Sign{Style: core.SignStandard, Secret: core.NewSecret(secret), Until: until}
	if previous != "" {
		s.Previous = core.NewSecret(previous)
	}
	return s
}

func TestPublishedVectors(t *testing.T) {
	tests := []struct {
		name     string
		settings core.Sign
		want     string
	}{
		{"shared", standard(vectorSecret, "", time.Time{}), vectorV1},
		{"pair", standard(vectorPrivate, "", time.Time{}), vectorV1A},
		{"the newest first", standard(vectorPrivate, vectorSecret, time.Time{}), vectorV1A + " " + vectorV1},
		{"before the end", standard(vectorSecret, vectorPrivate, vectorTime.Add(1)), vectorV1 + " " + vectorV1A},
		{"at the end", standard(vectorSecret, vectorPrivate, vectorTime), vectorV1},
		{"after the end", standard(vectorSecret, vectorPrivate, vectorTime.Add(-time.Hour)), vectorV1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := newSigner(t, test.settings).Lines(vectorID, vectorTime, []byte(vectorBody))
			want := []sign.Line{{Name: "webhook-timestamp", Value: "1614265330"}, {Name: "webhook-signature", Value: test.want}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOwnHeader(t *testing.T) {
	const body, secret = "a=1&b=ü", "any text, ü, at all "
	one := hmac.New(sha1.New, []byte(secret))
	one.Write([]byte(body))
	big := hmac.New(sha512.New, []byte(secret))
	big.Write([]byte(body))
	tests := []struct {
		name      string
		algorithm string
		encoding  string
		prefix    string
		secret    string
		body      string
		want      string
	}{
		// The example of GitHub's page on validating deliveries.
		{"GitHub", "", "", "sha256=", "It's a Secret to Everybody", "Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
		{"sha1 in hex", "sha1", "hex", "", secret, body, hex.EncodeToString(one.Sum(nil))},
		{"sha512 in base64", "sha512", "base64", "HMAC ", secret, body, "HMAC " + base64.StdEncoding.EncodeToString(big.Sum(nil))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := core.Sign{Style: core.SignHMAC, Secret: core.NewSecret(test.secret), Header: "X-hUb-Sig", Algorithm: test.algorithm, Encoding: test.encoding, Prefix: test.prefix}
			got := newSigner(t, s).Lines("id", vectorTime, []byte(test.body))
			if diff := cmp.Diff([]sign.Line{{Name: "X-hUb-Sig", Value: test.want}}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingToSign(t *testing.T) {
	if lines := newSigner(t, core.Sign{Secret: core.NewSecret("left over")}).Lines("id", vectorTime, nil); lines != nil {
		t.Errorf("lines %v", lines)
	}
}

func TestNewPassesOnWhatTheVaultSays(t *testing.T) {
	unavailable := core.Errorf(core.CodeUnavailable, "The key store is locked.")
	for _, s := range []core.Sign{
		{Style: core.SignStandard, Secret: core.SealedSecret("7")},
		{Style: core.SignStandard, Secret: core.NewSecret(vectorSecret), Previous: core.SealedSecret("8")},
		{Style: core.SignHMAC, Header: "X", Secret: core.SealedSecret("7")},
	} {
		_, err := sign.New(s, func(secret core.Secret) (string, error) {
			if text, ok := secret.Text(); ok {
				return text, nil
			}
			return "", unavailable
		})
		if !errors.Is(err, unavailable) {
			t.Errorf("%v: %v", s.Style, err)
		}
	}
}

func TestNewNamesTheSecretThatIsWrong(t *testing.T) {
	sealed := func(core.Secret) (string, error) { return "sEcReT", nil }
	tests := []struct {
		settings core.Sign
		where    string
	}{
		{core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("7")}, "/secret"},
		{core.Sign{Style: core.SignStandard}, "/secret"},
		{core.Sign{Style: core.SignHMAC, Secret: core.SealedSecret("7")}, "/header"},
	}
	for _, test := range tests {
		_, err := sign.New(test.settings, sealed)
		e, ok := errors.AsType[*core.Error](err)
		if !ok || e.Code != core.CodeInvalid || e.Where != test.where || strings.Contains(e.Message, "sEcReT") {
			t.Errorf("%#v: %v", test.settings, err)
		}
	}
}

func TestShownHoldsNoSignature(t *testing.T) {
	tests := []struct {
		settings core.Sign
		want     []sign.Line
	}{
		{standard(vectorSecret, "", time.Time{}), []sign.Line{{Name: "webhook-timestamp", Value: "1614265330"}, {Name: "webhook-signature", Value: core.Dots}}},
		{core.Sign{Style: core.SignHMAC, Header: "X-Sig", Prefix: "sha256="}, []sign.Line{{Name: "X-Sig", Value: "sha256=" + core.Dots}}},
		{core.Sign{}, nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, sign.Shown(test.settings, vectorTime)); diff != "" {
			t.Error(diff)
		}
	}
}
