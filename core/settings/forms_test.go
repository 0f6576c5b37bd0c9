package settings

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// reads tells what a webhook's members are read as, and that Print writes the same.
func reads(t *testing.T, members string, want core.Webhook) {
	t.Helper()
	want.ID, want.Name = "a", "A"
	if want.Address == "" {
		want.Address = "https://example.org/"
	}
	got := parsed(t, []byte(inWebhook(members)), "/data").Webhooks[0]
	if d := cmp.Diff(&want, got, sameSecrets); d != "" {
		t.Errorf("%s (-want +got):\n%s", members, d)
	}
	data, err := Print(Current{Webhooks: []*core.Webhook{got}}, vault{})
	if err != nil {
		t.Fatal(err)
	}
	got.State = core.StateOn // which an export says
	if d := cmp.Diff(got, parsed(t, data, "").Webhooks[0], sameSecrets); d != "" {
		t.Errorf("printed and read again (-first +again):\n%s", d)
	}
}

func TestFormsOfARetryPlan(t *testing.T) {
	for text, want := range map[string]core.RetryPlan{
		`"90-minutes"`:           {Name: "90-minutes"},
		`"24-hours"`:             {Name: "24-hours"},
		`"standard-webhooks"`:    {Name: "standard-webhooks"},
		`"none"`:                 {Name: "none"},
		`{"plan": "90-minutes"}`: {Name: "90-minutes"},
		`{"plan": "none", "on_refusal": "retry"}`:             {Name: "none", OnRefusal: true},
		`{"every": "15m", "times": 12}`:                       {Every: 15 * time.Minute, Times: 12},
		`{"every": "1s", "times": 1, "on_refusal": "retry"}`:  {Every: time.Second, Times: 1, OnRefusal: true},
		`{"delays": ["1m", "5m"]}`:                            {Delays: []time.Duration{time.Minute, 5 * time.Minute}},
		`{"delays": ["1ms", "30d"], "on_refusal": "retry"}`:   {Delays: []time.Duration{time.Millisecond, 30 * day}, OnRefusal: true},
		`{"delays": ["1h30m", "1d12h"], "on_refusal":"stop"}`: {Delays: []time.Duration{90 * time.Minute, 36 * time.Hour}},
		`{"on_refusal": "retry"}`:                             {OnRefusal: true},
	} {
		reads(t, `"retry": `+text, core.Webhook{Retry: want})
	}
}

func TestFormsOfGoodAnswers(t *testing.T) {
	for text, want := range map[string]core.Accept{
		`"2xx"`:            nil,
		`[204]`:            {{From: 204, To: 204}},
		`["200-204"]`:      {{From: 200, To: 204}},
		`["204", 302]`:     {{From: 204, To: 204}, {From: 302, To: 302}},
		`[201, "200-204"]`: {{From: 201, To: 201}, {From: 200, To: 204}},
	} {
		reads(t, `"accept": `+text, core.Webhook{Accept: want})
	}
}

func TestFormsOfSend(t *testing.T) {
	for text, want := range map[string]core.Send{
		`{"when": "now"}`:               {},
		`{}`:                            {},
		`{"when": "now", "batch": 50}`:  {Batch: 50},
		`{"batch": 1}`:                  {Batch: 1},
		`{"every": "15m"}`:              {Every: 15 * time.Minute},
		`{"every": "15m", "batch": 60}`: {Every: 15 * time.Minute, Batch: 60},
		`{"every": "2s", "batch": 1}`:   {Every: 2 * time.Second, Batch: 1},
		`{"at": ["17:30", "9:00"]}`:     {At: []int{540, 1050}},
		`{"at": ["00:00", "23:59"], "days": ["sun", "mon"], "batch": 7}`: {At: []int{0, 1439}, Days: []time.Weekday{time.Sunday, time.Monday}, Batch: 7},
	} {
		reads(t, `"body": {"style": "json-list"}, "send": `+text, core.Webhook{Body: core.Body{Style: core.BodyList}, Send: want})
	}
}

func TestFormsOfAuth(t *testing.T) {
	client := core.Auth{Kind: core.AuthOAuth, User: "id", Secret: core.NewSecret("s"), TokenURL: "https://login.example.org/token"}
	whole := client
	whole.Scopes, whole.Audience, whole.InBody = []string{"a", "b"}, "aud", true
	const given = `"token_url": "https://login.example.org/token", "client_id": "id", "client_secret": "s"`
	for text, want := range map[string]core.Auth{
		`{"kind": "basic", "user": "ada", "password": "p"}`:                                           {Kind: core.AuthBasic, User: "ada", Secret: core.NewSecret("p")},
		`{"password": {"sealed": true}, "user": "ada", "kind": "basic"}`:                              {Kind: core.AuthBasic, User: "ada", Secret: sealed},
		`{"kind": "basic", "user": "ada", "password": ""}`:                                            {Kind: core.AuthBasic, User: "ada"},
		`{"kind": "bearer", "token": "t"}`:                                                            {Kind: core.AuthBearer, Secret: core.NewSecret("t")},
		`{"kind": "oauth2", ` + given + `}`:                                                           client,
		`{"kind": "oauth2", ` + given + `, "scopes": ["a", "b"], "audience": "aud", "in_body": true}`: whole,
		`{"kind": "oauth2", ` + given + `, "scopes": [], "audience": "", "in_body": false}`:           client,
	} {
		reads(t, `"auth": `+text, core.Webhook{Auth: want})
	}
}

func TestFormsOfAProxy(t *testing.T) {
	const address = "http://proxy.example.org:3128"
	manual := func(user string, password core.Secret) core.Proxy {
		return core.Proxy{Kind: core.ProxyManual, Address: address, User: user, Password: password}
	}
	for text, want := range map[string]core.Proxy{
		`"system"`:                       {Kind: core.ProxySystem},
		`"none"`:                         {Kind: core.ProxyNone},
		`{"address": "` + address + `"}`: manual("", core.Secret{}),
		`{"address": "` + address + `", "user": "a", "password": "p"}`:              manual("a", core.NewSecret("p")),
		`{"address": "` + address + `", "user": "a", "password": ""}`:               manual("a", core.Secret{}),
		`{"address": "` + address + `", "user": "a", "password": {"sealed": true}}`: manual("a", sealed),
	} {
		reads(t, `"proxy": `+text, core.Webhook{Network: core.Network{Proxy: want}})
	}
}

func TestFormsOfAnswersPaceAndOrder(t *testing.T) {
	for text, want := range map[string]core.Webhook{
		`"answer": {}`: {},
		`"answer": {"need": [], "redirects": "fail", "unsure": "retry"}`: {},
		`"answer": {"redirects": "accept", "unsure": "ask"}`:             {Answer: core.Answer{Redirects: core.RedirectsAccept, Unsure: core.UnsureAsk}},
		`"answer": {"need": [{"text": " ok "}, {"field": "a.b", "value": "1"}], "forbid": [{"field": "error"}]}`: {Answer: core.Answer{
			Need: []core.AnswerRule{{Text: " ok "}, {Field: "a.b", Value: "1"}}, Forbid: []core.AnswerRule{{Field: "error"}},
		}},
		`"answer": {"already": [{"code": 409}, {"code": 422, "text": "exists"}]}`: {Answer: core.Answer{
			Already: []core.AnswerRule{{Code: 409}, {Code: 422, Text: "exists"}},
		}},
		`"pace": {}`:                           {},
		`"pace": {"second": 5, "day": 100}`:    {Pace: core.Pace{Second: 5, Day: 100}},
		`"brake": {}`:                          {Brake: core.UsualBrake},
		`"brake": {"factor": 5, "first": 500}`: {Brake: core.Brake{Factor: 5, First: 500}},
		`"brake": {"first": 20}`:               {Brake: core.Brake{Factor: 5, First: 20}},
		`"order": "none"`:                      {},
		`"order": "all"`:                       {Order: core.Order{Kind: core.OrderAll}},
		`"order": {"by": "E-Mail"}`:            {Order: core.Order{Kind: core.OrderField, Field: "E-Mail"}},
		`"order": {"by": "a.b", "newest": true}, "parallel": 9`: {Order: core.Order{Kind: core.OrderField, Field: "a.b", Newest: true}, Parallel: 9},
		`"order": "all", "send": {"every": "1h"}`:               {Order: core.Order{Kind: core.OrderAll}, Send: core.Send{Every: time.Hour}},
		`"private_addresses": "allow"`:                          {},
		`"private_addresses": "refuse"`:                         {Network: core.Network{NoPrivate: true}},
		`"tls": {"ca_file": "a", "cert_file": "b", "key_file": "/c"}`: {
			CAFile: "/data/a", Network: core.Network{CertFile: "/data/b", KeyFile: "/c"},
		},
	} {
		reads(t, text, want)
	}
}

func TestPausedUntil(t *testing.T) {
	f := parsed(t, []byte(inWebhook(`"state": "paused", "paused_until": "2030-12-24T08:00:00+01:00"`)), "")
	until := time.Date(2030, 12, 24, 7, 0, 0, 0, time.UTC)
	if w := f.Webhooks[0]; w.State != core.StatePaused || !w.Until.Equal(until) {
		t.Errorf("it is %s until %v", w.State, w.Until)
	}
	stored := Current{Webhooks: []*core.Webhook{{ID: "a", Name: "A", State: core.StatePaused, Until: until, Address: "https://example.org/"}}}
	for members, want := range map[string]time.Time{`"method": "PUT"`: until, `"state": "paused"`: {}, `"state": "on"`: {}} {
		c, _ := applied(t, inWebhook(members), stored)
		if got := c.Webhooks[0].Until; !got.Equal(want) {
			t.Errorf("%s: it is %s until %v", members, c.Webhooks[0].State, got)
		}
	}
	c, notes := applied(t, inWebhook(`"state": "paused", "paused_until": "2030-12-24T08:00:00Z", "auth": {"kind": "bearer", "token": {"sealed": true}}`), Current{})
	if w := c.Webhooks[0]; w.State != core.StateOff || !w.Until.IsZero() || len(notes) != 1 {
		t.Errorf("it is %s until %v, %q", w.State, w.Until, notes)
	}
}

func TestFormsOfSign(t *testing.T) {
	const one, two = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
	standard := core.Sign{Style: core.SignStandard, Secret: core.NewSecret(one)}
	rotating := standard
	rotating.Previous = core.NewSecret(two)
	ending := rotating
	ending.Until = time.Date(2030, 12, 31, 17, 0, 0, 250e6, time.UTC)
	kept := core.Sign{Style: core.SignStandard, Secret: sealed, Previous: sealed}
	hmac := core.Sign{Style: core.SignHMAC, Secret: core.NewSecret("any text"), Header: "X-Signature"}
	whole := core.Sign{
		Style: core.SignHMAC, Secret: core.NewSecret("s"), Header: "X-S", Algorithm: "sha512", Encoding: "base64", Prefix: "sha512=",
	}
	for text, want := range map[string]core.Sign{
		`{"style": "standard-webhooks", "secret": "` + one + `"}`:                                                                            standard,
		`{"style": "standard-webhooks", "secret": "` + one + `", "previous_secret": "` + two + `"}`:                                          rotating,
		`{"style": "standard-webhooks", "secret": "` + one + `", "previous_secret": "` + two + `", "until": "2030-12-31T18:00:00.25+01:00"}`: ending,
		`{"style": "standard-webhooks", "secret": {"sealed": true}, "previous_secret": {"sealed": true}}`:                                    kept,
		`{"style": "hmac", "secret": "any text", "header": "X-Signature"}`:                                                                   hmac,
		`{"style": "hmac", "secret": "s", "header": "X-S", "algorithm": "sha512", "encoding": "base64", "prefix": "sha512="}`:                whole,
	} {
		reads(t, `"sign": `+text, core.Webhook{Sign: want})
	}
}

func TestFormsOfNamedSecrets(t *testing.T) {
	want := []core.NamedSecret{{Name: "z", Secret: core.NewSecret("text <&>")}, {Name: "a", Secret: sealed}}
	const secrets = `"secrets": {"z": "text <&>", "a": {"sealed": true}}`
	reads(t, `"headers": [{"name": "X-A", "value": "[secret:z] [secret:a]"}], `+secrets,
		core.Webhook{Headers: []core.Header{{Name: "X-A", Value: "[secret:z] [secret:a]"}}, Keys: want})
	reads(t, `"body": {"style": "template", "content_type": "text/plain", "template": "[secret:z] [secret:a]", `+secrets+`}`,
		core.Webhook{Body: core.Body{Style: core.BodyTemplate, ContentType: "text/plain", Template: "[secret:z] [secret:a]", Keys: want}})
}

// Whoever reads an export finds names and texts as they were typed.
func TestPrintEscapesNothingInVain(t *testing.T) {
	named := []core.NamedSecret{{Name: "<k>", Secret: core.NewSecret("a & b")}}
	data, err := Print(Current{Webhooks: []*core.Webhook{{ID: "a", Name: "A > B", Address: "https://example.org/", Keys: named}}}, vault{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`"A > B"`, `"<k>": "a & b"`} {
		if !strings.Contains(string(data), text) {
			t.Errorf("there is no %s in\n%s", text, data)
		}
	}
}

func TestFormsOfABody(t *testing.T) {
	fields := []core.Field{{Name: "a", From: "b"}}
	for text, want := range map[string]core.Body{
		`{}`:                    {},
		`{"style": "json"}`:     {Style: core.BodyJSON},
		`{"style": "none"}`:     {Style: core.BodyNone},
		`{"style": "envelope"}`: {Style: core.BodyEnvelope},
		`{"style": "envelope", "fields": [{"name": "a", "from": "b"}]}`:               {Style: core.BodyEnvelope, Fields: fields},
		`{"style": "json-list", "fields": [{"name": "a", "from": "b"}]}`:              {Style: core.BodyList, Fields: fields},
		`{"style": "multipart", "fields": [{"name": "a", "from": "b"}]}`:              {Style: core.BodyMultipart, Fields: fields},
		`{"style": "template", "content_type": "text/plain", "template": "[x] ${y}"}`: {Style: core.BodyTemplate, ContentType: "text/plain", Template: "[x] ${y}"},
		`{"style": "template", "template": "{\"a\": ${y}}"}`:                          {Style: core.BodyTemplate, Template: `{"a": ${y}}`},
	} {
		reads(t, `"body": `+text, core.Webhook{Body: want})
	}
}

func TestFormsOfAField(t *testing.T) {
	for text, want := range map[string]core.Field{
		`"from": "First Name"`:                           {From: "First Name"},
		`"from": "a", "convert": ["trim", "upper"]`:      {From: "a", Convert: []string{"trim", "upper"}},
		`"from": "a", "convert": [], "omit_empty": true`: {From: "a", OmitEmpty: true},
		`"value": "x"`:                                   {Value: "x"},
		`"value": ""`:                                    {Blank: true},
		`"template": "[First Name] [Last Name]"`:         {Template: "[First Name] [Last Name]"},
		`"template": "[a]", "convert": ["trim"]`:         {Template: "[a]", Convert: []string{"trim"}},
		`"secret": "s"`:                                  {Secret: core.NewSecret("s")},
		`"secret": {"sealed": true}`:                     {Secret: sealed},
	} {
		want.Name = "x"
		reads(t, `"body": {"fields": [{"name": "x", `+text+`}]}`, core.Webhook{Body: core.Body{Fields: []core.Field{want}}})
	}
}

// What somebody took back in the window is not written.
func TestPrintLeavesOutWhatMeansNothing(t *testing.T) {
	data, err := Print(Current{Webhooks: []*core.Webhook{{
		ID: "a", Name: "A", Address: "https://example.org/",
		Sign:    core.Sign{Secret: core.NewSecret("hush"), Until: time.Now(), Header: "X"},
		Auth:    core.Auth{User: "ada", Secret: core.NewSecret("hush")},
		Network: core.Network{Proxy: core.Proxy{Address: "http://a:1", User: "ada", Password: core.NewSecret("hush")}},
		Order:   core.Order{Field: "email"}, Until: time.Now(),
	}}}, vault{})
	if err != nil {
		t.Fatal(err)
	}
	want := core.Webhook{ID: "a", Name: "A", State: core.StateOn, Address: "https://example.org/"}
	if d := cmp.Diff(&want, parsed(t, data, "").Webhooks[0], sameSecrets); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
