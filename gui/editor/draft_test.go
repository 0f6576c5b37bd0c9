package editor

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/settings"
	"hookbird/gui/mapping"
)

var secrets = cmp.Comparer(func(a, b core.Secret) bool { return a == b })

// rally is the first of the systems that settings files are made for.
func rally() core.Webhook {
	return core.Webhook{
		ID: "our-database", Name: "Our database", Preset: "rally-congress", State: core.StateOn,
		Address: "http://127.0.0.1:9101/hooks/supporters", Method: "POST",
		Events: []string{"supporter.created"},
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "fname", From: "firstname"},
			{Name: "lname", From: "lastname"},
			{Name: "email", From: "email"},
			{Name: "zip", From: "zipcode"},
			{Name: "source", Value: "rally"},
			{Name: "token", Secret: core.SealedSecret("our-database/field:token")},
		}},
		Timeout: 15 * time.Second,
		Retry:   core.RetryPlan{Name: "90-minutes"},
	}
}

func edit(w core.Webhook) *Draft { return NewDraft(control.WebhookDraft{Webhook: w, Revision: 3}) }

func TestOpenedAndSavedIsUnchanged(t *testing.T) {
	d := edit(rally())
	if d.Dirty() {
		t.Error("a webhook that was only opened is dirty")
	}
	if diff := cmp.Diff(rally(), d.Control().Webhook, secrets); diff != "" {
		t.Errorf("opening and saving changed (-stored +saved):\n%s", diff)
	}
}

// TestSettingsFilesSurviveTheEditor opens what settings files describe and saves
// it unchanged.
func TestSettingsFilesSurviveTheEditor(t *testing.T) {
	for _, name := range []string{"rally-congress.json", "everything.json"} {
		data, err := os.ReadFile(filepath.Join("../../core/settings/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := settings.Parse(data, "/home/ada")
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range file.Webhooks {
			d := edit(*w)
			if d.Dirty() {
				t.Errorf("%s: %s is dirty although it was only opened", name, w.ID)
			}
			if diff := cmp.Diff(*w, d.Control().Webhook, secrets); diff != "" {
				t.Errorf("%s: opening and saving %s changed (-stored +saved):\n%s", name, w.ID, diff)
			}
		}
	}
}

func TestAnyWebhookSurvivesTheEditor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := webhooks().Draw(t, "webhook")
		d := edit(w)
		if d.Dirty() {
			t.Fatal("a webhook that was only opened is dirty")
		}
		if diff := cmp.Diff(w, d.Control().Webhook, secrets); diff != "" {
			t.Fatalf("opening and saving changed (-stored +saved):\n%s", diff)
		}
	})
}

// webhooks draws webhooks as a settings file may describe them.
func webhooks() *rapid.Generator[core.Webhook] {
	word := rapid.StringMatching(`[a-z \[\]"]{0,4}[a-z][a-z .]{0,8}`)
	field := rapid.Custom(func(t *rapid.T) core.Field {
		f := core.Field{Name: word.Draw(t, "name"), OmitEmpty: rapid.Bool().Draw(t, "omit")}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			f.From = word.Draw(t, "from")
			f.Convert = some(t, word, "steps")
		case 1:
			f.Value = rapid.String().Draw(t, "value")
		case 2:
			f.Blank = true
		case 3:
			f.Template = word.Draw(t, "text") + "[Email]"
			f.Convert = some(t, word, "steps")
		default:
			f.Secret = core.SealedSecret(word.Draw(t, "secret"))
		}
		return f
	})
	header := rapid.Custom(func(t *rapid.T) core.Header {
		if rapid.Bool().Draw(t, "sealed") {
			return core.Header{Name: word.Draw(t, "header"), Secret: core.SealedSecret("h")}
		}
		return core.Header{Name: word.Draw(t, "header"), Value: rapid.String().Draw(t, "line")}
	})
	code := rapid.Custom(func(t *rapid.T) core.CodeRange {
		from := rapid.IntRange(100, 599).Draw(t, "from code")
		return core.CodeRange{From: from, To: rapid.IntRange(from, 599).Draw(t, "to code")}
	})
	plans := []core.RetryPlan{
		{},
		{Name: "24-hours"},
		{Name: "90-minutes", OnRefusal: true},
		{Name: "standard-webhooks"},
		{Name: "none"},
		{Every: 15 * time.Minute, Times: 12},
		{Every: 1500 * time.Millisecond, Times: 3},
		{Delays: []time.Duration{time.Second, time.Hour}, OnRefusal: true},
		{Delays: []time.Duration{1500 * time.Millisecond, 26*time.Hour + 5*time.Second}},
	}
	key := rapid.Custom(func(t *rapid.T) core.NamedSecret {
		return core.NamedSecret{Name: word.Draw(t, "key"), Secret: core.SealedSecret("k")}
	})
	sends := []core.Send{
		{},
		{Batch: 1},
		{Batch: 50},
		{Every: 15 * time.Minute},
		{Every: 2 * time.Second, Batch: 60},
		{Every: 90 * time.Second, Batch: 1},
		{At: []int{540, 1050}, Days: []time.Weekday{time.Friday, time.Monday}, Batch: 10},
		{At: []int{0}},
		{At: []int{7}, Days: []time.Weekday{0, 1, 2, 3, 4, 5, 6}},
	}
	signs := []core.Sign{
		{},
		{Style: core.SignStandard, Secret: core.SealedSecret("s"), Previous: core.SealedSecret("old"), Until: time.Unix(1e9, 0)},
		{Style: core.SignHMAC, Secret: core.SealedSecret("s"), Header: "X-Sign", Algorithm: "sha512", Encoding: "base64", Prefix: "v="},
	}
	return rapid.Custom(func(t *rapid.T) core.Webhook {
		w := rally()
		w.Method = rapid.SampledFrom([]string{"", "POST", "PUT", "GET"}).Draw(t, "method")
		w.HTTPSOnly = rapid.Bool().Draw(t, "https")
		w.Events = some(t, word, "events")
		w.Sources = some(t, word, "sources")
		w.Headers = some(t, header, "headers")
		w.Body.Fields = some(t, field, "fields")
		w.Body.Style = rapid.SampledFrom([]core.BodyStyle{
			core.BodyForm, core.BodyJSON, core.BodyList, core.BodyEnvelope, core.BodyMultipart, core.BodyTemplate, core.BodyNone,
		}).Draw(t, "style")
		w.Body.Template = rapid.String().Draw(t, "template")
		w.Body.ContentType = rapid.SampledFrom([]string{"", "application/json", "text/vcard"}).Draw(t, "content type")
		w.Body.Keys = some(t, key, "body keys")
		w.Keys = some(t, key, "keys")
		w.Filter = rapid.SampledFrom([]string{"", "role=MEMBER;zip=13.*"}).Draw(t, "filter")
		w.Send = rapid.SampledFrom(sends).Draw(t, "send")
		w.Sign = rapid.SampledFrom(signs).Draw(t, "sign")
		w.Accept = some(t, code, "accept")
		w.Timeout = time.Duration(rapid.IntRange(0, 600).Draw(t, "timeout")) * time.Second
		w.Retry = rapid.SampledFrom(plans).Draw(t, "plan")
		w.Answer = answers().Draw(t, "answer")
		w.Auth = auths().Draw(t, "auth")
		w.Network = networks().Draw(t, "network")
		w.Parallel = rapid.IntRange(0, core.MaxParallel).Draw(t, "parallel")
		limit := rapid.IntRange(0, core.MaxPace)
		w.Pace = core.Pace{Second: limit.Draw(t, "second"), Minute: limit.Draw(t, "minute"), Hour: limit.Draw(t, "hour"), Day: limit.Draw(t, "day")}
		w.Order = core.Order{Kind: rapid.SampledFrom(orders).Draw(t, "order"), Field: word.Draw(t, "by"), Newest: rapid.Bool().Draw(t, "newest")}
		w.Until = time.Unix(rapid.Int64Range(0, 1e9).Draw(t, "until"), 0)
		return w
	})
}

// answers, auths and networks draw more than a settings file may say: what nobody
// touches is nobody's business here.
func answers() *rapid.Generator[core.Answer] {
	rule := rapid.Custom(func(t *rapid.T) core.AnswerRule {
		return core.AnswerRule{
			Code: rapid.SampledFrom([]int{0, 0, 409, 7}).Draw(t, "code"), Text: rapid.String().Draw(t, "text"),
			Field: rapid.StringN(0, 5, -1).Draw(t, "field"), Value: rapid.StringN(0, 5, -1).Draw(t, "value"),
		}
	}).Filter(func(r core.AnswerRule) bool { return r != core.AnswerRule{} })
	return rapid.Custom(func(t *rapid.T) core.Answer {
		return core.Answer{
			Need: some(t, rule, "need"), Forbid: some(t, rule, "forbid"), Already: some(t, rule, "already"),
			Redirects: rapid.SampledFrom(redirects).Draw(t, "redirects"), Unsure: rapid.SampledFrom(unsureRules).Draw(t, "unsure"),
		}
	})
}

func auths() *rapid.Generator[core.Auth] {
	return rapid.Custom(func(t *rapid.T) core.Auth {
		text := rapid.StringN(0, 8, -1)
		return core.Auth{
			Kind: rapid.SampledFrom(signIns).Draw(t, "kind"), User: text.Draw(t, "user"), Secret: core.SealedSecret("a"),
			TokenURL: text.Draw(t, "token url"), Scopes: some(t, text, "scopes"), Audience: text.Draw(t, "audience"), InBody: rapid.Bool().Draw(t, "in body"),
		}
	})
}

func networks() *rapid.Generator[core.Network] {
	return rapid.Custom(func(t *rapid.T) core.Network {
		text := rapid.StringN(0, 8, -1)
		return core.Network{
			Proxy: core.Proxy{
				Kind: rapid.SampledFrom(proxies).Draw(t, "proxy"), Address: text.Draw(t, "proxy address"),
				User: text.Draw(t, "proxy user"), Password: core.SealedSecret("p"),
			},
			CertFile: text.Draw(t, "cert"), KeyFile: text.Draw(t, "key file"), NoPrivate: rapid.Bool().Draw(t, "private"),
		}
	})
}

func some[T any](t *rapid.T, of *rapid.Generator[T], label string) []T {
	if all := rapid.SliceOfN(of, 0, 4).Draw(t, label); len(all) > 0 {
		return all
	}
	return nil
}

func TestUntouchedRowsAreNoMistake(t *testing.T) {
	d := edit(rally())
	blank := &mapping.Row{Kind: core.FieldFrom}
	d.Fields = append(d.Fields, blank)
	if got := d.Problems(); len(got) > 0 || d.Dirty() {
		t.Errorf("a blank row: problems %v, dirty %v", got, d.Dirty())
	}
	blank.SetFrom("postcode")
	if got := d.Shown(d.Problems()); len(got) > 0 {
		t.Errorf("shown before anybody could type a name: %v", got)
	}
	if !d.Dirty() || !blank.Unnamed() {
		t.Error("a field without a name: not dirty, or not known as unnamed")
	}
	d.Touch(boxOf(blank, mapping.BoxName))
	shown := d.Shown(d.Problems())
	if len(shown) != 1 || shown[0].Place.Spot.Row != blank || shown[0].Tab != TabWhat {
		t.Errorf("after leaving the empty name: %v", shown)
	}
	if web := d.Webhook(); len(web.Body.Fields) != 6 {
		t.Errorf("the half row is sent: %v", web.Body.Fields)
	}
}

func TestValidationFindsItsPlace(t *testing.T) {
	w := rally()
	w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("k")}}
	w.Body.Keys = []core.NamedSecret{{Name: "a/b", Secret: core.NewSecret("k")}}
	w.Body.Fields = append(w.Body.Fields, core.Field{Name: "who", Template: "[firstname]"})
	w.Answer = core.Answer{Need: []core.AnswerRule{{Field: "status"}}, Already: []core.AnswerRule{{Code: 409}}}
	d := edit(w)
	d.Need = slices.Insert(d.Need, 0, &Rule{})                                // is left out: places shift
	d.Fields = slices.Insert(d.Fields, 0, &mapping.Row{Kind: core.FieldFrom}) // is left out: places shift
	d.Headers = append(d.Headers, &mapping.Row{Kind: core.FieldValue, Name: "X", Value: "1"})
	tests := []struct {
		where string
		want  Place
		tab   Tab
	}{
		{"/body/fields/3/name", boxOf(d.Fields[4], mapping.BoxName), TabWhat},
		{"/body/fields/0/from", boxOf(d.Fields[1], mapping.BoxFrom), TabWhat},
		{"/body/fields/0/convert/1", boxOf(d.Fields[1], mapping.BoxSteps), TabWhat},
		{"/body/fields/4/from", boxOf(d.Fields[5], mapping.BoxValue), TabWhat},
		{"/body/fields/5/secret", boxOf(d.Fields[6], mapping.BoxValue), TabWhat},
		{"/body/fields/6/template", boxOf(d.Fields[7], mapping.BoxFrom), TabWhat},
		{"/body/style", Place{Part: PartStyle}, TabWhat},
		{"/body", Place{Part: PartStyle}, TabWhat},
		{"/body/template", Place{Part: PartTemplate}, TabWhat},
		{"/body/content_type", Place{Part: PartContentType}, TabWhat},
		{"/body/secrets/a~1b", boxOf(d.BodyKeys[0], mapping.BoxValue), TabWhat},
		{"/body/secrets/none", Place{}, TabWhat},
		{"/body/fields/99/name", Place{Part: PartStyle}, TabWhat},
		{"/headers/0/name", boxOf(d.Headers[0], mapping.BoxName), TabSecurity},
		{"/headers/0/value", boxOf(d.Headers[0], mapping.BoxValue), TabSecurity},
		{"/secrets/key", boxOf(d.Keys[0], mapping.BoxValue), TabSecurity},
		{"/sign/secret", signPlace("/sign/secret"), TabSecurity},
		{"/sign", signPlace("/sign/style"), TabSecurity},
		{"/address", Place{Part: PartAddress}, TabWhere},
		{"/https_only", Place{Part: PartAddress}, TabWhere},
		{"/tls/ca_file", Place{Part: PartCAFile}, TabWhere},
		{"/tls/cert_file", Place{Part: PartCertFile}, TabWhere},
		{"/tls/key_file", Place{Part: PartKeyFile}, TabWhere},
		{"/proxy", Place{Part: PartProxy}, TabWhere},
		{"/proxy/address", Place{Part: PartProxy}, TabWhere},
		{"/proxy/password", Place{Part: PartProxyPassword}, TabWhere},
		{"/answer/need/0/field", rulePlace(d.Need[1], RuleBoxField), TabWhere},
		{"/answer/need/0", rulePlace(d.Need[1], RuleBoxField), TabWhere},
		{"/answer/already/0/code", rulePlace(d.Already[0], RuleBoxCode), TabWhere},
		{"/answer/already/9/code", Place{Part: PartAlready}, TabWhere},
		{"/answer/need", Place{Part: PartNeed}, TabWhere},
		{"/answer/redirects", Place{Part: PartRedirects}, TabWhere},
		{"/answer/unsure", Place{Part: PartUnsure}, TabFails},
		{"/auth/kind", Place{Part: PartAuth}, TabSecurity},
		{"/auth/token_url", Place{Part: PartTokenURL}, TabSecurity},
		{"/auth/client_id", Place{Part: PartAuthUser}, TabSecurity},
		{"/auth/password", Place{Part: PartAuthSecret}, TabSecurity},
		{"/auth/scopes/3", Place{Part: PartScopes}, TabSecurity},
		{"/pace/second", Place{Part: PartSecond}, TabWhen},
		{"/pace/day", Place{Part: PartDay}, TabWhen},
		{"/parallel", Place{Part: PartParallel}, TabWhen},
		{"/order/by", Place{Part: PartOrderField}, TabWhen},
		{"/send/at/0", Place{Part: PartSendTimes}, TabWhen},
		{"/send/days/2", Place{Part: PartSendDays}, TabWhen},
		{"/retry/delays/3", Place{Part: PartDelays}, TabFails},
		{"/accept/0", Place{Part: PartAccept}, TabWhere},
		{"/retry/every", Place{Part: PartEvery}, TabFails},
		{"/retry", Place{Part: PartPlan}, TabFails},
		{"/events/1", Place{Part: PartEvents}, TabWhen},
		{"/filter", Place{Part: PartFilter}, TabWhen},
		{"/send/batch", Place{Part: PartSendList}, TabWhen},
		{"/send/every", Place{Part: PartSendEvery}, TabWhen},
		{"field:3", boxOf(d.Fields[4], mapping.BoxName), TabWhat},
		{"header:0", boxOf(d.Headers[0], mapping.BoxName), TabSecurity},
		{"", Place{}, TabWhere},
		{"/something/new", Place{}, TabWhere},
	}
	for _, tt := range tests {
		got := d.build().problemAt(core.Errorf(core.CodeInvalid, "Wrong.").At(tt.where))
		if got.Place != tt.want || got.Tab != tt.tab {
			t.Errorf("%q is about %+v on tab %d, want %+v on tab %d", tt.where, got.Place, got.Tab, tt.want, tt.tab)
		}
	}
}

func TestProblemsOfHalfTypedThings(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Draft)
		want   any // Part, or the box of a row
	}{
		{"no name", func(d *Draft) { d.Web().Name = " " }, PartName},
		{"no address", func(d *Draft) { d.Web().Address = "" }, PartAddress},
		{"no scheme", func(d *Draft) { d.Web().Address = "crm.example.org" }, PartAddress},
		{"not secure", func(d *Draft) { d.Web().HTTPSOnly = true }, PartAddress},
		{"name twice", func(d *Draft) { d.Fields[1].SetName("fname") }, mapping.BoxName},
		{"path", func(d *Draft) { d.Fields[1].SetFrom(strings.Repeat("a", 3000)) }, mapping.BoxFrom},
		{"no fixed value", func(d *Draft) { d.Fields[4].Value = "" }, mapping.BoxValue},
		{"type", func(d *Draft) { d.EventsText = "supporter créé" }, PartEvents},
		{"codes", func(d *Draft) { d.Accept, d.AcceptText = AcceptOwn, "2o0" }, PartAccept},
		{"no codes", func(d *Draft) { d.Accept, d.AcceptText = AcceptOwn, " " }, PartAccept},
		{"backwards", func(d *Draft) { d.Accept, d.AcceptText = AcceptOwn, "204-200" }, PartAccept},
		{"minutes", func(d *Draft) { d.Plan.Kind, d.Plan.Every = PlanEvery, "soon" }, PartEvery},
		{"times", func(d *Draft) { d.Plan.Kind, d.Plan.Times = PlanEvery, "0" }, PartTimes},
		{"delays", func(d *Draft) { d.Plan.Kind, d.Plan.Delays = PlanList, "1 min, soon" }, PartDelays},
		{"no delays", func(d *Draft) { d.Plan.Kind, d.Plan.Delays = PlanList, " " }, PartDelays},
		{"times of the day", func(d *Draft) { d.Soon.Kind, d.Soon.Times = SoonTimes, "late" }, PartSendTimes},
		{"no day", func(d *Draft) { d.Soon.Kind, d.Soon.Days = SoonTimes, Days{} }, PartSendDays},
		{"at once", func(d *Draft) { d.Pacing.Parallel = "65" }, PartParallel},
		{"limit", func(d *Draft) { d.Pacing.Hour = "many" }, PartHour},
		{"nobody", func(d *Draft) { d.Web().Order.Kind = core.OrderField }, PartOrderField},
		{"code", func(d *Draft) { d.Already = Rules{{Code: "4o9", coded: true}} }, PartRule},
		{"field of the answer", func(d *Draft) { d.Need = Rules{{Kind: RuleField, Value: "ok"}} }, PartRule},
		{"proxy", func(d *Draft) { d.Web().Network.Proxy.Kind = core.ProxyManual }, PartProxy},
		{"key without certificate", func(d *Draft) { d.Web().Network.KeyFile = "/k.pem" }, PartKeyFile},
		{"no user", func(d *Draft) { d.SignIn.Kind = core.AuthBasic }, PartAuthUser},
		{"no token", func(d *Draft) { d.SignIn.Kind = core.AuthBearer }, PartAuthSecret},
		{"token address", func(d *Draft) {
			d.SignIn.Kind = core.AuthOAuth
			d.SignIn.OAuth = Credentials{User: "u", Secret: core.NewSecret("s"), TokenURL: "login"}
		}, PartTokenURL},
		{"no secret", func(d *Draft) { d.Fields = append(d.Fields, &mapping.Row{Kind: core.FieldSecret, Name: "k"}) }, mapping.BoxValue},
		{"steps", func(d *Draft) { d.Fields[1].Convert = []string{"nonsense"} }, mapping.BoxSteps},
		{"no text", func(d *Draft) { d.SetStyle(core.BodyTemplate) }, PartTemplate},
		{"text", func(d *Draft) { d.SetStyle(core.BodyTemplate); d.Web().Body.Template = "a=[b" }, PartTemplate},
		{"filter", func(d *Draft) { d.Web().Filter = "role=[" }, PartFilter},
		{"list of none", func(d *Draft) { d.SetStyle(core.BodyList); d.Soon.List = "0" }, PartSendList},
		{"turns of none", func(d *Draft) { d.Soon.Kind, d.Soon.Records = SoonTurns, "no" }, PartSendBatch},
		{"turns", func(d *Draft) { d.Soon.Kind, d.Soon.Every = SoonTurns, "soon" }, PartSendEvery},
		{"key without a value", func(d *Draft) { d.Keys = append(d.Keys, &mapping.Row{Kind: core.FieldSecret, Name: "k"}) }, mapping.BoxValue},
		{"header without name", func(d *Draft) {
			d.Headers = append(d.Headers, &mapping.Row{Kind: core.FieldSecret, Secret: core.NewSecret("x")})
		}, mapping.BoxName},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := edit(rally())
			tt.change(d)
			got := d.Problems()
			if len(got) != 1 || got[0].Text == "" {
				t.Fatalf("problems %+v, want one about %v", got, tt.want)
			}
			var at any = got[0].Place.Part
			if at == PartRow {
				at = got[0].Place.Spot.Box
			}
			if at != tt.want {
				t.Errorf("%q is about %v, want %v", got[0].Text, at, tt.want)
			}
			if !d.Dirty() {
				t.Error("not dirty")
			}
		})
	}
}

func TestChoicesSayTheSameInFewWords(t *testing.T) {
	w := rally()
	w.Method, w.Timeout, w.Retry = "", 0, core.RetryPlan{}
	d := edit(w)
	d.SetMethod("POST")
	d.SetTimeout(core.DefaultTimeout)
	d.Plan.Kind = Plan90Minutes
	d.Plan.Kind = Plan24Hours
	d.Accept = AcceptNone
	d.Accept = AcceptAny
	d.SetSource("a", true)
	d.SetSource("a", false)
	if d.Dirty() {
		t.Errorf("choosing what was chosen is a change: %s", cmp.Diff(w, d.Control().Webhook, secrets))
	}
}

func TestGetTakesThePackingAlong(t *testing.T) {
	d := edit(rally())
	d.SetMethod("GET")
	if got := d.Web().Body.Style; got != core.BodyNone {
		t.Errorf("with GET the packing is %q", got)
	}
	d.SetMethod("PUT")
	if got := d.Web().Body.Style; got != core.BodyForm {
		t.Errorf("back from GET the packing is %q", got)
	}
}

func TestSecretsAreNamedAndTyped(t *testing.T) {
	w := rally()
	w.Body.Fields = append(w.Body.Fields, core.Field{Name: "token", Secret: core.SealedSecret("second")})
	w.Headers = []core.Header{{Name: "X-Key", Secret: core.SealedSecret("h")}}
	d := edit(w)
	if got := d.Fields[5].Place(); got != "field:token" {
		t.Errorf("first token: %q", got)
	}
	if got := d.Fields[6].Place(); got != "field:token#2" {
		t.Errorf("second token: %q", got)
	}
	if got := d.Headers[0].Place(); got != "header:X-Key" {
		t.Errorf("header: %q", got)
	}
	d.Fields[5].Type("new key")
	if d.Fields[5].Place() != "" {
		t.Error("a typed secret still names the stored one")
	}
	if text, ok := d.Control().Webhook.Body.Fields[5].Secret.Text(); !ok || text != "new key" {
		t.Errorf("typed secret travels as %q", text)
	}
}

func TestAcceptReadsWhatItPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := webhooks().Draw(t, "webhook")
		if len(w.Accept) == 0 {
			return
		}
		got, err := parseAccept(printAccept(w.Accept))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(w.Accept, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMinutesAreTypedAsTheyArePrinted(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"15": 15 * time.Minute, "0.5": 30 * time.Second, "1.5": 90 * time.Second, "2 s": 2 * time.Second, "1440": 24 * time.Hour, "95 s": 95 * time.Second,
	} {
		d, ok := parseMinutes(text)
		if !ok || d != want || minutes(d) != text {
			t.Errorf("%q is %v, %t, printed %q", text, d, ok, minutes(d))
		}
	}
	for _, text := range []string{"", "s", "0", "-1", "x", "0.5 s", "NaN", "99999"} {
		if d, ok := parseMinutes(text); ok {
			t.Errorf("%q is %v", text, d)
		}
	}
}
