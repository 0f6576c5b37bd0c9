package sign_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"

	"pgregory.net/rapid"
)

// secretPair is what signs, and what its receiver verifies with.
type secretPair struct{ signs, verifies string }

func genSecret() *rapid.Generator[secretPair] {
	return rapid.Custom(func(t *rapid.T) secretPair {
		if rapid.Bool().Draw(t, "pair") {
			private, public := sign.NewPair()
			return secretPair{private, public}
		}
		n := rapid.IntRange(24, 64).Draw(t, "bytes")
		b := rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, "secret")
		text := "whsec_" + base64.StdEncoding.EncodeToString(b)
		return secretPair{text, text}
	})
}

// sent is a message with its header lines.
type sent struct {
	lines map[string]string
	body  []byte
}

func genSent(signer *sign.Signer, at time.Time) *rapid.Generator[sent] {
	return rapid.Custom(func(t *rapid.T) sent {
		m := sent{map[string]string{"webhook-id": rapid.StringMatching(`msg_[a-z2-7]{1,26}`).Draw(t, "id")}, rapid.SliceOf(rapid.Byte()).Draw(t, "body")}
		for _, line := range signer.Lines(m.lines["webhook-id"], at, m.body) {
			m.lines[line.Name] = line.Value
		}
		return m
	})
}

func (m sent) verify(secret string, now time.Time) error {
	return sign.Verify(secret, func(name string) string { return m.lines[name] }, m.body, now, 0)
}

// Every message that is signed verifies, within the time and not outside it.
func TestSignThenVerify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := genSecret().Draw(t, "secret")
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0)
		m := genSent(newSigner(t, standard(secret.signs, "", time.Time{})), at).Draw(t, "message")
		late := time.Duration(rapid.Int64Range(-1000, 1000).Draw(t, "late")) * time.Second
		err := m.verify(secret.verifies, at.Add(late))
		if good := late.Abs() <= 5*time.Minute; good != (err == nil) {
			t.Fatalf("%v late: %v", late, err)
		}
	})
}

// One changed byte of id, time, body or signature, and it does not.
func TestOneChangedByteIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := genSecret().Draw(t, "secret")
		at := time.Unix(1614265330, 0)
		m := genSent(newSigner(t, standard(secret.signs, "", time.Time{})), at).Draw(t, "message")
		change := func(b []byte) []byte {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
			return b
		}
		name := rapid.SampledFrom([]string{"webhook-id", "webhook-timestamp", "webhook-signature", "body"}).Draw(t, "of")
		switch {
		case name != "body":
			m.lines[name] = string(change([]byte(m.lines[name])))
		case len(m.body) == 0:
			m.body = []byte{0}
		default:
			m.body = change(m.body)
		}
		if err := m.verify(secret.verifies, at); core.CodeOf(err) != core.CodeInvalid {
			t.Fatalf("changed %s: %v", name, err)
		}
	})
}

// While receivers change over, either secret verifies; afterwards the old one
// does not.
func TestRotation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		newer, older := genSecret().Draw(t, "new"), genSecret().Draw(t, "old")
		if newer == older {
			t.Skip("the same")
		}
		at := time.Unix(1614265330, 0)
		until := at.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "until")) * time.Hour)
		m := genSent(newSigner(t, standard(newer.signs, older.signs, until)), at).Draw(t, "message")
		if err := m.verify(newer.verifies, at); err != nil {
			t.Fatal(err)
		}
		err := m.verify(older.verifies, at)
		if counts := until.After(at); counts != (err == nil) {
			t.Fatalf("previous secret until %v: %v", until.Sub(at), err)
		}
	})
}

// No sentence repeats what somebody typed as a secret.
func TestNoSecretInASentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hidden := rapid.StringMatching(`[A-Z]{9,80}`).Draw(t, "secret")
		text := rapid.SampledFrom([]string{"", "whsec_", "whsk_", "whpk_", "whsec", "\xff"}).Draw(t, "prefix") + hidden
		style := rapid.SampledFrom([]core.SignStyle{core.SignStandard, core.SignHMAC}).Draw(t, "style")
		s := core.Sign{Style: style, Secret: core.NewSecret(text), Previous: core.NewSecret(text)}
		sentences := sign.Validate(&s).Error()
		_, err := sign.New(core.Sign{Style: style, Header: "X", Secret: core.SealedSecret("1")}, func(core.Secret) (string, error) { return text, nil })
		sentences += core.Sentence(err)
		_, err = sign.PublicOf(text)
		sentences += core.Sentence(err)
		sentences += core.Sentence(sign.Verify(text, vectorLines(), nil, vectorTime, 0))
		if strings.Contains(sentences, hidden) {
			t.Fatal(sentences)
		}
	})
}
