package verify_test

import (
	"slices"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/sign"
)

// example is a body of each style.
var example = map[core.BodyStyle]string{
	core.BodyJSON:      `{"name":"Ada","ü":1.50}`,
	core.BodyForm:      "name=Ada&b=%C3%BC",
	core.BodyMultipart: "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--B--\r\n",
}

var contentTypes = map[core.BodyStyle]string{
	core.BodyForm: "application/x-www-form-urlencoded", core.BodyMultipart: "multipart/form-data; boundary=B",
	core.BodyJSON: "application/json", core.BodyEnvelope: "application/json", core.BodyList: "application/json",
}

// built is the message that Hookbird sends for a webhook at a time.
func built(t testing.TB, w *core.Webhook, at time.Time) request {
	t.Helper()
	full := w.Clone()
	full.ID, full.Name, full.Address = "w", "W", "https://example.org/in"
	full.Send.Batch = 2
	b, err := message.New(full, nil, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	events := []*core.Event{{ID: "1", Type: "record.created", Data: []byte(`{"name":"Ada","ü":1.50}`)}}
	if w.Body.Style == core.BodyList {
		events = append(events, &core.Event{ID: "2", Type: "record.created", Data: []byte(`{"name":"Ada Lovelace"}`)})
	}
	m, err := b.Build(events, at)
	if err != nil {
		t.Fatal(err)
	}
	r := request{name: "built", body: m.Body}
	for _, line := range m.Header {
		r.lines = append(r.lines, sign.Line(line))
	}
	return r
}

// written is a message put down by hand.
func written(style core.BodyStyle, body []byte) request {
	return request{"written by hand", []sign.Line{{Name: "Content-Type", Value: contentTypes[style]}}, body}
}

// but gives r under a name, with one header line changed; "" takes it away.
func (r request) but(name, line, value string) request {
	r.name, r.lines = name, slices.Clone(r.lines)
	i := slices.IndexFunc(r.lines, func(l sign.Line) bool { return l.Name == line })
	if r.lines[i].Value = value; value == "" {
		r.lines = slices.Delete(r.lines, i, i+1)
	}
	return r
}

func (r request) line(name string) string {
	i := slices.IndexFunc(r.lines, func(l sign.Line) bool { return l.Name == name })
	return r.lines[i].Value
}

// with gives r under a name, with another body.
func (r request) with(name string, body []byte) request {
	r.name, r.body = name, body
	return r
}

// flipped gives r with one byte of its body changed, or one more.
func (r request) flipped() request {
	body := append(slices.Clone(r.body), ' ')
	if len(r.body) > 0 {
		body = body[:len(r.body)]
		body[len(body)/2] ^= 1
	}
	return r.with("flipped byte", body)
}

// as gives r under another name.
func (r request) as(name string) request {
	r.name = name
	return r
}
