package message_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"hookbird/core"
	"hookbird/core/message"
)

// person is an event of 500 bytes, as a web service posts one.
const person = `{"contactNumber":"0000012345","role":"MEMBER","state":"ACTIVE","creationDate":"2026-05-01T09:30:00.000+02:00",` +
	`"individualContact":{"title":"MS","firstName":"Ada","lastName":"Lovelace & Co","birthDate":"1990-12-10"},` +
	`"email":"ada@example.org","phone":"+33 4 91 00 00 00","street":"12, rue de la R\u00e9publique","zipCode":"13001","city":"Marseille",` +
	`"country":"FR","optin":true,"points":9007199254740993,"balance":1.10,"tags":["gala","member"],"notes":"Sits in row 4 <left>, comes by train and likes jazz"}`

// ten is a form of ten fields.
func ten() *core.Webhook {
	w := &core.Webhook{ID: "w", Name: "W", Address: "https://example.org/hook", Body: core.Body{Style: core.BodyForm}}
	for name, from := range map[string]string{
		"fname": "individualContact.firstName", "lname": "individualContact.lastName", "email": "email", "phone": "phone", "street": "street",
		"zip": "zipCode", "city": "city", "country": "country", "points": "points", "number": "contactNumber",
	} {
		w.Body.Fields = append(w.Body.Fields, core.Field{Name: name, From: from})
	}
	return w
}

// BenchmarkForm10 builds a form of ten fields from an event that was parsed.
func BenchmarkForm10(b *testing.B) {
	builder := newBuilder(b, ten())
	record, err := message.Read(event(person))
	if err != nil {
		b.Fatal(err)
	}
	records := []message.Record{record}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := builder.BuildRead(records, at); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkParseForm10 does the same with parsing.
func BenchmarkParseForm10(b *testing.B) {
	builder := newBuilder(b, ten())
	events := one(person)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := builder.Build(events, at); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeEncode is what BenchmarkParseForm10 is held against: the standard
// library reading and writing the same event, its numbers kept.
func BenchmarkDecodeEncode(b *testing.B) {
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		var v any
		d := json.NewDecoder(bytes.NewReader([]byte(person)))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			b.Fatal(err)
		}
		out.Reset()
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeEncodePlain is the same without care for numbers.
func BenchmarkDecodeEncodePlain(b *testing.B) {
	data := []byte(person)
	b.ReportAllocs()
	for b.Loop() {
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, tt := range []struct {
		name string
		w    *core.Webhook
	}{
		{"as it came", &core.Webhook{ID: "w", Address: "https://example.org"}},
		{"json", &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Fields: ten().Body.Fields}}},
		{"envelope", &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Style: core.BodyEnvelope}}},
		{"multipart", &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Style: core.BodyMultipart, Fields: ten().Body.Fields}}},
		{"template", &core.Webhook{ID: "w", Address: "https://example.org/[contactNumber]", Body: core.Body{
			Style: core.BodyTemplate, Template: `{"contact": "${contactNumber}", "name": "[individualContact.firstName]"}`,
		}}},
		{"basic", &core.Webhook{ID: "w", Address: "https://example.org", Auth: core.Auth{Kind: core.AuthBasic, User: "ada", Secret: core.NewSecret("hush")}}},
		{"signed", &core.Webhook{ID: "w", Address: "https://example.org", Sign: core.Sign{Style: core.SignStandard, Secret: core.NewSecret(testSecret)}}},
	} {
		b.Run(tt.name, func(b *testing.B) {
			builder := newBuilder(b, tt.w)
			events := one(person)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := builder.Build(events, at); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A message of ten fields takes few allocations, however fast the computer is.
func TestBuildingAllocatesLittle(t *testing.T) {
	builder := newBuilder(t, ten())
	record, err := message.Read(event(person))
	if err != nil {
		t.Fatal(err)
	}
	records := []message.Record{record}
	if n := testing.AllocsPerRun(100, func() { _, _ = builder.BuildRead(records, at) }); n > 10 {
		t.Errorf("%v allocations", n)
	}
}

func newBuilder(t failer, w *core.Webhook) *message.Builder {
	t.Helper()
	b, err := message.New(w, &vault{}, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testSecret is that of the vectors of Standard Webhooks.
const testSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
