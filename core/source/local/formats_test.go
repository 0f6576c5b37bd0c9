package local

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core"
)

// one sends a body, sees that it becomes one record, and gives it.
func (b *bench) one(method, path, body string, headers ...string) string {
	b.t.Helper()
	r := b.do(method, path, body, headers...)
	if got := data(b.host.got()); r.status == http.StatusAccepted && len(got) == 1 {
		return got[0]
	}
	b.t.Errorf("%d %s", r.status, r.body)
	return ""
}

// refused sends a body and sees that it is refused, and nothing of it taken.
func (b *bench) refused(status int, says, method, path, body string, headers ...string) {
	b.t.Helper()
	r := b.do(method, path, body, headers...)
	if got := b.host.got(); r.status != status || !strings.Contains(r.Error.Message, says) || len(got) > 0 {
		b.t.Errorf("%d %s, want %d %q", r.status, r.body, status, says)
	}
}

// What ONTRAPORT sends by itself is a form whose names stand in brackets.
func TestOntraport(t *testing.T) {
	b := start(t, Options{})
	body := "webhook_id=3&object_type_id=0&event%5Btype%5D=object_create%280%29&event%5Brelation%5D=" +
		"&data%5Bid%5D=42&data%5Bfirstname%5D=Ada&data%5Bemail%5D=ada%40example.org&data[owner_data][email]=office%40example.org" +
		"&data[tags][]=7&data[tags][]=9&timestamp=1710412800&hash="
	want := `{"webhook_id":"3","object_type_id":"0","event":{"type":"object_create(0)","relation":""},` +
		`"data":{"id":"42","firstname":"Ada","email":"ada@example.org","owner_data":{"email":"office@example.org"},"tags":["7","9"]},"timestamp":"1710412800","hash":""}`
	if got := b.one("POST", "/in/"+testKey, body, "Content-Type", "application/x-www-form-urlencoded"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// packed writes a form in parts.
func packed(t *testing.T, pairs ...string) (body, contentType string) {
	t.Helper()
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	for i := 0; i < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return text.String(), w.FormDataContentType()
}

func TestParts(t *testing.T) {
	b := start(t, Options{})
	body, typ := packed(t, "name", "Zoë & \"Co\"\r\n", "address[city]", "Ulm", "tag[]", "a", "tag[]", "b", "empty", "")
	if got := b.one("POST", "/in/"+testKey, body, "Content-Type", typ); got != `{"name":"Zoë & \"Co\"\r\n","address":{"city":"Ulm"},"tag":["a","b"],"empty":""}` {
		t.Error(got)
	}
	part := func(header, text string) string {
		return "--x\r\nContent-Disposition: form-data" + header + "\r\n\r\n" + text + "\r\n--x--\r\n"
	}
	for _, tt := range map[string]struct{ body, says string }{
		"empty":     {"", "no fields"},
		"cut off":   {strings.TrimSuffix(part(`; name="a"`, "b"), "--x--\r\n"), "boundary"},
		"no fields": {"--x--\r\n", "no fields"},
		"no name":   {part("", "b"), "no name"},
		"file":      {part(`; name="a"; filename="a.png"`, "b"), "it is a file"},
		"base64":    {part("; name=\"a\"\r\nContent-Transfer-Encoding: base64", "Yg=="), "encoded"},
		"latin 1":   {part("; name=\"a\"\r\nContent-Type: text/plain; charset=iso-8859-1", "b"), "UTF-8"},
		"no text":   {part(`; name="a"`, "\xff"), "UTF-8"},
		"brackets":  {part(`; name="`+strings.Repeat("a[", 1)+strings.Repeat("b][", 20)+`c]"`, "x"), "parts"},
		"too many":  {strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n", maxFormFields+1) + "--x--\r\n", "more than 10000"},
	} {
		b.refused(400, tt.says, "POST", "/in/"+testKey, tt.body, "Content-Type", `multipart/form-data; boundary="x"`)
	}
}

// Jotform sends a form in parts, in one of which the answers stand as JSON.
func TestJSONField(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.JSONField = "rawRequest"
	raw := `{"slug":"submit/1","q3_name":{"first":"Ada", "last":"Lovelace"},"q4_n":1.50}`
	body, typ := packed(t, "formID", "1", "pretty", "Name:Ada", "rawRequest", raw)
	if got := b.one("POST", "/in/"+testKey, body, "Content-Type", typ); got != raw {
		t.Error(got)
	}
	form := "application/x-www-form-urlencoded"
	if got := b.one("POST", "/in/"+testKey, `a=1&rawRequest={"b":2}`, "Content-Type", form); got != `{"b":2}` {
		t.Error(got)
	}
	b.refused(400, `one field with the name "rawRequest"`, "POST", "/in/"+testKey, "a=1", "Content-Type", form)
	b.refused(400, `one field with the name "rawRequest"`, "POST", "/in/"+testKey, "rawRequest={}&rawRequest={}", "Content-Type", form)
	b.refused(400, `The field "rawRequest" cannot be taken. The body is not JSON`, "POST", "/in/"+testKey, "rawRequest={", "Content-Type", form)
	b.post(`[{"a":1},{"a":2}]`) // what is no form is taken as it is
	if got := data(b.host.got()); len(got) != 2 {
		t.Error(got)
	}
}

func TestQuery(t *testing.T) {
	b := start(t, Options{})
	at := "/in/" + testKey
	b.refused(405, "by POST only", "GET", at+"?a=1", "")
	b.src.Local.Query = true
	if got := b.one("GET", at+"/sale.done?article=A1&price=5,00&who[name]=Zo%C3%AB+L", ""); got != `{"article":"A1","price":"5,00","who":{"name":"Zoë L"}}` {
		t.Error(got)
	}
	if got := b.one("GET", at+"?name=Zo%EB&x=%80", "", "Sec-Fetch-Site", "none"); got != `{"name":"Zoë","x":"€"}` {
		t.Error(got)
	}
	b.src.Local.AllowedOrigins = []string{"https://till.example"}
	if got := b.one("GET", at+"?a=1", "", "Origin", "https://till.example", "Sec-Fetch-Site", "cross-site"); got != `{"a":"1"}` {
		t.Error(got)
	}
	b.refused(400, "no fields", "GET", at, "")
	b.refused(400, "hexadecimal", "GET", at+"?a=%zz", "")
	b.refused(400, "no body", "GET", at+"?a=1", "{}")
	b.refused(403, "Web pages", "GET", at+"?a=1", "", "Sec-Fetch-Site", "cross-site")
	b.refused(403, "Web pages", "GET", at+"?a=1", "", "Origin", "https://evil.example")
	b.refused(403, "in advance", "GET", at+"?a=1", "", "Sec-Purpose", "prefetch")
	b.refused(405, "by POST only", "PUT", at+"?a=1", "")
	b.refused(405, "by POST only", "GET", "/in/another-key-of-16?a=1", "")
	b.refused(422, "times already", "GET", at+"?a=1", "", core.HopsHeader, "5")
	b.src.Local.Token = core.NewSecret(testToken)
	b.refused(401, "token", "GET", at+"?a=1", "")
	b.src.Local.Token = core.Secret{}
	b.src.Local.Verify = core.Verify{Style: core.VerifyHMAC, Secret: core.NewSecret("s")}
	b.refused(405, "signature", "GET", at+"?a=1", "")
}

// A till that asks twice, since no answer came, is taken once if it names what it asks.
func TestQueryOnce(t *testing.T) {
	b := start(t, Options{})
	b.src.Local.Query = true
	for range 2 {
		if r := b.do("GET", "/in/"+testKey+"?a=1", "", "Idempotency-Key", "k1"); r.status != 202 {
			t.Error(r.body)
		}
	}
	if got := data(b.host.got()); len(got) != 1 {
		t.Error(got)
	}
	b.refused(409, "The same idempotency key", "GET", "/in/"+testKey+"?a=2", "", "Idempotency-Key", "k1")
}

func TestXML(t *testing.T) {
	b := start(t, Options{})
	at := "/in/" + testKey
	b.refused(415, "The content type must be", "POST", at, "<a>1</a>", "Content-Type", "text/xml")
	b.src.Local.XML = true
	for body, want := range map[string]string{
		`<?xml version="1.0"?><o:order nr="7" xmlns:o="urn:o"><name> Ada &amp; Co </name><seat>A1</seat><o:seat>A2</o:seat><price cur="EUR">5</price><note/></o:order>`: `{"nr":"7","name":"Ada & Co","seat":["A1","A2"],"price":{"cur":"EUR","text":"5"},"note":""}`,
		`<a>1</a>`: `{"text":"1"}`,
		"<?xml version='1.0' encoding='ISO-8859-1'?><a><b>Zo\xeb</b></a>":                        `{"b":"Zoë"}`,
		"\xff\xfe<\x00a\x00>\x00<\x00b\x00>\x00\xeb\x00<\x00/\x00b\x00>\x00<\x00/\x00a\x00>\x00": `{"b":"ë"}`,
		`<a><b><![CDATA[<x>]]></b><!-- no --></a>`:                                               `{"b":"<x>"}`,
		"<!DOCTYPE a><a><b>1</b></a>\n":                                                          `{"b":"1"}`,
	} {
		if got := b.one("POST", at, body, "Content-Type", "application/xml"); got != want {
			t.Errorf("%s: %s", body, got)
		}
	}
	if got := b.one("POST", at, "<?xml version='1.0' encoding='utf-8'?><a><b>\x80</b></a>", "Content-Type", "text/xml; charset=windows-1252"); got != `{"b":"€"}` {
		t.Error(got)
	}
	for body, says := range map[string]string{
		"": "does not come to its end", "<a/>": "holds nothing", "<a>": "end", "<a></b>": "did not begin", "<a/><b/>": "second", "x<a/>": "outside",
		"<a>\n&big;</a>": "line 2", "{}": "outside", "<a><b></a></b>": "did not begin", "<a>\xff</a>": "line 1",
		`<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]><a>&c;</a>`: "line 1",
		strings.Repeat("<a>", 100_000):                     "more elements",
		"<a>" + strings.Repeat("<b/>", 150_000) + "</a>":   "more elements",
		"<?xml version='1.0' encoding='klingon'?><a>1</a>": "line 1",
	} {
		b.refused(400, says, "POST", at, body, "Content-Type", "application/xml")
	}
	b.refused(400, "character set", "POST", at, "<a>1</a>", "Content-Type", "text/xml; charset=klingon")
}

// Whatever comes, it becomes records of valid JSON or is refused in a sentence, soon.
func FuzzFormats(f *testing.F) {
	f.Add([]byte("<a b='1'><c/>x</a>"), "")
	f.Add([]byte("<?xml version='1.0' encoding='utf-16'?><a/>"), "latin1")
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"a[b]\"\r\n\r\n{}\r\n--x--"), "x")
	f.Add([]byte("a=%e9&b[]=1"), "a")
	f.Fuzz(func(t *testing.T, body []byte, word string) {
		begun := time.Now()
		for _, c := range []content{{format: formatXML, charset: word}, {format: formatParts, boundary: "x"}, {format: formatQuery}, {format: formatForm}} {
			for _, field := range []string{"", word} {
				b := &batch{src: &core.Source{Local: &core.LocalSource{JSONField: field}}}
				if no := b.decode(c, body); no != nil {
					if no.message == "" || !utf8.ValidString(no.message) {
						t.Errorf("refused with %q", no.message)
					}
					continue
				}
				for _, r := range b.records {
					if !json.Valid(r.data) || !utf8.Valid(r.data) || r.data[0] != '{' {
						t.Errorf("%+v: %s", c, r.data)
					}
				}
			}
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// Whoever sends the number of a card is told so, and nothing that came with it is taken.
func TestCardNumbersAreRefused(t *testing.T) {
	b := start(t, Options{})
	b.refused(422, "card holds what looks like the number of a card", "POST", "/in/"+testKey, `{"card":"4111 1111 1111 1111"}`, "Content-Type", "application/json")
	b.refused(422, "Record 2: card holds", "POST", "/in/"+testKey, `[{"n":1},{"card":"4111111111111111"}]`, "Content-Type", "application/json")
	b.src.Cards = true
	if r := b.do("POST", "/in/"+testKey, `{"card":"4111 1111 1111 1111"}`, "Content-Type", "application/json"); r.status != 202 {
		t.Errorf("where they are allowed: %d %s", r.status, r.body)
	}
}
