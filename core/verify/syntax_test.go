package verify_test

import (
	"context"
	"encoding/hex"
	"go/format"
	"os/exec"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/verify"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// genOdd draws texts of characters that mean something to one language or other.
func genOdd() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.OneOf(
		rapid.RuneFrom([]rune("ab0 .'\"\\$`{}()[]#?<>%/*u\n\r\t\x00\x7f\u0085ü\u2028\u202e\ufeff\u00ad😀\U000e0001")),
		rapid.Rune(),
	), 0, 12, -1)
}

// run runs a program that ends by itself, and gives what it printed.
func run(t testing.TB, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), maxRun)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// Every language reads in a literal the text that was meant.
func TestLiterals(t *testing.T) {
	tests := []struct{ language, program, before, each, after string }{
		{"PHP", "php", "<?php foreach ([\n", ",\n", "] as $x) echo bin2hex($x), \"\\n\";\n"},
		{"Python", "python3", "for x in [\n", ",\n", "]:\n    print(x.encode().hex())\n"},
		{"Node.js", "node", "for (const x of [\n", ",\n", "]) console.log(Buffer.from(x).toString('hex'));\n"},
	}
	for _, test := range tests {
		t.Run(test.language, func(t *testing.T) {
			program := need(t, test.program)
			code, want := test.before, ""
			for i := range 300 {
				text := genOdd().Example(i)
				code += verify.Quotes[test.language](text) + test.each
				want += hex.EncodeToString([]byte(text)) + "\n"
			}
			if diff := cmp.Diff(want, run(t, program, write(t, "literals", code+test.after))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// oddWebhooks are of every kind of proof, with names that no sensible system has.
func oddWebhooks() []*core.Webhook {
	const name = "a\nb\x00\u2028\u202e?>*/'''\"\"\"$x${y}`\\"
	list := []*core.Webhook{
		hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignHMAC, Header: name, Prefix: name}
			w.Headers = []core.Header{{Name: name, Value: "it's\n\"[secret:a]'?>\""}}
		}),
		hook(func(w *core.Webhook) { w.Sign = core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("1")} }),
	}
	for _, style := range []core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyList, core.BodyMultipart} {
		list = append(list, hook(func(w *core.Webhook) {
			w.Body = core.Body{Style: style, Fields: []core.Field{secretField("x." + name)}}
		}))
	}
	return list
}

// Every language's own checker takes every snippet, whatever the names.
func TestSyntax(t *testing.T) {
	checks := map[string]func(t testing.TB, code string){
		"PHP": func(t testing.TB, code string) { run(t, need(t, "php"), "-l", write(t, "a.php", code)) },
		"Python": func(t testing.TB, code string) {
			run(t, need(t, "python3"), "-c", "import sys; compile(open(sys.argv[1], newline='').read(), 'a', 'exec')", write(t, "a.py", code))
		},
		"Node.js": func(t testing.TB, code string) { run(t, need(t, "node"), "--check", write(t, "a.js", code)) },
		script:    func(t testing.TB, code string) { run(t, need(t, "node"), "--check", write(t, "a.js", code)) },
		"Go": func(t testing.TB, code string) {
			formatted, err := format.Source([]byte(code))
			if err != nil || string(formatted) != code {
				t.Errorf("not as gofmt writes it, %v: %s", err, cmp.Diff(code, string(formatted)))
			}
		},
	}
	for language, check := range checks {
		t.Run(language, func(t *testing.T) {
			for _, w := range oddWebhooks() {
				for _, s := range verify.Snippets(w) {
					if s.Language == language {
						check(t, s.Code)
					}
				}
			}
		})
	}
}

// Whatever the settings, snippets are bounded, hold no secret and nothing that
// cannot be seen, and in Go they are well formed.
func FuzzSnippets(f *testing.F) {
	f.Add("token", "X-Sig", "sha256=", "Bearer [secret:a]", 0)
	f.Add(odd, "'", "\"", "\n[secret:a]'", 4)
	f.Add("", "", "", "[secret:]", 2)
	styles := []core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyList, core.BodyMultipart, core.BodyTemplate, ""}
	f.Fuzz(func(t *testing.T, name, header, prefix, text string, style int) {
		w := hook(func(w *core.Webhook) {
			w.Sign = core.Sign{Style: core.SignHMAC, Header: header, Prefix: prefix, Secret: core.NewSecret("gehe1m-a")}
			w.Headers = []core.Header{{Name: header, Value: text}}
			w.Body.Style = styles[uint(style)%uint(len(styles))]
			w.Body.Fields = []core.Field{{Name: name, Secret: core.NewSecret("gehe1m-b")}, {Name: header, Template: text}}
		})
		typed := len(name) + len(header) + len(prefix) + len(text)
		for _, s := range verify.Snippets(w) {
			if len(s.Code) > 4000+50*typed || len(s.Note) > 2000+50*typed {
				t.Errorf("%d and %d characters for %d", len(s.Code), len(s.Note), typed)
			}
			if strings.Contains(name+header+prefix+text, "gehe1m") {
				continue
			}
			if strings.Contains(s.Code+s.Title+s.Note, "gehe1m") || strings.ContainsFunc(s.Code, unseen) {
				t.Errorf("%q", s.Code)
			}
			if formatted, err := format.Source([]byte(s.Code)); s.Language == "Go" && (err != nil || string(formatted) != s.Code) {
				t.Errorf("not as gofmt writes it, %v:\n%s", err, s.Code)
			}
		}
	})
}

// unseen tells whether a character of a program cannot be seen, or changes where
// others are seen.
func unseen(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u202e' || r == '\ufeff'
}
