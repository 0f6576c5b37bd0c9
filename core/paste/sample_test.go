package paste_test

import (
	"fmt"
	"strings"
	"testing"

	"hookbird/core/paste"
)

func TestSamples(t *testing.T) {
	check(t, []reading{
		{"JSON", "\ufeff{\n  \"email\": \"ada@example.org\", \"first.name\": \"Ada\", \"n\": 9007199254740993, \"address\": {\"city\": \"Bath\", \"geo\": {}}\n}", `
JSON   json
email=ada@example.org
first.name=Ada
n=9007199254740993
address.city=Bath
address.geo={}
- It is sent as JSON with 5 fields.
- The name first.name holds a dot, which would nest. Check it.
`},
		{"envelope", `{"id":"1","type":"contact.created","timestamp":"2026-12-22T10:00:00Z","data":{"email":"a"}}`, `
JSON   envelope
email=a
- It is sent as JSON that says which event it is with 1 field.
`},
		{"JSON with slips", "{“email”: “ada@example.org”, \"tags\": [1, 2,],}", `
JSON   json
email=ada@example.org
tags=[1,2]
- The sample is not quite JSON. It was read all the same.
- It is sent as JSON with 2 fields.
`},
		{"no JSON", `{"email": ada}`, `
   
- This looks like JSON, but cannot be read. This is not JSON: there is something else where a value should stand (at byte 10).
`},
		{"list of JSON", `[{"email":"a","password":"xxxx"}]`, `
JSON   json-list
email=a
password={?}
- It is sent as a JSON list with 2 fields.
- The field password needs your key. Type it there.
`},
		{"form", "token=12ab&firstname=[First Name]&last_name=&\nmail=a%2Bb@example.org&mail=again", `
form   form
token={12ab}
firstname=[First Name]
last_name=
mail=a+b@example.org
- It is sent as a web form with 4 fields.
- The field token looks like a key. It is kept secret.
`},
		{"form with gaps", "?a=1&&b b b b b=2&", `
form   form
a=1
b b b b b=2
- It is sent as a web form with 2 fields.
`},
		{"address", "https://hooks.example.org/in/KEY?a=1", `
address  https://hooks.example.org/in/KEY?a=1 
- It goes to hooks.example.org.
`},
		{"address with its method", "put HTTPS://hooks.example.org:8443/in/[Id]", `
address PUT https://hooks.example.org:8443/in/[Id] 
- It goes to hooks.example.org:8443.
`},
		{"address without https", "<hooks.example.org/in>", `
address  https://hooks.example.org/in 
- The web address had no https:// in front. It was put there.
- It goes to hooks.example.org.
`},
		{"spreadsheet", "E-mail\tFirst name\tMember since\nada@example.org\tAda\t2026-12-22\n", `
fields   
E-mail=ada@example.org
First name=Ada
Member since=2026-12-22
- The list holds 3 fields. What stands beside them is taken for examples.
`},
		{"CSV", "\"Last, first\";email;x y\n", `
fields   
Last, first=
email=
x y=
- The list holds 3 fields.
`},
		{"one line with commas", "email, first_name, last_name, api_key", `
fields   
email=
first_name=
last_name=
api_key={?}
- The list holds 4 fields.
- The field api_key needs your key. Type it there.
`},
		{"one name a line", "• email*\n2) First Name (required)\n\n- last_name - the family name\n`zip`:\n{{city}}", `
fields   
email=
First Name=
last_name=
zip=
city=
- The list holds 5 fields.
`},
		{"names with values", "email: ada@example.org\nfirst: \"Ada\",\nsecret_key: 12345", `
fields   
email=ada@example.org
first=Ada
secret_key={12345}
- The list holds 3 fields. What stands beside them is taken for examples.
- The field secret_key looks like a key. It is kept secret.
`},
		{"table of a help page", "email\tstring\tThe person's address.\nage\tinteger\tIn years.", `
fields   
email=
age=
- The list holds 2 fields.
`},
		{"merge fields", "[First Name], [Last Name]", `
fields   
First Name=
Last Name=
- The list holds 2 fields.
`},
	})
}

func TestTextsThatSayNothing(t *testing.T) {
	for _, text := range []string{
		"", " \n\ufeff", "Please send us a POST request with all of the fields of the person, thank you very much.",
		"We will call you. Then we will see!\nOr not?", "12345", "curl", "curl --help me", "https://", "=", "&&", "a b c d e f = 1",
		"{", "[[", "<xml/>", strings.Repeat("x", paste.MaxText+1),
	} {
		if g := paste.Read(text); g.Kind != paste.Nothing || len(g.Said) != 1 || g.Address != "" || len(g.Body.Fields) > 0 {
			t.Errorf("%.40q: %s", text, seen(g))
		}
	}
}

func TestFieldsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 2 * paste.MaxFields {
		fmt.Fprintf(&b, "name %d\n", i)
	}
	if g := paste.Read(b.String()); len(g.Body.Fields) != paste.MaxFields {
		t.Errorf("%d fields", len(g.Body.Fields))
	}
}
