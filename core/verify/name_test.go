package verify_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/verify"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// genName draws names that nest, and such that only look so.
func genName() *rapid.Generator[string] {
	step := rapid.SampledFrom([]string{"a", "ü b", "x[y]", `"a.b"`, `"a""b"`, `"[x]"`, `a"b`, ""})
	return rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune(`aab..""[] ü\'`)), 1, 9, -1),
		rapid.Map(rapid.SliceOfN(step, 1, 3), func(steps []string) string { return strings.Join(steps, ".") }),
	)
}

// A name stands in the data where the snippets look for it.
func TestNamesAsTheyAreSent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := genName().Draw(rt, "name")
		style := rapid.SampledFrom([]core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyMultipart}).Draw(rt, "style")
		w := &core.Webhook{ID: "w", Address: "https://example.org/", Body: core.Body{Style: style, Fields: []core.Field{{Name: name, Value: "1"}}}}
		b, err := message.New(w, nil, "1.0")
		if err != nil {
			rt.Skip("the name is refused")
		}
		m, err := b.Build([]*core.Event{{ID: "1", Data: []byte("{}")}}, time.Now())
		if err != nil {
			rt.Fatal(err)
		}
		switch style {
		case core.BodyForm:
			if pairs, err := url.ParseQuery(string(m.Body)); err != nil || pairs.Get(verify.FormName(name)) != "1" {
				rt.Fatalf("%q is sent as %s, %v", name, m.Body, err)
			}
		case core.BodyMultipart:
			if line := `; name="` + verify.PartName(verify.FormName(name)) + "\"\r\n"; !bytes.Contains(m.Body, []byte(line)) {
				rt.Fatalf("%q is sent as %s", name, m.Body)
			}
		default:
			if got := stepsTo(m.Body, style); !cmp.Equal(got, verify.Steps(name)) {
				rt.Fatalf("%q is sent as %s, and looked for at %q", name, m.Body, verify.Steps(name))
			}
		}
	})
}

// stepsTo gives the way to the one value of a message.
func stepsTo(body []byte, style core.BodyStyle) []string {
	var value any
	_ = json.Unmarshal(body, &value)
	if style == core.BodyEnvelope {
		value = value.(map[string]any)["data"]
	}
	var steps []string
	for {
		object, ok := value.(map[string]any)
		if !ok {
			return steps
		}
		for name, inner := range object {
			steps, value = append(steps, name), inner
		}
	}
}

// postedPage says under which keys PHP put the one part of a form.
const postedPage = `<?php
$keys = [];
for ($value = $_POST; is_array($value) && $value; $value = $value[$key]) {
    $key = array_key_first($value);
    $keys[] = (string) $key;
}
echo json_encode($keys);
`

func TestPostedAsPHPDoes(t *testing.T) {
	page := serve(t, nil, need(t, "php"), "-S", "127.0.0.1:0", write(t, "index.php", postedPage))
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune(`aab..[[]] 0"ü'`)), 1, 9, -1).Draw(rt, "name")
		if strings.HasPrefix(strings.TrimLeft(name, " "), "[") || strings.Trim(name, " ") == "" {
			rt.Skip("PHP drops it")
		}
		res, err := http.Post(page, "multipart/form-data; boundary=B", bytes.NewReader(onePart(verify.PartName(name))))
		if err != nil {
			rt.Fatal(err)
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		var keys []string
		if err := json.Unmarshal(text, &keys); err != nil {
			rt.Fatalf("%v: %s", err, text)
		}
		if diff := cmp.Diff(keys, verify.Posted(name)); diff != "" {
			rt.Fatalf("%q: %s", name, diff)
		}
	})
}

func onePart(name string) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary("B")
	part, _ := w.CreatePart(map[string][]string{"Content-Disposition": {`form-data; name="` + name + `"`}})
	_, _ = part.Write([]byte("1"))
	_ = w.Close()
	return b.Bytes()
}
