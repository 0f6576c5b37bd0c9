package message

import (
	"fmt"
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// compiler turns a webhook into a Builder. For a real Builder the first thing
// that is wrong ends it; for Show, which has to make the best of a half-written
// webhook, it becomes a note.
type compiler struct {
	version string
	reveal  func(core.Secret) (string, error) // nil: dots stand for every secret
	note    func(n core.Note)                 // nil: what is wrong is an error
	secrets []string
}

// wrong reports something wrong at a place: "address", "field:3", "header:1".
func (c *compiler) wrong(where string, err error) error {
	if c.note == nil {
		return err
	}
	c.note(core.Note{Warn: true, Where: where, Text: core.Sentence(err)})
	return nil
}

func (c *compiler) compile(w *core.Webhook) (*Builder, error) {
	b := &Builder{webhookID: w.ID, method: w.HTTPMethod(), address: w.Address}
	if err := c.address(b); err != nil {
		return nil, err
	}
	style := Style(w)
	if err := c.header(b, w, style); err != nil {
		return nil, err
	}
	if style == core.BodyNone {
		return b, nil
	}
	if len(w.Body.Fields) == 0 {
		b.body = allOf(style)
		return b, nil
	}
	fields, err := c.fields(w.Body.Fields, style)
	if err != nil {
		return nil, err
	}
	b.body = fields
	return b, nil
}

// Style gives how the webhook's messages are packed: what it says, else JSON, and
// nothing where the method is GET.
func Style(w *core.Webhook) core.BodyStyle {
	switch {
	case w.HTTPMethod() == "GET":
		return core.BodyNone
	case w.Body.Style == "":
		return core.BodyJSON
	default:
		return w.Body.Style
	}
}

func (c *compiler) address(b *Builder) error {
	u, err := ParseAddress(b.address)
	if err != nil {
		b.target = &url.URL{}
		return c.wrong("address", err)
	}
	b.target, b.host = u, u.Host
	return nil
}

func (c *compiler) header(b *Builder, w *core.Webhook, style core.BodyStyle) error {
	if kind := contentTypes[style]; kind != "" {
		b.header = append(b.header, Line{headerType, kind})
	}
	b.idLine = len(b.header) + 1
	b.header = append(b.header, Line{headerAgent, "Hookbird/" + c.version}, Line{headerID, ""})
	for i, h := range w.Headers {
		text, err := c.text(h.Value, h.Secret)
		if err == nil {
			err = orNil(checkHeaderName(h.Name), checkHeaderValue(h.Name, text))
		}
		if err != nil {
			if err := c.wrong(fmt.Sprintf("header:%d", i), err); err != nil {
				return err
			}
			continue
		}
		b.header = append(b.header, Line{h.Name, text})
	}
	return nil
}

var contentTypes = map[core.BodyStyle]string{
	core.BodyForm: "application/x-www-form-urlencoded",
	core.BodyJSON: "application/json",
}

// text gives a fixed text, or a secret's: its own for a real message, dots for
// one that is shown.
func (c *compiler) text(value string, s core.Secret) (string, error) {
	if s.IsZero() {
		return value, nil
	}
	if c.reveal == nil {
		return core.Dots, nil
	}
	text, err := c.reveal(s)
	if err != nil {
		return "", err
	}
	if text != "" {
		c.secrets = append(c.secrets, text)
	}
	return text, nil
}

// field is one field of a body, compiled.
type field struct {
	at        int        // its place among the webhook's fields
	name      string     // as the webhook writes it
	path      value.Path // where its value stands, if kind is FieldFrom
	text      string     // its value otherwise, to show
	literal   []byte     // the same, encoded as it is sent
	kind      core.FieldKind
	omitEmpty bool
}

func (c *compiler) fields(list []core.Field, style core.BodyStyle) (packer, error) {
	fields := make([]*field, 0, len(list))
	for i, f := range list {
		compiled, err := c.field(i, f, style)
		if err != nil {
			if err := c.wrong(fmt.Sprintf("field:%d", i), err); err != nil {
				return nil, err
			}
			continue
		}
		if compiled != nil {
			fields = append(fields, compiled)
		}
	}
	if style == core.BodyForm {
		return newForm(fields), nil
	}
	tree, err := c.tree(fields)
	if err != nil {
		return nil, err
	}
	return tree, nil
}

// field compiles one field; nil without an error if it has no name yet and is
// left out.
func (c *compiler) field(i int, f core.Field, style core.BodyStyle) (*field, error) {
	if f.Name == "" {
		if c.note == nil {
			return nil, wrong("A field has no name. Type the name the other system uses, or remove it.")
		}
		if f.From != "" {
			c.note(core.Note{Where: fmt.Sprintf("field:%d", i), Text: f.From + " is left out until you name it."})
		}
		return nil, nil
	}
	compiled := &field{at: i, name: f.Name, kind: f.Kind(), omitEmpty: f.OmitEmpty}
	var err error
	if compiled.kind == core.FieldFrom {
		compiled.path, err = value.ParsePath(f.From)
		return compiled, err
	}
	if compiled.text, err = c.text(f.Value, f.Secret); err != nil {
		return nil, err
	}
	compiled.literal = encode(compiled.text, style, compiled.kind == core.FieldSecret && c.reveal == nil)
	return compiled, nil
}

// encode writes a fixed text as it is sent. Dots are to be seen as dots.
func encode(text string, style core.BodyStyle, dots bool) []byte {
	switch {
	case style == core.BodyJSON:
		return appendJSON(nil, text)
	case dots:
		return []byte(text)
	default:
		return appendForm(nil, []byte(text))
	}
}

// empty tells whether a fixed text is left out with OmitEmpty. A secret never is:
// whether it is empty would show.
func (f *field) empty() bool { return f.kind == core.FieldValue && f.text == "" }

// nameSteps splits a field's name at its dots, which nest. A name with a dot at
// either end or two in a row stands for itself.
func nameSteps(name string) []string {
	steps := strings.Split(name, ".")
	for _, step := range steps {
		if step == "" {
			return []string{name}
		}
	}
	return steps
}
