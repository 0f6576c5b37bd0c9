package message_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

func TestGoodWebhooks(t *testing.T) {
	for _, w := range []*core.Webhook{
		rally(),
		{Name: "a", Address: "http://127.0.0.1:9101/x"},
		{Name: "a", Address: "https://example.org", Method: "GET", Body: core.Body{Style: core.BodyNone, Fields: []core.Field{{}}}},
		{Name: "a", Address: "https://example.org", Method: "GET", HTTPSOnly: true},
		{
			Name: "a", Address: "https://example.org", Events: []string{"a.b", "a.*", "*"}, Accept: core.Accept{{From: 204, To: 204}, {From: 200, To: 299}},
			Timeout: core.MaxTimeout, Parallel: core.MaxParallel, CAFile: "/etc/ca.pem", State: core.StatePaused,
			Body: core.Body{Style: core.BodyForm, Fields: []core.Field{{Name: "tag[]", Value: "1"}, {Name: "tag[]", From: "b"}}},
		},
	} {
		if errs := message.Validate(w); errs != nil {
			t.Errorf("%+v: %v", w, errs)
		}
	}
}

func TestEveryWrongPlaceIsNamedAtOnce(t *testing.T) {
	w := &core.Webhook{
		ID: strings.Repeat("x", 200), Name: " ", State: "asleep", Address: "example.org", Method: "TRACE", CAFile: "ca.pem",
		Events: []string{"ok", "no good", "a*b"}, Sources: []string{""},
		Headers: []core.Header{
			{Name: "", Value: "x"},
			{Name: "content-LENGTH", Value: "x"},
			{Name: "a b", Value: "x\r\ny"},
			{Name: "X-Key", Secret: core.NewSecret("hush\n")},
			{Name: "X-Other", Secret: core.NewSecret("")},
			{Name: "X", Value: "a\x00"},
		},
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "", From: "a"},
			{Name: "b"},
			{Name: "c", From: `"x`},
			{Name: "d", From: "x", Value: "y"},
			{Name: "a.b", From: "x"},
			{Name: "a[b]", From: "x"},
			{Name: "e", Secret: core.NewSecret("")},
			{Name: strings.Repeat("x", 300), Value: "x"},
			{Name: "f", Value: strings.Repeat("x", message.MaxFixed+1)},
		}},
		Accept: core.Accept{{From: 100, To: 200}, {From: 200, To: 299}, {From: 300, To: 200}}, Timeout: time.Hour, Parallel: 65,
		Retry: core.RetryPlan{Delays: []time.Duration{0}},
	}
	var got []string
	for _, err := range message.Validate(w) {
		if err.Code != core.CodeInvalid || !strings.HasSuffix(strings.TrimRight(err.Message, "/"), ".") && !strings.Contains(err.Message, "https:") {
			t.Errorf("%s: %q is no sentence", err.Where, err.Message)
		}
		if strings.Contains(err.Message, "hush") {
			t.Errorf("%s: the secret is in %q", err.Where, err.Message)
		}
		got = append(got, err.Where)
	}
	want := []string{
		"/id", "/name", "/state", "/address", "/method", "/tls/ca_file", "/events/1", "/events/2", "/sources/0",
		"/headers/0/name", "/headers/1/name", "/headers/2/name", "/headers/2/value", "/headers/3/secret", "/headers/4/secret", "/headers/5/value",
		"/body/fields/0/name", "/body/fields/1/from", "/body/fields/2/from", "/body/fields/3", "/body/fields/6/secret",
		"/body/fields/7/name", "/body/fields/8/value", "/body/fields/5/name",
		"/timeout", "/parallel", "/accept/0", "/accept/2", "/retry/delays/0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWebhooksThatCannotBe(t *testing.T) {
	tests := []struct {
		name  string
		w     core.Webhook
		where string
	}{
		{"http where https is asked for", core.Webhook{Address: "http://example.org", HTTPSOnly: true}, "/address"},
		{"http where the preset asks for https", core.Webhook{Address: "http://example.org", Preset: "engagement-rx"}, "/address"},
		{"GET with data", core.Webhook{Address: "https://example.org", Method: "GET", Body: core.Body{Style: core.BodyForm}}, "/body/style"},
		{"unknown packing", core.Webhook{Address: "https://example.org", Body: core.Body{Style: "xml"}}, "/body/style"},
		{"value and object", core.Webhook{Address: "https://example.org", Body: core.Body{Fields: []core.Field{
			{Name: "a", From: "x"}, {Name: "a.b", From: "x"},
		}}}, "/body/fields/1/name"},
		{"object and value", core.Webhook{Address: "https://example.org", Body: core.Body{Fields: []core.Field{
			{Name: "a.b", From: "x"}, {Name: "a", From: "x"},
		}}}, "/body/fields/1/name"},
		{"too many fields", core.Webhook{Address: "https://example.org", Body: core.Body{Fields: make([]core.Field, message.MaxFields+1)}}, "/body/fields"},
		{"plan", core.Webhook{Address: "https://example.org", Retry: core.RetryPlan{Name: "gentle"}}, "/retry"},
		{"time below zero", core.Webhook{Address: "https://example.org", Timeout: -1}, "/timeout"},
	}
	for _, tt := range tests {
		tt.w.Name = "W"
		errs := message.Validate(&tt.w)
		if len(errs) != 1 || errs[0].Where != tt.where {
			t.Errorf("%s: %v, want one at %s", tt.name, errs, tt.where)
		}
	}
}

func TestRefusesAddresses(t *testing.T) {
	tests := []struct{ address, phrase string }{
		{"", "Paste the web address"},
		{"  ", "Paste the web address"},
		{"crm.example.org/hook", "missing https:// at the start"},
		{"localhost:8080/x", "missing https:// at the start"},
		{"://example.org", "missing https:// at the start"},
		{"/hooks", "missing https:// at the start"},
		{"htps://example.org", "htps://, which is probably a slip for https://"},
		{"hhtp://example.org", "slip for https://"},
		{"ttps://example.org", "slip for https://"},
		{"https:/example.org", "starts with https:/, which should be https://"},
		{"https:example.org", "which should be https://"},
		{"http//example.org", "which should be http://"},
		{"HTTPS//example.org", "which should be https://"},
		{"ftp://example.org", "can only send to https:// and http://"},
		{"https://", "names no system"},
		{"https:///hook", "names no system"},
		{"https://:8080/", "names no system"},
		{"https://exam ple.org", "space in it"},
		{" https://example.org", "before or behind"},
		{"https://example.org/a\nb", "space in it"},
		{"https://example.org/\u200b", "cannot be seen"},
		{"https://example.org/\xff", "cannot be seen"},
		{"https://ada:secret@example.org/", "user name or a password"},
		{"https://example.org:80a/", "has to be a number"},
		{"https://example.org:0/", "does not exist"},
		{"https://example.org:65536/", "does not exist"},
		{"https://example..org/", "dot too many"},
		{"https://exa,mple.org/", `cannot hold ","`},
		{"https://[::1/", "in front of the path"},
		{"https://example.org/%zz", "two hexadecimal digits"},
		{"https://example.org/#top", "never sent"},
		{"https://example.org/?a=#", "never sent"},
		{"https://example.org/{id}", "${id}"},
		{"https://example.org/?data=${contact id}", "not correct"},
		{"https://example.org/?a]=c", "write %5D"},
		{"https://example.org/?a}=c", "write %7D"},
		{"https://[Host]/x", "in front of the path"},
		{"https://crm.[Domain]/x", "in front of the path"},
		{"https://example.org/[a b", "does not close"},
		{"https://‹data centre›.example.org/", "Fill in ‹data centre›."},
		{"https://example.org/lists/‹list id›/[Email]", "Fill in ‹list id›."},
		{"https://example.org/[Email] x", "space in it"},
		{"https://example.org/" + strings.Repeat("x", message.MaxAddress), "too long"},
	}
	for _, tt := range tests {
		_, err := message.ParseAddress(tt.address)
		if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), tt.phrase) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%.40q: error = %v, want %q", tt.address, err, tt.phrase)
		}
	}
}

// What the address says behind the host goes on the wire byte for byte.
func TestAddressesAreLiteral(t *testing.T) {
	tests := []struct{ address, host, target string }{
		{"https://example.org", "example.org", "/"},
		{"https://example.org?", "example.org", "/?"},
		{"https://example.org?a=b", "example.org", "/?a=b"},
		{"HTTPS://Example.org:8443/a/b", "Example.org:8443", "/a/b"},
		{"http://[::1]:80/x", "[::1]:80", "/x"},
		{"https://example.org/a%2Fb%2fc/%41?x=%2f&y=1+2&&", "example.org", "/a%2Fb%2fc/%41?x=%2f&y=1+2&&"},
		{"https://example.org/a|b^c/`\"<>\\?|", "example.org", "/a|b^c/`\"<>\\?|"},
		{"https://example.org/a;b=c:d@e,f!$&'()*+", "example.org", "/a;b=c:d@e,f!$&'()*+"},
		{"https://example.org//a//", "example.org", "//a//"},
		{"https://example.org/a/../b/.", "example.org", "/a/../b/."},
		{"https://example.org/größe?ü=ä", "example.org", "/gr%C3%B6%C3%9Fe?%C3%BC=%C3%A4"},
	}
	for _, tt := range tests {
		u, err := message.ParseAddress(tt.address)
		if err != nil {
			t.Errorf("%s: %v", tt.address, err)
			continue
		}
		if u.Host != tt.host || u.RequestURI() != tt.target {
			t.Errorf("%s goes to %s %s, want %s %s", tt.address, u.Host, u.RequestURI(), tt.host, tt.target)
		}
	}
}

func isASCII(s string) bool { return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 }) }

// A path that cannot be written as it stands is refused, and never changed.
func TestAPathOfTwoSlashesIsLiteralOrRefused(t *testing.T) {
	for address, good := range map[string]bool{
		"https://example.org//a/b":          true,
		"https://example.org//a%7Cb/[name]": true,
		"https://example.org//a|b":          false,
		"https://example.org//a<b>/[name]":  false,
		"https://example.org/a//b|c":        true,
	} {
		if _, err := message.ParseAddress(address); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"https://example.org/a?b#c", "htps://x", "http://[::1]:80", "https://a|b/", "//x", "https://ü.example/%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, err := message.ParseAddress(address)
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid {
				t.Fatalf("%q: %v", address, err)
			}
			return
		}
		target := u.RequestURI()
		if u.Host == "" || !strings.HasPrefix(target, "/") || strings.ContainsAny(target, " \r\n\t#") {
			t.Fatalf("%q goes to %q %q", address, u.Host, target)
		}
		if _, rest, _ := strings.Cut(address, "://"); !strings.ContainsAny(rest, `[]{}$\`) && isASCII(rest) && !strings.HasSuffix("/"+rest, strings.TrimPrefix(target, "/")) {
			t.Fatalf("%q goes to %q", address, target)
		}
		_ = message.Loopback(u)
	})
}
