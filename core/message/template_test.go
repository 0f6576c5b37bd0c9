package message_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// texted is a webhook that sends a text.
func texted(text, contentType string) *core.Webhook {
	w := styled(core.BodyTemplate)
	w.Body.Template, w.Body.ContentType = text, contentType
	return w
}

const contact = `{"First Name":"Ada <3","Email":"ada+1@example.org","n":1.10,"q":"say \"hi\" & \\","nil":null,"o":{"z":1}}`

func TestTemplates(t *testing.T) {
	tests := []struct {
		name, text, contentType string
		want, kind              string
	}{
		{
			"form", "First_Name=[First Name]&Email=[Email]&address=2040 Alameda Padre Serra", "",
			"First_Name=Ada+%3C3&Email=ada%2B1%40example.org&address=2040+Alameda+Padre+Serra", "application/x-www-form-urlencoded",
		},
		{
			"JSON", " {\"name\": \"[First Name]\", \"n\": ${n}, \"q\": ${q}, \"none\": ${nowhere}, \"o\": ${o}, \"lit\": \"\\[x]\"}", "",
			" {\"name\": \"Ada <3\", \"n\": 1.10, \"q\": \"say \\\"hi\\\" & \\\\\", \"none\": null, \"o\": {\"z\":1}, \"lit\": \"[x]\"}", "application/json",
		},
		{"XML", `<a b="[q]">[First Name]</a>`, "", `<a b="say &#34;hi&#34; &amp; \">Ada &lt;3</a>`, "application/xml"},
		{"JSON by its type", "[{\"n\": ${n}}]", "application/vnd.api+json; charset=utf-8", "[{\"n\": 1.10}]", "application/vnd.api+json; charset=utf-8"},
		{"plain", "Dear [First Name],\n[q]\n", "text/plain; charset=utf-8", "Dear Ada <3,\nsay \"hi\" & \\\n", "text/plain; charset=utf-8"},
		{"built-in fields", "id=[@id]&d=[@delivery]&t=[@type]", "", "id=0193-1&d=" + core.DeliveryID("0193-1", "w") + "&t=supporter.created", "application/x-www-form-urlencoded"},
		{"no field", "a=b", "", "a=b", "application/x-www-form-urlencoded"},
	}
	for _, tt := range tests {
		w := texted(tt.text, tt.contentType)
		if errs := message.Validate(w); errs != nil {
			t.Errorf("%s: %v", tt.name, errs)
			continue
		}
		m := build(t, w, contact)
		if string(m.Body) != tt.want {
			t.Errorf("%s: body = %s\nwant %s", tt.name, m.Body, tt.want)
		}
		if header(m, "Content-Type") != tt.kind {
			t.Errorf("%s: Content-Type = %s", tt.name, header(m, "Content-Type"))
		}
		if shown := show(t, w, contact); shown.Body != string(m.Body) {
			t.Errorf("%s: shown %s", tt.name, shown.Body)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	for kind, want := range map[string]merge.Place{
		"application/x-www-form-urlencoded":          merge.Form,
		"Application/JSON":                           merge.JSON,
		"application/cloudevents+json;charset=utf-8": merge.JSON,
		"text/xml":             merge.XML,
		"application/soap+xml": merge.XML,
		"text/plain":           merge.Plain,
		"text/html":            merge.Plain,
		"":                     merge.Plain,
		"a/b; =":               merge.Plain,
	} {
		if got := message.PlaceOf(kind); got != want {
			t.Errorf("%q = %v, want %v", kind, got, want)
		}
	}
}

func TestPairsOfTemplates(t *testing.T) {
	keys := []core.NamedSecret{{Name: "key", Secret: core.NewSecret("a b&c")}}
	tests := []struct {
		name, text string
		want       []core.Pair
	}{
		{
			"form", "First_Name=[First Name]&Api-Key=[secret:key]&x=a=b&lone&data=Note by webhook.&pct=%41",
			[]core.Pair{
				{Name: "First_Name", Value: "Ada <3"},
				{Name: "Api-Key", Value: core.Dots, Secret: true},
				{Name: "x", Value: "a=b"},
				{Name: "lone"},
				{Name: "data", Value: "Note by webhook."},
				{Name: "pct", Value: "A"},
			},
		},
		{
			"flat JSON", `{"name": "[First Name]", "auth": "Key [secret:key]", "n": ${n}}`,
			[]core.Pair{{Name: "name", Value: "Ada <3"}, {Name: "auth", Value: "Key " + core.Dots, Secret: true}, {Name: "n", Value: "1.10"}},
		},
		{"nested JSON", `{"o": {"n": ${n}}}`, nil},
		{"XML", `<n>[n]</n>`, nil},
	}
	for _, tt := range tests {
		w := texted(tt.text, "")
		w.Body.Keys = keys
		if diff := cmp.Diff(tt.want, show(t, w, contact).Pairs); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestMissingFieldsOfTemplatesAreNoted(t *testing.T) {
	w := texted("name=[Frist Name]&x=[nothing]&y=[nil]&z=[Frist Name]", "")
	w.Address = "https://example.org/in?m=[Emial]"
	w.Headers = []core.Header{{Name: "X-A", Value: "a"}, {Name: "X-N", Value: "[nn]"}}
	want := []core.Note{
		{Warn: true, Where: "address", Text: "The record has no field called [Emial]. Did you mean [Email]?"},
		{Warn: true, Where: "header:1", Text: "The record has no field called [nn]. Did you mean [n]?"},
		{Warn: true, Where: "template", Text: "The record has no field called [Frist Name]. Did you mean [First Name]?"},
		{Warn: true, Where: "template", Text: "The record has no field called [nothing]."},
		{Where: "address", Text: "Sent over a secure connection (https)."},
	}
	if diff := cmp.Diff(want, show(t, w, contact).Notes); diff != "" {
		t.Error(diff)
	}
}

func TestTemplatesThatCannotBe(t *testing.T) {
	tests := []struct {
		name, text, contentType string
		where, phrase           string
	}{
		{"empty", " \n", "", "/body/template", "Type the text"},
		{"too long", "a=" + strings.Repeat("x", message.MaxTemplate), "", "/body/template", "too long"},
		{"open bracket", "a=b&\nc=[d", "", "/body/template", "line 2, character 3"},
		{"outside a string", `{"a": [First Name]}`, "", "/body/template", ""},
		{"a mark", "a=[Email]&b=‹their id›", "", "/body/template", "Fill in ‹their id›."},
		{"a secret that is not there", "a=[secret:kye]", "", "/body/template", "Did you mean [secret:key]?"},
		{"no kind of data", "a=b", "json", "/body/content_type", "application/json"},
		{"a kind of data with a line break", "a=b", "text/plain\r\nX: y", "/body/content_type", "application/json"},
	}
	for _, tt := range tests {
		w := texted(tt.text, tt.contentType)
		w.Body.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("hush")}}
		errs := message.Validate(w)
		if len(errs) != 1 || errs[0].Where != tt.where || !strings.Contains(errs[0].Message, tt.phrase) {
			t.Errorf("%s: %v, want %q at %s", tt.name, errs, tt.phrase, tt.where)
		}
	}
}

func TestShowMakesTheBestOfAHalfWrittenTemplate(t *testing.T) {
	w := texted("a=[Email", "")
	w.Address = "https://example.org/[nothing]"
	shown := show(t, w, contact)
	if len(shown.Notes) < 3 || shown.Notes[0].Where != "template" || shown.Notes[1].Where != "address" || shown.URL != w.Address || shown.Body != "" {
		t.Errorf("shown = %+v", shown)
	}
}
