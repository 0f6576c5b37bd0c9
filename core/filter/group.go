package filter

import (
	"strings"

	"hookbird/core/value"
)

// groupKind says how the conditions of a group are joined.
type groupKind string

const (
	groupAny groupKind = "any"
	groupAll groupKind = "all"
	groupNot groupKind = "not"
)

// group is several conditions as one. A "not" holds if not all of them do.
type group struct {
	kind groupKind
	list []condition
}

func (g *group) holds(record value.Value, m *memo) bool {
	for _, c := range g.list {
		if holds(c, record, m) == (g.kind == groupAny) {
			return g.kind != groupAll // any: one that holds; not: one that does not
		}
	}
	return g.kind == groupAll
}

func (g *group) append(dst []byte) []byte {
	dst = append(dst, g.kind...)
	dst = append(dst, '(')
	dst = appendList(dst, g.list)
	if last, ok := g.list[len(g.list)-1].(*plain); ok && opens(last.path.String()) {
		dst = append(dst, ';') // else the group's parenthesis would close that of the name
	}
	return append(dst, ')')
}

// opens tells whether a path has a parenthesis that does not close, as a name may.
func opens(path string) bool { return strings.Count(path, "(") > strings.Count(path, ")") }

func (g *group) fields(visit func(value.Path)) {
	for _, c := range g.list {
		c.fields(visit)
	}
}

// appendList prints conditions with semicolons between them.
func appendList(dst []byte, list []condition) []byte {
	for i, c := range list {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = c.append(dst)
	}
	return dst
}
