package attempt

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/route"
)

// checkLimit bounds a look at an address.
const checkLimit = 10 * time.Second

// Check is what a look at an address came to.
type Check struct {
	OK       bool   // somebody answers there
	Secure   bool   // nobody on the way can read along
	Sentence string // says so to a person
	Note     string // for the IT department, as Note gives it; "" where it is no matter of theirs
}

// CheckWebhook looks at the way to a webhook's target without sending it any
// request: it reads the address, looks up the name, connects, through the proxy if
// one leads there, and for https agrees on a secure connection.
func CheckWebhook(ctx context.Context, w *core.Webhook, o Options) Check {
	u, err := message.ParseAddress(w.Address)
	if err != nil {
		return Check{Sentence: core.Sentence(err)}
	}
	way, err := newWay(w, u, o)
	if err != nil {
		return Check{Sentence: core.Sentence(err)}
	}
	defer way.Close()
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	x := &exchange{Context: ctx}
	if err := way.Connect(x); err != nil {
		at := x.occasion()
		at.Certified = w.Network.CertFile != ""
		found := diagnose(err, at)
		found.by(way, u)
		return unreached(w, u, o, found)
	}
	return reached(u, way)
}

// reached says that somebody answers.
func reached(u *url.URL, way *route.Route) Check {
	switch {
	case u.Scheme == "https":
		return Check{OK: true, Secure: true, Sentence: fmt.Sprintf("%s answers, securely. The test shows whether the rest of the address is right.", u.Hostname())}
	case way.EndsAtProxy():
		return Check{OK: true, Sentence: fmt.Sprintf("%s is reached through a proxy, and not securely: others on the way could read it. The test shows whether the address is right.", u.Hostname())}
	case message.Loopback(u):
		return Check{OK: true, Sentence: "This works. It does not leave this computer."}
	default:
		return Check{OK: true, Sentence: "This works, but it is not secure: others on the way could read it."}
	}
}

// unreached says why nobody could be reached.
func unreached(w *core.Webhook, u *url.URL, o Options, f finding) Check {
	online := o.Online
	if online == nil {
		online = hasNetwork
	}
	if unreachable(f.cause) && !message.Loopback(u) && !online() {
		f.cause = core.CauseNetwork
	}
	if f.cause == core.CauseSecret {
		return Check{Sentence: f.text}
	}
	a := core.Attempt{At: time.Now(), Cause: f.cause, Detail: f.write(newMasker(nil))}
	s, _ := say(a, KeyNone)
	if s.check == "" {
		s, _ = say(core.Attempt{Cause: core.CauseConnect}, KeyNone)
	}
	sentence := strings.NewReplacer("{host}", u.Hostname(), "{detail}", f.text).Replace(s.check)
	return Check{Sentence: sentence, Note: Note(w.Name, u.Scheme+"://"+u.Host, a)}
}
