package service_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/source/local"
)

func (o *office) saveSource(t *testing.T, src core.Source) control.SourceView {
	t.Helper()
	v, err := o.SaveSource(t.Context(), control.SourceDraft{Source: src})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// on gives a webhook that sends everything to the office's receiver.
func (o *office) on(t *testing.T) {
	t.Helper()
	d := o.draft()
	d.Webhook.State, d.Webhook.Body = core.StateOn, core.Body{Style: core.BodyJSON}
	o.save(t, d)
}

// A form is checked, held for its grace, can be taken back until then, and sent.
func TestForms(t *testing.T) {
	o := newOffice(t)
	o.on(t)
	o.saveSource(t, core.Source{ID: "desk", Kind: core.KindForm, Name: "Desk", Form: &core.FormSource{
		Inputs: []core.Input{{Name: "name", Required: true}, {Name: "email", Kind: core.InputEmail}}, Grace: 300 * time.Millisecond,
	}})
	_, err := o.FillForm(t.Context(), control.FormEntry{Source: "desk", Rows: []map[string]string{{"email": "nobody"}}})
	if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), "\n") {
		t.Errorf("a name that lacks and a wrong address: %v", err)
	}
	fill := func(name string) control.Held {
		t.Helper()
		held, err := o.FillForm(t.Context(), control.FormEntry{Source: "desk", Rows: []map[string]string{{"name": name}}})
		if err != nil || len(held) != 1 || held[0].Title != name {
			t.Fatalf("held %+v, %v", held, err)
		}
		return held[0]
	}
	ada, grace := fill("Ada"), fill("Grace")
	if held, err := o.HeldRecords(t.Context()); err != nil || len(held) != 2 {
		t.Errorf("held %+v, %v", held, err)
	}
	if err := o.UndoForm(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	o.until(t, "sent", func() bool { return len(o.received()) == 1 })
	if got := o.received()[0]; !strings.Contains(got, `"Grace"`) {
		t.Errorf("sent %s", got)
	}
	if err := o.UndoForm(t.Context(), grace); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("what has gone out was taken back: %v", err)
	}
	if err := o.RereadSource(t.Context(), control.Reread{Source: "desk"}); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("a form was read once more: %v", err)
	}
}

// A trial goes the way of any program's record, token included; one that is refused
// says so, and the key is in no answer.
func TestTrialOfALocalAddress(t *testing.T) {
	o := newOfficeAt(t, 0)
	o.on(t)
	o.saveSource(t, core.Source{ID: "till", Kind: core.KindLocal, Name: "Till", Local: &core.LocalSource{
		Key: core.NewSecret("till-0123456789abcdef"), Token: core.NewSecret("open-sesame"),
	}})
	o.until(t, "open", func() bool { return o.engine.Address() != "" })
	got, err := o.SendTrial(t.Context(), "till")
	if err != nil || got.Code != 202 || strings.Contains(got.Answer, "till-0123") {
		t.Fatalf("trial %+v, %v", got, err)
	}
	o.until(t, "sent", func() bool { return len(o.received()) == 1 })
	if body := o.received()[0]; !strings.Contains(body, "ada.test@example.org") {
		t.Errorf("sent %s", body)
	}
	if _, err := o.SendTrial(t.Context(), "nothing"); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("a trial of nothing: %v", err)
	}
}

// What a source asks, and silence, are among what needs a person.
func TestNeedsOfSources(t *testing.T) {
	o := newOffice(t)
	o.saveSource(t, core.Source{ID: "till", Kind: core.KindLocal, Name: "Till", Local: &core.LocalSource{}})
	q := core.SourceQuestion{ID: "existing:1", Text: "412 rows are already there."}
	if _, err := o.engine.Ask("till", q); err != nil {
		t.Fatal(err)
	}
	overview, err := o.Overview(t.Context())
	if err != nil || len(overview.Needs) != 1 || overview.Needs[0].Title != "Till asks you something" || overview.Needs[0].Text != q.Text || overview.Needs[0].Step != "Answer" {
		t.Fatalf("needs %+v, %v", overview.Needs, err)
	}
	if err := o.AnswerSource(t.Context(), control.SourceAnswer{Source: "till", Question: q.ID, Answer: "skip"}); err != nil {
		t.Fatal(err)
	}
	if overview, _ := o.Overview(t.Context()); len(overview.Needs) != 0 {
		t.Errorf("needs %+v after the answer", overview.Needs)
	}
}

// A query that would write is refused when it is saved, and when it is imported: with
// all else in the file.
func TestQueriesThatWriteAreRefused(t *testing.T) {
	o := newOffice(t)
	src := core.Source{Name: "Orders", Kind: core.KindDatabase, Database: &core.DatabaseSource{
		Kind: core.SQLite, File: filepath.Join(t.TempDir(), "orders.db"), Query: "DELETE FROM orders WHERE id > :last", Rising: "id",
	}}
	_, err := o.SaveSource(t.Context(), control.SourceDraft{Source: src})
	if e, ok := errors.AsType[*core.Error](err); !ok || e.Code != core.CodeInvalid || e.Where != "/query" || !strings.Contains(e.Message, "SELECT") {
		t.Errorf("saved: %+v", err)
	}
	file := `{"hookbird": 1, "sources": [{"id": "till", "name": "Till", "kind": "local"}, {"id": "orders", "name": "Orders", "kind": "database", "database": "sqlite", "file": "/x/orders.db", "query": "DELETE FROM orders WHERE id > :last", "rising": "id"}]}`
	_, err = o.Import(t.Context(), control.ImportRequest{Data: []byte(file), Dir: t.TempDir()})
	if core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(core.Sentence(err), "In the source Orders: ") {
		t.Errorf("imported: %v", err)
	}
	if all, _ := o.Sources(t.Context()); len(all) != 0 {
		t.Errorf("there is %+v", all)
	}
	file = strings.Replace(file, "DELETE", "SELECT *", 1)
	if _, err := o.Import(t.Context(), control.ImportRequest{Data: []byte(file), Dir: t.TempDir()}); err != nil {
		t.Errorf("one that reads: %v", err)
	}
}

// The look at a source says what is there and which fields webhooks use.
func TestSurveyOfASource(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Body.Fields = []core.Field{{Name: "mail", From: "what"}}
	o.save(t, d)
	src := core.Source{Kind: core.KindTimer, Timer: &core.TimerSource{Every: time.Hour, Data: []core.Fixed{{Name: "what", Value: "tick"}}}}
	got, err := o.SurveySource(t.Context(), control.SourceDraft{Source: src})
	if err != nil || got.Survey.Text == "" || len(got.Used) == 0 || got.Used[0] != "what" {
		t.Errorf("survey %+v, %v", got, err)
	}
	src.Timer.Every = 0
	if _, err := o.SurveySource(t.Context(), control.SourceDraft{Source: src}); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("a timer without times was looked at: %v", err)
	}
	if all, _ := o.Sources(t.Context()); len(all) != 0 {
		t.Errorf("a look has made %+v", all)
	}
}

// An example works as it stands, once the key is in it.
func TestExamplesOfALocalAddress(t *testing.T) {
	o := newOfficeAt(t, 0)
	o.on(t)
	o.saveSource(t, core.Source{ID: "till", Kind: core.KindLocal, Name: "Till", Local: &core.LocalSource{
		Key: core.NewSecret("till-0123456789abcdef"), Token: core.NewSecret("open-sesame"),
	}})
	o.until(t, "open", func() bool { return o.engine.Address() != "" })
	e, err := o.LocalExamples(t.Context(), "till")
	if err != nil || len(e.List) < 5 || e.Other == "" {
		t.Fatalf("examples %+v, %v", e, err)
	}
	whole := strings.NewReplacer(local.KeyHere, "till-0123456789abcdef", local.TokenHere, "open-sesame")
	sent := 0
	for _, ex := range e.List {
		if strings.Contains(ex.Code, "till-0123") || strings.Contains(ex.Code, "open-sesame") {
			t.Errorf("a secret stands in %s", ex.Code)
		}
		shell := map[string][]string{"curl": {"sh", "-c"}, "Python": {"python3", "-c"}}[ex.Language]
		if shell == nil {
			continue // no such language here
		}
		if _, err := exec.LookPath(strings.ToLower(strings.Replace(ex.Language, "Python", "python3", 1))); err != nil {
			t.Logf("%s is not on this computer", ex.Language)
			continue
		}
		if out, err := exec.Command(shell[0], shell[1], whole.Replace(ex.Code)).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", ex.Code, err, out)
		}
		sent++
	}
	o.until(t, "sent", func() bool { return len(o.received()) == sent })
}

// After data was put back from a copy, every source asks what becomes of what is
// there, whatever its settings say, and goes on asking though it is paused meanwhile.
func TestAskedAnewAfterARestore(t *testing.T) {
	o := newOffice(t)
	o.on(t)
	dir := t.TempDir()
	land := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	land("a.csv", "name\nAda\n")
	o.saveSource(t, core.Source{
		ID: "files", Kind: core.KindFolder, Name: "Files",
		Existing: core.Existing{Do: core.ExistingSend}, Folder: &core.FolderSource{Path: dir},
	})
	o.until(t, "sent", func() bool { return len(o.received()) == 1 })
	if err := o.RereadSource(t.Context(), control.Reread{Ask: true}); err != nil {
		t.Fatal(err)
	}
	state := func() core.SourceState {
		views, err := o.Sources(t.Context())
		if err != nil || len(views) != 1 {
			t.Fatalf("%+v, %v", views, err)
		}
		return views[0].State
	}
	o.until(t, "asked", func() bool { return state().Question != nil })
	for _, paused := range []bool{true, false} {
		if err := o.SetSourcePaused(t.Context(), "files", paused); err != nil {
			t.Fatal(err)
		}
	}
	o.until(t, "asked again", func() bool { return state().Question != nil })
	q := state().Question
	if !strings.Contains(q.Text, "put back from a copy") {
		t.Errorf("asks %q", q.Text)
	}
	if err := o.AnswerSource(t.Context(), control.SourceAnswer{Source: "files", Question: q.ID, Answer: "skip"}); err != nil {
		t.Fatal(err)
	}
	o.until(t, "looked", func() bool { return !state().Looked.IsZero() })
	land("b.csv", "name\nGrace\n")
	o.until(t, "sent", func() bool { return len(o.received()) == 2 })
	if got := o.received()[1]; !strings.Contains(got, "Grace") {
		t.Errorf("sent %s", got)
	}
}

// What a source waits to be answered stands in the status and in the counters, where there
// is no window to show it.
func TestStatusTellsWhatASourceAsks(t *testing.T) {
	o := newOffice(t)
	o.saveSource(t, core.Source{ID: "desk", Kind: core.KindForm, Name: "Desk", Form: &core.FormSource{Inputs: []core.Input{{Name: "name"}}}})
	told := func() (asks string, counted bool) {
		t.Helper()
		st, err := o.Status(t.Context())
		if err != nil || len(st.Sources) != 1 {
			t.Fatalf("%+v, %v", st.Sources, err)
		}
		text, err := o.Metrics(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return st.Sources[0].Asks, strings.Contains(string(text), `hookbird_source_asking{source="desk"} 1`)
	}
	if asks, counted := told(); asks != "" || counted {
		t.Errorf("nothing is asked: %q, %v", asks, counted)
	}
	q := core.SourceQuestion{ID: "column:1", Text: "The column Email is gone.", Choices: []core.Choice{{ID: "gone"}}}
	if _, err := o.engine.Ask("desk", q); err != nil {
		t.Fatal(err)
	}
	if asks, counted := told(); asks != q.Text || !counted {
		t.Errorf("asked: %q, %v", asks, counted)
	}
}
