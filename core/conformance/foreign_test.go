package conformance

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/sign"
)

// nasty is a record that a careless sender gets wrong: signs that mean something
// in forms, addresses and JSON, and text of more than one script.
const nasty = `{"name":"Ada & Bo = 50% + \"q\" <b>","mail":"a+b@example.org","zip":"01067","empty":"","gone":null,` +
	`"note":"line one\nline two\ttab \\ back","text":"Zoë 東京 🐦","yes":true,"n":12.50,"person":{"first":"Ada","tags":["x","y z"]}}`

// mapped sends some fields of nasty under other names.
func mapped(style core.BodyStyle) *core.Webhook {
	return &core.Webhook{
		Address: "/", Method: http.MethodPost,
		Body: core.Body{Style: style, Fields: []core.Field{
			{Name: "full name", From: "name"},
			{Name: "mail", From: "mail"},
			{Name: "address.zip", From: "zip"},
			{Name: "address.empty", From: "empty"},
			{Name: "note", From: "note"},
			{Name: "text", From: "text"},
			{Name: "fixed", Value: "a b&c=d"},
			{Name: "token", Secret: core.NewSecret("s%20 &+é")},
			{Name: "tags", From: "person.tags"},
		}},
	}
}

func check(t *testing.T, what string, got any, want string) {
	t.Helper()
	var w any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(w, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// What the receivers that know nested names should have got of mapped.
const nested = `{"full name":"Ada & Bo = 50% + \"q\" <b>","mail":"a+b@example.org","address":{"zip":"01067","empty":""},` +
	`"note":"line one\nline two\ttab \\ back","text":"Zoë 東京 🐦","fixed":"a b&c=d","token":"s%20 &+é","tags":["x","y z"]}`

func TestPHPReadsForms(t *testing.T) {
	r := php(t)
	for _, style := range []core.BodyStyle{core.BodyForm, core.BodyMultipart} {
		w := mapped(style)
		w.Body.Fields[0].Name = "full_name" // PHP itself writes _ for a space
		h, _ := r.send(t, w, nasty)
		want := `{"full_name":` + nested[len(`{"full name":`):]
		check(t, string(style), h.Form, want)
	}
}

func TestPHPReadsTheAddress(t *testing.T) {
	r := php(t)
	h, _ := r.send(t, &core.Webhook{Method: http.MethodGet, Address: "/c/${mail}/x?name=[name]&z=[text]&left=[none]"}, nasty)
	if h.Path != "/c/a+b@example.org/x" {
		t.Errorf("path %q", h.Path)
	}
	check(t, "query", h.Query, `{"name":"Ada & Bo = 50% + \"q\" <b>","z":"Zoë 東京 🐦","left":""}`)
}

func TestPHPReadsPostData(t *testing.T) {
	r := php(t)
	h, _ := r.send(t, &core.Webhook{Address: "/", Body: core.Body{
		Style: core.BodyTemplate, ContentType: "application/x-www-form-urlencoded",
		Template: "First_Name=[name]&address=2040 Alameda Padre Serra&sum=1+1&done=100%25&key=[secret:k]&text=[text]",
		Keys:     []core.NamedSecret{{Name: "k", Secret: core.NewSecret("2&2 =4")}},
	}}, nasty)
	check(t, "post data", h.Form, `{"First_Name":"Ada & Bo = 50% + \"q\" <b>","address":"2040 Alameda Padre Serra",`+
		`"sum":"1+1","done":"100%","key":"2&2 =4","text":"Zoë 東京 🐦"}`)
}

func TestPythonReadsFormsAndJSON(t *testing.T) {
	r := python(t)
	h, _ := r.send(t, mapped(core.BodyForm), nasty)
	check(t, "form", h.Form, `{"full name":"Ada & Bo = 50% + \"q\" <b>","mail":"a+b@example.org","address[zip]":"01067","address[empty]":"",`+
		`"note":"line one\nline two\ttab \\ back","text":"Zoë 東京 🐦","fixed":"a b&c=d","token":"s%20 &+é","tags[0]":"x","tags[1]":"y z"}`)
	h, _ = r.send(t, mapped(core.BodyJSON), nasty)
	check(t, "json", h.JSON, nested)
	h, _ = r.send(t, &core.Webhook{Address: "/", Body: core.Body{Style: core.BodyJSON}}, nasty)
	check(t, "json as it came", h.JSON, nasty)
	h, _ = r.send(t, &core.Webhook{Address: "/", Body: core.Body{Style: core.BodyList}}, nasty)
	check(t, "json list", h.JSON, "["+nasty+"]")
	h, _ = r.send(t, &core.Webhook{Method: http.MethodPut, Address: "/p/[person.first]?q=[name]", Body: core.Body{
		Style: core.BodyTemplate, ContentType: "application/json",
		Template: `{"name": "[name]", "tags": ${person.tags}, "n": ${n}, "none": ${none}, "list": ["${text}", "\[x]"]}`,
	}}, nasty)
	check(t, "json template", h.JSON, `{"name":"Ada & Bo = 50% + \"q\" <b>","tags":["x","y z"],"n":12.5,"none":null,"list":["Zoë 東京 🐦","[x]"]}`)
	if h.Path != "/p/Ada" || h.Method != "PUT" {
		t.Errorf("%s %s", h.Method, h.Path)
	}
	check(t, "query", h.Query, `{"q":"Ada & Bo = 50% + \"q\" <b>"}`)
}

func TestExpressReadsEveryPacking(t *testing.T) {
	r := node(t, "")
	for path, style := range map[string]core.BodyStyle{"/form": core.BodyForm, "/json": core.BodyJSON, "/multipart": core.BodyMultipart} {
		w := mapped(style)
		w.Address = path
		h, _ := r.send(t, w, nasty)
		got := h.Form
		if style == core.BodyJSON {
			got = h.JSON
		}
		check(t, string(style), got, nested)
	}
	h, _ := r.send(t, &core.Webhook{Address: "/json", Body: core.Body{Style: core.BodyEnvelope}}, nasty)
	envelope, ok := h.JSON.(map[string]any)
	if !ok || envelope["type"] != "contact.created" || envelope["source"] != "desk" || len(envelope) != 5 {
		t.Errorf("envelope %v", h.JSON)
	}
	check(t, "data of the envelope", envelope["data"], nasty)
	h, _ = r.send(t, &core.Webhook{Address: "/text", Body: core.Body{
		Style: core.BodyTemplate, ContentType: "application/xml", Template: `<p n="[name]">[text]</p>`,
	}}, nasty)
	if want := `<p n="Ada &amp; Bo = 50% + &#34;q&#34; &lt;b&gt;">Zoë 東京 🐦</p>`; h.Text != want {
		t.Errorf("xml %s, want %s", h.Text, want)
	}
}

// The public package that receivers of Standard Webhooks use takes what is
// signed with its secret, with either secret of a rotation, and nothing else.
func TestStandardWebhooksVerifies(t *testing.T) {
	secret := sign.NewSecret()
	r := node(t, secret)
	signed := func(by core.Sign) (heard, core.Attempt) {
		by.Style = core.SignStandard
		return r.send(t, &core.Webhook{Address: "/signed", Body: core.Body{Style: core.BodyJSON}, Sign: by}, nasty)
	}
	h, a := signed(core.Sign{Secret: core.NewSecret(secret)})
	if a.Code != http.StatusOK {
		t.Fatalf("refused: %s", h.Why)
	}
	check(t, "verified", h.JSON, nasty)
	if h, a := signed(core.Sign{Secret: core.NewSecret(sign.NewSecret()), Previous: core.NewSecret(secret)}); a.Code != http.StatusOK {
		t.Errorf("while changing over: refused: %s", h.Why)
	}
	if _, a := signed(core.Sign{Secret: core.NewSecret(sign.NewSecret())}); a.Code != http.StatusUnauthorized {
		t.Errorf("signed with another secret: %d", a.Code)
	}
}
