package service_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
)

// done waits for a job and gives it as it ended.
func (o *office) done(t *testing.T, v job.View, err error) job.View {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	o.until(t, v.Title, func() bool {
		v, err = o.Job(t.Context(), v.ID)
		return err == nil && v.State != job.Running
	})
	return v
}

const (
	ada   = `{"name":"Ada Lovelace","email":"ada@example.org","tel":"+44 20 7946 0958"}`
	grace = `{"name":"Grace Hopper","email":"grace@example.org"}`
)

// A person is found by any value, given out as a file and as a page, and erased: not
// a byte of them is left in the data folder, others are, and a receipt says what was
// done without saying about whom.
func TestPersonIsFoundGivenOutAndErased(t *testing.T) {
	o := newOffice(t)
	o.save(t, o.draft())
	for range 30 {
		o.accept(t, ada, grace)
	}
	o.until(t, "60 delivered", func() bool {
		n, err := o.CountActivity(t.Context(), control.ActivityQuery{})
		return err == nil && n.Delivered == 60
	})
	for _, values := range []string{"ADA@example.org", "ada lovelace", "442079460958"} {
		v := o.done(t, must(o.FindPerson(t.Context(), values)), nil)
		p, err := o.Person(t.Context(), v.ID)
		if err != nil || p.Records != 30 || p.Messages == 0 || len(p.Trail) != int(p.Records+p.Messages) || p.More || v.State != job.Done {
			t.Errorf("%s: %+v, %v, %+v", values, p, err, v)
		}
	}
	v := o.done(t, must(o.FindPerson(t.Context(), "ada@example.org\n+44 (20) 7946-0958")), nil)

	dir := t.TempDir()
	file, page := filepath.Join(dir, "ada.json"), filepath.Join(dir, "ada.html")
	for path, paper := range map[string]bool{file: false, page: true} {
		if err := o.ExportPerson(t.Context(), control.PersonExport{Job: v.ID, Path: path, Paper: paper}); err != nil {
			t.Fatal(err)
		}
		if err := o.ExportPerson(t.Context(), control.PersonExport{Job: v.ID, Path: path, Paper: paper}); core.CodeOf(err) != core.CodeConflict {
			t.Errorf("written over: %v", err)
		}
	}
	var given struct {
		Records []struct {
			Data json.RawMessage
		}
		Messages []struct {
			To    string
			Tries []struct{ Answered int }
		}
	}
	data, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(data, &given) != nil || len(given.Records) != 30 || string(given.Messages[0].To) != "Supporter CRM" || given.Messages[0].Tries[0].Answered != 200 {
		t.Errorf("given out: %v, %d bytes", err, len(data))
	}
	text, err := os.ReadFile(page)
	if err != nil || !bytes.Contains(text, []byte("<td>Ada Lovelace</td>")) || bytes.Contains(text, []byte("Grace")) {
		t.Errorf("page: %v\n%.400s", err, text)
	}

	ended := o.done(t, must(o.ErasePerson(t.Context(), v.ID)), nil)
	if ended.State != job.Done || !strings.HasPrefix(ended.Outcome, "30 records and ") {
		t.Errorf("erased: %+v", ended)
	}
	if _, err := o.Person(t.Context(), v.ID); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("what was found is still known: %v", err)
	}
	receipts, err := o.Erased(t.Context())
	if err != nil || len(receipts) != 1 || receipts[0].Records != 30 || receipts[0].ID == "" {
		t.Errorf("receipts %+v, %v", receipts, err)
	}
	again := o.done(t, must(o.FindPerson(t.Context(), "ada@example.org")), nil)
	if p, err := o.Person(t.Context(), again.ID); err != nil || p.Records+p.Messages != 0 {
		t.Errorf("found again: %+v, %v", p, err)
	}
	if n := o.inBytes(t, "ada@example.org", "Ada Lovelace", "20 7946 0958", "442079460958"); n != 0 {
		t.Errorf("%d files still hold them", n)
	}
	if n := o.inBytes(t, "grace@example.org"); n == 0 {
		t.Error("others are gone too")
	}
}

// TestWhatStillWaitsIsInThePersonsTrail finds a message that no try was made of yet,
// since its webhook is paused, and gives it out.
func TestWhatStillWaitsIsInThePersonsTrail(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State = core.StatePaused
	name := o.save(t, d).Webhook.Name
	o.accept(t, ada, grace)
	v := o.done(t, must(o.FindPerson(t.Context(), "ada@example.org")), nil)
	if v.Outcome != "1 record and 1 message are about this person." {
		t.Errorf("found: %q", v.Outcome)
	}
	p := must(o.Person(t.Context(), v.ID))
	if p.Messages != 1 || p.Waiting != 1 || len(p.Trail) != 2 || p.Trail[1].Webhook != name || p.Trail[1].What != "waiting" || p.More {
		t.Errorf("%+v", p)
	}
	file := filepath.Join(t.TempDir(), "ada.json")
	if err := o.ExportPerson(t.Context(), control.PersonExport{Job: v.ID, Path: file}); err != nil {
		t.Fatal(err)
	}
	if text := string(must(os.ReadFile(file))); !strings.Contains(text, `"state": "waiting"`) || strings.Contains(text, "grace") {
		t.Errorf("the copy:\n%s", text)
	}
}

// A folder whose files hold everything remembers by their key fields who was in them.
// Who was erased is not among these any more, also not once the file is read again; that
// somebody else is gone is still told.
func TestWhoWasErasedIsNotRemembered(t *testing.T) {
	o := newOffice(t)
	o.on(t)
	dir := t.TempDir()
	o.saveSource(t, core.Source{ID: "members", Kind: core.KindFolder, Name: "Members", Folder: &core.FolderSource{
		Path: dir, Holds: core.HoldAll, Keys: []string{"email"}, Gone: true,
	}})
	file := func(people ...string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "members.csv"), []byte("email,town\n"+strings.Join(people, ",Oslo\n")+",Oslo\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o.until(t, "the folder was looked at", func() bool {
		s, ok := o.engine.Source("members")
		return ok && !s.State.Looked.IsZero()
	})
	all := []string{"ada@example.org", "grace@example.org", "kay@example.org", "lise@example.org", "mary@example.org"}
	file(all...)
	o.until(t, "all came in", func() bool { return len(o.received()) == len(all) })
	v := o.done(t, must(o.FindPerson(t.Context(), "ada@example.org")), nil)
	if p := must(o.Person(t.Context(), v.ID)); p.Records != 1 || p.Remembered != 1 {
		t.Errorf("%+v", p)
	}
	copied := filepath.Join(t.TempDir(), "ada.json")
	if err := o.ExportPerson(t.Context(), control.PersonExport{Job: v.ID, Path: copied}); err != nil {
		t.Fatal(err)
	}
	if text := string(must(os.ReadFile(copied))); !strings.Contains(text, `"remembered": [`) || strings.Contains(text, "grace") {
		t.Errorf("the copy:\n%s", text)
	}
	o.done(t, must(o.ErasePerson(t.Context(), v.ID)), nil)
	if n := o.inBytes(t, "ada@example.org"); n > 0 {
		t.Errorf("still in %d files", n)
	}
	file(append(all, "rosa@example.org")...)
	o.until(t, "another came in", func() bool { return len(o.received()) == len(all)+1 })
	if n := o.inBytes(t, "ada@example.org"); n > 0 {
		t.Errorf("in %d files again", n)
	}
	file(all[1], all[3], all[4], "rosa@example.org", "sonja@example.org")
	o.until(t, "it was told who is gone", func() bool { return len(o.received()) == len(all)+3 })
	for _, got := range o.received()[len(all):] {
		if strings.Contains(got, "ada@") {
			t.Errorf("sent: %s", got)
		}
	}
	if got := strings.Join(o.received()[len(all)+1:], "\n"); !strings.Contains(got, "kay@") || !strings.Contains(got, "sonja@") {
		t.Errorf("sent: %s", got)
	}
}

// inBytes counts the files of the data folder that hold one of some texts.
func (o *office) inBytes(t *testing.T, texts ...string) (n int) {
	t.Helper()
	err := filepath.WalkDir(o.dataDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, text := range texts {
			if bytes.Contains(data, []byte(text)) {
				t.Logf("%q is in %s", text, path)
				n++
				break
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Erasing that was begun before the program ended goes on after the start.
func TestErasingGoesOnAfterAStart(t *testing.T) {
	o := newOffice(t)
	o.accept(t, ada, grace)
	if _, err := o.engine.BeginForget(engine.ToForget{Values: "ada@example.org"}); err != nil {
		t.Fatal(err)
	}
	o.restart(t, func(string) {})
	o.until(t, "erased", func() bool {
		list, err := o.Erased(t.Context())
		return err == nil && len(list) == 1
	})
	o.until(t, "made anew", func() bool {
		jobs, err := o.Jobs(t.Context())
		return err == nil && len(jobs) == 1 && jobs[0].State == job.Done
	})
	if n := o.inBytes(t, "ada@example.org"); n != 0 {
		t.Errorf("%d files still hold them", n)
	}
}

func TestPersonThatCannotBeLookedFor(t *testing.T) {
	o := newOffice(t)
	if _, err := o.FindPerson(t.Context(), "al"); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("too short: %v", err)
	}
	if _, err := o.Person(t.Context(), "none"); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("no such job: %v", err)
	}
	if _, err := o.ErasePerson(t.Context(), "none"); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("erase nobody: %v", err)
	}
	if err := o.DropCopy(t.Context(), filepath.Join(o.dataDir, "data", "hookbird.db")); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("the store itself: %v", err)
	}
}
