package attempt_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/attempt"
)

// allCauses reads the causes out of the source, so that none is forgotten.
func allCauses(t *testing.T) map[string]core.Cause {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../delivery.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	causes := map[string]core.Cause{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Cause" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			causes[spec.Names[0].Name] = core.Cause(text)
		}
		return true
	})
	if len(causes) < 20 {
		t.Fatalf("only %d causes found", len(causes))
	}
	return causes
}

func TestClasses(t *testing.T) {
	want := map[core.Cause]attempt.Class{
		core.CauseNone:    attempt.Good,
		core.CauseNetwork: attempt.Trouble, core.CauseDNS: attempt.Trouble, core.CauseConnect: attempt.Trouble, core.CauseTimeout: attempt.Trouble,
		core.CauseBroken: attempt.Trouble, core.CauseServer: attempt.Trouble,
		core.CauseSlow: attempt.Busy,
		core.CauseKey:  attempt.Settings, core.CauseForbidden: attempt.Settings, core.CauseAddress: attempt.Settings, core.CauseMethod: attempt.Settings,
		core.CausePacking: attempt.Settings, core.CauseCertificate: attempt.Settings, core.CauseWrongCode: attempt.Settings, core.CauseRedirect: attempt.Settings,
		core.CauseAnswer: attempt.Settings, core.CauseToken: attempt.Settings, core.CauseBlocked: attempt.Settings,
		core.CauseProxyKey: attempt.Settings, core.CauseProxy: attempt.Settings,
		core.CausePortal: attempt.Portal,
		core.CauseData:   attempt.Data, core.CauseSize: attempt.Data,
		core.CauseGone:  attempt.Gone,
		core.CauseBuild: attempt.Local, core.CauseSecret: attempt.Local, core.CauseSetup: attempt.Local, core.CauseBrake: attempt.Local, core.CauseStop: attempt.Local, core.CauseThrown: attempt.Local,
		core.CauseOther: attempt.Again,
	}
	for name, cause := range allCauses(t) {
		class, listed := want[cause]
		if got := attempt.ClassOf(cause); !listed || got != class {
			t.Errorf("%s has class %q, want %q (listed %v)", name, got, class, listed)
		}
	}
	if got := attempt.ClassOf("from a newer version"); got != attempt.Again {
		t.Errorf("an unknown cause has class %q", got)
	}
}

var (
	sentence  = regexp.MustCompile(`^[A-Z“].*\.$`)
	forbidden = regexp.MustCompile(`(?i)\b(error|invalid|please|failed|endpoint|payload|timeout|event|delivery)\b|\{|\}|0\b.{0,3}:`)
)

func keyIf(has bool) attempt.Key {
	if has {
		return attempt.KeyText
	}
	return attempt.KeyNone
}

// Every cause has words for a person, with a code and without, and something to
// do next.
func TestEveryCauseIsExplained(t *testing.T) {
	causes := allCauses(t)
	causes["unknown"] = "from a newer version"
	for name, cause := range causes {
		for _, code := range []int{0, 499} {
			for _, hasKey := range []bool{false, true} {
				a := core.Attempt{Cause: cause, Code: code, Unsure: cause == core.CauseTimeout}
				advice := attempt.Explain("Supporter CRM", keyIf(hasKey), a)
				checkAdvice(t, name, advice)
				asks := cause == core.CauseKey || cause == core.CauseForbidden || cause == core.CauseToken // tell how to add one, or that there is one
				if text := allText(advice); !hasKey && !asks && regexp.MustCompile(`(?i)\bkey\b`).MatchString(text) {
					t.Errorf("%s speaks of a key where none is sent: %s", name, text)
				}
				if named := strings.Contains(advice.Text, "499"); code == 0 && strings.Contains(advice.Text, "answered 0") || named && code == 0 {
					t.Errorf("%s: %q names a code", name, advice.Text)
				}
			}
			short := attempt.Short(core.Attempt{Cause: cause, Code: code})
			if short == "" || forbidden.MatchString(short) || strings.HasSuffix(short, ".") || (code != 0) != strings.HasSuffix(short, "(499)") {
				t.Errorf("%s in short: %q", name, short)
			}
		}
	}
}

func checkAdvice(t *testing.T, name string, advice attempt.Advice) {
	t.Helper()
	if advice.Title == "" || strings.HasSuffix(advice.Title, ".") || forbidden.MatchString(advice.Title) {
		t.Errorf("%s: title %q", name, advice.Title)
	}
	if advice.Text != "" && !sentence.MatchString(advice.Text) || forbidden.MatchString(advice.Text) {
		t.Errorf("%s: text %q", name, advice.Text)
	}
	if len(advice.Steps) == 0 {
		t.Errorf("%s: there is nothing to do", name)
	}
	for _, s := range advice.Steps {
		if s.Title == "" || strings.HasSuffix(s.Title, ".") || !sentence.MatchString(s.Text) || forbidden.MatchString(s.Title+s.Text) {
			t.Errorf("%s: step %+v", name, s)
		}
	}
}

func allText(a attempt.Advice) string {
	text := a.Title + " " + a.Text
	for _, s := range a.Steps {
		text += " " + s.Title + " " + s.Text
	}
	return text
}

func TestExplain(t *testing.T) {
	tests := []struct {
		attempt core.Attempt
		hasKey  bool
		title   string
		text    string
		first   attempt.Action
		short   string
	}{
		{
			core.Attempt{Cause: core.CauseKey, Code: 401},
			true,
			"Supporter CRM did not accept the key", "It answered 401: the key that was sent is not the one it expects.",
			attempt.ActionSecrets, "did not accept the key (401)",
		},
		{
			core.Attempt{Cause: core.CauseKey, Code: 401},
			false,
			"Supporter CRM asks for a key", "It answered 401: it wants to know who is sending, and this webhook sends no key.",
			attempt.ActionSecrets, "did not accept the key (401)",
		},
		{
			core.Attempt{Cause: core.CauseWrongCode, Code: 200, Detail: "200 OK, expected 204"},
			false,
			"Supporter CRM gave another answer than expected", "It answered 200, but this webhook expects 204.",
			attempt.ActionAddress, "gave another answer than expected (200)",
		},
		{
			core.Attempt{Cause: core.CauseTimeout, Unsure: true},
			false,
			"Supporter CRM took too long to answer", "No answer came in the time that this webhook waits. It may have taken the message all the same.",
			attempt.ActionNone, "took too long to answer",
		},
		{
			core.Attempt{Cause: core.CauseBuild, Detail: "The record is not JSON."},
			false,
			"No message could be made of this record", "The record is not JSON. Nothing was sent.",
			attempt.ActionFields, "was sent nothing: no message could be made of this record",
		},
		{
			core.Attempt{Cause: core.CauseServer, Code: 503},
			false,
			"Supporter CRM has a problem of its own", "It answered 503, which stands for trouble on its own side.",
			attempt.ActionNone, "has a problem of its own (503)",
		},
	}
	for _, tt := range tests {
		advice := attempt.Explain("Supporter CRM", keyIf(tt.hasKey), tt.attempt)
		if advice.Title != tt.title || advice.Text != tt.text || advice.Steps[0].Action != tt.first {
			t.Errorf("%s: %+v", tt.attempt.Cause, advice)
		}
		if got := attempt.Short(tt.attempt); got != tt.short {
			t.Errorf("%s in short: %q", tt.attempt.Cause, got)
		}
	}
}

func TestFate(t *testing.T) {
	for state, want := range map[core.DeliveryState]bool{core.Waiting: true, core.Failed: true, core.Delivered: false, "": false} {
		if got := attempt.Fate(state); strings.HasPrefix(got, "Nothing is lost") != want {
			t.Errorf("%q: %q", state, got)
		}
	}
}
