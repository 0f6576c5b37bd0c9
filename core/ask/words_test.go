package ask

import (
	"net/http"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/attempt"
)

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
