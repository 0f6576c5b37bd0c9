package message_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
)

// vault holds secrets by their ids and counts how often it is asked.
type vault struct {
	texts map[string]string
	asked int
	err   error
}

func (v *vault) Reveal(s core.Secret) (string, error) {
	v.asked++
	if v.err != nil {
		return "", v.err
	}
	return v.texts[s.ID()], nil
}

var at = time.Date(2026, 11, 22, 10, 44, 0, 0, time.UTC)

func event(data string) *core.Event {
	return &core.Event{Seq: 48, ID: "0193-1", Type: "supporter.created", Time: at, Data: []byte(data)}
}

func one(data string) []*core.Event { return []*core.Event{event(data)} }

// failer is a test, a benchmark or one draw of a property.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func build(t failer, w *core.Webhook, data string) *message.Message {
	t.Helper()
	b, err := message.New(w, &vault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Build(one(data), at)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func show(t failer, w *core.Webhook, data string) *core.Shown {
	t.Helper()
	shown, err := message.Show(w, one(data), at, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

// rally is the webhook of the first example: names of their own, a fixed value
// and a secret one.
func rally() *core.Webhook {
	return &core.Webhook{
		ID: "our-database", Name: "Our database", Address: "https://example.org/hooks/supporters", State: core.StateOn,
		Headers: []core.Header{{Name: "X-Secret-KEY", Secret: core.NewSecret("k1&2")}, {Name: "x-plain", Value: "yes"}},
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "fname", From: "firstname"},
			{Name: "lname", From: "lastname"},
			{Name: "email", From: "email"},
			{Name: "zip", From: "zipcode"},
			{Name: "source", Value: "rally"},
			{Name: "token", Secret: core.NewSecret("open sesame & more")},
		}},
	}
}

const ada = `{"firstname":"Ada","lastname":"Love lace","email":"ada+1@example.org","zipcode":"01067"}`

func TestForm(t *testing.T) {
	m := build(t, rally(), ada)
	want := "fname=Ada&lname=Love+lace&email=ada%2B1%40example.org&zip=01067&source=rally&token=open+sesame+%26+more"
	if string(m.Body) != want {
		t.Errorf("body = %s\nwant   %s", m.Body, want)
	}
	lines := []message.Line{
		{Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
		{Name: "User-Agent", Value: "Hookbird/1.0"},
		{Name: "webhook-id", Value: core.DeliveryID("0193-1", "our-database")},
		{Name: "X-Secret-KEY", Value: "k1&2"},
		{Name: "x-plain", Value: "yes"},
	}
	if diff := cmp.Diff(lines, m.Header); diff != "" {
		t.Error(diff)
	}
	if m.Method != "POST" || m.URL != "https://example.org/hooks/supporters" || m.Host != "example.org" {
		t.Errorf("goes to %s %s at %s", m.Method, m.URL, m.Host)
	}
	for _, secret := range []string{"k1&2", "open sesame & more", "/hooks/supporters"} {
		if !contains(m.Secrets, secret) {
			t.Errorf("%q is not masked", secret)
		}
	}
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

func TestFields(t *testing.T) {
	from := func(name, path string) core.Field { return core.Field{Name: name, From: path} }
	omit := func(name, path string) core.Field { return core.Field{Name: name, From: path, OmitEmpty: true} }
	fixed := func(name, text string) core.Field { return core.Field{Name: name, Value: text} }
	const data = `{"n":9007199254740993,"d":1.10,"t":true,"nil":null,"s":"x\u0026\"y","e":"",` +
		`"o":{"a":1,"b":{"c":"d"}},"l":[1,"z",[]],"no":{},"nl":[]}`
	tests := []struct {
		name   string
		fields []core.Field
		json   string
		form   string
	}{
		{
			"as it came",
			[]core.Field{from("n", "n"), from("d", "D"), from("t", "t"), from("s", "s")},
			`{"n":9007199254740993,"d":1.10,"t":true,"s":"x\u0026\"y"}`, `n=9007199254740993&d=1.10&t=true&s=x%26%22y`,
		},
		{
			"null and missing",
			[]core.Field{from("a", "nil"), from("b", "nowhere")},
			`{"a":null,"b":null}`, `a=&b=`,
		},
		{
			"left out",
			[]core.Field{omit("a", "nil"), omit("b", "nowhere"), omit("c", "e"), omit("d", "no"), omit("e", "nl"), omit("f", "t")},
			`{"f":true}`, `f=true`,
		},
		{
			"all left out",
			[]core.Field{omit("a.b", "nil"), omit("c", "e")},
			`{}`, ``,
		},
		{
			"whole parts",
			[]core.Field{from("o", "o"), from("l", "l"), from("no", "no")},
			`{"o":{"a":1,"b":{"c":"d"}},"l":[1,"z",[]],"no":{}}`, `o%5Ba%5D=1&o%5Bb%5D%5Bc%5D=d&l%5B0%5D=1&l%5B1%5D=z&l%5B2%5D=&no=`,
		},
		{
			"dots nest and merge",
			[]core.Field{from("a.b", "t"), from("x", "n"), fixed("a.c.d", "1"), from("a.c.e", "o.b.c")},
			`{"a":{"b":true,"c":{"d":"1","e":"d"}},"x":9007199254740993}`, `a%5Bb%5D=true&x=9007199254740993&a%5Bc%5D%5Bd%5D=1&a%5Bc%5D%5Be%5D=d`,
		},
		{
			"part of an object left out",
			[]core.Field{omit("a.b", "nil"), from("a.c", "t"), omit("d.e", "nil"), from("f", "t")},
			`{"a":{"c":true},"f":true}`, `a%5Bc%5D=true&f=true`,
		},
		{
			"dots that cannot nest",
			[]core.Field{fixed("a.", "1"), fixed(".b", "2"), fixed("c..d", "3")},
			`{"a.":"1",".b":"2","c..d":"3"}`, `a.=1&.b=2&c..d=3`,
		},
		{
			"fixed values are text",
			[]core.Field{fixed("n", "1"), fixed("t", "true"), fixed("q", "\"\\\n\u2028ä\x01")},
			`{"n":"1","t":"true","q":"\"\\\n` + "\u2028ä" + `\u0001"}`, `n=1&t=true&q=%22%5C%0A%E2%80%A8%C3%A4%01`,
		},
		{
			"names are encoded",
			[]core.Field{fixed(`a "b"&c`, "*-._~'")},
			`{"a \"b\"&c":"*-._~'"}`, `a+%22b%22%26c=*-._%7E%27`,
		},
		{
			"brackets stay",
			[]core.Field{fixed("a[b.c]", "1"), fixed("tags[]", "2")},
			`{"a[b":{"c]":"1"},"tags[]":"2"}`, `a%5Bb.c%5D=1&tags%5B%5D=2`,
		},
	}
	for _, tt := range tests {
		w := &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Fields: tt.fields}}
		if got := string(build(t, w, data).Body); got != tt.json {
			t.Errorf("%s: json = %s\nwant %s", tt.name, got, tt.json)
		}
		w.Body.Style = core.BodyForm
		if got := string(build(t, w, data).Body); got != tt.form {
			t.Errorf("%s: form = %s\nwant %s", tt.name, got, tt.form)
		}
	}
}

func TestWithoutFieldsAllOfTheRecordGoesOut(t *testing.T) {
	const data = ` {"b": 1.0, "a": 9007199254740993, "b":2, "o":{"x.y":[true,{"z":null}]}, "First Name":"Ä", "e":[], "p.q": "dot" } `
	w := &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Style: core.BodyJSON}}
	m := build(t, w, data)
	if string(m.Body) != data {
		t.Errorf("json = %s", m.Body)
	}
	if shown := show(t, w, data); shown.Body != data || len(shown.Pairs) != 7 || shown.Pairs[2] != (core.Pair{Name: "b", Value: "2"}) {
		t.Errorf("shown = %+v", shown)
	}
	w.Body.Style = core.BodyForm
	want := "b=1.0&a=9007199254740993&b=2&o%5Bx.y%5D%5B0%5D=true&o%5Bx.y%5D%5B1%5D%5Bz%5D=&First+Name=%C3%84&e=&p.q=dot"
	if got := string(build(t, w, data).Body); got != want {
		t.Errorf("form = %s\nwant   %s", got, want)
	}
}

func TestJSONWithoutFieldsIsNotCopied(t *testing.T) {
	w := &core.Webhook{ID: "w", Address: "https://example.org"}
	b, err := message.New(w, &vault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	e := event(ada)
	m, err := b.Build([]*core.Event{e}, at)
	if err != nil {
		t.Fatal(err)
	}
	if &m.Body[0] != &e.Data[0] || len(m.Body) != len(e.Data) {
		t.Error("the body is another slice than the event's data")
	}
}

func TestNoBody(t *testing.T) {
	for _, w := range []*core.Webhook{
		{ID: "w", Address: "https://example.org", Method: "GET"},
		{ID: "w", Address: "https://example.org", Body: core.Body{Style: core.BodyNone, Fields: []core.Field{{Name: "a", Value: "b"}}}},
	} {
		m := build(t, w, ada)
		if m.Body != nil || m.Header[0].Name != "User-Agent" {
			t.Errorf("body = %q, header = %v", m.Body, m.Header)
		}
		if shown := show(t, w, ada); shown.Body != "" || shown.Pairs != nil {
			t.Errorf("shown = %+v", shown)
		}
	}
}

func TestSecretsAreAskedForOnce(t *testing.T) {
	w := rally()
	w.Body.Fields[5].Secret = core.SealedSecret("s1")
	v := &vault{texts: map[string]string{"s1": "hush"}}
	b, err := message.New(w, v, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		m, err := b.Build(one(ada), at)
		if err != nil || !strings.HasSuffix(string(m.Body), "token=hush") {
			t.Fatalf("body = %s, error = %v", m.Body, err)
		}
	}
	if v.asked != 1 {
		t.Errorf("the vault was asked %d times", v.asked)
	}
	v.err = core.Errorf(core.CodeUnavailable, "The key store is locked.")
	if _, err := message.New(w, v, "1.0"); !errors.Is(err, v.err) || core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("error = %v", err)
	}
}

func TestNewRefusesWhatCannotBeSent(t *testing.T) {
	tests := []struct {
		name   string
		change func(*core.Webhook)
	}{
		{"address", func(w *core.Webhook) { w.Address = "example.org" }},
		{"field without a name", func(w *core.Webhook) { w.Body.Fields[0].Name = "" }},
		{"path", func(w *core.Webhook) { w.Body.Fields[0].From = `"` }},
		{"header name", func(w *core.Webhook) { w.Headers[0].Name = "a b" }},
		{"secret with a line break in a header", func(w *core.Webhook) { w.Headers[0].Secret = core.NewSecret("hush\r\nX: y") }},
		{"packing", func(w *core.Webhook) { w.Body.Style = "soap" }},
		{"one name twice", func(w *core.Webhook) { w.Body.Style = core.BodyJSON; w.Body.Fields[1].Name = "fname" }},
	}
	for _, tt := range tests {
		w := rally()
		tt.change(w)
		_, err := message.New(w, &vault{}, "1.0")
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%s: error = %v", tt.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: the secret is in %q", tt.name, err)
		}
	}
}

func TestRecordThatCannotBeRead(t *testing.T) {
	b, err := message.New(rally(), &vault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"", "[1]", `{"a":`, `"x"`} {
		if _, err := b.Build(one(data), at); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%q: error = %v", data, err)
		}
		if _, err := message.Show(rally(), one(data), at, "1.0"); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%q shown: error = %v", data, err)
		}
	}
}

func TestShowHidesSecrets(t *testing.T) {
	w := rally()
	w.Body.Fields[5].Secret = core.SealedSecret("no vault is asked for it")
	shown := show(t, w, ada)
	want := &core.Shown{
		Method: "POST", Host: "example.org", URL: "https://example.org/hooks/supporters",
		Pairs: []core.Pair{
			{Name: "fname", Value: "Ada"},
			{Name: "lname", Value: "Love lace"},
			{Name: "email", Value: "ada+1@example.org"},
			{Name: "zip", Value: "01067"},
			{Name: "source", Value: "rally"},
			{Name: "token", Value: core.Dots, Secret: true},
		},
		Headers: []string{
			"Content-Type: application/x-www-form-urlencoded", "User-Agent: Hookbird/1.0",
			"webhook-id: " + core.DeliveryID("0193-1", "our-database"), "X-Secret-KEY: " + core.Dots, "x-plain: yes",
		},
		Body:  "fname=Ada&lname=Love+lace&email=ada%2B1%40example.org&zip=01067&source=rally&token=" + core.Dots,
		Notes: []core.Note{{Where: "address", Text: "Sent over a secure connection (https)."}},
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Error(diff)
	}
	w.Body.Style = core.BodyJSON
	if body := show(t, w, ada).Body; !strings.HasSuffix(body, `"token":"`+core.Dots+`"}`) || !json.Valid([]byte(body)) {
		t.Errorf("json = %s", body)
	}
}

func TestShowNotes(t *testing.T) {
	w := &core.Webhook{
		ID: "w", Address: "htps://example.org",
		Headers: []core.Header{{Name: "Host", Value: "x"}},
		Body: core.Body{Style: core.BodyJSON, Fields: []core.Field{
			{Name: "zip", From: "zip code"},
			{Name: "phone", From: "phone"},
			{Name: "mail", From: "email", OmitEmpty: true},
			{Name: "", From: "lastname"},
			{Name: "", Value: ""},
			{Name: "x", From: `"`},
			{Name: "zip", Value: "twice"},
			{Name: "ok", From: "lastname"},
		}},
	}
	shown := show(t, w, `{"lastname":"Lovelace","zipcode":"1","email":""}`)
	_, noPath := value.ParsePath(`"`)
	want := []core.Note{
		{Warn: true, Where: "address", Text: "This address starts with htps://, which is probably a slip for https://"},
		{Warn: true, Where: "header:0", Text: "The header line Host is written by Hookbird itself. It follows from the web address. Remove this row."},
		{Where: "field:3", Text: "lastname is left out until you name it."},
		{Warn: true, Where: "field:5", Text: core.Sentence(noPath)},
		{Warn: true, Where: "field:6", Text: "This name is used twice. The other system will only keep one."},
		{Warn: true, Where: "field:0", Text: `The record has no field called "zip code". Did you mean "zipcode"?`},
		{Warn: true, Where: "field:1", Text: `The record has no field called "phone".`},
		{Where: "field:2", Text: "mail is left out, because it is empty in this record."},
	}
	if diff := cmp.Diff(want, shown.Notes); diff != "" {
		t.Error(diff)
	}
	if shown.Body != `{"zip":null,"phone":null,"ok":"Lovelace"}` || shown.URL != "htps://example.org" || shown.Host != "" {
		t.Errorf("shown = %+v", shown)
	}
}

func TestShowSaysHowSafeTheWayIs(t *testing.T) {
	for address, want := range map[string]core.Note{
		"https://example.org":   {Where: "address", Text: "Sent over a secure connection (https)."},
		"http://example.org":    {Warn: true, Where: "address", Text: "Sent over a connection that is not secure: others on the way could read it."},
		"http://127.0.0.1:9101": {Where: "address", Text: "Does not leave this computer."},
		"http://LOCALHOST./x":   {Where: "address", Text: "Does not leave this computer."},
		"http://[::1]:80/":      {Where: "address", Text: "Does not leave this computer."},
	} {
		shown := show(t, &core.Webhook{ID: "w", Address: address}, ada)
		if diff := cmp.Diff([]core.Note{want}, shown.Notes); diff != "" {
			t.Errorf("%s: %s", address, diff)
		}
	}
}

func TestFormIsReadBackByAParser(t *testing.T) {
	w := &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Style: core.BodyForm}}
	got, err := url.ParseQuery(string(build(t, w, `{"a b":"c&d=e","o":{"x":["ü","+"]}}`).Body))
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"a b": {"c&d=e"}, "o[x][0]": {"ü"}, "o[x][1]": {"+"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
