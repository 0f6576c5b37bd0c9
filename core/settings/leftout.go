package settings

import (
	"slices"
	"strings"
	"unicode"

	"hookbird/core"
	"hookbird/core/message"
)

// leftOut stands in a File for a secret that is needed and the file does not
// speak of: the one that is stored in the same place. Where none is stored,
// it is as if nothing stood there.
var leftOut = core.SealedSecret("left out")

// needs marks the named secrets that texts of a webhook read and the file leaves
// out.
func (p *parser) needs(n *node, w *core.Webhook) {
	outside, inside := []string{w.Address}, []string{w.Body.Template}
	for _, h := range w.Headers {
		outside = append(outside, h.Value)
	}
	for _, f := range w.Body.Fields {
		inside = append(inside, f.Template)
	}
	w.Keys = p.withLeftOut(w.Keys, n.pointer("secrets"), outside)
	w.Body.Keys = p.withLeftOut(w.Body.Keys, n.pointer("body")+"/secrets", inside)
}

func (p *parser) withLeftOut(keys []core.NamedSecret, at string, texts []string) []core.NamedSecret {
	mark := leftOut
	if p.places[at] {
		mark = sealed // the names could not be read: that none of them is there is no second mistake
	}
	known := map[string]bool{"": true}
	for _, k := range keys {
		known[k.Name] = true
	}
	for _, text := range texts {
		for _, name := range secretsIn(text) {
			if !known[name] && len(name) <= message.MaxName && len(keys) < message.MaxKeys {
				keys = append(keys, core.NamedSecret{Name: name, Secret: mark})
				known[name] = true
			}
		}
	}
	return keys
}

// secretsIn finds the names of secrets that a text reads, whatever the text is for.
// It also finds what only looks like one: at worst, a stored secret is kept that
// nothing reads.
func secretsIn(text string) []string {
	var names []string
	for {
		_, behind, found := strings.Cut(text, "secret:")
		end := strings.IndexFunc(behind, endsName)
		if !found || end < 0 {
			return names
		}
		names = append(names, strings.TrimSpace(behind[:end]))
		text = behind[end:]
	}
}

// endsName tells whether r cannot stand in the name of a secret.
func endsName(r rune) bool { return strings.ContainsRune(`[]{}|\`, r) || unicode.IsControl(r) }

// forget takes the marks of what was left out of a webhook away again, and tells
// whether there were any.
func forget(w *core.Webhook) bool { return unmark(w.Secrets, &w.Keys, &w.Body.Keys) }

// forgetIn likewise of a source.
func forgetIn(s *core.Source) bool {
	var lists []*[]core.NamedSecret
	if s.LookUp != nil {
		lists = append(lists, &s.LookUp.Ask.Keys)
	}
	if s.Web != nil {
		lists = append(lists, &s.Web.Ask.Keys)
	}
	return unmark(s.Secrets, lists...)
}

// unmark takes marks away from secrets that visit finds, some of which have names
// and stand in lists.
func unmark(visit func(func(place string, s *core.Secret)), lists ...*[]core.NamedSecret) bool {
	found := false
	visit(func(_ string, s *core.Secret) { found = found || *s == leftOut })
	if !found {
		return false
	}
	for _, list := range lists {
		*list = slices.DeleteFunc(*list, func(k core.NamedSecret) bool { return k.Secret == leftOut })
	}
	visit(func(_ string, s *core.Secret) {
		if *s == leftOut {
			*s = core.Secret{}
		}
	})
	return true
}
