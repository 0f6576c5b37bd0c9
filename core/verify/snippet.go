package verify

import (
	"embed"
	"strings"
	"sync"
	"text/template"

	"hookbird/core"
	"hookbird/core/message"
)

// Snippet is a short program that checks one proof.
type Snippet struct {
	Language string // "PHP", "Python", "Node.js", "Go" or "Google Apps Script"
	Title    string // what it checks: the Text of a Proof
	Code     string
	Note     string // where to put it and what to set, in everyday words
}

// Snippets writes a program for each proof and language, proof by proof, the
// strongest first. One proof is enough to check. Which kind of signature Standard
// Webhooks makes is said by its secret alone: for a secret without its text there
// are programs for both kinds, of which the titles say which is when to take. A
// webhook without a proof has no snippets.
func Snippets(w *core.Webhook) []Snippet {
	var list []Snippet
	all, l := checks(w), languages()
	for _, c := range all {
		if c.kind == ownText {
			continue
		}
		for _, seeing := range l.seeing {
			list = append(list, seeing.snippet(c, seeing.note(c, w)))
		}
		if c.kind.inBody() {
			list = append(list, l.script.snippet(c, scriptNote(c)))
		}
	}
	if c := unseen(all); c != nil {
		added := addedField(w)
		added.title = c.title
		list = append(list, l.script.snippet(added, unseenNote(added, w)))
	}
	return list
}

// language is one that snippets are written in.
type language struct {
	name string
	code *template.Template
	note func(c *check, w *core.Webhook) string
}

// tongues are all languages: those whose programs see a whole message, and a
// spreadsheet's script, which sees no header lines.
type tongues struct {
	seeing []*language
	script *language
}

//go:embed snippets
var sources embed.FS

// languages reads the snippets' templates, once, when somebody first wants one.
var languages = sync.OnceValue(func() tongues {
	return tongues{
		seeing: []*language{
			{"PHP", parse("php", quotePHP), notePHP},
			{"Python", parse("python", quotePython), notePython},
			{"Node.js", parse("node", quoteScript), noteNode},
			{"Go", parse("go", quoteGo), noteGo},
		},
		script: &language{name: "Google Apps Script", code: parse("script", quoteScript)},
	}
})

func parse(name string, quote func(string) string) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{
		"q": quote, "lower": strings.ToLower, "posted": posted, "part": partName.Replace,
	})
	return template.Must(t.ParseFS(sources, "snippets/"+name+".tmpl"))
}

func (l *language) snippet(c *check, note string) Snippet {
	var code strings.Builder
	if err := l.code.ExecuteTemplate(&code, string(c.kind), c); err != nil {
		panic(err) // the program's own templates do not fit its own checks
	}
	title := c.title
	if c.only != "" {
		title += ", if the secret starts with " + c.only
	}
	return Snippet{Language: l.name, Title: title, Code: code.String(), Note: note}
}

// unseen gives the first of proofs that all stand in header lines, which a
// spreadsheet's script cannot see; nil if it can see one of them.
func unseen(all []*check) *check {
	var first *check
	for _, c := range all {
		switch {
		case c.kind.inBody():
			return nil
		case c.kind != ownText && first == nil:
			first = c
		}
	}
	return first
}

// addedField is a secret value that the webhook does not have yet.
func addedField(w *core.Webhook) *check {
	style := message.Style(w)
	if _, found := places[style]; !found {
		style = core.BodyForm
	}
	name := "token"
	for taken(w, name) {
		name = "secret_" + name
	}
	c := fieldCheck(style, name)
	c.Variable = c.variable()
	return c
}

func taken(w *core.Webhook, name string) bool {
	for _, f := range w.Body.Fields {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}
