package verify_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"hookbird/core"
)

// packs write a message that holds a secret, of any type; nil leaves it out.
var packs = map[core.BodyStyle]func(steps []string, secret any) []byte{
	core.BodyForm:      packForm,
	core.BodyMultipart: packParts,
	core.BodyJSON:      packJSON,
	core.BodyEnvelope: func(steps []string, secret any) []byte {
		return slices.Concat([]byte(`{"id":"1","data":`), packJSON(steps, secret), []byte("}"))
	},
	core.BodyList: func(steps []string, secret any) []byte {
		one := packJSON(steps, secret)
		return slices.Concat([]byte("["), one, []byte(","), one, []byte("]"))
	},
}

func bracketed(steps []string) string {
	if len(steps) == 1 {
		return steps[0]
	}
	return steps[0] + "[" + strings.Join(steps[1:], "][") + "]"
}

func packForm(steps []string, secret any) []byte {
	body := example[core.BodyForm]
	if text, ok := secret.(string); ok {
		body += "&" + url.QueryEscape(bracketed(steps)) + "=" + url.QueryEscape(text)
	}
	return []byte(body)
}

func packParts(steps []string, secret any) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary("B")
	_ = w.WriteField("name", "Ada")
	if text, ok := secret.(string); ok {
		head := `form-data; name="` + strings.ReplaceAll(bracketed(steps), `"`, "%22") + `"`
		part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {head}})
		_, _ = part.Write([]byte(text))
	}
	_ = w.Close()
	return b.Bytes()
}

func packJSON(steps []string, secret any) []byte {
	record := map[string]any{"name": "Ada"}
	in := record
	for _, step := range steps[:len(steps)-1] {
		next := map[string]any{}
		in[step], in = next, next
	}
	if secret != nil {
		in[steps[len(steps)-1]] = secret
	}
	b, _ := json.Marshal(record)
	return b
}
