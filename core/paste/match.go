package paste

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Match pairs names of the other system's fields with ours that mean the same:
// first those that are the same, then without regard to case, accents and marks,
// then words for one thing in English, French, German, Spanish and Italian, last
// those inside others (contact.email, user_email). Each of ours is used once at
// most. The result is by their names.
func Match(their, ours []string) map[string]string {
	p := pairing{found: map[string]string{}, used: map[string]bool{}}
	p.pair(their, ours, func(name string) string { return name })
	p.pair(their, ours, plain)
	p.pair(their, ours, meaningAmong(their, ours, plain))
	p.pair(their, ours, func(name string) string { return plain(inner(name)) })
	p.pair(their, ours, meaningAmong(their, ours, func(name string) string { return plain(inner(name)) }))
	p.pair(their, ours, meaningAmong(their, ours, func(name string) string { return unqualified(inner(name)) }))
	return p.found
}

// pairing is what has been paired so far.
type pairing struct {
	found map[string]string
	used  map[string]bool
}

// pair pairs the names that are left and that have the same key; an empty key is
// none.
func (p *pairing) pair(their, ours []string, key func(name string) string) {
	byKey := map[string][]string{}
	for _, name := range ours {
		if k := key(name); k != "" && !p.used[name] {
			byKey[k] = append(byKey[k], name)
		}
	}
	for _, name := range their {
		if _, has := p.found[name]; has {
			continue
		}
		k := key(name)
		for len(byKey[k]) > 0 && p.used[byKey[k][0]] {
			byKey[k] = byKey[k][1:]
		}
		if len(byKey[k]) > 0 {
			p.found[name] = byKey[k][0]
			p.used[byKey[k][0]] = true
		}
	}
}

// plain writes a name in small letters without accents, and drops everything but
// letters and digits.
func plain(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case r == 'œ':
			b.WriteString("oe")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inner gives the last part of a name that nests: email for contact.email,
// contact[email] and addresses(isMain).email.
func inner(name string) string {
	name = strings.TrimRight(name, `]"`)
	if at := strings.LastIndexAny(name, `.["`); at >= 0 {
		name = name[at+1:]
	}
	return name
}

// qualifiers are words in front of a name that say whose or which it is.
var qualifiers = wordSet(`attendee attribute attributes billing client contact customer custom data donor field fields home individual
	kontakt kunde kunden lead main member mitglied my participant person personal primary private profile properties property recipient
	subscriber supporter the user utilisateur visitor your`)

// unqualified is plain without such words in front.
func unqualified(name string) string {
	list := splitName(name)
	for len(list) > 1 && qualifiers[list[0]] {
		list = list[1:]
	}
	return plain(strings.Join(list, ""))
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// meaningAmong gives what names mean. In a list with a first name but no last one,
// a name alone is the last name, as on German and French forms.
func meaningAmong(their, ours []string, plain func(string) string) func(name string) string {
	theirs, our := alone(their, plain), alone(ours, plain)
	isTheirs := map[string]bool{}
	for _, name := range their {
		isTheirs[name] = true
	}
	return func(name string) string {
		m := meanings[plain(name)]
		if m == fullName && (isTheirs[name] && theirs || !isTheirs[name] && our) {
			return lastName
		}
		return m
	}
}

// alone tells whether a list has a first name but no last one.
func alone(names []string, plain func(string) string) bool {
	first, last := false, false
	for _, name := range names {
		switch meanings[plain(name)] {
		case firstName:
			first = true
		case lastName:
			last = true
		}
	}
	return first && !last
}
