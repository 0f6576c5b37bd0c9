package message_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

func TestConversions(t *testing.T) {
	const data = `{"n":1.10,"joined":"24.12.2025","opt":"Oui","tags":"a, b","mail":" Ada@Example.ORG ","raw":"{\"x\":[1,{\"y\":null}]}",` +
		`"list":["u","v"],"o":{"z":1.0},"lines":[{"sku":"A"},{"sku":"B"}],"empty":""}`
	field := func(from string, steps ...string) core.Field {
		return core.Field{Name: "f", From: from, Convert: steps}
	}
	tests := []struct {
		name  string
		field core.Field
		json  string
		form  string
	}{
		{"text of a number", field("n", "text"), `"1.10"`, "f=1.10"},
		{"date", field("joined", "from:DD.MM.YYYY", "date:YYYY-MM-DD"), `"2025-12-24"`, "f=2025-12-24"},
		{"yes", field("opt", "boolean:Oui/Non"), `true`, "f=true"},
		{"split", field("tags", "split:,"), `["a","b"]`, "f%5B0%5D=a&f%5B1%5D=b"},
		{"trim and lower", field("mail", "trim", "lower"), `"ada@example.org"`, "f=ada%40example.org"},
		{"JSON as it came", field("raw", "json"), `{"x":[1,{"y":null}]}`, "f=%7B%22x%22%3A%5B1%2C%7B%22y%22%3Anull%7D%5D%7D"},
		{"an object as JSON", field("o", "json"), `{"z":1.0}`, "f=%7B%22z%22%3A1.0%7D"},
		{"a list", field("list"), `["u","v"]`, "f%5B0%5D=u&f%5B1%5D=v"},
		{"all of a list", field("lines(*).sku"), `["A","B"]`, "f%5B0%5D=A&f%5B1%5D=B"},
		{"all of a list joined", field("lines(*).sku", "join:, "), `"A, B"`, "f=A%2C+B"},
		{"one of a list", field("lines(2).sku"), `"B"`, "f=B"},
		{"default for empty", field("empty", "default:none"), `"none"`, "f=none"},
		{"default for missing", field("nowhere", "default:none"), `"none"`, "f=none"},
		{"left out after conversion", core.Field{Name: "f", From: "mail", Convert: []string{"after:ORG", "trim"}, OmitEmpty: true}, "", ""},
		{"kept by its default", core.Field{Name: "f", From: "empty", Convert: []string{"default:x"}, OmitEmpty: true}, `"x"`, "f=x"},
		{"template", core.Field{Name: "f", Template: "Dear [mail|trim], [nowhere]${n}"}, `"Dear Ada@Example.ORG, 1.10"`, "f=Dear+Ada%40Example.ORG%2C+1.10"},
		{"converted template", core.Field{Name: "f", Template: " [mail] ", Convert: []string{"trim", "upper"}}, `"ADA@EXAMPLE.ORG"`, "f=ADA%40EXAMPLE.ORG"},
		{"template left out", core.Field{Name: "f", Template: "[nowhere]", OmitEmpty: true}, "", ""},
		{"empty on purpose", core.Field{Name: "f", Blank: true}, `""`, "f="},
		{"empty on purpose, left out", core.Field{Name: "f", Blank: true, OmitEmpty: true}, "", ""},
	}
	for _, tt := range tests {
		if errs := message.Validate(styled(core.BodyJSON, tt.field)); errs != nil {
			t.Errorf("%s: %v", tt.name, errs)
		}
		want := strings.ReplaceAll(`{"f":`+tt.json+`}`, `{"f":}`, `{}`)
		if got := string(build(t, styled(core.BodyJSON, tt.field), data).Body); got != want {
			t.Errorf("%s: json = %s\nwant %s", tt.name, got, want)
		}
		if got := string(build(t, styled(core.BodyForm, tt.field), data).Body); got != tt.form {
			t.Errorf("%s: form = %s\nwant %s", tt.name, got, tt.form)
		}
	}
}

// What cannot be converted is never sent as it is: the message is not made.
func TestValueThatCannotBeConverted(t *testing.T) {
	for _, style := range []core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyList, core.BodyMultipart} {
		w := styled(style,
			core.Field{Name: "name", From: "name"},
			core.Field{Name: "person.zip", From: "zip", Convert: []string{"number"}},
		)
		_, err := newBuilder(t, w).Build(one(`{"name":"Ada","zip":"B-1000"}`), at)
		if core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(err.Error(), `The field "person.zip" cannot be sent: `) {
			t.Errorf("%s: error = %v", style, err)
		}
		shown := show(t, w, `{"name":"Ada","zip":"B-1000"}`)
		if len(shown.Notes) != 2 || shown.Notes[0].Where != "field:1" || !shown.Notes[0].Warn || shown.Notes[0].Text != core.Sentence(err) {
			t.Errorf("%s: notes = %+v", style, shown.Notes)
		}
		if strings.Contains(shown.Body, "B-1000") || !strings.Contains(shown.Body, "Ada") {
			t.Errorf("%s: shown %s", style, shown.Body)
		}
	}
}

func TestMissingFieldWithADefaultIsNoWarning(t *testing.T) {
	w := styled(core.BodyForm,
		core.Field{Name: "a", From: "frist name", Convert: []string{"default:x"}},
		core.Field{Name: "b", Template: "[frist name] [First Name] [nothing|default:x]"},
	)
	want := []core.Note{
		{Where: "field:0", Text: `The record has no field called "frist name". Did you mean "First Name"?`},
		{Warn: true, Where: "field:1", Text: `The record has no field called [frist name]. Did you mean [First Name]?`},
		{Where: "address", Text: "Sent over a secure connection (https)."},
	}
	if diff := cmp.Diff(want, show(t, w, odd).Notes); diff != "" {
		t.Error(diff)
	}
}

func TestFieldsThatCannotBe(t *testing.T) {
	secret := core.NewSecret("hush")
	tests := []struct {
		name  string
		field core.Field
		where []string
	}{
		{"nothing", core.Field{Name: "a"}, []string{"/from"}},
		{"two origins", core.Field{Name: "a", From: "x", Template: "[y]"}, []string{""}},
		{"empty value and path", core.Field{Name: "a", From: "x", Blank: true}, []string{""}},
		{"template and secret", core.Field{Name: "a", Template: "[y]", Secret: secret}, []string{""}},
		{"template that does not close", core.Field{Name: "a", Template: "[y"}, []string{"/template"}},
		{"template with a secret that is not there", core.Field{Name: "a", Template: "[secret:y]"}, []string{"/template"}},
		{"template that is too long", core.Field{Name: "a", Template: strings.Repeat("x", message.MaxFixed+1)}, []string{"/template"}},
		{"steps of a value", core.Field{Name: "a", Value: "x", Convert: []string{"trim"}}, []string{"/convert"}},
		{"steps of nothing", core.Field{Name: "a", Blank: true, Convert: []string{"trim"}}, []string{"/convert"}},
		{"steps of a secret", core.Field{Name: "a", Secret: secret, Convert: []string{"trim"}}, []string{"/convert"}},
		{"steps that are not there", core.Field{Name: "a", From: "x", Convert: []string{"trim", "trimm", "lower", "date"}}, []string{"/convert/1", "/convert/3"}},
		{"too many steps", core.Field{Name: "a", From: "x", Convert: strings.Split(strings.Repeat("trim,", 100)+"trim", ",")}, []string{"/convert"}},
		{"mark in a value", core.Field{Name: "a", Value: "key ‹your key›"}, []string{"/value"}},
		{"mark in a template", core.Field{Name: "a", Template: "key ‹your key› [x]"}, []string{"/template"}},
	}
	for _, tt := range tests {
		w := styled(core.BodyForm, tt.field)
		w.Body.Keys = []core.NamedSecret{{Name: "key", Secret: secret}}
		var got, want []string
		for _, err := range message.Validate(w) {
			got = append(got, err.Where)
			if strings.Contains(err.Message, "hush") {
				t.Errorf("%s: the secret is in %q", tt.name, err.Message)
			}
		}
		for _, where := range tt.where {
			want = append(want, "/body/fields/0"+where)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
