package wizard

import (
	"strings"
	"testing"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/core/paste"
	"hookbird/gui/mapping"

	"github.com/google/go-cmp/cmp"
)

func begun(t *testing.T, preset string) *draft {
	t.Helper()
	d, err := newDraft(presetOf(t, preset))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fillAll answers everything that a preset asks for.
func fillAll(d *draft) {
	for _, f := range d.preset.Fill {
		d.values[f.Mark+f.Place] = f.Example
	}
	d.address = "https://example.org/hook"
	d.name, d.key.given = "Test", true
}

func TestEveryPresetCanBeFilledIn(t *testing.T) {
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		t.Run(p.ID, func(t *testing.T) {
			d := begun(t, p.ID)
			asked := 0
			for _, problem := range d.problems() {
				if problem.step < stepFields {
					asked++
				}
			}
			if len(p.Fill) > asked {
				t.Errorf("%d things are to be filled in, and %d are asked for", len(p.Fill), asked)
			}
			fillAll(d)
			if left := d.problems(); len(left) > 0 {
				t.Errorf("filled in, there is left: %+v", left)
			}
			w := d.webhook()
			if errs := message.Validate(&w); len(errs) > 0 {
				t.Errorf("no problem is told, but: %v", errs)
			}
			w.Secrets(func(place string, s *core.Secret) {
				if s.Missing() {
					t.Errorf("the secret %s is missing", place)
				}
			})
		})
	}
}

func TestAddressGoesOnBehindAMark(t *testing.T) {
	for _, tt := range []struct{ text, value, want string }{
		{"‹web-address›?wait=true", "https://example.org/h", "https://example.org/h?wait=true"},
		{"‹web-address›?wait=true", "https://example.org/h?t=1", "https://example.org/h?t=1&wait=true"},
		{"‹web-address›/${no}", "https://example.org/c/", "https://example.org/c/${no}"},
		{"https://‹a›.example/‹a›/", "x/", "https://x/.example/x//"},
		{"no mark", "x", "no mark"},
	} {
		mark := "‹web-address›"
		if strings.Contains(tt.text, "‹a›") {
			mark = "‹a›"
		}
		if got := joined(tt.text, mark, tt.value); got != tt.want {
			t.Errorf("%s with %s: %s, want %s", tt.text, tt.value, got, tt.want)
		}
	}
}

// seen writes down where the secrets of a webhook are.
func seen(w core.Webhook) []string {
	lines := []string{w.Address}
	for _, h := range w.Headers {
		lines = append(lines, h.Name+": "+h.Value)
	}
	w.Secrets(func(place string, s *core.Secret) {
		text, _ := s.Text()
		lines = append(lines, place+"="+text)
	})
	return lines
}

func TestKeysGoToTheirPlaces(t *testing.T) {
	const at = "https://example.org/hook"
	for name, tt := range map[string]struct {
		key  key
		want []string
	}{
		"none":            {key{kind: keyNone, token: "k"}, []string{at}},
		"bearer":          {key{kind: keyToken, token: " k ", line: "authorization"}, []string{at, "authorization: Bearer [secret:key]", "key:key=k"}},
		"with its word":   {key{kind: keyToken, token: "Token k", line: bearer}, []string{at, "Authorization: ", "header:Authorization=Token k"}},
		"own header line": {key{kind: keyToken, token: "k", line: "X-Key"}, []string{at, "X-Key: ", "header:X-Key=k"}},
		"field":           {key{kind: keyToken, place: inField, token: "k", field: "api_key"}, []string{at, "field:api_key=k"}},
		"address":         {key{kind: keyToken, place: inAddress, token: "k", field: "t[x]"}, []string{at + `?t\[x]=[secret:key]`, "key:key=k"}},
		"login":           {key{kind: keyLogin, user: "ada", password: "x:y"}, []string{at, "Authorization: ", "header:Authorization=Basic YWRhOng6eQ=="}},
		"signature":       {key{kind: keySign, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, []string{at, "sign=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := begun(t, "other")
			fillAll(d)
			d.key = tt.key
			d.key.given = true
			if diff := cmp.Diff(tt.want, seen(d.webhook())); diff != "" {
				t.Error(diff)
			}
			if left := d.problems(); len(left) > 0 {
				t.Errorf("there is left: %+v", left)
			}
		})
	}
}

func TestAnswersThatLackSomething(t *testing.T) {
	for at, k := range map[string]key{
		"token":  {kind: keyToken, line: bearer},
		"line":   {kind: keyToken, token: "k"},
		"field":  {kind: keyToken, token: "k", place: inAddress},
		"user":   {kind: keyLogin},
		"secret": {kind: keySign},
		"given":  {kind: keySign, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
	} {
		d := begun(t, "other")
		fillAll(d)
		d.key = k
		left := d.problems()
		if len(left) == 0 || left[0].step != stepKey || left[0].at != at {
			t.Errorf("%s: told %+v", at, left)
		}
	}
}

func sampleOf(names ...string) []control.Sample {
	s := control.Sample{Seq: 7, Title: "Ada", Data: []byte("{")}
	for i, name := range names {
		s.Fields = append(s.Fields, control.SampleField{Path: name, Value: "v"})
		if i > 0 {
			s.Data = append(s.Data, ',')
		}
		s.Data = append(s.Data, `"`+name+`":"v"`...)
	}
	s.Data = append(s.Data, '}')
	return []control.Sample{s}
}

func TestFieldsFindTheirPartners(t *testing.T) {
	d := begun(t, "google-sheets") // firstname, lastname, email, phone
	samples := sampleOf("E-mail", "First name", "Last name", "Joined on")
	e := mapping.NewExamples(samples, 0)
	d.match(samples, e)
	var got []string
	for _, f := range d.rows.Fields() {
		got = append(got, f.Name+"<"+f.From)
	}
	if diff := cmp.Diff([]string{"firstname<First name", "lastname<Last name", "email<E-mail", "phone<"}, got); diff != "" {
		t.Error(diff)
	}
	if got, want := d.matchedText(e), "We matched 3 of 4 by name. Check them, and fill in the last one."; got != want {
		t.Errorf("says %q", got)
	}
	// Another source has what was missing.
	samples = sampleOf("E-mail", "First name", "Last name", "Phone")
	e = mapping.NewExamples(samples, 0)
	d.match(samples, e)
	if got := d.matchedText(e); got != "We matched all 4 by name. Check them." {
		t.Errorf("then says %q", got)
	}
}

func TestTextsAndAddressesTakeOurNames(t *testing.T) {
	samples := sampleOf("E-mail", "First name", "Last name")
	e := mapping.NewExamples(samples, 0)
	slack := begun(t, "slack")
	slack.match(samples, e)
	if text := slack.base.Body.Template; !strings.Contains(text, "[First name] [Last name], [E-mail]") {
		t.Errorf("the text says %s", text)
	}
	mailchimp := begun(t, "mailchimp")
	mailchimp.match(samples, e)
	if at := mailchimp.base.Address; !strings.HasSuffix(at, "/members/[E-mail|trim|lower|md5]") {
		t.Errorf("the address is %s", at)
	}
}

func TestAPastedLineFillsTheDraft(t *testing.T) {
	d := begun(t, "other")
	d.take(paste.Read("curl -X PUT https://crm.example.org/v1 -H 'X-Api-Key: 0123456789abcdef0123' -H 'Content-Type: application/json' -d '{\"fname\":\"Ada\",\"mail\":\"a@example.org\"}'"))
	w := d.webhook()
	if w.Name != "crm.example.org" || w.HTTPMethod() != "PUT" || w.Body.Style != core.BodyJSON {
		t.Errorf("made %+v", w)
	}
	if diff := cmp.Diff([]string{"https://crm.example.org/v1", "X-Api-Key: ", "header:X-Api-Key=0123456789abcdef0123"}, seen(w)); diff != "" {
		t.Error(diff)
	}
	if keys := d.keys(); len(keys) != 1 || keys[0].Label != "Header line X-Api-Key" {
		t.Errorf("asks for %+v", keys)
	}
	samples := sampleOf("First name", "Email")
	d.match(samples, mapping.NewExamples(samples, 0))
	var got []string
	for _, f := range d.rows.Fields() {
		got = append(got, f.Name+"<"+f.From)
	}
	if diff := cmp.Diff([]string{"fname<First name", "mail<Email"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAKnownSystemTakesOnlyTheAddress(t *testing.T) {
	d := begun(t, "zapier")
	d.take(paste.Read("curl https://hooks.zapier.com/hooks/catch/1/a/ -d 'a=b'"))
	w := d.webhook()
	if w.Address != "https://hooks.zapier.com/hooks/catch/1/a/" || w.Body.Style != core.BodyJSON || len(w.Body.Fields) > 0 {
		t.Errorf("made %+v", w)
	}
}

func TestAKeyAmongTheFieldsSendsTheRestToo(t *testing.T) {
	d := begun(t, "other")
	d.key = key{kind: keyToken, place: inField, token: "k", field: "api_key"}
	d.addAll(sampleOf("Email", "First name")[0])
	w := d.webhook()
	if len(w.Body.Fields) != 3 || w.Body.Fields[0].From != "Email" || w.Body.Fields[2].Name != "api_key" {
		t.Errorf("sends %+v", w.Body.Fields)
	}
}

func TestRefusalsFindTheirPlaces(t *testing.T) {
	d := begun(t, "google-sheets")
	for where, want := range map[string]problem{
		"/name":                       {step: stepAddress, at: "name"},
		"/address":                    {step: stepAddress, at: "address"},
		"/https_only":                 {step: stepAddress, at: "address"},
		"/headers/0/value":            {step: stepKey},
		"/sign/secret":                {step: stepKey, at: "secret"},
		"/sources/0":                  {step: stepData},
		"/body/template":              {step: stepFields, at: "template"},
		"/body/fields/1/name":         {step: stepFields, row: d.rows[1], box: mapping.BoxName},
		"/body/fields/1/from":         {step: stepFields, row: d.rows[1], box: mapping.BoxFrom},
		"/body/fields/2/convert/0":    {step: stepFields, row: d.rows[2], box: mapping.BoxSteps},
		"/body/fields/4/name":         {step: stepKey, at: "field"},
		"/body/style":                 {step: stepFields},
		"/retry/plan":                 {step: stepFields},
		"":                            {step: stepFields},
		"/body/fields/nowhere/at/all": {step: stepFields},
	} {
		got := d.placeOf(core.Errorf(core.CodeInvalid, "No.").At(where))
		want.text = "No."
		if got != want {
			t.Errorf("%s is at %+v, want %+v", where, got, want)
		}
	}
}

func TestWhatAPresetMeantIsRemembered(t *testing.T) {
	d := begun(t, "other")
	d.rows = mapping.RowsOfFields([]core.Field{{Name: "custom_17", From: "phone"}, {Name: "mail", From: "email"}, {Name: "email"}})
	d.rows[2].Kind = core.FieldFrom
	got := func() string {
		var all []string
		for _, f := range d.rows.Fields() {
			all = append(all, f.From)
		}
		return strings.Join(all, "|")
	}
	samples := sampleOf("E-mail")
	d.match(samples, mapping.NewExamples(samples, 0))
	if got() != "|E-mail|" {
		t.Errorf("without a phone: %s, want the e-mail once", got())
	}
	samples = sampleOf("E-mail", "Phone")
	d.match(samples, mapping.NewExamples(samples, 0))
	if got() != "Phone|E-mail|" {
		t.Errorf("with a phone: %s", got())
	}
}
