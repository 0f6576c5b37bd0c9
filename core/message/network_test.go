package message_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

func TestProxiesThatAreWrong(t *testing.T) {
	long := "http://" + strings.Repeat("x", message.MaxAuthText) + ":80"
	for address, phrase := range map[string]string{
		"":                                 "Type the address",
		" ":                                "Type the address",
		"proxy.example.org:3128":           "begins with http://",
		"http:proxy.example.org":           "begins with http://",
		"ftp://proxy.example.org:21":       "not with ftp://",
		"socks4://proxy.example.org:1080":  "not with socks4://",
		"socks5h://proxy.example.org:1080": "not with socks5h://",
		"http://ada:hush@proxy:3128":       "in front of the @",
		"ada:hush@proxy:3128":              "in front of the @",
		"ada:hush@http://proxy:3128":       "in front of the @",
		"http://proxy.example.org":         "port of the proxy is missing",
		"http://proxy.example.org/":        "port of the proxy is missing",
		"http://:3128":                     "cannot be read",
		"http://":                          "cannot be read",
		"http://proxy.example.org:x":       "cannot be read",
		"http://pro xy:3128":               "space in it",
		"http://proxy:0":                   "does not exist",
		"http://proxy:65536":               "does not exist",
		"http://proxy:99999999999999999":   "does not exist",
		"http://proxy:3128/x":              "Remove what stands behind it",
		"http://proxy:3128?x":              "Remove what stands behind it",
		"http://proxy:3128#x":              "Remove what stands behind it",
		"http://proxy..example.org:3128":   "dot too many",
		"http://wpad.example.org/wpad.PAC": "this computer's own settings",
		"http://‹proxy›:3128":              "Fill in ‹proxy›.",
		long:                               "too long",
	} {
		errs := message.ValidateProxy(core.Proxy{Kind: core.ProxyManual, Address: address})
		if len(errs) != 1 || errs[0].Where != "/address" || !strings.Contains(errs[0].Message, phrase) || strings.Contains(errs[0].Message, "hush") {
			t.Errorf("%.40s: %v", address, errs)
		}
	}
	for _, tt := range []struct {
		proxy core.Proxy
		where string
	}{
		{core.Proxy{Kind: "pac"}, ""},
		{core.Proxy{User: "a:b"}, "/user"},
		{core.Proxy{User: " "}, "/user"},
		{core.Proxy{Password: core.NewSecret("x")}, "/user"},
		{core.Proxy{User: "a", Password: core.NewSecret("\n")}, "/password"},
	} {
		if tt.proxy.Kind == "" {
			tt.proxy.Kind, tt.proxy.Address = core.ProxyManual, "http://proxy.example.org:3128"
		}
		if errs := message.ValidateProxy(tt.proxy); len(errs) != 1 || errs[0].Where != tt.where {
			t.Errorf("%+v: %v", tt.proxy, errs)
		}
		w := styled(core.BodyJSON)
		w.Name, w.Network.Proxy = "W", tt.proxy
		if errs := message.Validate(w); len(errs) != 1 || errs[0].Where != "/proxy"+tt.where {
			t.Errorf("%+v: %v", tt.proxy, errs)
		}
	}
}

func TestGoodProxies(t *testing.T) {
	for _, p := range []core.Proxy{
		{},
		{Kind: core.ProxySystem},
		{Kind: core.ProxyNone},
		{Kind: core.ProxyNone, Address: "left over", Password: core.NewSecret("x")},
		{Kind: core.ProxyManual, Address: "http://proxy:1"},
		{Kind: core.ProxyManual, Address: "HTTPS://proxy.example.org:65535/"},
		{Kind: core.ProxyManual, Address: "socks5://[::1]:1080", User: `DOMAIN\ada`},
		{Kind: core.ProxyManual, Address: "http://10.0.0.1:3128", User: "ada", Password: core.SealedSecret("s1")},
	} {
		if errs := message.ValidateProxy(p); errs != nil {
			t.Errorf("%+v: %v", p, errs)
		}
	}
}

func TestPrivateAddressesThatAreNotAllowed(t *testing.T) {
	for host, private := range map[string]bool{
		"localhost": true, "LOCALHOST.": true, "api.localhost": true, "127.0.0.1": true, "127.9.9.9": true, "[::1]": true,
		"10.0.0.1": true, "172.16.0.1": true, "172.31.255.255": true, "192.168.0.1": true, "169.254.169.254": true, "100.64.0.1": true,
		"0.0.0.0": true, "[::]": true, "[fd00::1]": true, "[fe80::1%25eth0]": true, "[::ffff:10.0.0.1]": true, "[::ffff:127.0.0.1]": true, "[::ffff:100.64.0.1]": true,
		"example.org": false, "172.32.0.1": false, "100.128.0.1": false, "8.8.8.8": false, "[2001:db8::1]": false, "10.example.org": false,
	} {
		w := styled(core.BodyJSON)
		w.Name, w.Address = "W", "https://"+host+":8443/x"
		if errs := message.Validate(w); errs != nil {
			t.Errorf("%s: %v", host, errs)
		}
		w.Network.NoPrivate = true
		if errs := message.Validate(w); (len(errs) == 1 && errs[0].Where == "/address") != private || !private && errs != nil {
			t.Errorf("%s: %v", host, errs)
		}
	}
}

func TestNewSettingsThatAreWrong(t *testing.T) {
	rules := func(n int) []core.AnswerRule {
		all := make([]core.AnswerRule, n)
		for i := range all {
			all[i].Text = "x"
		}
		return all
	}
	one := func(r core.AnswerRule) []core.AnswerRule { return []core.AnswerRule{r} }
	for name, tt := range map[string]struct {
		change func(*core.Webhook)
		wheres []string
	}{
		"files": {func(w *core.Webhook) {
			w.CAFile, w.Network.CertFile, w.Network.KeyFile = "a", "b", "c"
		}, []string{"/tls/ca_file", "/tls/cert_file", "/tls/key_file"}},
		"key alone":              {func(w *core.Webhook) { w.Network.KeyFile = "/a" }, []string{"/tls/key_file"}},
		"certificate over http":  {func(w *core.Webhook) { w.Address, w.Network.CertFile = "http://example.org", "/a" }, []string{"/tls/cert_file"}},
		"until while on":         {func(w *core.Webhook) { w.State, w.Until = core.StateOn, time.Now() }, []string{"/paused_until"}},
		"empty rule":             {func(w *core.Webhook) { w.Answer.Already = one(core.AnswerRule{}) }, []string{"/answer/already/0"}},
		"code of a good one":     {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Code: 200}) }, []string{"/answer/need/0/code"}},
		"code of a bad one":      {func(w *core.Webhook) { w.Answer.Forbid = one(core.AnswerRule{Code: 200, Text: "x"}) }, []string{"/answer/forbid/0/code"}},
		"no such code":           {func(w *core.Webhook) { w.Answer.Already = one(core.AnswerRule{Code: 600}) }, []string{"/answer/already/0/code"}},
		"code below zero":        {func(w *core.Webhook) { w.Answer.Already = one(core.AnswerRule{Code: -1}) }, []string{"/answer/already/0/code"}},
		"value of no field":      {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Value: "x"}) }, []string{"/answer/need/0/value"}},
		"field":                  {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Field: `"`}) }, []string{"/answer/need/0/field"}},
		"long text":              {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Text: strings.Repeat("x", 1001)}) }, []string{"/answer/need/0/text"}},
		"text of spaces":         {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Text: "  "}) }, []string{"/answer/need/0/text"}},
		"text to fill in":        {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Text: "‹word›"}) }, []string{"/answer/need/0/text"}},
		"too many rules":         {func(w *core.Webhook) { w.Answer.Forbid = rules(21) }, []string{"/answer/forbid"}},
		"words":                  {func(w *core.Webhook) { w.Answer.Redirects, w.Answer.Unsure = "x", "y" }, []string{"/answer/redirects", "/answer/unsure"}},
		"limits":                 {func(w *core.Webhook) { w.Pace = core.Pace{Second: -1, Day: core.MaxPace + 1} }, []string{"/pace/second", "/pace/day"}},
		"order of nothing":       {func(w *core.Webhook) { w.Order.Kind = core.OrderField }, []string{"/order/by"}},
		"order of many":          {func(w *core.Webhook) { w.Order = core.Order{Kind: core.OrderField, Field: "a(*).b"} }, []string{"/order/by"}},
		"order of no field":      {func(w *core.Webhook) { w.Order = core.Order{Kind: core.OrderField, Field: "a(b"} }, []string{"/order/by"}},
		"newest of all":          {func(w *core.Webhook) { w.Order = core.Order{Kind: core.OrderAll, Newest: true} }, []string{"/order/newest"}},
		"newest of none":         {func(w *core.Webhook) { w.Order.Newest = true }, []string{"/order/newest"}},
		"no such order":          {func(w *core.Webhook) { w.Order.Kind = "some" }, []string{"/order"}},
		"every and at":           {func(w *core.Webhook) { w.Send = core.Send{Every: time.Hour, At: []int{1}} }, []string{"/send/at"}},
		"days without times":     {func(w *core.Webhook) { w.Send.Days = []time.Weekday{1} }, []string{"/send/days"}},
		"no such time":           {func(w *core.Webhook) { w.Send.At = []int{0, 1440} }, []string{"/send/at/1"}},
		"private and encrypted":  {func(w *core.Webhook) { w.Address, w.Network.NoPrivate = "https://10.0.0.1", true }, []string{"/address"}},
		"several parts at once":  {func(w *core.Webhook) { w.Answer.Need = one(core.AnswerRule{Code: 1, Value: "x"}) }, []string{"/answer/need/0/code", "/answer/need/0/value"}},
		"an address of no sense": {func(w *core.Webhook) { w.Address, w.Network = "x", core.Network{NoPrivate: true, CertFile: "/a"} }, []string{"/address"}},
	} {
		w := styled(core.BodyJSON)
		w.Name = "W"
		tt.change(w)
		var got []string
		for _, err := range message.Validate(w) {
			got = append(got, err.Where)
			if err.Code != core.CodeInvalid || !strings.HasSuffix(err.Message, ".") && !strings.Contains(err.Message, "https:") {
				t.Errorf("%s: %q is no sentence", name, err.Message)
			}
		}
		if diff := cmp.Diff(tt.wheres, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestNewSettingsThatAreGood(t *testing.T) {
	for name, change := range map[string]func(*core.Webhook){
		"paused for a while": func(w *core.Webhook) { w.State, w.Until = core.StatePaused, time.Now() },
		"certificate":        func(w *core.Webhook) { w.Network.CertFile, w.Network.KeyFile = "/a", "/b" },
		"all in order":       func(w *core.Webhook) { w.Order.Kind, w.Parallel = core.OrderAll, 16 },
		"order of turns": func(w *core.Webhook) {
			w.Order, w.Send = core.Order{Kind: core.OrderField, Field: "email", Newest: true}, core.Send{At: []int{540}, Days: []time.Weekday{1}}
		},
		"pace": func(w *core.Webhook) { w.Pace = core.Pace{Second: 1, Minute: 1, Hour: 1, Day: core.MaxPace} },
		"rules": func(w *core.Webhook) {
			w.Answer = core.Answer{
				Need: []core.AnswerRule{{Text: "ok"}, {Field: "a.b"}}, Forbid: []core.AnswerRule{{Field: "error", Value: "1"}},
				Already: []core.AnswerRule{{Code: 409}, {Code: 422, Text: "exists", Field: "a(*).b", Value: "c"}}, Redirects: core.RedirectsRead, Unsure: core.UnsureAsk,
			}
		},
	} {
		w := styled(core.BodyJSON)
		w.Name = "W"
		if change(w); message.Validate(w) != nil {
			t.Errorf("%s: %v", name, message.Validate(w))
		}
	}
}

func FuzzProxy(f *testing.F) {
	for _, seed := range []string{"http://a:1", "socks5://[::1]:1080/", "https://a.b:65535?", "x", "http://a:hush@b:1", "http://[fe80::1%25a]:1", "http://a:01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		errs := message.ValidateProxy(core.Proxy{Kind: core.ProxyManual, Address: address})
		for _, err := range errs {
			if err.Code != core.CodeInvalid || err.Where != "/address" {
				t.Fatalf("%q: %v", address, err)
			}
		}
		if len(errs) == 0 && (strings.ContainsAny(address, "@ \n") || !strings.Contains(address, "://")) {
			t.Fatalf("%q is taken", address)
		}
	})
}
