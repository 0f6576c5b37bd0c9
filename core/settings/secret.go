package settings

import (
	"maps"
	"slices"

	"hookbird/core"
)

// What stands in a File for a secret whose text is not in it.
var (
	sealed  = core.SealedSecret("sealed")   // the stored one
	newOnce = core.SealedSecret("generate") // the stored one, or a new one where there is none
)

// secret reads a secret's text, or {"sealed": true} for one that is kept where
// it is.
func (p *parser) secret(n *node) core.Secret {
	return p.textOrMark(n, "secret", `{"sealed": true} to keep the stored one`, map[string]core.Secret{"sealed": sealed})
}

// signSecret reads the secret to sign with, which {"generate": true} makes.
func (p *parser) signSecret(n *node) core.Secret {
	return p.textOrMark(n, "sign_secret", `{"sealed": true} to keep the stored one, or {"generate": true} to make one`,
		map[string]core.Secret{"sealed": sealed, "generate": newOnce})
}

// textOrMark reads a secret that is a text, or an object that holds one of the
// marks as true. instead describes those objects.
func (p *parser) textOrMark(n *node, kind, instead string, marks map[string]core.Secret) core.Secret {
	if s, ok := n.value.(string); ok {
		return core.NewSecret(s)
	}
	given := core.MissingSecret()
	if !n.object {
		p.wrong(n.at(), "This has to be a text in quotation marks, or %s.", instead)
		return given
	}
	known := fields{}
	for name, mark := range marks {
		known[name] = func(n *node) {
			given = mark
			if n.value != true {
				p.wrong(n.at(), "This has true here. To give another secret, write its text instead of the braces.")
			}
		}
	}
	p.object(n, kind, known)
	p.oneOf(n, "A secret has one of these, but not both.", slices.Sorted(maps.Keys(marks))...)
	if len(n.children) == 0 {
		p.wrong(n.at(), "A secret is a text, or %s.", instead)
	}
	return given
}

// named reads secrets by their names.
func (p *parser) named(n *node) []core.NamedSecret {
	if !n.object {
		p.wrong(n.at(), `These are secrets by their names, in braces, like {"key": "its text"}.`)
		return nil
	}
	var all []core.NamedSecret
	for _, m := range n.children {
		all = append(all, core.NamedSecret{Name: m.name, Secret: p.secret(m)})
	}
	return all
}
