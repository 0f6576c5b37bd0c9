package settings

import (
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

// drawNetwork draws the way to a target, which is one by https.
func drawNetwork(t *rapid.T) core.Network {
	n := core.Network{Proxy: drawProxy(t, core.ProxyDefault, core.ProxySystem, core.ProxyNone), NoPrivate: rapid.Bool().Draw(t, "no private")}
	n.CertFile = rapid.SampledFrom([]string{"", "/etc/us.pem"}).Draw(t, "certificate")
	if n.CertFile != "" {
		n.KeyFile = rapid.SampledFrom([]string{"", "/etc/us.key"}).Draw(t, "key")
	}
	return n
}

// drawProxy draws a proxy by its address, or one of these kinds.
func drawProxy(t *rapid.T, kinds ...core.ProxyKind) core.Proxy {
	p := core.Proxy{Kind: rapid.SampledFrom(append(kinds, core.ProxyManual)).Draw(t, "proxy")}
	if p.Kind != core.ProxyManual {
		return p
	}
	p.Address = rapid.SampledFrom([]string{"http://proxy.example.org:3128", "https://[::1]:1", "socks5://10.0.0.1:65535"}).Draw(t, "proxy address")
	if p.User = rapid.SampledFrom([]string{"", "office", "DOMAIN\\ada", "a@b"}).Draw(t, "proxy user"); p.User != "" {
		p.Password = drawPassword(t)
	}
	return p
}

// drawPassword draws one that may be none.
func drawPassword(t *rapid.T) core.Secret {
	if rapid.Bool().Draw(t, "no password") {
		return core.Secret{}
	}
	return core.NewSecret(word(t, "password"))
}

func drawAuth(t *rapid.T) core.Auth {
	switch rapid.IntRange(0, 3).Draw(t, "auth") {
	case 0:
		return core.Auth{}
	case 1:
		return core.Auth{Kind: core.AuthBasic, User: word(t, "user"), Secret: drawPassword(t)}
	case 2:
		return core.Auth{Kind: core.AuthBearer, Secret: core.NewSecret(rapid.StringMatching(`[A-Za-z0-9._~+/=-]{1,20}`).Draw(t, "token"))}
	default:
		return core.Auth{
			Kind: core.AuthOAuth, User: word(t, "client"), Secret: core.NewSecret(word(t, "client secret")),
			TokenURL: rapid.SampledFrom([]string{"https://login.example.org/token?a=b", "http://127.0.0.1:8080/token"}).Draw(t, "token url"),
			Scopes:   rapid.SampledFrom([][]string{nil, {"a"}, {"contacts.write", "https://example.org/b!"}}).Draw(t, "scopes"),
			Audience: rapid.SampledFrom([]string{"", "https://api.example.org/"}).Draw(t, "audience"),
			InBody:   rapid.Bool().Draw(t, "in body"),
		}
	}
}

func drawAnswer(t *rapid.T) core.Answer {
	return core.Answer{
		Need: drawRules(t, false), Forbid: drawRules(t, false), Already: drawRules(t, true),
		Redirects: rapid.SampledFrom([]core.Redirects{core.RedirectsFail, core.RedirectsAccept, core.RedirectsRead}).Draw(t, "redirects"),
		Unsure:    rapid.SampledFrom([]core.UnsureRule{core.UnsureRetry, core.UnsureAsk}).Draw(t, "unsure"),
	}
}

func drawRules(t *rapid.T, codes bool) []core.AnswerRule {
	rule := rapid.Custom(func(t *rapid.T) core.AnswerRule {
		r := core.AnswerRule{Text: rapid.SampledFrom([]string{"", "ok", `"ok": true`}).Draw(t, "text")}
		if r.Field = rapid.SampledFrom([]string{"", "status", "data(2).id"}).Draw(t, "field"); r.Field != "" {
			r.Value = rapid.SampledFrom([]string{"", "0", "<é>"}).Draw(t, "value")
		}
		if codes {
			r.Code = rapid.SampledFrom([]int{0, 200, 409, 599}).Draw(t, "code")
		}
		return r
	}).Filter(func(r core.AnswerRule) bool { return r != core.AnswerRule{} })
	if rules := rapid.SliceOfN(rule, 0, core.MaxAnswerRules).Draw(t, "rules"); len(rules) > 0 {
		return rules
	}
	return nil
}

func drawPace(t *rapid.T) core.Pace {
	limit := rapid.SampledFrom([]int{0, 1, 25, core.MaxPace})
	return core.Pace{Second: limit.Draw(t, "second"), Minute: limit.Draw(t, "minute"), Hour: limit.Draw(t, "hour"), Day: limit.Draw(t, "day")}
}

func drawOrder(t *rapid.T) core.Order {
	o := core.Order{Kind: rapid.SampledFrom([]core.OrderKind{core.OrderNone, core.OrderAll, core.OrderField}).Draw(t, "order")}
	if o.Kind == core.OrderField {
		o.Field = rapid.SampledFrom([]string{"email", "E-Mail", "who.id", "ids(2)"}).Draw(t, "by")
		o.Newest = rapid.Bool().Draw(t, "newest")
	}
	return o
}

func drawSend(t *rapid.T) core.Send {
	s := core.Send{Batch: rapid.SampledFrom([]int{0, 1, core.MaxBatch}).Draw(t, "batch")}
	switch rapid.IntRange(0, 2).Draw(t, "send") {
	case 0:
		s.Every = rapid.SampledFrom([]time.Duration{core.MinEvery, 90 * time.Second, core.MaxEvery}).Draw(t, "turns")
	case 1:
		s.At = rapid.SampledFrom([][]int{{0}, {540, 1050}, {1, 59, 60, 1439}}).Draw(t, "at")
		s.Days = rapid.SampledFrom([][]time.Weekday{nil, {time.Monday}, {time.Sunday, time.Saturday, time.Wednesday}}).Draw(t, "days")
	}
	return s
}

// drawTime draws a moment that a file can hold.
func drawTime(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(1e9, 2e11).Draw(t, "second"), rapid.Int64Range(0, 1e9-1).Draw(t, "nanosecond")).UTC()
}
