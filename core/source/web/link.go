package web

import "strings"

// nextLink gives the address of the next page that Link lines name (RFC 8288), "" if
// they name none. A link about something else than the page, which has an anchor, is
// none of them.
func nextLink(lines []string) string {
	for _, line := range lines {
		for rest := line; rest != ""; {
			var l link
			l, rest = cutLink(rest)
			if l.next && !l.anchored {
				return l.ref
			}
		}
	}
	return ""
}

// link is one link of a Link line.
type link struct {
	ref      string
	next     bool // it leads to the next page
	anchored bool
	related  bool // its relation was read: only the first counts
}

// cutLink reads the link that a line begins with, and gives what is behind it. What
// is no link is passed over.
func cutLink(line string) (l link, rest string) {
	_, rest, found := strings.Cut(line, "<")
	if !found {
		return l, ""
	}
	l.ref, rest, found = strings.Cut(rest, ">")
	if !found {
		return link{}, ""
	}
	for {
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, ";") {
			return l, rest
		}
		var name, value string
		name, value, rest = cutParam(rest[1:])
		l.take(name, value)
	}
}

// take reads a parameter.
func (l *link) take(name, value string) {
	switch strings.ToLower(name) {
	case "anchor":
		l.anchored = true
	case "rel":
		if l.related {
			return
		}
		l.related = true
		for relation := range strings.FieldsSeq(value) {
			l.next = l.next || strings.EqualFold(relation, "next")
		}
	}
}

// cutParam reads the parameter that a text begins with: name, name=value or
// name="value".
func cutParam(text string) (name, value, rest string) {
	end := strings.IndexAny(text, "=;,")
	if end < 0 {
		return strings.TrimSpace(text), "", ""
	}
	name = strings.TrimSpace(text[:end])
	if text[end] != '=' {
		return name, "", text[end:]
	}
	rest = strings.TrimLeft(text[end+1:], " \t")
	if strings.HasPrefix(rest, `"`) {
		value, rest = cutQuoted(rest[1:])
		return name, value, rest
	}
	end = strings.IndexAny(rest, ";,")
	if end < 0 {
		end = len(rest)
	}
	return name, strings.TrimSpace(rest[:end]), rest[end:]
}

// cutQuoted reads up to the quote that ends a quoted text, in which a backslash
// stands before what is meant as it is.
func cutQuoted(text string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), text[i+1:]
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), ""
}
