package message_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func authed(a core.Auth) *core.Webhook {
	w := styled(core.BodyJSON)
	w.Name, w.Auth = "W", a
	return w
}

func basic(user, password string) core.Auth {
	return core.Auth{Kind: core.AuthBasic, User: user, Secret: core.NewSecret(password)}
}

func bearer(token string) core.Auth {
	return core.Auth{Kind: core.AuthBearer, Secret: core.NewSecret(token)}
}

// fetched is a token that is fetched first, which the vault is not asked for here.
func fetched() core.Auth {
	return core.Auth{
		Kind: core.AuthOAuth, User: "client", Secret: core.SealedSecret("s1"), TokenURL: "https://login.example.org/token",
		Scopes: []string{"contacts.write", "https://example.org/all"}, Audience: "https://api.example.org/",
	}
}

// The example of RFC 7617, section 2, and what else there is.
func TestAuthorization(t *testing.T) {
	for name, tt := range map[string]struct {
		auth    core.Auth
		sent    string
		shown   string
		secrets []string
	}{
		"basic": {
			basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic " + core.Dots,
			[]string{"QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "open sesame"},
		},
		"basic in UTF-8": {
			basic("test", "123£"), "Basic dGVzdDoxMjPCow==", "Basic " + core.Dots, []string{"123£", "dGVzdDoxMjPCow=="},
		},
		"basic without a password": {
			core.Auth{Kind: core.AuthBasic, User: "sk_1"}, "Basic c2tfMTo=", "Basic " + core.Dots, []string{"c2tfMTo="},
		},
		"bearer":  {bearer("mF_9.B5f-4.1JqM"), "Bearer mF_9.B5f-4.1JqM", "Bearer " + core.Dots, []string{"mF_9.B5f-4.1JqM"}},
		"fetched": {fetched(), "", "Bearer " + core.Dots, nil},
		"none":    {core.Auth{User: "left over", Secret: core.NewSecret("hush")}, "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := authed(tt.auth)
			if errs := message.Validate(w); errs != nil {
				t.Fatal(errs)
			}
			m := build(t, w, ada)
			if got := header(m, "Authorization"); got != tt.sent {
				t.Errorf("sent %q, not %q", got, tt.sent)
			}
			secrets := slices.DeleteFunc(slices.Clone(m.Secrets), func(s string) bool { return strings.HasPrefix(s, "/") })
			slices.Sort(secrets)
			if diff := cmp.Diff(tt.secrets, secrets); diff != "" {
				t.Errorf("masked (-want +got):\n%s", diff)
			}
			line := "Authorization: " + tt.shown
			if shown := show(t, w, ada).Headers; slices.Contains(shown, line) != (tt.shown != "") {
				t.Errorf("%q is not in %q", line, shown)
			}
		})
	}
}

// Where the line stands among the others, and that a signature stays the same.
func TestAuthorizationStandsBeforeLinesOfOnesOwn(t *testing.T) {
	w := authed(bearer("t0ken"))
	w.Headers = []core.Header{{Name: "X-A", Value: "b"}}
	w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}
	with := build(t, w, ada)
	var names []string
	for _, line := range with.Header {
		names = append(names, line.Name)
	}
	want := []string{"Content-Type", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature", "Authorization", "X-A"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	w.Auth = core.Auth{}
	if got := header(build(t, w, ada), "webhook-signature"); got != header(with, "webhook-signature") {
		t.Errorf("the signature became %s", got)
	}
}

func TestAuthorizationThatCannotBeMade(t *testing.T) {
	for name, a := range map[string]core.Auth{
		"no user":            basic("", "hush"),
		"colon":              basic("a:b", "hush"),
		"no token":           {Kind: core.AuthBearer},
		"line break":         bearer("hush\r\nX: y"),
		"sealed line break":  {Kind: core.AuthBearer, Secret: core.SealedSecret("s1")},
		"fetched from where": {Kind: core.AuthOAuth, User: "a", Secret: core.NewSecret("hush")},
		"unknown kind":       {Kind: "digest", User: "a", Secret: core.NewSecret("hush")},
	} {
		w := authed(a)
		_, err := message.New(w, &vault{texts: map[string]string{"s1": "hush\nhush"}}, "1.0")
		if core.CodeOf(err) != core.CodeInvalid || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: error = %v", name, err)
		}
		shown := show(t, w, ada)
		noted := len(shown.Notes) > 0 && shown.Notes[0].Where == "auth" && shown.Notes[0].Warn
		if all, _ := json.Marshal(shown); noted == strings.HasPrefix(name, "sealed") || strings.Contains(string(all), "hush") {
			t.Errorf("%s: shown as %s", name, all)
		}
	}
	locked := &vault{err: core.Errorf(core.CodeUnavailable, "The key store is locked.")}
	if _, err := message.New(authed(core.Auth{Kind: core.AuthBasic, User: "a", Secret: core.SealedSecret("s1")}), locked, "1.0"); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("error = %v", err)
	}
	if _, err := message.New(authed(fetched()), locked, "1.0"); err != nil {
		t.Errorf("the vault was asked for a token that is fetched: %v", err)
	}
}

// Whatever user and password are, a receiver reads them back, and neither the
// password nor what it is packed into is shown.
func TestBasicIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		user := rapid.StringMatching(`[A-Za-zäß€@\\.+ -]{0,8}[a-z]`).Filter(func(s string) bool { return strings.TrimSpace(s) == s }).Draw(t, "user")
		password := "hush" + rapid.StringMatching(`[ -~äß€]{0,12}`).Draw(t, "password")
		w := authed(basic(user, password))
		if errs := message.Validate(w); errs != nil {
			t.Fatal(errs)
		}
		m := build(t, w, ada)
		r := http.Request{Header: http.Header{"Authorization": {header(m, "Authorization")}}}
		u, p, ok := r.BasicAuth()
		if !ok || u != user || p != password {
			t.Fatalf("%q is read as %q %q", header(m, "Authorization"), u, p)
		}
		packed := base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
		if !contains(m.Secrets, password) || !contains(m.Secrets, packed) {
			t.Fatalf("masked are %q", m.Secrets)
		}
		if all, _ := json.Marshal(show(t, w, ada)); strings.Contains(string(all), "hush") || strings.Contains(string(all), packed) {
			t.Fatalf("shown as %s", all)
		}
	})
}

func TestAuthThatIsWrong(t *testing.T) {
	long := strings.Repeat("x", message.MaxAuthText+1)
	oauth := func(change func(*core.Auth)) core.Auth {
		a := fetched()
		change(&a)
		return a
	}
	for name, tt := range map[string]struct {
		auth   core.Auth
		wheres []string
	}{
		"basic":               {core.Auth{Kind: core.AuthBasic}, []string{"/user"}},
		"long user":           {basic(long, "p"), []string{"/user"}},
		"user with a tab":     {basic("a\tb", "p"), []string{"/user"}},
		"user with a space":   {basic("a ", "p"), []string{"/user"}},
		"user to fill in":     {basic("‹user›", "p"), []string{"/user"}},
		"empty password":      {basic("a", ""), []string{"/password"}},
		"password with a tab": {basic("a", "\t"), []string{"/password"}},
		"long password":       {basic("a", strings.Repeat("x", message.MaxFixed+1)), []string{"/password"}},
		"bearer":              {core.Auth{Kind: core.AuthBearer}, []string{"/token"}},
		"Bearer twice":        {bearer("bearer abc"), []string{"/token"}},
		"token with spaces":   {bearer(" abc"), []string{"/token"}},
		"long token":          {bearer(strings.Repeat("x", message.MaxHeaderValue+1)), []string{"/token"}},
		"oauth2":              {core.Auth{Kind: core.AuthOAuth}, []string{"/token_url", "/client_id", "/client_secret"}},
		"http":                {oauth(func(a *core.Auth) { a.TokenURL = "http://login.example.org" }), []string{"/token_url"}},
		"no address":          {oauth(func(a *core.Auth) { a.TokenURL = "login.example.org" }), []string{"/token_url"}},
		"merge field":         {oauth(func(a *core.Auth) { a.TokenURL = "https://login.example.org/[x]" }), []string{"/token_url"}},
		"merge field of secret": {
			oauth(func(a *core.Auth) { a.TokenURL = "https://login.example.org/[secret:x]" }),
			[]string{"/token_url"},
		},
		"scopes": {oauth(func(a *core.Auth) { a.Scopes = []string{"", "ok", "a b", "é", `a"`, long} }), []string{
			"/scopes/0", "/scopes/2", "/scopes/3", "/scopes/4", "/scopes/5",
		}},
		"many scopes": {oauth(func(a *core.Auth) { a.Scopes = make([]string, message.MaxScopes+1) }), []string{"/scopes"}},
		"audience":    {oauth(func(a *core.Auth) { a.Audience = "a\nb" }), []string{"/audience"}},
		"kind":        {core.Auth{Kind: "digest"}, []string{"/kind"}},
	} {
		var got []string
		for _, err := range message.Validate(authed(tt.auth)) {
			got = append(got, strings.TrimPrefix(err.Where, "/auth"))
		}
		if diff := cmp.Diff(tt.wheres, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, a := range []core.Auth{
		fetched(), oauth(func(a *core.Auth) { a.TokenURL = "http://localhost:8080/token" }), basic(`DOMAIN\ada`, "a b:c"), bearer("a b"),
	} {
		if errs := message.Validate(authed(a)); errs != nil {
			t.Errorf("%+v: %v", a, errs)
		}
	}
}

// Authorization is made once: from the settings, from a line, or by a signature.
func TestOneAuthorization(t *testing.T) {
	line := []core.Header{{Name: "X"}, {Name: "AUTHORIZATION", Value: "x"}}
	for made, a := range map[string]core.Auth{
		"user name and password": basic("a", "b"), "the token": bearer("a"), "the token that is fetched": fetched(), "": {},
	} {
		w := authed(a)
		w.Headers = line
		errs := message.Validate(w)
		if made == "" {
			if errs != nil {
				t.Error(errs)
			}
			continue
		}
		if len(errs) != 1 || errs[0].Where != "/headers/1/name" || errs[0].Message != "The header line Authorization is made from "+made+". Remove one of the two." {
			t.Errorf("%v", errs)
		}
		if _, err := message.New(w, &vault{}, "1.0"); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("error = %v", err)
		}
		if notes := show(t, w, ada).Notes; len(notes) == 0 || notes[0].Where != "header:1" {
			t.Errorf("notes = %+v", notes)
		}
		w.Headers, w.Sign = nil, core.Sign{Style: core.SignHMAC, Header: "authorization", Secret: core.NewSecret("x")}
		if errs := message.Validate(w); len(errs) != 1 || errs[0].Where != "/sign/header" {
			t.Errorf("%v", errs)
		}
	}
}
