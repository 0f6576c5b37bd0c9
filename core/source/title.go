package source

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// maxTitle is how many characters of a title are kept.
const maxTitle = 120

// Title guesses what a person knows a record by from its name and e-mail fields:
// first and last name, else a name, else an e-mail address, else "". Fields may
// be called what English, French and German tables call them, and may stand one
// object down. data is one valid JSON object.
func Title(data []byte) string {
	var p person
	p.read(data, 1)
	return Shorten(p.title())
}

// person is what the fields say of somebody, as JSON strings.
type person struct {
	first, last, name, email []byte
}

func (p *person) title() string {
	first, last, name := tidy(p.first), tidy(p.last), tidy(p.name)
	if last == "" && first != "" && name != first {
		last = name // "Vorname" and "Name", "prénom" and "nom"
	}
	switch {
	case first != "" && strings.HasPrefix(last, first+" "):
		return last // the whole name stands beside the first one
	case first != "" && last != "":
		return first + " " + last
	case name != "":
		return name
	case first != "" || last != "":
		return first + last
	}
	return tidy(p.email)
}

// tidy reads a JSON string and leaves one space where there is white space.
func tidy(quoted []byte) string {
	if quoted == nil {
		return ""
	}
	s := text(quoted)
	if strings.TrimSpace(s) == s && !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// read takes what it can use of an object and of the objects right below it.
// What it took first stays.
func (p *person) read(object []byte, below int) {
	Fields(object, func(key, value []byte) {
		switch {
		case len(value) < 2:
		case value[0] == '"':
			if place := p.place(key); place != nil && *place == nil && len(trimSpace(value[1:len(value)-1])) > 0 {
				*place = value
			}
		case value[0] == '{' && below > 0:
			var q person
			q.read(value, below-1)
			p.fill(q)
		}
	})
}

// fill takes another person's name if p has none at all, and likewise the
// address: half a name of one and half of another would be nobody's.
func (p *person) fill(q person) {
	if p.first == nil && p.last == nil && p.name == nil {
		p.first, p.last, p.name = q.first, q.last, q.name
	}
	if p.email == nil {
		p.email = q.email
	}
}

// place tells where the value of a field belongs, by the letters of its name.
func (p *person) place(key []byte) *[]byte {
	var buf [48]byte
	if len(key) > len(buf) {
		return nil
	}
	switch string(letters(buf[:0], key)) {
	case "firstname", "fname", "givenname", "givennames", "forename", "first", "vorname", "vornamen", "rufname", "prenom", "prenoms":
		return &p.first
	case "lastname", "lname", "surname", "familyname", "last", "nachname", "familienname", "zuname", "nomdefamille", "nomfamille":
		return &p.last
	case "name", "fullname", "displayname", "contactname", "customername", "nom", "nomcomplet", "nometprenom", "prenometnom",
		"vollstandigername", "vollstaendigername", "ganzername", "vorundnachname", "kontakt", "kunde", "client":
		return &p.name
	case "email", "mail", "emailaddress", "mailaddress", "primaryemail", "workemail", "emailadresse", "mailadresse", "emailadress",
		"courriel", "adresseemail", "adressemail", "adressecourriel", "adresseelectronique":
		return &p.email
	}
	return nil
}

// plain holds the letters that French and German put marks on.
var plain = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "É", "e", "È", "e", "ä", "a", "à", "a", "â", "a", "ô", "o", "ö", "o", "ü", "u", "û", "u", "ç", "c", "î", "i", "ï", "i")

// letters appends the letters of a field's name in lower case and without
// marks: "Prénom" and "pre_nom" are both "prenom". The name is as JSON writes it.
func letters(to, key []byte) []byte {
	for _, c := range key {
		if c >= utf8.RuneSelf || c == '\\' {
			key = []byte(plain.Replace(text(append(append([]byte{'"'}, key...), '"'))))
			break
		}
	}
	for _, c := range key {
		switch {
		case c >= 'A' && c <= 'Z':
			to = append(to, c+'a'-'A')
		case c >= 'a' && c <= 'z':
			to = append(to, c)
		case c >= '0' && c <= '9': // "Email (2)" and "name2" are second choices
			return to[:0]
		}
	}
	return to
}

// text reads a JSON string.
func text(quoted []byte) (s string) {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	_ = json.Unmarshal(quoted, &s) // what is no string gives no title
	return s
}

// Shorten cuts a title that is too long to be shown.
func Shorten(s string) string {
	if len(s) <= maxTitle {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > maxTitle {
			return s[:i] + "…"
		}
	}
	return s
}

// Fields visits the fields of a valid JSON object. The key comes without its
// quotes, neither is decoded.
func Fields(object []byte, visit func(key, value []byte)) {
	rest := object[min(1, len(object)):]
	for {
		start := skipTo(rest, '"')
		if start < 0 {
			return
		}
		rest = rest[start:]
		end := stringEnd(rest)
		if end < 0 {
			return
		}
		key := rest[1 : end-1]
		colon := skipTo(rest[end:], ':')
		if colon < 0 {
			return
		}
		rest = trimSpace(rest[end+colon+1:])
		n := valueEnd(rest)
		visit(key, rest[:n])
		rest = rest[n:]
	}
}

// skipTo finds a byte behind white space and commas.
func skipTo(b []byte, want byte) int {
	for i, c := range b {
		switch c {
		case want:
			return i
		case ' ', '\n', '\r', '\t', ',':
		default:
			return -1
		}
	}
	return -1
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\n' || b[0] == '\r' || b[0] == '\t') {
		b = b[1:]
	}
	return b
}

// stringEnd tells how long the JSON string is that b begins with.
func stringEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// valueEnd tells how long the JSON value is that b begins with.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			n := stringEnd(b[i:])
			if n < 0 {
				return len(b)
			}
			if i += n - 1; depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // the end of the object around it
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(b)
}

// Texts visits every text and number of a valid JSON value, as it reads.
func Texts(val []byte, visit func(text string)) {
	val = trimSpace(val)
	if len(val) == 0 {
		return
	}
	switch c := val[0]; {
	case c == '{':
		Fields(val, func(_, v []byte) { Texts(v, visit) })
	case c == '[':
		for rest := trimSpace(val[1:]); len(rest) > 0 && rest[0] != ']'; {
			n := valueEnd(rest)
			Texts(rest[:n], visit)
			rest = trimSpace(rest[n:])
			if len(rest) > 0 && rest[0] == ',' {
				rest = trimSpace(rest[1:])
			}
		}
	case c == '"':
		if n := stringEnd(val); n > 0 {
			visit(text(val[:n]))
		}
	case c == '-' || c >= '0' && c <= '9':
		visit(string(trimSpace(val[:valueEnd(val)])))
	}
}
