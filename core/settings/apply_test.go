package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// stored is a store with a webhook and a source of each kind.
func stored() Current {
	return Current{
		Webhooks: []*core.Webhook{
			{
				ID: "crm", Name: "CRM", State: core.StatePaused, Address: "https://crm.example.org/",
				Headers: []core.Header{{Name: "X-Key", Secret: core.SealedSecret("s1")}},
				Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
					{Name: "token", Secret: core.SealedSecret("s2")},
				}},
			},
			{ID: "other", Name: "Other", State: core.StateOn, Address: "https://other.example.org/"},
		},
		Sources: []*core.Source{
			{ID: "in", Kind: core.KindFolder, Name: "In", Paused: true, Folder: &core.FolderSource{Path: "/in"}},
			{ID: "till", Kind: core.KindLocal, Name: "Till", Local: &core.LocalSource{
				Key: core.SealedSecret("s3"), Token: core.SealedSecret("s4"),
			}},
		},
		Settings: core.Settings{Look: "dark", ContentDays: 7, Port: 8471},
	}
}

func applied(t *testing.T, file string, c Current) (Changes, []string) {
	t.Helper()
	changes, notes, err := Apply(parsed(t, []byte(file), "/data"), c)
	if err != nil {
		t.Fatal(err)
	}
	return changes, notes
}

func TestWebhookTakesThePlaceOfTheStoredOne(t *testing.T) {
	c, notes := applied(t, `{"hookbird": 1, "webhooks": [{
		"id": "crm", "name": "New name", "address": "https://new.example.org/",
		"headers": [{"name": "X-Key", "secret": {"sealed": true}}],
		"body": {"style": "form", "fields": [
			{"name": "token", "secret": {"sealed": true}},
			{"name": "second", "secret": "typed"}
		]}
	}]}`, stored())
	want := []*core.Webhook{{
		ID: "crm", Name: "New name", State: core.StatePaused, Address: "https://new.example.org/",
		Headers: []core.Header{{Name: "X-Key", Secret: core.SealedSecret("s1")}},
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "token", Secret: core.SealedSecret("s2")},
			{Name: "second", Secret: core.NewSecret("typed")},
		}},
	}}
	if d := cmp.Diff(want, c.Webhooks, sameSecrets); d != "" || len(notes) > 0 || len(c.Sources) > 0 || !c.Settings.IsZero() {
		t.Errorf("(-want +got):\n%s%v", d, notes)
	}
}

func TestWebhookWhoseSecretIsElsewhereIsOff(t *testing.T) {
	for name, tt := range map[string]struct {
		file, note string
		current    Current
	}{
		"another store": {
			`{"hookbird": 1, "webhooks": [{"id": "crm", "name": "Our database", "state": "on", "address": "https://example.org/",
				"body": {"fields": [{"name": "token", "secret": {"sealed": true}}]}}]}`,
			"Our database is off: it needs its secret.",
			Current{},
		},
		"another place": {
			`{"hookbird": 1, "webhooks": [{"id": "crm", "name": "CRM", "address": "https://example.org/",
				"body": {"fields": [{"name": "token", "secret": {"sealed": true}}, {"name": "b", "secret": {"sealed": true}}, {"name": "c", "secret": {"sealed": true}}]}}]}`,
			"CRM is off: it needs its 2 secrets.", stored(),
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, notes := applied(t, tt.file, tt.current)
			if c.Webhooks[0].State != core.StateOff || len(notes) != 1 || notes[0] != tt.note {
				t.Errorf("it is %s, %q", c.Webhooks[0].State, notes)
			}
			c.Webhooks[0].Secrets(func(place string, s *core.Secret) {
				if *s == sealed || s.IsZero() {
					t.Errorf("%s is %v", place, s.ID())
				}
			})
			data, err := Print(Current{Webhooks: c.Webhooks}, vault{})
			if err != nil || strings.Count(string(data), `"sealed": true`) == 0 {
				t.Errorf("exported as %s, %v", data, err)
			}
		})
	}
}

func TestEverySealedSecretIsTheStoredOne(t *testing.T) {
	current := Current{Webhooks: []*core.Webhook{{
		ID: "a", Name: "A", State: core.StateOn, Address: "https://example.org/",
		Keys: []core.NamedSecret{{Name: "k", Secret: core.SealedSecret("s1")}, {Name: "l", Secret: core.SealedSecret("s2")}},
		Body: core.Body{Keys: []core.NamedSecret{{Name: "k", Secret: core.SealedSecret("s3")}}},
		Sign: core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("s4"), Previous: core.SealedSecret("s5")},
	}}}
	c, notes := applied(t, inWebhook(`"secrets": {"l": {"sealed": true}, "k": {"sealed": true}},
		"headers": [{"name": "X", "value": "[secret:k][secret:l]"}],
		"body": {"style": "template", "content_type": "text/plain", "template": "[secret:k]", "secrets": {"k": {"sealed": true}}},
		"sign": {"style": "standard-webhooks", "secret": {"sealed": true}, "previous_secret": {"sealed": true}}`), current)
	got := map[string]string{}
	c.Webhooks[0].Secrets(func(place string, s *core.Secret) { got[place] = s.ID() })
	want := map[string]string{"key:k": "s1", "key:l": "s2", "body:k": "s3", "sign": "s4", "sign:previous": "s5"}
	if d := cmp.Diff(want, got); d != "" || len(notes) > 0 || c.Webhooks[0].State != core.StateOn {
		t.Errorf("(-want +got):\n%s%v", d, notes)
	}
}

// A file that asks to generate a secret makes one, and importing it again keeps it.
func TestGeneratedSecretIsMadeOnce(t *testing.T) {
	const file = `"sign": {"style": "standard-webhooks", "secret": {"generate": true}}`
	first, notes := applied(t, inWebhook(file), Current{})
	text, ok := first.Webhooks[0].Sign.Secret.Text()
	if !ok || !strings.HasPrefix(text, "whsec_") || first.Webhooks[0].State != core.StateOn {
		t.Errorf("it is %s and signs with %q", first.Webhooks[0].State, text)
	}
	if len(notes) != 1 || !strings.HasPrefix(notes[0], "A has a new secret to sign with.") || strings.Contains(notes[0], text) {
		t.Errorf("notes %q", notes)
	}
	_, current := seal(first)
	again, notes := applied(t, inWebhook(file), current)
	if again.Webhooks[0].Sign.Secret != current.Webhooks[0].Sign.Secret || len(notes) > 0 {
		t.Errorf("importing again gives another secret: %q", notes)
	}
	other, notes := applied(t, inWebhook(`"sign": {"style": "hmac", "header": "X", "secret": {"generate": true}}`), current)
	if _, ok := other.Webhooks[0].Sign.Secret.Text(); !ok || len(notes) != 1 {
		t.Errorf("another style keeps the secret of the one before: %q", notes)
	}
	current.Webhooks[0].Sign.Secret = core.MissingSecret()
	anew, notes := applied(t, inWebhook(file), current)
	if _, ok := anew.Webhooks[0].Sign.Secret.Text(); !ok || len(notes) != 1 {
		t.Errorf("a secret that was never given is kept: %q", notes)
	}
}

func TestStateStaysUnlessTheFileSaysIt(t *testing.T) {
	const head = `{"hookbird": 1, "webhooks": [{"id": "crm", "name": "CRM", "address": "https://example.org/"`
	for file, want := range map[string]core.State{
		head + `}]}`:                 core.StatePaused,
		head + `, "state": "on"}]}`:  core.StateOn,
		head + `, "state": "off"}]}`: core.StateOff,
	} {
		if c, _ := applied(t, file, stored()); c.Webhooks[0].State != want {
			t.Errorf("%s: %s", file, c.Webhooks[0].State)
		}
	}
	if c, _ := applied(t, head+`}]}`, Current{}); c.Webhooks[0].State != core.StateOn {
		t.Errorf("a new one is %s", c.Webhooks[0].State)
	}
}

func TestSourcesKeepWhatTheFileLeavesOut(t *testing.T) {
	const till = `{"hookbird": 1, "sources": [{"id": "till", "kind": "local", "name": "Till"`
	for name, tt := range map[string]struct {
		file string
		want core.LocalSource
	}{
		"both":        {till + `}]}`, core.LocalSource{Key: core.SealedSecret("s3"), Token: core.SealedSecret("s4")}},
		"sealed":      {till + `, "key": {"sealed": true}, "token": {"sealed": true}}]}`, core.LocalSource{Key: core.SealedSecret("s3"), Token: core.SealedSecret("s4")}},
		"empty token": {till + `, "token": ""}]}`, core.LocalSource{Key: core.SealedSecret("s3")}},
		"others":      {till + `, "key": "0123456789abcdef", "token": "t"}]}`, core.LocalSource{Key: core.NewSecret("0123456789abcdef"), Token: core.NewSecret("t")}},
	} {
		t.Run(name, func(t *testing.T) {
			c, notes := applied(t, tt.file, stored())
			if d := cmp.Diff(tt.want, *c.Sources[0].Local, sameSecrets); d != "" || len(notes) > 0 {
				t.Errorf("(-want +got):\n%s%v", d, notes)
			}
		})
	}
	c, _ := applied(t, `{"hookbird": 1, "sources": [{"id": "in", "kind": "folder", "name": "In", "path": "x"}]}`, stored())
	if !c.Sources[0].Paused {
		t.Error("an import went on with a source that somebody paused")
	}
	c, _ = applied(t, `{"hookbird": 1, "sources": [{"id": "in", "kind": "folder", "name": "In", "path": "x", "paused": false}]}`, stored())
	if c.Sources[0].Paused {
		t.Error("an import that says so did not go on with a source")
	}
}

func TestLocalAddressInAnotherStore(t *testing.T) {
	c, notes := applied(t, `{"hookbird": 1, "sources": [
		{"id": "a", "kind": "local", "name": "New"},
		{"id": "b", "kind": "local", "name": "Moved", "key": {"sealed": true}},
		{"id": "c", "kind": "local", "name": "Locked", "key": "0123456789abcdef", "token": {"sealed": true}}
	]}`, Current{})
	for _, s := range c.Sources[:2] {
		if key, ok := s.Local.Key.Text(); !ok || !validKey(key) || s.Paused {
			t.Errorf("%s has no key of its own", s.Name)
		}
	}
	if !c.Sources[2].Paused || c.Sources[2].Local.Token.IsZero() {
		t.Error("a source that needs a token takes records without one")
	}
	if len(notes) != 2 || !strings.HasPrefix(notes[0], "Moved has a new address") || notes[1] != "Locked is paused: it needs its token." {
		t.Errorf("notes %q", notes)
	}
}

func TestSourceOfAnotherKindIsRefused(t *testing.T) {
	f := parsed(t, []byte(`{"hookbird": 1, "sources": [{"id": "in", "kind": "local", "name": "In"}]}`), "")
	_, _, err := Apply(f, stored())
	if core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(err.Error(), "/sources/0/kind: ") {
		t.Errorf("got %v", err)
	}
}

func TestWebhookOfASourceThatIsNotThere(t *testing.T) {
	_, notes := applied(t, `{"hookbird": 1,
		"sources": [{"id": "new", "kind": "local", "name": "New"}],
		"webhooks": [{"id": "a", "name": "A", "address": "http://a", "sources": ["in", "new", "gone"]}]}`, stored())
	if len(notes) != 1 || notes[0] != "A takes records of gone, which is no source here." {
		t.Errorf("notes %q", notes)
	}
}

func TestSettingsThatAreLeftOutStay(t *testing.T) {
	current := stored()
	c, _ := applied(t, `{"hookbird": 1, "settings": {"keep_days": 30}}`, current)
	c.Settings.Set(&current.Settings)
	if current.Settings != (core.Settings{Look: "dark", ContentDays: 30, Port: 8471}) {
		t.Errorf("now %+v", current.Settings)
	}
	c, _ = applied(t, `{"hookbird": 1, "settings": {"look": "automatic"}}`, current)
	c.Settings.Set(&current.Settings)
	if current.Settings.Look != "" {
		t.Errorf("now %+v", current.Settings)
	}
}
