package message_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// keyed is a webhook with a secret in every place that can hold one.
func keyed() *core.Webhook {
	w := texted("Api-Key=[secret:key]&id=[n]", "")
	w.Address = "https://example.org/[secret:path key]"
	w.Keys = []core.NamedSecret{{Name: "path key", Secret: core.SealedSecret("s1")}, {Name: "bearer", Secret: core.SealedSecret("s2")}, {Name: "unused", Secret: core.SealedSecret("s3")}}
	w.Headers = []core.Header{{Name: "Authorization", Value: "Bearer [secret:bearer]"}, {Name: "X-Key", Secret: core.SealedSecret("s4")}}
	w.Body.Keys = []core.NamedSecret{{Name: "key", Secret: core.SealedSecret("s5")}, {Name: "other", Secret: core.SealedSecret("s6")}}
	w.Sign = core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("s7")}
	return w
}

var keys = map[string]string{
	"s1": "SECRET one/", "s2": "SECRET-two", "s3": "SECRET-three", "s4": "SECRET-four", "s5": "SECRET five&", "s6": "SECRET-six", "s7": testSecret,
}

func TestSecretsInTexts(t *testing.T) {
	v := &vault{texts: keys}
	b, err := message.New(keyed(), v, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Build(one(`{"n":1}`), at)
	if err != nil {
		t.Fatal(err)
	}
	if m.URL != "https://example.org/SECRET%20one%2F" || string(m.Body) != "Api-Key=SECRET+five%26&id=1" ||
		header(m, "Authorization") != "Bearer SECRET-two" || header(m, "X-Key") != "SECRET-four" {
		t.Errorf("message = %+v", m)
	}
	var used []string
	for _, secret := range m.Secrets {
		if strings.HasPrefix(secret, "SECRET") || strings.HasPrefix(secret, "whsec_") {
			used = append(used, secret)
		}
	}
	slices.Sort(used)
	if diff := cmp.Diff([]string{"SECRET five&", "SECRET one/", "SECRET-four", "SECRET-two", testSecret}, used); diff != "" {
		t.Error(diff)
	}
	if v.asked != 5 {
		t.Errorf("the vault was asked %d times", v.asked)
	}
}

func TestSecretsInTextsAreShownAsDots(t *testing.T) {
	w := keyed()
	w.Secrets(func(_ string, s *core.Secret) { *s = core.NewSecret(keys[s.ID()]) })
	shown := show(t, w, `{"n":1}`)
	if shown.URL != "https://example.org/"+core.Dots || shown.Body != "Api-Key="+core.Dots+"&id=1" {
		t.Errorf("shown = %+v", shown)
	}
	for _, line := range []string{"Authorization: Bearer " + core.Dots, "X-Key: " + core.Dots, "webhook-timestamp: 1795344240"} {
		if !slices.Contains(shown.Headers, line) {
			t.Errorf("%q is not in %q", line, shown.Headers)
		}
	}
	all, _ := json.Marshal(shown)
	if text := string(all); strings.Contains(text, "SECRET") || strings.Contains(text, "whsec_") {
		t.Errorf("a secret is in %s", text)
	}
}

func TestSecretsOfFieldTemplates(t *testing.T) {
	secret := []core.NamedSecret{{Name: "key", Secret: core.NewSecret("SECRET &1")}}
	fields := []core.Field{
		{Name: "a", Template: "Key [secret:key]!"},
		{Name: "b", Template: "[secret:key]", Convert: []string{"sha256"}},
		{Name: "c", Template: "[secret:key]", OmitEmpty: true},
		{Name: "d", Template: "Key [secret:key]", Convert: []string{"upper"}},
	}
	w := styled(core.BodyForm, fields...)
	w.Body.Keys = secret
	m := build(t, w, "{}")
	if !strings.HasPrefix(string(m.Body), "a=Key+SECRET+%261%21&b=") || !strings.HasSuffix(string(m.Body), "&c=SECRET+%261&d=KEY+SECRET+%261") || len(m.Body) < 64+20 {
		t.Errorf("body = %s", m.Body)
	}
	shown := show(t, w, "{}")
	if want := "a=Key+" + core.Dots + "%21&b=" + core.Dots + "&c=" + core.Dots + "&d=" + core.Dots; shown.Body != want {
		t.Errorf("shown = %s\nwant    %s", shown.Body, want)
	}
	for _, pair := range shown.Pairs {
		if !pair.Secret {
			t.Errorf("%+v is not marked as secret", pair)
		}
	}
	w.Body.Fields[1].Convert = []string{"number"}
	_, err := newBuilder(t, w).Build(one("{}"), at)
	if err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("error = %v", err)
	}
}

func TestNamedSecretsThatCannotBe(t *testing.T) {
	w := styled(core.BodyJSON)
	w.Address = "https://example.org/[secret:kye]"
	good := core.NewSecret("hush")
	w.Keys = []core.NamedSecret{{Name: "key", Secret: good}, {Name: "key", Secret: good}, {Name: "a/b~c"}, {Name: "", Secret: good}, {Name: "a]b", Secret: good}}
	w.Body.Keys = []core.NamedSecret{{Name: "empty", Secret: core.NewSecret("")}, {Name: "sealed", Secret: core.SealedSecret("x")}}
	w.Headers = []core.Header{{Name: "X-A", Value: "[secret:sealed]"}, {Name: "X-B", Value: "[secret:key]"}, {Name: "X-C", Value: "[secret:lines]"}}
	w.Keys = append(w.Keys, core.NamedSecret{Name: "lines", Secret: core.NewSecret("hush\r\nX: y")})
	var got []string
	for _, err := range message.Validate(w) {
		got = append(got, err.Where)
		if strings.Contains(err.Message, "hush") {
			t.Errorf("the secret is in %q", err.Message)
		}
	}
	want := []string{"/address", "/headers/0/value", "/headers/2/value", "/secrets/key", "/secrets/a~1b~0c", "/secrets/", "/secrets/a]b", "/body/secrets/empty"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownSecretsAreSuggested(t *testing.T) {
	for _, tt := range []struct {
		keys   []core.NamedSecret
		phrase string
	}{
		{nil, "Add it below"},
		{[]core.NamedSecret{{Name: "api key"}}, "Did you mean [secret:api key]?"},
		{[]core.NamedSecret{{Name: "token"}}, "There is [secret:token]."},
	} {
		w := texted("a=[secret:api_key]", "")
		w.Body.Keys = tt.keys
		_, err := message.New(w, &vault{}, "1.0")
		if err == nil || !strings.Contains(err.Error(), tt.phrase) {
			t.Errorf("error = %v, want %q", err, tt.phrase)
		}
		if shown := show(t, w, "{}"); len(shown.Notes) == 0 || shown.Notes[0].Where != "template" {
			t.Errorf("notes = %+v", shown.Notes)
		}
	}
}
