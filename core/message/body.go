package message

import (
	"slices"

	"hookbird/core"
)

// MaxBody is how long a body may become, in bytes.
const MaxBody = 64 << 20

// packer writes records the way a webhook wants them.
type packer interface {
	// pack appends the body to r.body. There is more than one record only for a
	// list.
	pack(records []Record, r *render) error
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

// styles are the packings that there are.
var styles = []core.BodyStyle{
	core.BodyForm, core.BodyJSON, core.BodyList, core.BodyEnvelope, core.BodyMultipart, core.BodyTemplate, core.BodyNone,
}

func noStyle(style core.BodyStyle) error {
	return wrong("There is no packing called %q. Take one of form, json, json-list, envelope, multipart, template and none.", style)
}

// contentTypes are those of the styles that have one.
var contentTypes = map[core.BodyStyle]string{
	core.BodyForm:     "application/x-www-form-urlencoded",
	core.BodyJSON:     "application/json",
	core.BodyEnvelope: "application/json",
	core.BodyList:     "application/json",
}

// body compiles what a message holds.
func (c *compiler) body(b *Builder, w *core.Webhook) (err error) {
	style := Style(w)
	if !slices.Contains(styles, style) {
		return c.wrong("", noStyle(style))
	}
	b.kind, b.list = contentTypes[style], style == core.BodyList
	switch style {
	case core.BodyNone:
		return nil
	case core.BodyTemplate:
		if err := checkContentType(w.Body.ContentType); err != nil {
			return c.wrong("template", err)
		}
		b.kind = TemplateType(&w.Body)
		b.body, err = c.template(&w.Body, b.kind)
		return err
	case core.BodyForm, core.BodyMultipart:
		b.body, err = c.pairs(w, style)
		return err
	}
	one, err := c.object(w)
	if err != nil {
		return err
	}
	b.whole = style == core.BodyJSON && one == wholeObject{}
	c.reads = c.reads || !b.whole
	switch style {
	case core.BodyEnvelope:
		b.body = envelope{one}
	case core.BodyList:
		b.body = list{one}
	default:
		b.body = single{one}
	}
	return nil
}

// pairs compiles a form or a multipart form.
func (c *compiler) pairs(w *core.Webhook, style core.BodyStyle) (packer, error) {
	c.reads = true
	var p packer = wholePairs{}
	if len(w.Body.Fields) > 0 {
		fields, err := c.fields(w, style)
		if err != nil {
			return nil, err
		}
		p = newPairs(fields)
	}
	if style == core.BodyMultipart {
		return multipart{p}, nil
	}
	return p, nil
}

// object compiles what JSON sends of one record.
func (c *compiler) object(w *core.Webhook) (object, error) {
	if len(w.Body.Fields) == 0 {
		return wholeObject{}, nil
	}
	fields, err := c.fields(w, core.BodyJSON)
	if err != nil {
		return nil, err
	}
	return c.tree(fields)
}
