package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/sign"
	"hookbird/core/verify"

	"github.com/google/go-cmp/cmp"
)

func hook(change func(*core.Webhook)) *core.Webhook {
	w := &core.Webhook{}
	change(w)
	return w
}

func secretField(name string) core.Field {
	return core.Field{Name: name, Secret: core.SealedSecret("7")}
}

func TestProofs(t *testing.T) {
	private, _ := sign.NewPair()
	signature := []string{"A signature in webhook-signature"}
	tests := []struct {
		name    string
		webhook *core.Webhook
		want    []string
	}{
		{"none", hook(func(w *core.Webhook) { w.Body.Fields = []core.Field{{Name: "a", Value: "b"}} }), nil},
		{"signature, known", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(private)}
		}), signature},
		{"signature, sealed", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("7")}
		}), signature},
		{"left over from a signature", hook(func(w *core.Webhook) { w.Sign = core.Sign{Secret: core.SealedSecret("7"), Header: "X"} }), nil},
		{"own header, and more", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignHMAC, Header: "X-Sig"}
			w.Headers = []core.Header{{Name: "Api-Key", Secret: core.SealedSecret("1")}, {Name: "A", Value: "b"}, {Name: "Authorization", Value: "Bearer [secret:t]"}}
			w.Body.Fields = []core.Field{{Name: "a", From: "b"}, secretField("auth.token")}
		}), []string{"A signature in X-Sig", "The secret value auth.token in the JSON data", "The secret value in the header line Api-Key", "The secret value in the header line Authorization"}},
		{"form", hook(func(w *core.Webhook) {
			w.Body = core.Body{Style: core.BodyForm, Fields: []core.Field{secretField("token")}}
		}), []string{"The secret value token in the form"}},
		{"list", hook(func(w *core.Webhook) {
			w.Body = core.Body{Style: core.BodyList, Fields: []core.Field{secretField("token")}}
		}), []string{"The secret value token in every record of the JSON data"}},
		{"nothing is sent", hook(func(w *core.Webhook) { w.Method, w.Body.Fields = "GET", []core.Field{secretField("token")} }), nil},
		{"texts", hook(func(w *core.Webhook) {
			w.Address = "https://example.org/?key=[secret:a]"
			w.Headers = []core.Header{{Name: "X", Value: "[secret:a]-[secret:b]"}, {Name: "Y", Value: "[secret:a|md5]"}}
			w.Body = core.Body{Style: core.BodyTemplate, Template: "${secret:a}", Fields: []core.Field{secretField("unused")}}
		}), []string{"A secret value in the web address", "A secret value in the header line X", "A secret value in the header line Y", "A secret value in your own text"}},
		{"fields of text", hook(func(w *core.Webhook) {
			w.Body.Fields = []core.Field{{Name: "a", Template: "k:[secret:a]"}, {Name: "b", Template: "[secret:a]", Convert: []string{"md5"}}, {Name: "c", Template: "[x]"}}
		}), []string{"The secret value a in the JSON data", "A secret value in the field b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range verify.Proofs(test.webhook) {
				got = append(got, p.Text)
				if !strings.HasSuffix(p.Note, ".") || !strings.HasPrefix(p.Note, "It shows that the message comes from you") {
					t.Errorf("note %q", p.Note)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// listed names the snippets of a webhook.
func listed(w *core.Webhook) []string {
	var list []string
	for _, s := range verify.Snippets(w) {
		list = append(list, s.Language+": "+s.Title)
	}
	return list
}

func TestSnippetsListed(t *testing.T) {
	both := func(w *core.Webhook) { w.Sign = core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("7")} }
	const shared, pair = "A signature in webhook-signature, if the secret starts with whsec_", "A signature in webhook-signature, if the secret starts with whsk_"
	tests := []struct {
		name    string
		webhook *core.Webhook
		want    []string
	}{
		{"no proof", &core.Webhook{}, nil},
		{"only a text", hook(func(w *core.Webhook) { w.Address = "https://example.org/[secret:a]" }), nil},
		{"a secret that only the vault knows", hook(both), []string{
			"PHP: " + shared, "Python: " + shared, "Node.js: " + shared, "Go: " + shared,
			"PHP: " + pair, "Python: " + pair, "Node.js: " + pair, "Go: " + pair,
			"Google Apps Script: A signature in webhook-signature",
		}},
		{"a value that a script can see", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignHMAC, Header: "X"}
			w.Body.Fields = []core.Field{secretField("token")}
		}), []string{
			"PHP: A signature in X", "Python: A signature in X", "Node.js: A signature in X", "Go: A signature in X",
			"PHP: The secret value token in the JSON data", "Python: The secret value token in the JSON data", "Node.js: The secret value token in the JSON data",
			"Go: The secret value token in the JSON data", "Google Apps Script: The secret value token in the JSON data",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, listed(test.webhook)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func only(t *testing.T, w *core.Webhook, language string) verify.Snippet {
	t.Helper()
	for _, s := range verify.Snippets(w) {
		if s.Language == language {
			return s
		}
	}
	t.Fatalf("nothing in %s", language)
	return verify.Snippet{}
}

// A script cannot see header lines, and says so; what it checks instead is a value
// that the webhook does not have yet.
func TestScriptSaysWhatItCannotSee(t *testing.T) {
	w := hook(func(w *core.Webhook) {
		w.Sign = core.Sign{Style: core.SignHMAC, Header: "X"}
		w.Body = core.Body{Style: core.BodyTemplate, Fields: []core.Field{{Name: "Token", Value: "a"}}}
	})
	s := only(t, w, script)
	for _, want := range []string{"does not get to see header lines", "pack the data as a form", "add one with the name secret_token", "add WEBHOOK_SECRET_TOKEN with the secret value", "counts as delivered"} {
		if !strings.Contains(s.Note, want) {
			t.Errorf("the note does not say %q: %s", want, s.Note)
		}
	}
	if s.Title != "A signature in X" || !strings.Contains(s.Code, "e.parameter['secret_token']") {
		t.Errorf("%s:\n%s", s.Title, s.Code)
	}
	w.Body.Style = core.BodyJSON
	if s := only(t, w, script); strings.Contains(s.Note, "as a form") || !strings.Contains(s.Code, "record?.['secret_token']") {
		t.Errorf("%s\n%s", s.Note, s.Code)
	}
}

func TestNotes(t *testing.T) {
	private, _ := sign.NewPair()
	tests := []struct {
		name     string
		webhook  *core.Webhook
		language string
		want     string
	}{
		{"where to put the secret", hook(func(w *core.Webhook) { w.Body.Fields = []core.Field{secretField("api.key")} }), "PHP", "SetEnv WEBHOOK_API_KEY"},
		{"what Python lacks", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(private)}
		}), "Python", "pip install cryptography"},
		{"public key", hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignStandard, Secret: core.NewSecret(private)}
		}), "Go", "WEBHOOK_PUBLIC_KEY to the public key, which starts with whpk_"},
		{"PHP unpacks parts", hook(func(w *core.Webhook) {
			w.Sign, w.Body.Style = core.Sign{Style: core.SignHMAC, Header: "X"}, core.BodyMultipart
		}), "PHP", "enable_post_data_reading = Off"},
		{"PHP unpacks only POST", hook(func(w *core.Webhook) {
			w.Method, w.Body = "PUT", core.Body{Style: core.BodyMultipart, Fields: []core.Field{secretField("a")}}
		}), "PHP", "change the method to POST"},
		{"what Apache keeps", hook(func(w *core.Webhook) {
			w.Headers = []core.Header{{Name: "authorization", Secret: core.SealedSecret("1")}}
		}), "PHP", "CGIPassAuth On"},
		{"nothing to read", hook(func(w *core.Webhook) { w.Method, w.Sign = "GET", core.Sign{Style: core.SignHMAC, Header: "X"} }), "Node.js", "Buffer.alloc(0)"},
		{"a promise", hook(func(w *core.Webhook) {
			w.Body = core.Body{Style: core.BodyMultipart, Fields: []core.Field{secretField("a")}}
		}), "Node.js", "await genuine("},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if s := only(t, test.webhook, test.language); !strings.Contains(s.Note, test.want) {
				t.Errorf("note %q", s.Note)
			}
		})
	}
}

// However many secrets a webhook has, what is written for it is bounded, and each
// has a variable of its own.
func TestManySecrets(t *testing.T) {
	w := hook(func(w *core.Webhook) {
		for i := range 1000 {
			w.Body.Fields = append(w.Body.Fields, secretField(fmt.Sprintf("token%d%s", i%2, strings.Repeat("_", i/2))))
		}
	})
	if n := len(verify.Proofs(w)); n != verify.MaxProofs {
		t.Errorf("%d proofs", n)
	}
	if n := len(verify.Snippets(w)); n != 5*verify.MaxProofs {
		t.Errorf("%d snippets", n)
	}
	used := map[string]bool{}
	for _, s := range verify.Snippets(w) {
		if s.Language == "Go" {
			_, variable, _ := strings.Cut(s.Code, `os.Getenv("`)
			variable, _, _ = strings.Cut(variable, `"`)
			used[variable] = true
		}
	}
	if len(used) != verify.MaxProofs || !used["WEBHOOK_TOKEN0"] || !used["WEBHOOK_TOKEN1_2"] {
		t.Errorf("variables %v", used)
	}
}

// Every comparison takes as long wherever two texts differ.
func TestConstantTime(t *testing.T) {
	compares := map[string][]string{
		"PHP": {"hash_equals(", "sodium_crypto_sign_verify_detached("}, "Python": {"hmac.compare_digest(", "key.verify("},
		"Node.js": {"crypto.timingSafeEqual(", "crypto.verify("}, "Go": {"subtle.ConstantTimeCompare(", "ed25519.Verify("},
		script: {"x.reduce((differ, byte, i) => differ | (byte ^ y[i]), 0)"},
	}
	for _, c := range trials(t) {
		for _, s := range verify.Snippets(c.webhook) {
			found := 0
			for _, compare := range compares[s.Language] {
				found += strings.Count(s.Code, compare)
			}
			if found != 1 {
				t.Errorf("%s of %s compares %d times:\n%s", s.Language, c.name, found, s.Code)
			}
		}
	}
}
