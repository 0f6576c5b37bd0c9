package message_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/message"

	"pgregory.net/rapid"
)

// genWebhook draws a good webhook whose secret texts stand nowhere else.
func genWebhook() *rapid.Generator[*core.Webhook] {
	return rapid.Custom(func(t *rapid.T) *core.Webhook {
		w := &core.Webhook{ID: "w", Name: "W", Address: "https://example.org/in?x=1"}
		w.Body.Style = rapid.SampledFrom([]core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyNone}).Draw(t, "style")
		w.Method = rapid.SampledFrom([]string{"", "PUT", "DELETE"}).Draw(t, "method")
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c][a-c .&"ü]{0,4}`), 0, 6, rapid.ID).Draw(t, "names")
		for i, name := range names {
			f := core.Field{Name: name, OmitEmpty: rapid.Bool().Draw(t, "omit")}
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				f.From = rapid.SampledFrom([]string{"a", "b", "a.b", "none", "list", "First Name"}).Draw(t, "from")
			case 1:
				f.Value = rapid.StringN(1, 5, -1).Draw(t, "value")
			default:
				f.Secret = core.NewSecret(genSecret(i).Draw(t, "secret"))
			}
			w.Body.Fields = append(w.Body.Fields, f)
		}
		if rapid.Bool().Draw(t, "header") {
			w.Headers = []core.Header{{Name: "X-Key", Secret: core.NewSecret("bearer SECRET-h")}, {Name: "a", Value: "b"}}
		}
		return w
	}).Filter(func(w *core.Webhook) bool { return message.Validate(w) == nil })
}

func genSecret(i int) *rapid.Generator[string] {
	return rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune(`x &"%/ü+`)), 0, 6, -1), func(tail string) string {
		return "SECRET-" + string(rune('0'+i)) + tail
	})
}

// What is sent and what is shown differ only where a secret stands, and what is
// shown holds none.
func TestBuildAndShowDifferOnlyInSecrets(t *testing.T) {
	const data = `{"a":{"b":1.50,"c":"x"},"b":"","list":[1,{"q":null}],"First Name":"Ada & Co"}`
	rapid.Check(t, func(t *rapid.T) {
		w := genWebhook().Draw(t, "webhook")
		b, err := message.New(w, &vault{}, "1.0")
		if err != nil {
			t.Fatal(err)
		}
		m, err := b.Build(one(data), at)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := message.Show(w, one(data), at, "1.0")
		if err != nil {
			t.Fatal(err)
		}
		body, header := string(m.Body), ""
		for _, line := range m.Header {
			header += line.Name + ": " + line.Value + "\n"
		}
		w.Secrets(func(_ string, s *core.Secret) {
			text, _ := s.Text()
			body = strings.ReplaceAll(body, encoded(text, w.Body.Style), hidden(w.Body.Style))
			header = strings.ReplaceAll(header, ": "+text+"\n", ": "+core.Dots+"\n")
		})
		if body != shown.Body {
			t.Fatalf("sent  %s\nshown %s", body, shown.Body)
		}
		if got := strings.Join(shown.Headers, "\n") + "\n"; got != header {
			t.Fatalf("sent  %s\nshown %s", header, got)
		}
		if all, _ := json.Marshal(shown); strings.Contains(string(all), "SECRET") {
			t.Fatalf("a secret is in %s", all)
		}
	})
}

// encoded is how a secret stands in a body, its end included so that none is
// taken for the beginning of another.
func encoded(text string, style core.BodyStyle) string {
	if style == core.BodyJSON {
		return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
	}
	return "=" + url.QueryEscape(text)
}

func hidden(style core.BodyStyle) string {
	if style == core.BodyJSON {
		return `"` + core.Dots + `"`
	}
	return "=" + core.Dots
}

// Whatever the fields are, what comes out is JSON, or a form that a parser reads
// back with the very texts.
func TestBodiesAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWebhook().Draw(t, "webhook")
		text := rapid.String().Draw(t, "text")
		raw, _ := json.Marshal(map[string]any{"a": map[string]any{"b": text}, "b": []string{text}})
		b, err := message.New(w, &vault{}, "1.0")
		if err != nil {
			t.Fatal(err)
		}
		m, err := b.Build(one(string(raw)), at)
		if err != nil {
			t.Fatal(err)
		}
		switch w.Body.Style {
		case core.BodyJSON:
			if !json.Valid(m.Body) {
				t.Fatalf("%s is not JSON", m.Body)
			}
		case core.BodyForm:
			values, err := url.ParseQuery(string(m.Body))
			if err != nil {
				t.Fatalf("%s: %v", m.Body, err)
			}
			for _, f := range w.Body.Fields {
				if f.From == "a.b" && !f.OmitEmpty && !formHas(values, text) {
					t.Fatalf("%q is not in %s", text, m.Body)
				}
			}
		}
	})
}

func formHas(values url.Values, text string) bool {
	for _, list := range values {
		if contains(list, strings.ToValidUTF8(text, "\ufffd")) {
			return true
		}
	}
	return false
}

func FuzzBuild(f *testing.F) {
	f.Add([]byte(ada), "firstname", "a.b")
	f.Add([]byte(`{"a":{"b":[1]}}`), `"a".b`, "x[y]")
	f.Add([]byte(`[]`), "", "")
	f.Fuzz(func(t *testing.T, data []byte, from, name string) {
		for _, style := range []core.BodyStyle{core.BodyForm, core.BodyJSON} {
			w := &core.Webhook{ID: "w", Address: "https://example.org", Body: core.Body{Style: style, Fields: []core.Field{{Name: name, From: from}}}}
			b, err := message.New(w, &vault{}, "1.0")
			if err != nil {
				continue
			}
			m, err := b.Build(one(string(data)), at)
			if err == nil && style == core.BodyJSON && !json.Valid(m.Body) {
				t.Fatalf("%q is not JSON", m.Body)
			}
			shown, showErr := message.Show(w, one(string(data)), at, "1.0")
			if (err == nil) != (showErr == nil) || err == nil && shown.Body != string(m.Body) {
				t.Fatalf("sent %q %v, shown %+v %v", m.Body, err, shown, showErr)
			}
		}
	})
}
