package message_test

import (
	"crypto/md5"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"
)

// addressed is a webhook with nothing but an address, and a secret for it.
func addressed(address string) *core.Webhook {
	w := styled(core.BodyNone)
	w.Address = address
	w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("k/1&2")}}
	return w
}

// The literal parts of an address go out byte for byte, also those of systems
// that sign their own, and each merged value is encoded once for its place.
func TestAddressesOnTheWire(t *testing.T) {
	const data = `{"contactNumber":"10/20 30","Email":"ada+1@example.org","q":"a&b=ü","n":7}`
	powerAutomate := "https://prod-12.westeurope.logic.azure.com:443/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke" +
		"?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-3_x%2bY~z"
	newPowerAutomate := "https://default0123456789.ab.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke" +
		"?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=Q_1-x"
	teams := "https://contoso.webhook.office.com/webhookb2/11111111-2222-3333-4444-555555555555@66666666-7777-8888-9999-000000000000/IncomingWebhook/abc/def"
	sum := fmt.Sprintf("%x", md5.Sum([]byte("ada+1@example.org")))
	tests := []struct{ name, address, host, target string }{
		{"Power Automate", powerAutomate, "prod-12.westeurope.logic.azure.com:443", powerAutomate[len("https://prod-12.westeurope.logic.azure.com:443"):]},
		{"Power Automate, newer", newPowerAutomate, "default0123456789.ab.environment.api.powerplatform.com:443", newPowerAutomate[strings.Index(newPowerAutomate, "/powerautomate"):]},
		{"Slack", "https://hooks.slack.com/services/T0/B0/xYz", "hooks.slack.com", "/services/T0/B0/xYz"},
		{"Teams", teams, "contoso.webhook.office.com", teams[len("https://contoso.webhook.office.com"):]},
		{"Apps Script", "https://script.google.com/macros/s/AKfy-c_bx/exec?sheet=Tab%201", "script.google.com", "/macros/s/AKfy-c_bx/exec?sheet=Tab%201"},
		{"signed by its owner, with a field", powerAutomate + "&who=[Email]", "prod-12.westeurope.logic.azure.com:443", powerAutomate[len("https://prod-12.westeurope.logic.azure.com:443"):] + "&who=ada%2B1%40example.org"},
		{"in the path", "https://example.org/path/${contactNumber}?update=true", "example.org", "/path/10%2F20%2030?update=true"},
		{"in the query", "https://example.org/?data=${contactNumber}&q=[q]", "example.org", "/?data=10%2F20%2030&q=a%26b%3D%C3%BC"},
		{"amid a name", "http://example.org/a[n]b%2f|x", "example.org", "/a7b%2f|x"},
		{"default and steps", "https://example.org/ping?from=[Source|default:desk]&m=[Email|lower|md5]", "example.org", "/ping?from=desk&m=" + sum},
		{"missing in the query", "https://example.org/?a=[nothing]&b=1", "example.org", "/?a=&b=1"},
		{"a secret", "https://example.org/in/[secret:key]", "example.org", "/in/k%2F1%262"},
		{"a secret and a field", "https://example.org/in?k=[secret:key]&e=[n]", "example.org", "/in?k=k%2F1%262&e=7"},
		{"literal brackets", `https://example.org/in?f\[a]=[n]&x=\${n}`, "example.org", "/in?f[a]=7&x=${n}"},
		{"IPv6", "http://[::1]:9101/[n]", "[::1]:9101", "/7"},
		{"not ASCII", "https://bücher.example/größe/[q]", "bücher.example", "/gr%C3%B6%C3%9Fe/a%26b%3D%C3%BC"},
	}
	for _, tt := range tests {
		w := addressed(tt.address)
		if errs := message.Validate(w); errs != nil {
			t.Errorf("%s: %v", tt.name, errs)
			continue
		}
		m := build(t, w, data)
		if m.Target.RequestURI() != tt.target || m.Target.Host != tt.host || m.Host != tt.host {
			t.Errorf("%s: goes to %s %s\nwant %s %s", tt.name, m.Target.Host, m.Target.RequestURI(), tt.host, tt.target)
		}
		if shown := show(t, w, data); strings.ReplaceAll(m.URL, "k%2F1%262", core.Dots) != shown.URL || shown.Host != tt.host {
			t.Errorf("%s: shown %s, sent to %s", tt.name, shown.URL, m.URL)
		}
	}
}

func TestAddressThatARecordCannotFill(t *testing.T) {
	for name, address := range map[string]string{
		"missing in the path": "https://example.org/[nothing]/x",
		"empty in the path":   "https://example.org/[empty]",
		"a step upwards":      "https://example.org/a/[up]/b",
		"far too long":        "https://example.org/?q=[long]",
		"cannot be converted": "https://example.org/?q=[up|number]",
	} {
		w := addressed(address)
		data := `{"empty":"","up":"..","long":"` + strings.Repeat("x", 9000) + `"}`
		m, err := newBuilder(t, w).Build(one(data), at)
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%s: %+v, error = %v", name, m, err)
		}
		shown := show(t, w, data)
		if len(shown.Notes) == 0 || !shown.Notes[0].Warn || shown.Notes[0].Where != "address" || shown.URL != address || shown.Host != "example.org" {
			t.Errorf("%s: shown = %+v", name, shown)
		}
	}
}

func TestAddressWithFieldsTakenOut(t *testing.T) {
	tests := []struct {
		address, host, target string
		fields                bool
	}{
		{"https://example.org/a/[First Name]/b?x=${y}", "example.org", "/a//b?x=", true},
		{"https://example.org/[x]", "example.org", "/", true},
		{"https://example.org/x", "example.org", "/x", false},
		{`https://example.org/\[x]`, "example.org", "/[x]", false},
		{"http://[::1]:8080/x", "[::1]:8080", "/x", false},
	}
	for _, tt := range tests {
		u, err := message.ParseAddress(tt.address)
		if err != nil || u.Host != tt.host || u.RequestURI() != tt.target || message.HasFields(tt.address) != tt.fields {
			t.Errorf("%s: %v %v", tt.address, u, err)
		}
	}
	if message.HasFields("https://example.org/[x") {
		t.Error("what cannot be read has no fields")
	}
}

// What of an address can be a key is masked; the values of a record are not.
func TestSecretsOfAnAddress(t *testing.T) {
	w := addressed("https://example.org/hooks/catch/AbC123456789xyz/[contactNumber]?token=0123456789abc&k=[secret:key]")
	m := build(t, w, `{"contactNumber":"0000012345678"}`)
	for _, secret := range []string{"k/1&2", "/hooks/catch/AbC123456789xyz/", "AbC123456789xyz", "0123456789abc"} {
		if !slices.Contains(m.Secrets, secret) {
			t.Errorf("%q is not masked: %q", secret, m.Secrets)
		}
	}
	for _, text := range m.Secrets {
		if strings.Contains(text, "0000012345678") || strings.Contains(text, "\x00") {
			t.Errorf("%q is masked", text)
		}
	}
}

func TestMergeFieldsWhereOneRequestHoldsManyRecords(t *testing.T) {
	w := styled(core.BodyList)
	w.Send.Batch = 2
	w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("hush")}}
	w.Address = "https://example.org/[id]"
	w.Headers = []core.Header{{Name: "X-A", Value: "[secret:key]"}, {Name: "X-B", Value: "[@delivery]"}}
	var got []string
	for _, err := range message.Validate(w) {
		got = append(got, err.Where)
		if !strings.Contains(err.Message, "many records") {
			t.Errorf("%s: %s", err.Where, err.Message)
		}
	}
	if !slices.Equal(got, []string{"/address", "/headers/1/value"}) {
		t.Errorf("wrong at %v", got)
	}
	w.Send.Batch = 1
	if errs := message.Validate(w); errs != nil {
		t.Errorf("one record a request: %v", errs)
	}
}
