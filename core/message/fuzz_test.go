package message_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"github.com/google/go-cmp/cmp"
)

// maxGrowth bounds a message: what each byte of a webhook and of a record may
// become, as "[a]" may be a whole record, percent-encoded.
const maxGrowth = 64

// Whatever is typed and whatever a record holds: a good webhook makes messages,
// what is sent is well-formed and what is shown, and what cannot be sent is said.
func FuzzBuild(f *testing.F) {
	f.Add([]byte(ada), "https://example.org/[firstname]", "x [email]", "a=[zipcode]&b=c", "", "a.b", "firstname", "trim|upper", uint8(0))
	f.Add([]byte(`{"a":{"b":[1]}}`), "https://example.org", "", `{"a": "[a.b]", "n": ${a}}`, "", `"a.b"`, "a", "json", uint8(1))
	f.Add([]byte(`[]`), "http://[::1]/?x=${y|default:z}", "${@id}", "<x a=\"[b]\"/>", "text/xml", "x[y]", `"`, "date:DD/MM/YYYY", uint8(2))
	f.Add([]byte(`{"lines":[{"sku":"--hookbird-"}]}`), `https://example.org/\[x]`, "", "", "text/plain", "lines", "lines(*).sku", "split:,|join:;", uint8(4))
	f.Fuzz(func(t *testing.T, data []byte, address, line, text, contentType, name, from, steps string, style uint8) {
		w := &core.Webhook{ID: "w", Name: "W", Address: address, Headers: []core.Header{{Name: "X-A", Value: line}}}
		w.Body = core.Body{Style: lawStyles[int(style)%len(lawStyles)], Template: text, ContentType: contentType}
		w.Body.Fields = []core.Field{{Name: name, From: from}, {Name: name + "2", Template: text}}
		if steps != "" {
			w.Body.Fields[0].Convert = strings.Split(steps, "|")
		}
		good := message.Validate(w) == nil
		b, err := message.New(w, &vault{}, "1.0")
		if err != nil {
			if good || core.CodeOf(err) != core.CodeInvalid {
				t.Fatalf("a good webhook is refused: %v", err)
			}
			_, _ = message.Show(w, one(string(data)), at, "1.0")
			return
		}
		checkMessage(t, w, b, data)
	})
}

func checkMessage(t *testing.T, w *core.Webhook, b *message.Builder, data []byte) {
	shown, showErr := message.Show(w, one(string(data)), at, "1.0")
	m, err := b.Build(one(string(data)), at)
	switch {
	case showErr != nil:
		return // the record cannot be read; a message that sends it as it came could still be made
	case err != nil:
		if core.CodeOf(err) != core.CodeInvalid || !hasNote(shown, core.Sentence(err)) {
			t.Fatalf("%v is not in %+v", err, shown.Notes)
		}
		return
	}
	var lines []string
	for _, line := range m.Header {
		if strings.ContainsAny(line.Name+line.Value, "\r\n") {
			t.Fatalf("%q has a line break", line)
		}
		lines = append(lines, line.Name+": "+line.Value)
	}
	if diff := cmp.Diff(shown.Headers, lines); diff != "" || shown.Body != string(m.Body) || shown.URL != m.URL {
		t.Fatalf("sent %q %q, shown %q %q %s", m.URL, m.Body, shown.URL, shown.Body, diff)
	}
	if target := m.Target.RequestURI(); m.Target.Host == "" || !strings.HasPrefix(target, "/") || strings.ContainsAny(target, " \r\n\t#") {
		t.Fatalf("%q goes to %q %q", w.Address, m.Target.Host, target)
	}
	if header(m, "Content-Type") == "application/json" && message.Style(w) != core.BodyTemplate && !json.Valid(m.Body) {
		t.Fatalf("%q is not JSON", m.Body)
	}
	typed := len(w.Address) + len(w.Body.Template) + len(w.Body.Fields[0].Name) + len(w.Body.Fields[0].From) + 64
	if len(m.Body) > typed*(len(data)+64)*maxGrowth {
		t.Fatalf("%d bytes are made of %d and %d", len(m.Body), typed, len(data))
	}
}
