package sign_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// vectorLines are the header lines of the published vectors, some of them changed.
func vectorLines(changed ...string) func(string) string {
	lines := map[string]string{"webhook-id": vectorID, "webhook-timestamp": "1614265330", "webhook-signature": vectorV1}
	for i := 0; i < len(changed); i += 2 {
		lines[changed[i]] = changed[i+1]
	}
	return func(name string) string { return lines[name] }
}

func TestVerify(t *testing.T) {
	public, err := sign.PublicOf(vectorPrivate)
	if err != nil {
		t.Fatal(err)
	}
	other, stranger := sign.NewPair()
	wrongV1 := "v1," + base64.StdEncoding.EncodeToString(make([]byte, 32))
	tests := []struct {
		name   string
		secret string
		lines  func(string) string
		now    time.Time
		want   string // part of the sentence; "" for a genuine message
	}{
		{"shared", vectorSecret, vectorLines(), vectorTime, ""},
		{"public", public, vectorLines("webhook-signature", vectorV1A), vectorTime, ""},
		{"private", vectorPrivate, vectorLines("webhook-signature", vectorV1A), vectorTime, ""},
		{"second of three", vectorSecret, vectorLines("webhook-signature", wrongV1+" "+vectorV1+" v2,x"), vectorTime, ""},
		{"the other kind beside it", public, vectorLines("webhook-signature", vectorV1+" "+vectorV1A), vectorTime, ""},
		{"just in time", vectorSecret, vectorLines(), time.Unix(1614265330+300, 0), ""},
		{"just not", vectorSecret, vectorLines(), time.Unix(1614265330+301, 0), "not signed just now"},
		{"from the future", vectorSecret, vectorLines(), time.Unix(1614265330-301, 0), "not signed just now"},
		{"far away", vectorSecret, vectorLines("webhook-timestamp", "-9223372036854775808"), vectorTime, "not signed just now"},
		{"no number", vectorSecret, vectorLines("webhook-timestamp", "now"), vectorTime, "does not hold a time"},
		{"no id", vectorSecret, vectorLines("webhook-id", ""), vectorTime, "no header line webhook-id"},
		{"no time", vectorSecret, vectorLines("webhook-timestamp", ""), vectorTime, "no header line webhook-timestamp"},
		{"no signature", vectorSecret, vectorLines("webhook-signature", ""), vectorTime, "no header line webhook-signature"},
		{"another id", vectorSecret, vectorLines("webhook-id", "msg_x"), vectorTime, "None of the message's signatures"},
		{"time written anew", vectorSecret, vectorLines("webhook-timestamp", "01614265330"), vectorTime, "None of the message's signatures"},
		{"another secret", sign.NewSecret(), vectorLines(), vectorTime, "None of the message's signatures"},
		{"another pair", stranger, vectorLines("webhook-signature", vectorV1A), vectorTime, "None of the message's signatures"},
		{"one's own private key", other, vectorLines("webhook-signature", vectorV1A), vectorTime, "None of the message's signatures"},
		{"version of the other kind", vectorSecret, vectorLines("webhook-signature", "v1a"+vectorV1[2:]), vectorTime, "None of the message's signatures"},
		{"bits that count for nothing", public, vectorLines("webhook-signature", strings.Replace(vectorV1A, "g==", "h==", 1)), vectorTime, "None of the message's signatures"},
		{"no version", vectorSecret, vectorLines("webhook-signature", vectorV1[3:]), vectorTime, "None of the message's signatures"},
		{"too many", vectorSecret, vectorLines("webhook-signature", strings.Repeat("v1,x ", 40)+vectorV1), vectorTime, "more than 32 signatures"},
		{"secret without prefix", "old", vectorLines(), vectorTime, "does not look like one of Standard Webhooks"},
		{"public key cut short", public[:40], vectorLines(), vectorTime, "This public key is damaged"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := sign.Verify(test.secret, test.lines, []byte(vectorBody), test.now, 0)
			if test.want == "" && err != nil {
				t.Error(err)
			}
			if test.want != "" && (core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), test.want)) {
				t.Errorf("verdict %v", err)
			}
		})
	}
}

func TestTolerance(t *testing.T) {
	now := vectorTime.Add(time.Hour)
	if err := sign.Verify(vectorSecret, vectorLines(), []byte(vectorBody), now, 2*time.Hour); err != nil {
		t.Error(err)
	}
	if err := sign.Verify(vectorSecret, vectorLines(), []byte(vectorBody), vectorTime.Add(2*time.Second), time.Second); err == nil {
		t.Error("an old message is taken")
	}
}
