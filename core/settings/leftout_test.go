package settings

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/assets"
	"hookbird/core"
)

// needy is a webhook that needs a secret in each place, and says nothing of any.
const needy = `"address": "https://example.org/${secret:path}",
	"headers": [{"name": "X-Key"}, {"name": "Authorization", "value": "Bearer [ secret: token ]"}],
	"body": {"fields": [{"name": "pass"}, {"name": "text", "template": "[First Name] [secret:salt]"}]},
	"sign": {"style": "standard-webhooks"}`

func file(id, members string) string {
	return `{"hookbird": 1, "webhooks": [{"id": "` + id + `", "name": "A", ` + members + `}]}`
}

// keeper is a store with a webhook that has a secret in each of these places.
func keeper() Current {
	return Current{Webhooks: []*core.Webhook{{
		ID: "a", Name: "A", State: core.StateOn, Address: "https://example.org/${secret:path}",
		Headers: []core.Header{{Name: "X-Key", Secret: core.SealedSecret("s1")}, {Name: "Authorization", Value: "Bearer [ secret: token ]"}},
		Keys:    []core.NamedSecret{{Name: "path", Secret: core.SealedSecret("s2")}, {Name: "token", Secret: core.SealedSecret("s3")}},
		Body: core.Body{
			Fields: []core.Field{{Name: "pass", Secret: core.SealedSecret("s4")}, {Name: "text", Template: "[First Name] [secret:salt]"}},
			Keys:   []core.NamedSecret{{Name: "salt", Secret: core.SealedSecret("s5")}},
		},
		Sign: core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("s6")},
	}}}
}

func TestSecretsThatAreLeftOutStay(t *testing.T) {
	c, notes := applied(t, file("a", needy), keeper())
	if d := cmp.Diff(keeper().Webhooks, c.Webhooks, sameSecrets); d != "" || len(notes) > 0 {
		t.Errorf("(-stored +imported):\n%s%v", d, notes)
	}
}

// refusals gives the places that an import finds wrong, and what it says of them.
func refusals(t *testing.T, file string, c Current) map[string]string {
	t.Helper()
	_, _, err := Import([]byte(file), "", c)
	return sentences(t, err)
}

func sentences(t *testing.T, err error) map[string]string {
	t.Helper()
	found, _ := errors.AsType[core.Errors](err)
	got := map[string]string{}
	for _, e := range found {
		if _, twice := got[e.Where]; twice || e.Code != core.CodeInvalid {
			t.Errorf("%s: %v", e.Where, err)
		}
		checkSentence(t, strings.Replace(e.Message, `press "Make a new one".`, ".", 1))
		got[e.Where] = e.Message
	}
	return got
}

// Where nothing is stored, each place that lacks a secret is named at once.
func TestSecretsThatAreLeftOutAndNotStored(t *testing.T) {
	want := map[string]string{
		"/webhooks/0/address":                "There is no secret called [secret:path] here. Add it below, or remove the field.",
		"/webhooks/0/headers/1/value":        "There is no secret called [secret:token] here. Add it below, or remove the field.",
		"/webhooks/0/body/fields/0/from":     "Choose one of your fields, or type a fixed value.",
		"/webhooks/0/body/fields/1/template": "There is no secret called [secret:salt] here. Add it below, or remove the field.",
		"/webhooks/0/sign/secret":            `Messages cannot be signed without a secret. Paste the receiver's, or press "Make a new one".`,
	}
	for name, tt := range map[string]struct {
		file    string
		current Current
	}{
		"another store": {file("a", needy), Current{}},
		"another id":    {file("b", needy), keeper()},
		"renamed":       {file("a", needy), renamed()},
		"of another style": {file("a", needy), func() Current {
			c := renamed()
			c.Webhooks[0].Sign = core.Sign{Style: core.SignHMAC, Header: "X-S", Secret: core.SealedSecret("s9")}
			return c
		}()},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Apply(parsed(t, []byte(tt.file), ""), tt.current)
			if d := cmp.Diff(want, sentences(t, err)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// renamed is keeper with its secrets in other places than needy needs them.
func renamed() Current {
	c := keeper()
	w := c.Webhooks[0]
	w.Headers[0].Name, w.Body.Fields[0].Name = "X-Other", "word"
	w.Keys, w.Body.Keys = w.Body.Keys, w.Keys
	w.Sign = core.Sign{}
	return c
}

// A secret is looked for in its own place alone.
func TestSecretsOfAnotherPlaceDoNotHelp(t *testing.T) {
	for members, where := range map[string]string{
		`"address": "https://example.org/[secret:salt]"`:                                                       "/address",
		`"address": "https://example.org/", "body": {"fields": [{"name": "x", "template": "[secret:token]"}]}`: "/body/fields/0/template",
		`"address": "https://example.org/", "body": {"fields": [{"name": "X-Key"}]}`:                           "/body/fields/0/from",
		`"address": "https://example.org/", "body": {"fields": [{"name": "pass"}, {"name": "pass"}]}`:          "/body/fields/1/from",
		`"address": "https://example.org/", "sign": {"style": "hmac", "header": "X-S"}`:                        "/sign/secret",
	} {
		got := refusals(t, file("a", members), keeper())
		delete(got, "/webhooks/0/body/fields/1/name") // a name that comes twice
		if len(got) != 1 || got["/webhooks/0"+where] == "" {
			t.Errorf("%s: %v", members, got)
		}
	}
}

// A slip in a name is told of with what was meant, if that stands in the file.
func TestSlipInTheNameOfASecret(t *testing.T) {
	for members, where := range map[string]string{
		`"address": "https://example.org/[secret:nmae]", "secrets": {"name": "x"}`:                                                                                             "/address",
		`"address": "https://example.org/", "headers": [{"name": "X", "value": "[secret:nmae]"}], "secrets": {"name": "x"}`:                                                    "/headers/0/value",
		`"address": "https://example.org/", "body": {"fields": [{"name": "x", "template": "[secret:nmae]"}], "secrets": {"name": "x"}}`:                                        "/body/fields/0/template",
		`"address": "https://example.org/", "body": {"style": "template", "content_type": "application/json", "template": "[1, \"[secret:nmae]\"]", "secrets": {"name": "x"}}`: "/body/template",
	} {
		for _, c := range []Current{{}, keeper()} {
			got := refusals(t, file("a", members), c)
			if len(got) != 1 || !strings.HasSuffix(got["/webhooks/0"+where], "Did you mean [secret:name]?") {
				t.Errorf("%s: %v", members, got)
			}
		}
	}
}

// What is wrong besides is told of at the same time, by Parse without looking
// at what is stored, by Import with it.
func TestWhatIsWrongBesidesSecretsThatAreLeftOut(t *testing.T) {
	wrong := file("a", needy+`, "timeout": "soon", "method": "FETCH", "secrets": {"token": "x"}`)
	_, err := Parse([]byte(wrong), "")
	parse := slices.Sorted(maps.Keys(sentences(t, err)))
	if d := cmp.Diff([]string{"/webhooks/0/method", "/webhooks/0/timeout"}, parse); d != "" {
		t.Errorf("Parse (-want +got):\n%s", d)
	}
	if d := cmp.Diff(parse, slices.Sorted(maps.Keys(refusals(t, wrong, keeper())))); d != "" {
		t.Errorf("where all is stored (-want +got):\n%s", d)
	}
	want := append([]string{
		"/webhooks/0/address", "/webhooks/0/body/fields/0/from", "/webhooks/0/body/fields/1/template",
	}, append(parse, "/webhooks/0/sign/secret")...)
	slices.Sort(want)
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(refusals(t, wrong, Current{})))); d != "" {
		t.Errorf("where nothing is (-want +got):\n%s", d)
	}
}

// A webhook without an id could not be looked for.
func TestSecretsOfAWebhookWithoutID(t *testing.T) {
	got := refusals(t, `{"hookbird": 1, "webhooks": [{"name": "A", `+needy+`}]}`, keeper())
	if len(got) != 1 || got["/webhooks/0/id"] == "" {
		t.Errorf("says %v", got)
	}
}

func TestPreviousSecretThatIsLeftOutIsGone(t *testing.T) {
	c := keeper()
	c.Webhooks[0].Sign.Previous = core.SealedSecret("s7")
	changes, notes := applied(t, file("a", needy), c)
	if s := changes.Webhooks[0].Sign; !s.Previous.IsZero() || s.Secret.ID() != "s6" || len(notes) > 0 {
		t.Errorf("it signs with %s and %s, %q", s.Secret.ID(), s.Previous.ID(), notes)
	}
	until := strings.Replace(needy, `-webhooks"`, `-webhooks", "until": "2030-12-31T18:00:00Z"`, 1)
	if got := refusals(t, file("a", until), c); len(got) != 1 || got["/webhooks/0/sign/until"] == "" {
		t.Errorf("says %v", got)
	}
}

// A header line without a value is an empty one, unless its secret is stored or a
// value stands there.
func TestHeaderLineWithoutValue(t *testing.T) {
	for members, want := range map[string]core.Header{
		`{"name": "X-Key"}`:              {Name: "X-Key", Secret: core.SealedSecret("s1")},
		`{"name": "X-Key", "value": ""}`: {Name: "X-Key"},
		`{"name": "X-New"}`:              {Name: "X-New"},
	} {
		c, notes := applied(t, file("a", `"address": "https://example.org/", "headers": [`+members+`]`), keeper())
		if d := cmp.Diff([]core.Header{want}, c.Webhooks[0].Headers, sameSecrets); d != "" || len(notes) > 0 {
			t.Errorf("%s (-want +got):\n%s%v", members, d, notes)
		}
	}
}

// A secret that nobody has typed yet is one all the same, and is asked for again.
func TestSecretsThatAreLeftOutAndHaveYetToBeTyped(t *testing.T) {
	current := keeper()
	current.Webhooks[0].Secrets(func(_ string, s *core.Secret) { *s = core.MissingSecret() })
	c, notes := applied(t, file("a", needy), current)
	if c.Webhooks[0].State != core.StateOff || len(notes) != 1 || notes[0] != "A is off: it needs its 6 secrets." {
		t.Errorf("it is %s, %q", c.Webhooks[0].State, notes)
	}
}

// What only looks like a secret is text.
func TestTextThatLooksLikeASecret(t *testing.T) {
	c, notes := applied(t, file("a", `"address": "https://example.org/", "headers": [{"name": "X", "value": "\\[secret:x] secret:y"}]`), Current{})
	if w := c.Webhooks[0]; len(w.Keys) > 0 || len(notes) > 0 {
		t.Errorf("made %v, %q", w.Keys, notes)
	}
}

// A preset needs everything that it uses.
func TestPresetLeavesOutNoSecret(t *testing.T) {
	for _, members := range []string{
		`"sign": {"style": "standard-webhooks"}`, `"body": {"fields": [{"name": "pass"}]}`,
		`"headers": [{"name": "X", "value": "[secret:x]"}]`,
		`"body": {"style": "template", "content_type": "text/plain", "template": "[secret:x]"}`,
	} {
		if w, err := FromPreset(assets.Preset{ID: "x", Webhook: []byte(`{` + members + `}`)}); err == nil {
			t.Errorf("%s made %+v", members, w)
		}
	}
	w, err := FromPreset(assets.Preset{ID: "x", Webhook: []byte(`{"headers": [{"name": "X"}]}`)})
	if err != nil || !w.Headers[0].Secret.IsZero() {
		t.Errorf("an empty header line made %+v, %v", w, err)
	}
}

// An export of which every secret is cut out changes nothing where it came from,
// and is refused elsewhere if a secret is needed.
func TestExportsWithSecretsCutOutKeepThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWebhook(t, "w")
		w.Sources = nil // of which none is stored
		w.Sign.Previous, w.Sign.Until = core.Secret{}, time.Time{}
		_, stored := seal(Changes{Webhooks: []*core.Webhook{w}})
		data, err := Print(stored, nil)
		if err != nil {
			t.Fatal(err)
		}
		data = cutSecrets(t, data)
		if wrong := misfits(t, data); len(wrong) > 0 {
			t.Fatalf("the schema refuses %v\n%s", wrong, data)
		}
		same, notes := appliedTo(t, data, stored)
		if d := cmp.Diff(stored.Webhooks, same.Webhooks, sameSecrets); d != "" || len(notes) > 0 {
			t.Fatalf("same store (-stored +again):\n%s%v", d, notes)
		}
		needs := false
		w.Secrets(func(place string, _ *core.Secret) {
			optional := strings.HasPrefix(place, "header:") || place == "proxy" || place == "auth" && w.Auth.Kind == core.AuthBasic
			needs = needs || !optional
		})
		if _, _, err := Import(data, "", Current{}); needs != (core.CodeOf(err) == core.CodeInvalid) {
			t.Fatalf("another store: %v\n%s", err, data)
		}
	})
}

// cutSecrets takes the members of a file that hold secrets out of it.
func cutSecrets(t *rapid.T, data []byte) []byte {
	v := decoded(t, data)
	var cut func(v any)
	cut = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				cut(item)
			}
		case map[string]any:
			for _, name := range []string{"secret", "secrets", "password", "token", "client_secret"} {
				delete(v, name)
			}
			for _, member := range v {
				cut(member)
			}
		}
	}
	cut(v)
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
