package attempt

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

var (
	sentence  = regexp.MustCompile(`^[A-Z“1].*[.”]$`)
	forbidden = regexp.MustCompile(`(?i)\b(error|invalid|please|failed|endpoint|payload|timeout|event|delivery)\b|\{|\}|  |\.\.|answered 0`)
)

// details are those that an attempt with a cause may have.
func details(o outcome) []string {
	list := []string{"", "connection reset by peer", "200 OK, expected 204 or 202", "200 OK, but its answer does not say “ok”", "Fill in the field."}
	for _, k := range o.kinds {
		list = append(list, k.mark, detail{mark: k.mark, issuer: "Office CA", proxy: "proxy.example:3128", text: "EOF"}.joined(maxDetail))
	}
	for _, text := range list {
		list = append(list, strings.TrimSuffix(partSignIn+between+text, between))
	}
	return list
}

// Whatever comes of an attempt can be told to a person, and what to do.
func TestEverythingCanBeTold(t *testing.T) {
	told := 0
	for _, o := range append(outcomes, outcome{cause: "from a newer version"}) {
		for _, text := range details(o) {
			for _, code := range []int{0, 302, 408, 511} {
				for _, unsure := range []bool{false, true} {
					for _, key := range []Key{KeyNone, KeyText, KeyLogin, KeyClient} {
						a := core.Attempt{At: time.Now(), Cause: o.cause, Code: code, Unsure: unsure, Detail: text}
						checkWords(t, a, key)
						told++
					}
				}
			}
		}
	}
	if told < 5_000 {
		t.Errorf("only %d were looked at", told)
	}
}

func checkWords(t *testing.T, a core.Attempt, key Key) {
	t.Helper()
	advice := Explain("Supporter CRM", key, a)
	if advice.Title == "" || strings.HasSuffix(advice.Title, ".") || forbidden.MatchString(advice.Title) {
		t.Errorf("%+v, %q: title %q", a, key, advice.Title)
	}
	if advice.Text != "" && !sentence.MatchString(advice.Text) || forbidden.MatchString(advice.Text) {
		t.Errorf("%+v, %q: text %q", a, key, advice.Text)
	}
	if a.Unsure && a.Cause != core.CauseStop && !strings.Contains(advice.Text, "may have taken") && !strings.Contains(advice.Text, "cannot be told") {
		t.Errorf("%+v: not unsure: %q", a, advice.Text)
	}
	if len(advice.Steps) == 0 {
		t.Errorf("%+v, %q: nothing to do", a, key)
	}
	for _, s := range advice.Steps {
		if s.Title == "" || strings.HasSuffix(s.Title, ".") || !sentence.MatchString(s.Text) || forbidden.MatchString(s.Title+s.Text) {
			t.Errorf("%+v, %q: step %+v", a, key, s)
		}
		if s.Action == ActionNote && Note("Supporter CRM", "crm.example.org", a) == "" {
			t.Errorf("%+v: a step offers a note and there is none", a)
		}
	}
	if short := Short(a); short == "" || strings.HasSuffix(short, ".") || forbidden.MatchString(short) {
		t.Errorf("%+v: short %q", a, short)
	}
	if note := Note("Supporter CRM", "crm.example.org", a); regexp.MustCompile(`\{|\}|  |answered 0`).MatchString(note) {
		t.Errorf("%+v: note %q", a, note)
	}
	look, _ := say(a, KeyNone)
	if text := strings.NewReplacer("{host}", "crm", "{detail}", "Not there.").Replace(look.check); text != "" && (!regexp.MustCompile(`^[A-Zc“].*\.$`).MatchString(text) || forbidden.MatchString(text)) {
		t.Errorf("%+v: check %q", a, text)
	}
}

// What is told apart is told in words of its own.
func TestKindsAreToldApart(t *testing.T) {
	for _, o := range outcomes {
		seen := map[string]string{}
		for _, mark := range append([]string{""}, marksOf(o)...) {
			a := core.Attempt{Cause: o.cause, Code: 302, Detail: mark}
			text := Short(a) + Explain("CRM", KeyText, a).Text
			if other, ok := seen[text]; ok {
				t.Errorf("%s: %q and %q are both %q", o.cause, mark, other, text)
			}
			seen[text] = mark
		}
	}
}

func marksOf(o outcome) (list []string) {
	for _, k := range o.kinds {
		if k.mark != "" {
			list = append(list, k.mark)
		}
	}
	return list
}

// The key that a webhook has is the one that is spoken of.
func TestKeyOf(t *testing.T) {
	secret := core.NewSecret("x")
	for _, tt := range []struct {
		w    core.Webhook
		key  Key
		text string
	}{
		{core.Webhook{}, KeyNone, "CRM asks for a key"},
		{core.Webhook{Network: core.Network{Proxy: core.Proxy{Password: secret}}}, KeyNone, "CRM asks for a key"},
		{core.Webhook{Headers: []core.Header{{Name: "X-Key", Secret: secret}}}, KeyText, "CRM did not accept the key"},
		{core.Webhook{Auth: core.Auth{Kind: core.AuthBearer, Secret: secret}}, KeyText, "CRM did not accept the key"},
		{core.Webhook{Auth: core.Auth{Kind: core.AuthBasic, User: "ada", Secret: secret}}, KeyLogin, "CRM did not accept the user and password"},
		{core.Webhook{Auth: core.Auth{Kind: core.AuthOAuth, Secret: secret}}, KeyClient, "CRM did not accept the key that was fetched for it"},
	} {
		key := KeyOf(&tt.w)
		if title := Explain("CRM", key, core.Attempt{Cause: core.CauseKey, Code: 401}).Title; key != tt.key || title != tt.text {
			t.Errorf("key %q: %q, want %q: %q", key, title, tt.key, tt.text)
		}
	}
}
