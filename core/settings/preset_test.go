package settings

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/assets"
	"hookbird/core"
)

func TestPresetsMakeWebhooks(t *testing.T) {
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		t.Run(p.ID, func(t *testing.T) {
			w, err := FromPreset(p)
			if err != nil {
				t.Fatal(err)
			}
			if w.ID != "" || (w.Preset != p.ID) != (p.ID == assets.Other) {
				t.Errorf("made %+v", w)
			}
		})
	}
	for name, text := range map[string]string{
		"with an id":            `{"id": "x"}`,
		"with a state":          `{"state": "on"}`,
		"with a slip":           `{"metod": "POST"}`,
		"no object":             `[]`,
		"no JSON":               `{`,
		"wrong":                 `{"parallel": 1000}`,
		"of an address":         `{"address": "ftp://example.org/"}`,
		"of an address to fill": `{"address": "ftp://‹server›/"}`,
		"that asks for a key":   `{"headers": [{"name": "X-Key", "secret": {"generate": true}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if w, err := FromPreset(assets.Preset{ID: "x", Webhook: []byte(text)}); err == nil {
				t.Errorf("made %+v", w)
			}
		})
	}
}

func TestRallyPreset(t *testing.T) {
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.ID != "rally-congress" {
			continue
		}
		w, err := FromPreset(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Body.Fields) != 9 || w.Body.Style != core.BodyForm || w.Retry.Name != "90-minutes" || w.Timeout != 15*time.Second {
			t.Errorf("made %+v", w)
		}
		return
	}
	t.Error("it is not there")
}

// What the owner has yet to fill in may stand open, and only that.
func TestPresetLeavesOpenWhatIsToBeFilledIn(t *testing.T) {
	w, err := FromPreset(assets.Preset{ID: "x", Webhook: []byte(`{
		"name": "List", "address": "https://‹server›.example.org/lists/‹list›?by=[Email]", "method": "PUT",
		"headers": [{"name": "X-Account", "value": "‹account›"}, {"name": "X-Key", "secret": {"sealed": true}}],
		"body": {"fields": [
			{"name": "team", "value": "‹team›"},
			{"name": "note", "template": "‹greeting› [First Name]"},
			{"name": "blank", "value": ""}
		]},
		"sign": {"style": "standard-webhooks", "secret": {"generate": true}}
	}`)})
	if err != nil {
		t.Fatal(err)
	}
	secret, ok := w.Sign.Secret.Text()
	if !ok || !strings.HasPrefix(secret, "whsec_") {
		t.Errorf("it signs with %q", secret)
	}
	w.Sign.Secret = core.Secret{}
	want := &core.Webhook{
		Name: "List", Preset: "x", Address: "https://‹server›.example.org/lists/‹list›?by=[Email]", Method: "PUT",
		Headers: []core.Header{{Name: "X-Account", Value: "‹account›"}, {Name: "X-Key", Secret: core.MissingSecret()}},
		Body: core.Body{Fields: []core.Field{
			{Name: "team", Value: "‹team›"}, {Name: "note", Template: "‹greeting› [First Name]"}, {Name: "blank", Blank: true},
		}},
		Sign: core.Sign{Style: core.SignStandard},
	}
	if d := cmp.Diff(want, w, sameSecrets); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestPresetMakesANewSecretEachTime(t *testing.T) {
	p := assets.Preset{ID: "x", Webhook: []byte(`{"sign": {"style": "standard-webhooks", "secret": {"generate": true}}}`)}
	a, err := FromPreset(p)
	if err != nil {
		t.Fatal(err)
	}
	b, err := FromPreset(p)
	if err != nil {
		t.Fatal(err)
	}
	if a.Sign.Secret == b.Sign.Secret {
		t.Error("two webhooks sign with the same secret")
	}
}

// An address that is all to be filled in has nothing in it to be checked yet.
func TestPresetMayLeaveTheWholeAddressOpen(t *testing.T) {
	for _, address := range []string{"‹address›", "‹server›/in/[Number]", "https://‹server›/x", "https://example.org:8443/‹path›"} {
		w, err := FromPreset(assets.Preset{ID: "x", Webhook: []byte(`{"address": "` + address + `"}`)})
		if err != nil || w.Address != address {
			t.Errorf("%s: %v, %v", address, w, err)
		}
	}
}
