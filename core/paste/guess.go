package paste

import (
	"fmt"
	"strings"
	"unicode"

	"hookbird/core"
)

// Limits of what is read.
const (
	MaxText   = 1 << 20 // bytes of a pasted text
	MaxFields = 500     // fields of a guess; those behind are left out
	MaxName   = 200     // bytes of a name; longer ones are no names
)

// Kind is what a pasted text was taken for.
type Kind string

// The kinds of pasted text.
const (
	Nothing Kind = ""
	Curl    Kind = "curl"
	JSON    Kind = "JSON"
	Form    Kind = "form"
	Fields  Kind = "fields"
	Address Kind = "address"
)

// Guess is what a pasted text says about a webhook. What it does not say is empty.
type Guess struct {
	Kind    Kind
	Address string
	Method  string
	Headers []core.Header
	Body    core.Body         // style, and fields whose names are the other system's
	Example map[string]string // by the name of a field, the value it has in the text
	Said    []string          // whole sentences about what was guessed
}

// Read guesses what a pasted text says.
func Read(text string) Guess {
	text = strings.TrimFunc(strings.ToValidUTF8(text, "\ufffd"), isBlank)
	switch {
	case text == "":
		return Guess{Said: []string{"There is nothing in it to read. Copy the example from the other system's help page and paste it here."}}
	case len(text) > MaxText:
		return Guess{Said: []string{"This text is too long to be an example. Paste a single record, or only the curl line."}}
	}
	for _, read := range []func(g *Guess, text string) bool{readCurl, readJSON, readAddress, readForm, readFields} {
		g := Guess{}
		if read(&g, text) {
			return g
		}
	}
	return Guess{Said: []string{"This is no curl line, sample, list of fields or web address that can be read. Type the web address, and go on from there."}}
}

// say adds a sentence. There are not more of them than anybody reads.
func (g *Guess) say(format string, args ...any) {
	if len(g.Said) < maxSaid {
		g.Said = append(g.Said, fmt.Sprintf(format, args...))
	}
}

// maxSaid is how many sentences a guess comes with, but for the one in front.
const maxSaid = 30

// shown is a name as a sentence holds it: not too long, and all of it to be seen.
func shown(name string) string {
	runes := []rune(name)
	if len(runes) > 60 {
		runes = append(runes[:60], '…')
	}
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = ' '
		}
	}
	return string(runes)
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// field adds a field with the value it has in the text. One that looks like a key
// becomes a secret.
func (g *Guess) field(name, example string) {
	name = strings.TrimFunc(name, isBlank)
	if name == "" || len(name) > MaxName || keyText(name) || len(g.Body.Fields) == MaxFields || g.has(name) {
		return
	}
	f := core.Field{Name: name}
	switch {
	case !keyName(name) && !keyText(example):
		if example != "" {
			g.example(name, example)
		}
	case standsIn(example):
		f.Secret = core.MissingSecret()
		g.say("The field %s needs your key. Type it there.", shown(name))
	default:
		f.Secret = core.NewSecret(example)
		g.say("The field %s looks like a key. It is kept secret.", shown(name))
	}
	g.Body.Fields = append(g.Body.Fields, f)
}

func (g *Guess) has(name string) bool {
	for _, f := range g.Body.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

func (g *Guess) example(name, text string) {
	if g.Example == nil {
		g.Example = map[string]string{}
	}
	g.Example[name] = text
}

// count says a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
