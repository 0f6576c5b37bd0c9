package local

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"hookbird/core"
)

// Example is a short program that sends a record to a source.
type Example struct {
	Language string // "curl", "PowerShell", "Excel VBA", "Python", "PHP" or "Web address"
	Title    string // what it does
	Code     string
	Note     string // where to put it and what to fill in: sentences
}

// What stands in the code of an example in place of a secret, each in one function,
// so that no listing holds one. A key can be put there as it is; a token or a secret
// may hold characters that the language wants written otherwise.
const (
	KeyHere    = "PASTE-THE-KEY-HERE"
	TokenHere  = "PASTE-THE-TOKEN-HERE"
	SecretHere = "PASTE-THE-SECRET-HERE"
)

// Examples writes programs that send a record to a local source as its settings ask
// for it, the simplest first. address is that of the server, like
// "http://127.0.0.1:8010".
func Examples(address string, src *core.Source) []Example {
	v := sampleOf(address, src.Local)
	title := "Send a record, which comes in as " + src.Type()
	var list []Example
	for _, t := range exampleTexts() {
		list = append(list, Example{Language: t.language, Title: title, Code: t.fill(v), Note: t.note + v.fillIn() + v.keyPair()})
	}
	if src.Local.Query && v.Sign == "" && !v.Token {
		list = append(list, Example{
			Language: "Web address", Title: title,
			Code: address + "/in/" + KeyHere + "?firstname=Ada&lastname=Lovelace&email=ada%40example.org\n",
			Note: "For programs that can do no more than call a web address. Write spaces, & and other signs in values as a web address has them (%20, %26)." + v.fillIn(),
		})
	}
	return list
}

// sample is what examples are written from.
type sample struct {
	Address                        string
	Token                          bool
	Sign                           core.VerifyStyle
	Header, Prefix, Algorithm      string // of VerifyHMAC
	Base64                         bool
	KeyHere, TokenHere, SecretHere string
}

func sampleOf(address string, l *core.LocalSource) sample {
	s := sample{
		Address: address, Token: !l.Token.IsZero(), Sign: l.Verify.Style,
		Header: l.Verify.Header, Prefix: l.Verify.Prefix, Algorithm: l.Verify.Algorithm, Base64: l.Verify.Encoding == "base64",
		KeyHere: KeyHere, TokenHere: TokenHere, SecretHere: SecretHere,
	}
	if s.Header == "" {
		s.Header = defaultSignature
	}
	if s.Algorithm == "" {
		s.Algorithm = "sha256"
	}
	return s
}

// fillIn says what has to be put into an example.
func (s sample) fillIn() string {
	what := []string{KeyHere + " with the key, which is the last part of the address of this source"}
	if s.Token {
		what = append(what, TokenHere+" with its token")
	}
	if s.Sign != core.VerifyNone {
		what = append(what, SecretHere+" with the secret of its signatures")
	}
	return " Replace " + strings.Join(what, ", and ") + ". Who has them can send here, so keep the program where others do not read it."
}

// keyPair warns of signatures that the examples cannot make.
func (s sample) keyPair() string {
	if s.Sign != core.VerifyStandard {
		return ""
	}
	return " This is for a secret that starts with whsec_. If the source holds a public key, whpk_, the sender signs with the private one, for which there are libraries of Standard Webhooks."
}

// exampleText is the template of an example.
type exampleText struct {
	language, note string
	code           *template.Template
}

func (t exampleText) fill(s sample) string {
	var code strings.Builder
	if err := t.code.Execute(&code, s); err != nil {
		panic(err) // the program's own templates do not fit its own settings
	}
	return code.String()
}

//go:embed examples
var exampleFiles embed.FS

// exampleTexts reads the templates, once, when somebody first wants an example.
var exampleTexts = sync.OnceValue(func() []exampleText {
	return []exampleText{
		{"curl", "For the command line of Linux and macOS; on Windows take PowerShell. Signatures take openssl, which is usually there.", exampleFile("curl.sh", quoteShell)},
		{"PowerShell", "For Windows, where it is always there. Save it as a file that ends in .ps1, or paste it into the window of PowerShell.", exampleFile("powershell.ps1", quotePowerShell)},
		{"Excel VBA", "In Excel for Windows press Alt+F11, choose Insert, Module, and paste it. SendRow sends the row of the cell that is chosen, under the headings of the first row.", exampleFile("excel.bas", quoteVBA)},
		{"Python", "For Python 3, without any package.", exampleFile("python.py", quotePython)},
		{"PHP", "For PHP 7.4 and later, without any extension.", exampleFile("php.php", quotePHP)},
	}
})

func exampleFile(name string, quote func(string) string) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{"q": quote, "upper": strings.ToUpper})
	return template.Must(t.ParseFS(exampleFiles, "examples/"+name))
}

// Each language has its own way to write a text.
func quoteShell(text string) string      { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
func quotePowerShell(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
func quoteVBA(text string) string        { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
func quotePython(text string) string     { return fmt.Sprintf("%+q", text) }
func quotePHP(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}
