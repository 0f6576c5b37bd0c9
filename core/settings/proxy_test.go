package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// behind is a store whose settings name a proxy with a password, and whose webhook
// has another one.
func behind() Current {
	manual := func(id string) core.Proxy {
		return core.Proxy{Kind: core.ProxyManual, Address: "http://proxy.example.org:3128", User: "office", Password: core.SealedSecret(id)}
	}
	return Current{
		Settings: core.Settings{Proxy: manual("s1")},
		Webhooks: []*core.Webhook{{
			ID: "a", Name: "A", State: core.StateOn, Address: "https://example.org/",
			Auth:    core.Auth{Kind: core.AuthBasic, User: "ada", Secret: core.SealedSecret("s2")},
			Network: core.Network{Proxy: manual("s3")},
		}},
	}
}

const inSettings = `{"hookbird": 1, "settings": {"proxy": `

func TestPasswordOfTheProxyOfAll(t *testing.T) {
	const address = `"address": "http://other.example.org:8080", "user": "me"`
	for members, want := range map[string]core.Secret{
		address: core.SealedSecret("s1"),
		address + `, "password": {"sealed": true}`: core.SealedSecret("s1"),
		address + `, "password": "new"`:            core.NewSecret("new"),
		address + `, "password": ""`:               {},
		`"address": "http://other.example.org:80"`: {},
	} {
		current := behind()
		c, notes := applied(t, inSettings+`{`+members+`}}}`, current)
		c.Settings.Set(&current.Settings)
		if got := current.Settings.Proxy; got.Password != want || got.Kind != core.ProxyManual || !strings.HasPrefix(got.Address, "http://other.") || len(notes) > 0 {
			t.Errorf("%s gives %+v, %q", members, got, notes)
		}
	}
}

func TestProxyOfAllThatIsLeftOutStays(t *testing.T) {
	current := behind()
	c, _ := applied(t, `{"hookbird": 1, "settings": {"keep_days": 5}}`, current)
	c.Settings.Set(&current.Settings)
	if d := cmp.Diff(behind().Settings.Proxy, current.Settings.Proxy, sameSecrets); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]core.ProxyKind{`"system"`: core.ProxyDefault, `"none"`: core.ProxyNone} {
		c, _ := applied(t, inSettings+text+`}}`, current)
		c.Settings.Set(&current.Settings)
		if current.Settings.Proxy != (core.Proxy{Kind: want}) {
			t.Errorf("%s gives %+v", text, current.Settings.Proxy)
		}
	}
}

// Nobody is asked for a password that there may never have been; one that was
// exported is asked for.
func TestPasswordOfTheProxyOfAllInAnotherStore(t *testing.T) {
	data, err := Print(behind(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c, notes := applied(t, string(data), Current{})
	want := []string{"A is off: it needs its 2 secrets.", "The proxy needs its password. Type it under Settings."}
	if d := cmp.Diff(want, notes); d != "" || !c.Settings.Proxy.Password.Missing() {
		t.Errorf("%+v (-want +got):\n%s", c.Settings.Proxy, d)
	}
	c, notes = applied(t, inSettings+`{"address": "http://a:1", "user": "me"}}}`, Current{})
	if len(notes) > 0 || !c.Settings.Proxy.Password.IsZero() {
		t.Errorf("%+v, %q", c.Settings.Proxy, notes)
	}
	again, notes := applied(t, string(data), Current{Settings: core.Settings{Proxy: core.Proxy{Password: core.MissingSecret()}}})
	if len(notes) != 2 || !again.Settings.Proxy.Password.Missing() {
		t.Errorf("%+v, %q", again.Settings.Proxy, notes)
	}
}

// Passwords that the file leaves out stay, of the same kind of sender alone.
func TestSecretsOfSenderAndProxyStay(t *testing.T) {
	const proxy = `"proxy": {"address": "http://proxy.example.org:3128", "user": "office"}`
	c, notes := applied(t, inWebhook(`"auth": {"kind": "basic", "user": "ada"}, `+proxy), behind())
	if d := cmp.Diff(behind().Webhooks, c.Webhooks, sameSecrets); d != "" || len(notes) > 0 {
		t.Errorf("(-stored +imported):\n%s%v", d, notes)
	}
	got := refusals(t, inWebhook(`"auth": {"kind": "bearer"}, `+proxy), behind())
	if len(got) != 1 || got["/webhooks/0/auth/token"] == "" {
		t.Errorf("says %v", got)
	}
	c, _ = applied(t, inWebhook(`"auth": {"kind": "basic", "user": "ada", "password": ""}, "proxy": {"address": "http://a:1"}`), behind())
	c.Webhooks[0].Secrets(func(place string, _ *core.Secret) { t.Errorf("there is still one at %s", place) })
	c, notes = applied(t, inWebhook(`"auth": {"kind": "basic", "user": "ada"}, `+proxy), Current{})
	c.Webhooks[0].Secrets(func(place string, _ *core.Secret) { t.Errorf("there is one at %s", place) })
	if c.Webhooks[0].State != core.StateOn || len(notes) > 0 {
		t.Errorf("it is %s, %q", c.Webhooks[0].State, notes)
	}
}

func TestExportShowsNoPassword(t *testing.T) {
	c := behind()
	c.Settings.Proxy.Password = core.NewSecret("hush")
	c.Webhooks[0].Secrets(func(_ string, s *core.Secret) { *s = core.NewSecret("hush") })
	data, err := Print(c, nil)
	if err != nil || strings.Contains(string(data), "hush") || strings.Count(string(data), `"sealed": true`) != 3 {
		t.Errorf("%s, %v", data, err)
	}
	data, err = Print(c, vault{})
	if err != nil || strings.Count(string(data), `"password": "hush"`) != 3 {
		t.Errorf("%s, %v", data, err)
	}
}
