package message

import (
	"mime"
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// MaxTemplate is how long a template may be, in bytes.
const MaxTemplate = 64 << 10

// template packs one record as a text.
type template struct {
	text  *text
	place merge.Place
}

func (c *compiler) template(b *core.Body, kind string) (packer, error) {
	place := PlaceOf(kind)
	t, err := c.text("template", b.Template, place, b.Keys)
	if err == nil {
		return template{t, place}, nil
	}
	return nil, c.wrong("template", err)
}

func (t template) pack(_ []Record, r *render) error {
	body, err := t.text.fill(r.body, r)
	if err != nil {
		return r.wrong("template", err)
	}
	r.body = body
	if r.telling {
		t.tell(r)
	}
	return nil
}

// checkContentType says what is wrong with the Content-Type of a template, which
// may be empty.
func checkContentType(text string) error {
	if text == "" {
		return nil
	}
	kind, _, err := mime.ParseMediaType(text)
	if err != nil || !strings.Contains(kind, "/") || len(text) > MaxName || strings.ContainsFunc(text, notASCII) || strings.ContainsFunc(text, isControl) {
		return wrong("This is no kind of data that a receiver knows. Take one such as application/json.")
	}
	return nil
}

// TemplateType gives the Content-Type of a template: the one that is set, or what
// the text looks like: one that begins, after space, with { is JSON, one that
// begins with < is XML, and any other is a form.
func TemplateType(b *core.Body) string {
	text := strings.TrimSpace(b.Template)
	switch {
	case b.ContentType != "":
		return b.ContentType
	case strings.HasPrefix(text, "{"):
		return "application/json"
	case strings.HasPrefix(text, "<"):
		return "application/xml"
	default:
		return "application/x-www-form-urlencoded"
	}
}

// PlaceOf gives how merge fields are written in a text of a Content-Type.
func PlaceOf(contentType string) merge.Place {
	kind, _, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return merge.Plain
	case kind == "application/x-www-form-urlencoded":
		return merge.Form
	case kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json"):
		return merge.JSON
	case kind == "application/xml" || kind == "text/xml" || strings.HasSuffix(kind, "+xml"):
		return merge.XML
	default:
		return merge.Plain
	}
}

// tell gives names and values of a form, or of a JSON object in which nothing is
// nested.
func (t template) tell(r *render) {
	switch t.place {
	case merge.Form:
		for pair := range strings.SplitSeq(string(r.body), "&") {
			if pair != "" {
				name, text, _ := strings.Cut(pair, "=")
				r.templatePair(unescape(name), unescape(text), t.text.hidden)
			}
		}
	case merge.JSON:
		doc, err := value.Parse(r.body)
		if err != nil || !flat(doc) {
			return
		}
		for name, v := range doc.Fields() {
			r.templatePair(name, v.Text(), t.text.hidden)
		}
	}
}

func (r *render) templatePair(name, text string, hidden bool) {
	r.pair(name, text, hidden && strings.Contains(text, core.Dots))
}

func flat(doc value.Value) bool {
	for _, v := range doc.Fields() {
		if nested(v) {
			return false
		}
	}
	return doc.Kind() == value.Object
}

// unescape reads what a form holds, and gives what cannot be read as it is.
func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
