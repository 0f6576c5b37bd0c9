package ask

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/value"
)

func TestXML(t *testing.T) {
	tests := []struct{ xml, want string }{
		{`<a/>`, `{}`},
		{`<a>x</a>`, `{"text":"x"}`},
		{`<a><b>1</b></a>`, `{"b":"1"}`},
		{`<s:a xmlns:s="urn:x" s:id="7"><s:b> x </s:b><b>2</b><c><d/></c></s:a>`, `{"id":"7","b":["x","2"],"c":{"d":""}}`},
		{`<a><p cur="EUR">12.50</p></a>`, `{"p":{"cur":"EUR","text":"12.50"}}`},
		{`<a><n xsi:nil="true" xmlns:xsi="x"/></a>`, `{"n":null}`},
		{`<a><![CDATA[<x>]]>&#233;</a>`, `{"text":"<x>é"}`},
		{"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xfcller</a>", `{"text":"Müller"}`},
	}
	for _, tt := range tests {
		got, err := fromXML([]byte(tt.xml))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v; want %s", tt.xml, got, err, tt.want)
		}
	}
}

// bombs are documents that would grow, or do harm.
var bombs = map[string]string{
	"entities":     `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>`,
	"file":         `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`,
	"deep":         strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300),
	"many":         "<a>" + strings.Repeat("<b/>", maxElements) + "</a>",
	"attributes":   "<a " + strings.Repeat(`b="" `, maxElements) + "/>",
	"unclosed":     `<a><b>`,
	"crossed":      `<a><b></a></b>`,
	"two":          `<a/><b/>`,
	"nothing":      `<!-- x -->`,
	"no encoding":  `<?xml version="1.0" encoding="klingon"?><a/>`,
	"closed first": `</a>`,
}

func TestXMLIsRefused(t *testing.T) {
	for name, text := range bombs {
		began := time.Now()
		if got, err := fromXML([]byte(text)); err == nil {
			t.Errorf("%s: %.80s", name, got)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzXML(f *testing.F) {
	for _, text := range bombs {
		if len(text) < 1000 {
			f.Add([]byte(text))
		}
	}
	f.Add([]byte(`<s:a xmlns:s="u" id="7">t<b>x</b><b>&lt;</b></s:a>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := fromXML(text)
		if err != nil {
			return
		}
		if v, err := value.Parse(got); err != nil || v.Kind() != value.Object || !json.Valid(got) {
			t.Errorf("%q: %s, %v", text, got, err)
		}
		if len(got) > 16*len(text)+64 {
			t.Errorf("%d bytes became %d", len(text), len(got))
		}
	})
}

// details are those that tell apart what has the same cause.
var details = []string{
	"", "at the sign-in server", "an address of a cloud's own data",
	"the name server does not answer", "no connection in time", "the proxy does not answer", "the proxy cannot reach it",
	"it does not speak TLS", "its security is too old", "no way to be secure that both know", "it wants a certificate", "it refuses our certificate",
	"its certificate has run out", "its certificate is not valid yet", "its certificate is for another name", "its certificate is from an unknown authority",
	"the answer is none of a web server", "the header of the answer is too long", "the answer broke off", "the answer did not end in time",
}

// What is said of a request never speaks of messages and webhooks.
func TestWords(t *testing.T) {
	for _, key := range []attempt.Key{attempt.KeyNone, attempt.KeyText, attempt.KeyLogin, attempt.KeyClient} {
		c := &Client{name: "crm.example.org", key: key}
		for code := 300; code < 600; code++ {
			for _, asks := range []bool{false, true} {
				check(t, c.words(core.Attempt{Code: code, Cause: attempt.CauseOf(code, asks)}))
			}
		}
		for _, cause := range []core.Cause{core.CauseDNS, core.CauseConnect, core.CauseTimeout, core.CauseBroken, core.CauseBlocked, core.CauseToken, core.CauseProxy, core.CauseProxyKey, core.CauseCertificate, core.CauseServer} {
			for _, detail := range details {
				check(t, c.words(core.Attempt{Cause: cause, Detail: detail}))
			}
		}
	}
	if got := (&Client{name: "crm"}).words(core.Attempt{Code: 503, Cause: attempt.CauseOf(http.StatusServiceUnavailable, true)}); !strings.Contains(got, "slow down") {
		t.Error(got)
	}
}

func check(t *testing.T, text string) {
	t.Helper()
	for _, word := range []string{"webhook", "message", "record", "was sent", "{", "be sent"} {
		if strings.Contains(strings.ToLower(text), word) {
			t.Errorf("%q: %s", word, text)
		}
	}
}
