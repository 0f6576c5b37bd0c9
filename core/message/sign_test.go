package message_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// signedBody gives a signed message of every style of body.
func signedBodies(t *testing.T, s core.Sign) []*message.Message {
	t.Helper()
	var all []*message.Message
	for _, style := range []core.BodyStyle{
		core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyList, core.BodyMultipart, core.BodyTemplate, core.BodyNone,
	} {
		w := styled(style)
		w.Body.Template = "a=[First Name]&b=größe"
		w.Sign = s
		if errs := message.Validate(w); errs != nil {
			t.Fatalf("%s: %v", style, errs)
		}
		all = append(all, build(t, w, odd))
	}
	return all
}

func TestSignedByStandardWebhooks(t *testing.T) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(testSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range signedBodies(t, core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(core.DeliveryID("0193-1", "w") + "." + strconv.FormatInt(at.Unix(), 10) + "." + string(m.Body)))
		want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
		if got := header(m, "webhook-signature"); got != want {
			t.Errorf("%s: signature = %s, want %s", m.Body, got, want)
		}
		if header(m, "webhook-timestamp") != strconv.FormatInt(at.Unix(), 10) || header(m, "webhook-id") != core.DeliveryID("0193-1", "w") {
			t.Errorf("header = %+v", m.Header)
		}
	}
}

func TestSignedByAPair(t *testing.T) {
	const private = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(private, "whsk_"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range signedBodies(t, core.Sign{Style: core.SignStandard, Secret: core.NewSecret(private)}) {
		text, isPair := strings.CutPrefix(header(m, "webhook-signature"), "v1a,")
		signature, err := base64.StdEncoding.DecodeString(text)
		content := header(m, "webhook-id") + "." + header(m, "webhook-timestamp") + "." + string(m.Body)
		if !isPair || err != nil || !ed25519.Verify(ed25519.PrivateKey(key).Public().(ed25519.PublicKey), []byte(content), signature) {
			t.Errorf("%s is not signed by the pair", m.Body)
		}
	}
}

func TestSignedInALineOfItsOwn(t *testing.T) {
	const secret = "our own ü"
	for _, tt := range []struct {
		sign core.Sign
		want func(body []byte) string
	}{
		{core.Sign{Header: "X-Signature"}, func(body []byte) string {
			mac := hmac.New(sha256.New, []byte(secret))
			mac.Write(body)
			return hex.EncodeToString(mac.Sum(nil))
		}},
		{core.Sign{Header: "X-Hub-Signature", Algorithm: "sha1", Encoding: "hex", Prefix: "sha1="}, func(body []byte) string {
			mac := hmac.New(sha1.New, []byte(secret))
			mac.Write(body)
			return "sha1=" + hex.EncodeToString(mac.Sum(nil))
		}},
		{core.Sign{Header: "Sig", Algorithm: "sha512", Encoding: "base64"}, func(body []byte) string {
			mac := hmac.New(sha512.New, []byte(secret))
			mac.Write(body)
			return base64.StdEncoding.EncodeToString(mac.Sum(nil))
		}},
	} {
		tt.sign.Style, tt.sign.Secret = core.SignHMAC, core.NewSecret(secret)
		for _, m := range signedBodies(t, tt.sign) {
			if got := header(m, tt.sign.Header); got != tt.want(m.Body) {
				t.Errorf("%s: %s = %s", m.Body, tt.sign.Header, got)
			}
			if !slices.Contains(m.Secrets, secret) {
				t.Error("the secret is not masked")
			}
		}
	}
}

// Every try carries the same id, and is signed anew.
func TestTriesShareTheirIDAndAreSignedAnew(t *testing.T) {
	w := styled(core.BodyMultipart)
	w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}
	first := build(t, w, odd)
	b := newBuilder(t, w)
	second, err := b.Build(one(odd), at.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if header(first, "webhook-id") != header(second, "webhook-id") || string(first.Body) != string(second.Body) {
		t.Error("the second try is another message")
	}
	for _, name := range []string{"webhook-signature", "webhook-timestamp"} {
		if header(first, name) == header(second, name) {
			t.Errorf("%s is the same", name)
		}
	}
}

func TestOrderOfHeaderLines(t *testing.T) {
	w := rally()
	w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}
	var names []string
	for _, line := range build(t, w, ada).Header {
		names = append(names, line.Name)
	}
	want := []string{"Content-Type", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature", "X-Secret-KEY", "x-plain"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	shown := show(t, w, ada)
	for i, line := range shown.Headers {
		if !strings.HasPrefix(line, want[i]+": ") {
			t.Errorf("shown %d = %s", i, line)
		}
	}
	if line := shown.Headers[4]; !strings.HasSuffix(line, core.Dots) {
		t.Errorf("shown = %s", line)
	}
}

func TestLinesOfTheSignatureAreWrittenOnce(t *testing.T) {
	standard := core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}
	own := core.Sign{Style: core.SignHMAC, Secret: core.NewSecret("hush"), Header: "X-Signature"}
	reserved := own
	reserved.Header = "content-type"
	tests := []struct {
		name   string
		header string
		sign   core.Sign
		where  []string
	}{
		{"timestamp", "Webhook-Timestamp", standard, []string{"/headers/0/name"}},
		{"signature", "webhook-signature", standard, []string{"/headers/0/name"}},
		{"own line", "x-signature", own, []string{"/headers/0/name"}},
		{"signature of another style", "webhook-signature", own, nil},
		{"own line that is not signed", "X-Signature", core.Sign{}, nil},
		{"reserved", "X-A", reserved, []string{"/sign/header"}},
		{"no secret", "X-A", core.Sign{Style: core.SignStandard}, []string{"/sign/secret"}},
		{"no style", "X-A", core.Sign{Style: "rot13"}, []string{"/sign/style"}},
	}
	for _, tt := range tests {
		w := styled(core.BodyJSON)
		w.Headers = []core.Header{{Name: tt.header, Value: "x"}}
		w.Sign = tt.sign
		var got []string
		for _, err := range message.Validate(w) {
			got = append(got, err.Where)
		}
		if !slices.Equal(got, tt.where) {
			t.Errorf("%s: wrong at %q, want %q", tt.name, got, tt.where)
		}
		if _, err := message.New(w, &vault{}, "1.0"); (err == nil) != (tt.where == nil) {
			t.Errorf("%s: error = %v", tt.name, err)
		}
	}
}

func TestSignThatIsNotFinishedIsNoted(t *testing.T) {
	w := styled(core.BodyJSON)
	w.Sign = core.Sign{Style: core.SignHMAC, Secret: core.MissingSecret()}
	shown := show(t, w, odd)
	if len(shown.Notes) != 2 || shown.Notes[0].Where != "sign" || len(shown.Headers) != 3 {
		t.Errorf("shown = %+v", shown)
	}
}
