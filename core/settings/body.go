package settings

import "hookbird/core"

func (p *parser) body(n *node) core.Body {
	var b core.Body
	p.object(n, "body", fields{
		"style": func(n *node) {
			b.Style = core.BodyStyle(p.choice(n, string(core.BodyJSON), string(core.BodyForm), string(core.BodyEnvelope),
				string(core.BodyList), string(core.BodyMultipart), string(core.BodyTemplate), string(core.BodyNone)))
		},
		"fields": func(n *node) {
			p.list(n, func(n *node) { b.Fields = append(b.Fields, p.field(n)) })
		},
		"template":     func(n *node) { b.Template = p.text(n) },
		"content_type": func(n *node) { b.ContentType = p.text(n) },
		"secrets":      func(n *node) { b.Keys = p.named(n) },
	})
	return b
}

func (p *parser) field(n *node) core.Field {
	var f core.Field
	p.object(n, "field", fields{
		"name": func(n *node) { f.Name = p.text(n) },
		"from": func(n *node) { f.From = p.text(n) },
		"value": func(n *node) {
			f.Value = p.text(n)
			f.Blank = n.value == ""
		},
		"template": func(n *node) {
			f.Template = p.text(n)
			if n.value == "" {
				p.wrong(n.at(), `This text is empty. Type it, or write "value": "" for a field that is empty on purpose.`)
			}
		},
		"secret":     func(n *node) { f.Secret = p.secret(n) },
		"convert":    func(n *node) { f.Convert = p.texts(n) },
		"omit_empty": func(n *node) { f.OmitEmpty = p.flag(n) },
	})
	p.origin(n, &f)
	p.oneOf(n, `A field has one of four: "from" a field of the record, a fixed "value", a "template", or a "secret".`,
		"from", "value", "template", "secret")
	return f
}

// origin looks at a field that came without a value that can be used. If nothing
// is said of it at all, it may be that its secret was left out; if something is,
// that has been found wrong, and nothing is to be said of "from" besides.
func (p *parser) origin(n *node, f *core.Field) {
	switch {
	case n.get("from") != nil:
	case n.get("value") != nil || n.get("template") != nil || n.get("secret") != nil:
		p.places[n.pointer("from")] = true
	case n.get("convert") == nil: // a secret goes through no steps
		f.Secret = leftOut
	}
}
