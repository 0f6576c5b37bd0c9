package testpage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// causes reads all causes out of the program, so that none is forgotten here.
func causes(t *testing.T) (all []core.Cause) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../core/delivery.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Cause" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, core.Cause(text))
		}
		return true
	})
	return all
}

// codes are those that answers of a cause have.
var codes = map[core.Cause]int{
	core.CauseKey: 401, core.CauseForbidden: 403, core.CauseAddress: 404, core.CauseGone: 410, core.CauseMethod: 405, core.CausePacking: 415,
	core.CauseWrongCode: 200, core.CauseRedirect: 302, core.CauseAnswer: 200, core.CauseData: 422, core.CauseSize: 413, core.CauseOther: 409,
	core.CauseSlow: 429, core.CauseServer: 503, core.CausePortal: 200, core.CauseToken: 401, core.CauseProxyKey: 407,
}

// TestEveryOutcomeIsShown sends a test for each outcome and looks for what it has
// to say, and for a button beside each step that has one.
func TestEveryOutcomeIsShown(t *testing.T) {
	all := causes(t)
	if len(all) < 25 {
		t.Fatalf("%d causes are found", len(all))
	}
	for _, cause := range all {
		if cause == core.CauseNone || cause == core.CauseStop {
			continue // which have tests of their own
		}
		t.Run(string(cause), func(t *testing.T) {
			shows(t, core.Attempt{Cause: cause, Code: codes[cause], Unsure: cause == core.CauseTimeout || cause == core.CauseBroken})
		})
	}
}

func TestKindsOfOutcomes(t *testing.T) {
	for name, a := range map[string]core.Attempt{
		"run out":           {Cause: core.CauseCertificate, Detail: "its certificate has run out; tls: expired"},
		"unknown authority": {Cause: core.CauseCertificate, Detail: "its certificate is from an unknown authority; issued by Office CA; through the proxy proxy.example:3128; tls: unknown"},
		"wrong name":        {Cause: core.CauseCertificate, Detail: "its certificate is for another name; tls: name"},
		"old TLS":           {Cause: core.CauseCertificate, Detail: "its security is too old; tls: version"},
		"wants one":         {Cause: core.CauseCertificate, Detail: "it wants a certificate; tls: certificate required"},
		"name server":       {Cause: core.CauseDNS, Detail: "the name server does not answer; lookup: i/o timeout"},
		"slow connection":   {Cause: core.CauseConnect, Detail: "no connection in time; dial tcp: i/o timeout"},
		"proxy is silent":   {Cause: core.CauseConnect, Detail: "the proxy does not answer; through the proxy proxy.example:3128; dial tcp: refused"},
		"slow answer":       {Cause: core.CauseTimeout, Code: 200, Detail: "the answer did not end in time"},
		"login of a net":    {Cause: core.CausePortal, Code: 511},
		"redirect too far":  {Cause: core.CauseRedirect, Code: 302, Detail: "one redirect too many"},
		"behind a redirect": {Cause: core.CauseServer, Code: 500, Detail: "behind the redirect"},
		"at the sign-in":    {Cause: core.CauseConnect, Detail: "at the sign-in server; no connection in time; dial tcp: i/o timeout"},
		"rule of answers":   {Cause: core.CauseAnswer, Code: 200, Detail: "answered 200, but “status” is not “ok”"},
	} {
		t.Run(name, func(t *testing.T) { shows(t, a) })
	}
}

// shows tests how an outcome looks, with every kind of key where that changes it.
func shows(t *testing.T, a core.Attempt) {
	kinds := []attempt.Key{attempt.KeyText}
	if a.Cause == core.CauseKey || a.Cause == core.CauseForbidden {
		kinds = []attempt.Key{attempt.KeyNone, attempt.KeyText, attempt.KeyLogin, attempt.KeyClient}
	}
	for _, kind := range kinds {
		open(t, keyed(kind), func(d *desk) {
			d.answers(a)
			d.Tap("Send test")
			d.says(attempt.Explain("Supporter CRM", kind, a))
			screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
		})
	}
}

// keyed gives the webhook one kind of key.
func keyed(kind attempt.Key) func(*control.WebhookDraft) {
	return func(d *control.WebhookDraft) {
		w := &d.Webhook
		w.Body.Fields = w.Body.Fields[:4] // the last one is a key
		secret := core.SealedSecret("auth")
		switch kind {
		case attempt.KeyText:
			w.Auth = core.Auth{Kind: core.AuthBearer, Secret: secret}
		case attempt.KeyLogin:
			w.Auth = core.Auth{Kind: core.AuthBasic, User: "ada", Secret: secret}
		case attempt.KeyClient:
			w.Auth = core.Auth{Kind: core.AuthOAuth, User: "ada", Secret: secret, TokenURL: "https://id.example.org/token"}
		}
	}
}

// says looks for the whole advice on the page.
func (d *desk) says(advice attempt.Advice) {
	d.Helper()
	d.Sees(advice.Title)
	d.Sees(advice.Text)
	if len(advice.Steps) == 0 {
		d.Error("there is nothing to do")
	}
	wanted := map[string]int{}
	for i, step := range advice.Steps {
		d.Sees(step.Title)
		d.Sees(step.Text)
		d.Sees(strconv.Itoa(i + 1))
		if step.Action == attempt.ActionNone {
			continue
		}
		b, ok := stepButtons[step.Action]
		if !ok {
			d.Errorf("no button for %q", step.Action)
		}
		wanted[b.words]++
	}
	for words, n := range wanted {
		if got := d.buttons(words); got != n {
			d.Errorf("%d buttons say %q, want %d", got, words, n)
		}
	}
}

// buttons counts those that say something.
func (d *desk) buttons(words string) (n int) {
	screen.Walk(d.Window.Content(), func(o fyne.CanvasObject) bool {
		if b, ok := o.(*widgets.Button); ok && b.Text() == words {
			n++
		}
		return false
	})
	return n
}

func TestNoteForITIsShownBeforeItIsCopied(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.answers(core.Attempt{Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"})
		d.Tap("Send test")
		d.Tap("Copy a note for IT")
		d.Sees("through the proxy proxy.example:3128")
		fyne.CurrentApp().Clipboard().SetContent("")
		d.Tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		if !strings.Contains(text, "Let this computer connect") || strings.Contains(text, "hooks/supporters") {
			t.Errorf("copied: %s", text)
		}
	})
}

func TestNoNoteNoButton(t *testing.T) {
	open(t, nil, func(d *desk) {
		p := d.page
		p.result = &control.TestResult{}
		if p.can(attempt.ActionNote) || !p.can(attempt.ActionCopy) {
			t.Error("offers a note that is not there, or not what is")
		}
	})
}

func TestWhatPassesByItselfIsAmber(t *testing.T) {
	for cause, want := range map[core.Cause]widgets.Status{
		core.CauseSlow: widgets.Waiting, core.CauseServer: widgets.Waiting, core.CausePortal: widgets.Waiting, core.CauseNetwork: widgets.Waiting,
		core.CauseKey: widgets.Bad, core.CauseConnect: widgets.Bad, core.CauseData: widgets.Bad, core.CauseProxy: widgets.Bad,
	} {
		if got := bannerOf(core.Attempt{Cause: cause}); got != want {
			t.Errorf("%s: %v, want %v", cause, got, want)
		}
	}
	if got := bannerOf(core.Attempt{Cause: core.CauseTimeout, Unsure: true}); got != widgets.Waiting {
		t.Errorf("may have arrived: %v", got)
	}
}

func TestKeyboardReachesEverything(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.answers(core.Attempt{Cause: core.CauseProxyKey, Code: 407})
		d.Tap("Send test")
		if missing := screen.NotReached(d.Window); len(missing) > 0 {
			t.Errorf("not reached: %q", missing)
		}
	})
}
