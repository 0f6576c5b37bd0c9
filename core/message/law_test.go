package message_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// lawStyles are the styles of body that laws are held to.
var lawStyles = []core.BodyStyle{
	core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyList, core.BodyMultipart, core.BodyTemplate, core.BodyNone,
}

// genWebhook draws a good webhook whose secret texts stand nowhere else.
func genWebhook() *rapid.Generator[*core.Webhook] {
	return rapid.Custom(func(t *rapid.T) *core.Webhook {
		w := &core.Webhook{ID: "w", Name: "W", Address: rapid.SampledFrom([]string{
			"https://example.org/in?x=1", "https://example.org/[a.b]/x", "http://example.org/?q=${a.c}&k=[secret:key]",
		}).Draw(t, "address")}
		w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret("SECRET-k")}}
		w.Body = core.Body{Style: rapid.SampledFrom(lawStyles).Draw(t, "style"), Keys: w.Keys}
		w.Body.Template = rapid.SampledFrom([]string{"a=[a.b]&k=[secret:key]&[", `{"a": "[a.b]", "l": ${list}}`, "<x>[First Name]</x>", "a=1"}).Draw(t, "template")
		w.Method = rapid.SampledFrom([]string{"", "PUT", "DELETE"}).Draw(t, "method")
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c][a-c .&"ü]{0,4}`), 0, 6, rapid.ID).Draw(t, "names")
		for i, name := range names {
			w.Body.Fields = append(w.Body.Fields, genField(i, name).Draw(t, "field"))
		}
		if rapid.Bool().Draw(t, "header") {
			w.Headers = []core.Header{{Name: "X-Key", Secret: core.NewSecret("bearer SECRET-h")}, {Name: "a", Value: "b [a.c]"}}
		}
		w.Auth = rapid.SampledFrom([]core.Auth{{}, basic("ada", "SECRET-a"), bearer("SECRET-b")}).Draw(t, "auth")
		return w
	}).Filter(func(w *core.Webhook) bool { return message.Validate(w) == nil })
}

func genField(i int, name string) *rapid.Generator[core.Field] {
	return rapid.Custom(func(t *rapid.T) core.Field {
		f := core.Field{Name: name, OmitEmpty: rapid.Bool().Draw(t, "omit")}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			f.From = rapid.SampledFrom([]string{"a", "b", "a.b", "none", "list", "First Name", "list(*).q"}).Draw(t, "from")
			f.Convert = rapid.SampledFrom([][]string{nil, {"trim", "upper"}, {"default:x"}, {"json"}}).Draw(t, "steps")
		case 1:
			f.Value = rapid.StringN(1, 5, -1).Draw(t, "value")
		case 2:
			f.Template = rapid.SampledFrom([]string{"[a.b]", "x [First Name]${none}", "\\[a]"}).Draw(t, "template")
		default:
			f.Secret = core.NewSecret(genSecret(i).Draw(t, "secret"))
		}
		return f
	})
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
		shown, err := message.Show(w, one(data), at, "1.0")
		if err != nil {
			t.Fatal(err)
		}
		m, err := b.Build(one(data), at)
		if err != nil {
			if !hasNote(shown, core.Sentence(err)) {
				t.Fatalf("%v is not in %+v", err, shown.Notes)
			}
			return
		}
		sent := *shown
		sent.Body, sent.URL, sent.Headers = string(m.Body), m.URL, nil
		for _, line := range m.Header {
			sent.Headers = append(sent.Headers, line.Name+": "+line.Value)
		}
		hide(w, &sent)
		if diff := cmp.Diff(&sent, shown); diff != "" {
			t.Fatal(diff)
		}
		if all, _ := json.Marshal(shown); strings.Contains(string(all), "SECRET") {
			t.Fatalf("a secret is in %s", all)
		}
	})
}

func hasNote(shown *core.Shown, text string) bool {
	return slices.ContainsFunc(shown.Notes, func(n core.Note) bool { return n.Warn && n.Text == text })
}

// hide puts dots in place of the secrets of what was sent.
func hide(w *core.Webhook, sent *core.Shown) {
	w.Secrets(func(place string, s *core.Secret) {
		text, _ := s.Text()
		switch {
		case strings.HasPrefix(place, "field:"):
			sent.Body = strings.ReplaceAll(sent.Body, encoded(text, w.Body.Style), encoded(core.Dots, w.Body.Style))
		case place == "body:key":
			sent.Body = strings.ReplaceAll(sent.Body, text, core.Dots)
		case place == "key:key":
			sent.URL = strings.ReplaceAll(sent.URL, text, core.Dots)
		case place == "auth":
			packed := base64.StdEncoding.EncodeToString([]byte("ada:" + text))
			for i, line := range sent.Headers {
				sent.Headers[i] = strings.NewReplacer("Basic "+packed, "Basic "+core.Dots, "Bearer "+text, "Bearer "+core.Dots).Replace(line)
			}
		default:
			for i, line := range sent.Headers {
				sent.Headers[i] = strings.ReplaceAll(line, ": "+text, ": "+core.Dots)
			}
		}
	})
}

// encoded is how a secret stands in a body, its end included so that none is
// taken for the beginning of another.
func encoded(text string, style core.BodyStyle) string {
	switch {
	case style == core.BodyMultipart:
		return "\r\n" + text + "\r\n"
	case style != core.BodyForm:
		return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
	case text == core.Dots:
		return "=" + text
	default:
		return "=" + url.QueryEscape(text)
	}
}

// genData draws the data of an event, with a text of which nothing is known.
func genData(t *rapid.T) string {
	text := rapid.String().Draw(t, "text")
	raw, _ := json.Marshal(map[string]any{
		"a": map[string]any{"b": "seg", "c": "x"}, "b": []string{text}, "text": text, "n": json.Number(rapid.StringMatching(`-?[1-9][0-9]{0,20}(\.[0-9]{1,3})?`).Draw(t, "n")),
	})
	return string(raw)
}

// A form is read back by a parser as the very values.
func TestFormsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := genData(t)
		w := styled(core.BodyForm)
		want := url.Values{}
		record, err := value.Parse([]byte(data))
		if err != nil {
			t.Fatal(err)
		}
		names := rapid.SliceOfNDistinct(rapid.StringN(1, 8, 40), 1, 6, rapid.ID).Draw(t, "names")
		for _, name := range names {
			from := rapid.SampledFrom([]string{"text", "n", "a.b", "nowhere"}).Draw(t, "from")
			quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
			w.Body.Fields = append(w.Body.Fields, core.Field{Name: quoted, From: from})
			path, err := value.ParsePath(from)
			if err != nil {
				t.Fatal(err)
			}
			v, _ := path.Find(record)
			want.Add(name, v.Text())
		}
		if errs := message.Validate(w); errs != nil {
			t.Skip(errs)
		}
		got, err := url.ParseQuery(string(build(t, w, data).Body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Whatever the fields are, what comes out as JSON is JSON, and holds what the
// record holds.
func TestObjectsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := genData(t)
		w := styled(rapid.SampledFrom([]core.BodyStyle{core.BodyJSON, core.BodyList}).Draw(t, "style"))
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-zü"\\\x{1}<. ]{1,6}`), 1, 6, rapid.ID).Draw(t, "names")
		for i, name := range names {
			from := []string{"text", "n", "a", "b", "a.c", "nowhere"}[i]
			w.Body.Fields = append(w.Body.Fields, core.Field{Name: `"` + strings.ReplaceAll(name, `"`, `""`) + `"`, From: from})
		}
		if errs := message.Validate(w); errs != nil {
			t.Fatal(errs)
		}
		body := build(t, w, data).Body
		if w.Body.Style == core.BodyList {
			body = body[1 : len(body)-1]
		}
		in, out := decode(t, []byte(data)), decode(t, body)
		want := map[string]any{}
		for i, name := range names {
			want[name] = []any{in["text"], in["n"], in["a"], in["b"], in["a"].(map[string]any)["c"], nil}[i]
		}
		if diff := cmp.Diff(want, out); diff != "" {
			t.Fatalf("%s: %s", body, diff)
		}
	})
}

func decode(t *rapid.T, data []byte) map[string]any {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return m
}

// Without fields the bytes that came in are the bytes that go out.
func TestBytesOfRecordsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		space := rapid.StringMatching(`[ \n\t]{0,3}`).Draw(t, "space")
		data := space + strings.ReplaceAll(genData(t), ",", ","+space) + space
		if !json.Valid([]byte(data)) {
			t.Skip("a text holds the comma")
		}
		for style, want := range map[core.BodyStyle]string{core.BodyJSON: data, core.BodyList: "[" + data + "]", core.BodyEnvelope: `,"data":` + data + "}"} {
			if body := string(build(t, styled(style), data).Body); !strings.HasSuffix(body, want) {
				t.Fatalf("%s: %q, want %q", style, body, want)
			}
		}
	})
}

// A message is the same on every try, whatever the time, but for what is signed;
// the id of several records depends on which they are alone.
func TestTheSameMessageOnEveryTry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := styled(rapid.SampledFrom(lawStyles).Draw(t, "style"))
		w.Body.Template = "a=[text]&b=[@delivery]"
		data := genData(t)
		first := build(t, w, data)
		second, err := newBuilder(t, w).Build(one(data), at.Add(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(0, 1e16).Draw(t, "later"))
		}).Draw(t, "later")))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatal(diff)
		}
		events := several(data, data, data, data)
		some := rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 4, rapid.ID).Draw(t, "some")
		others := rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 4, rapid.ID).Draw(t, "others")
		same := message.ID("w", chosen(events, some)) == message.ID("w", chosen(events, others))
		if same != (set(some) == set(others)) {
			t.Fatalf("ids of %v and %v are the same: %v", some, others, same)
		}
	})
}

func chosen(events []*core.Event, which []int) []*core.Event {
	var list []*core.Event
	for _, i := range which {
		list = append(list, events[i])
	}
	return list
}

func set(which []int) (bits int) {
	for _, i := range which {
		bits |= 1 << i
	}
	return bits
}

// A multipart form is read back as the very values, in order.
func TestMultipartFormsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching(`(\r\n)?--hookbird-[a-z-]{0,3}(--)?(\r\n)?`)), 1, 5).Draw(t, "texts")
		w := styled(core.BodyMultipart)
		data := map[string]string{}
		var want []string
		for i, text := range texts {
			name := rapid.StringMatching(`[a-zü ;=]{1,6}`).Draw(t, "name") + string(rune('0'+i))
			w.Body.Fields = append(w.Body.Fields, core.Field{Name: name, From: "f" + string(rune('0'+i))})
			data["f"+string(rune('0'+i))] = text
			want = append(want, name+"="+strings.ToValidUTF8(text, "\ufffd"))
		}
		raw, _ := json.Marshal(data)
		if diff := cmp.Diff(want, readMultipart(t, build(t, w, string(raw)))); diff != "" {
			t.Fatal(diff)
		}
	})
}
