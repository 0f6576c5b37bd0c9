package message_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// request gives a message as it goes on the wire, less what no message says
// itself: Host and Content-Length.
func request(m *message.Message) string {
	var b strings.Builder
	b.WriteString(m.Method + " " + m.Target.RequestURI() + "\n")
	for _, line := range m.Header {
		b.WriteString(line.Name + ": " + line.Value + "\n")
	}
	b.WriteString("\n")
	b.Write(m.Body)
	return b.String()
}

// The requests of the systems that Hookbird was made for, to the letter.
func TestRequestsOfTheFiveSystems(t *testing.T) {
	const box = `{"contactNumber":"000042","contactId":9007199254740993,"role":"MEMBER"}`
	tests := []struct {
		name   string
		w      *core.Webhook
		events []*core.Event
		want   string
	}{
		{
			"names of their own, fixed and secret values",
			&core.Webhook{
				ID: "db", Name: "Database", Preset: "rally-congress", Address: "http://127.0.0.1:9101/hooks/in", Method: "POST",
				Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
					{Name: "fname", From: "firstname"},
					{Name: "zip", From: "zipcode"},
					{Name: "source", Value: "rally"},
					{Name: "token", Secret: core.NewSecret("sesame & more")},
				}},
			},
			several(`{"firstname":"Zoë","zipcode":"01067"}`),
			`POST /hooks/in
Content-Type: application/x-www-form-urlencoded
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "db") + `

fname=Zo%C3%AB&zip=01067&source=rally&token=sesame+%26+more`,
		},
		{
			"a list of events",
			&core.Webhook{
				ID: "portal", Name: "Portal", Preset: "engagement-rx", Address: "https://127.0.0.1:9102/events",
				Body: core.Body{Style: core.BodyList}, Send: core.Send{Batch: 50}, Accept: core.Accept{{From: 204, To: 204}},
			},
			several(`{"step":1.0}`, `{"step":2, "step":3}`),
			`POST /events
Content-Type: application/json
User-Agent: Hookbird/1.0
webhook-id: ` + message.ID("portal", several("", "")) + `

[{"step":1.0},{"step":2, "step":3}]`,
		},
		{
			"a text with merge fields",
			&core.Webhook{
				ID: "ping", Name: "Ping", Preset: "ontraport", Address: "http://127.0.0.1:9103/ping?from=[Source|default:desk]",
				Body: core.Body{Style: core.BodyTemplate, Template: "First_Name=[First Name]&Email=[Email]&address=2040 Alameda Padre Serra"},
			},
			several(`{"First Name":"Ada & Co","Email":"ada@example.org"}`),
			`POST /ping?from=desk
Content-Type: application/x-www-form-urlencoded
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "ping") + `

First_Name=Ada+%26+Co&Email=ada%40example.org&address=2040+Alameda+Padre+Serra`,
		},
		{
			"a note by their own interface",
			&core.Webhook{
				ID: "note", Name: "Note", Preset: "ontraport", Address: "http://127.0.0.1:9103/note",
				Body: core.Body{
					Style: core.BodyTemplate, ContentType: "application/x-www-form-urlencoded",
					Template: "Api-Appid=1_111111_111111111&Api-Key=[secret:key]&id=0&data=Note inserted by webhook using new API.&author=1&contact_id=[Contact ID]",
					Keys:     []core.NamedSecret{{Name: "key", Secret: core.NewSecret("22222222222222")}},
				},
			},
			several(`{"Contact ID":17}`),
			`POST /note
Content-Type: application/x-www-form-urlencoded
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "note") + `

Api-Appid=1_111111_111111111&Api-Key=22222222222222&id=0&data=Note+inserted+by+webhook+using+new+API.&author=1&contact_id=17`,
		},
		{
			"a number in the address",
			&core.Webhook{
				ID: "south", Name: "South", Preset: "secutix-contact-v1", Address: "http://127.0.0.1:9104/path/${contactNumber}?update=true", Method: "GET",
				Filter: "role=MEMBER;addresses(isMain).zipCode=13.*",
			},
			several(box),
			`GET /path/000042?update=true
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "south") + `

`,
		},
		{
			"a number in a text",
			&core.Webhook{
				ID: "any", Name: "Any", Preset: "secutix-contact-v1", Address: "http://127.0.0.1:9104/indicators",
				Body: core.Body{
					Style: core.BodyTemplate, ContentType: "application/json",
					Template: `{"contact": "${contactNumber}", "kind": "update"}`,
				},
			},
			several(box),
			`POST /indicators
Content-Type: application/json
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "any") + `

{"contact": "000042", "kind": "update"}`,
		},
		{
			"signed, with a plain key beside",
			&core.Webhook{
				ID: "crm", Name: "CRM", Preset: "intervengine", Address: "http://127.0.0.1:9105/crm", Body: core.Body{Style: core.BodyJSON},
				Headers: []core.Header{{Name: "X-Secret-Key", Secret: core.NewSecret("plain-key")}},
				Sign:    core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)},
			},
			several(`{"participant": {"tags": ["<a>"], "n": 1.10}}`),
			`POST /crm
Content-Type: application/json
User-Agent: Hookbird/1.0
webhook-id: ` + core.DeliveryID("0193-1", "crm") + `
webhook-timestamp: 1795344240
webhook-signature: SIGNATURE
X-Secret-Key: plain-key

{"participant": {"tags": ["<a>"], "n": 1.10}}`,
		},
	}
	for _, tt := range tests {
		if errs := message.Validate(tt.w); errs != nil {
			t.Errorf("%s: %v", tt.name, errs)
			continue
		}
		m, err := newBuilder(t, tt.w).Build(tt.events, at)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		want := strings.Replace(tt.want, "SIGNATURE", header(m, "webhook-signature"), 1) // which has tests of its own
		if diff := cmp.Diff(want, request(m)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
