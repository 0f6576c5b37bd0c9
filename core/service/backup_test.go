package service_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
	"hookbird/core/service"
	"hookbird/persist"
	"hookbird/persist/vault"
)

// night is an engine with its service that makes backups by itself, without a network,
// so that it can live in a bubble of testing/synctest.
type night struct {
	*service.Service
	t       *testing.T
	engine  *engine.Engine
	store   *persist.Store
	dir     string
	renewed []bool
}

func newNight(t *testing.T, dir string, quiet bool) *night {
	t.Helper()
	n := &night{t: t, dir: dir}
	var err error
	n.store, err = persist.Open(t.Context(), dir, persist.Options{Keyring: func() vault.Keyring { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	n.engine = engine.New(engine.Params{Store: n.store, Logger: slog.New(slog.DiscardHandler), Version: "test", Local: -1, Quiet: quiet})
	if err := n.engine.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	n.Service = service.New(service.Params{
		Engine: n.engine, Store: n.store, Version: "test", DataDir: dir, Daily: true,
		Renew: func(restore bool) { n.renewed = append(n.renewed, restore) },
	})
	return n
}

func (n *night) stop() {
	n.t.Helper()
	n.Close()
	if err := errors.Join(n.engine.Stop(context.Background()), n.store.Close()); err != nil {
		n.t.Error(err)
	}
}

// accept takes in records from first to last.
func (n *night) accept(first, last int) {
	n.t.Helper()
	for i := first; i <= last; i++ {
		e := &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test", Title: "Ada", Data: fmt.Appendf(nil, `{"n":%d}`, i)}
		if err := n.engine.Accept(n.t.Context(), []*core.Event{e}, nil); err != nil {
			n.t.Fatal(err)
		}
	}
}

func (n *night) backups() control.BackupsView {
	n.t.Helper()
	v, err := n.Backups(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	return v
}

// plan changes when and where backups are made.
func (n *night) plan(plan core.BackupPlan) {
	n.t.Helper()
	v, err := n.Settings(n.t.Context())
	if err == nil {
		err = n.SaveSettings(n.t.Context(), control.SettingsDraft{Backup: plan, Revision: v.Revision})
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

// wait lets time of the bubble pass.
func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// needs tells whether Home has a need of a kind, and what it says.
func (n *night) needs(kind control.NeedKind) (string, bool) {
	n.t.Helper()
	o, err := n.Overview(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	i := slices.IndexFunc(o.Needs, func(need control.Need) bool { return need.Kind == kind })
	if i < 0 {
		return "", false
	}
	return o.Needs[i].Title + ". " + o.Needs[i].Text, true
}

func TestBackupsAreMadeEveryDay(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		n := newNight(t, filepath.Join(dir, "data"), false)
		wait(3 * time.Hour)
		if v := n.backups(); len(v.List) != 0 {
			t.Fatalf("%d of a store with nothing in it", len(v.List))
		}
		n.accept(1, 3)
		n.plan(core.BackupPlan{At: "02:00", Keep: 2})
		mine := filepath.Join(dir, "data", "backups", "mine"+persist.BackupExt)
		wait(10 * time.Minute)
		v := n.backups()
		if len(v.List) != 1 || v.List[0].Records != 3 || !v.List[0].Own || v.Last.IsZero() || v.Failed != "" {
			t.Fatalf("after the first records: %+v", v)
		}
		if at := v.Next.Format("15:04"); at != "02:00" || v.Next.Sub(v.Last) > 24*time.Hour {
			t.Errorf("the next is due at %s", v.Next)
		}
		data, err := os.ReadFile(v.List[0].Path)
		if err == nil {
			err = os.WriteFile(mine, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		wait(5 * 24 * time.Hour)
		v = n.backups()
		var made []string
		for _, b := range v.List {
			if b.Path != mine {
				made = append(made, b.Made.Local().Format("15:04"))
			}
		}
		if len(made) != 2 || made[0][:4] != "02:0" || made[1][:4] != "02:0" || len(v.List) != 3 {
			t.Errorf("after 5 days with 2 kept: %q of %d", made, len(v.List))
		}

		// What is missed while the computer is off is made up for at the next start.
		n.stop()
		wait(30 * time.Hour)
		n = newNight(t, n.dir, false)
		before := n.backups().Last
		wait(4 * time.Minute)
		if got := n.backups().Last; !got.Equal(before) {
			t.Error("one was made while the start was still busy")
		}
		wait(2 * time.Minute)
		if got := n.backups().Last; time.Since(got) > 2*time.Minute {
			t.Errorf("not made up for: the last is of %s", got)
		}

		n.plan(core.BackupPlan{Keep: core.NoBackups})
		last := n.backups().Last
		wait(3 * 24 * time.Hour)
		if v := n.backups(); !v.Last.Equal(last) || !v.Next.IsZero() {
			t.Errorf("made although none is wanted: %s, next %s", v.Last, v.Next)
		}
		n.stop()
	})
}

func TestABackupThatCannotBeMadeIsTriedAgainAndTold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		n := newNight(t, filepath.Join(dir, "data"), false)
		n.accept(1, 3)
		drive := filepath.Join(dir, "drive")
		if err := os.Mkdir(drive, 0o700); err != nil {
			t.Fatal(err)
		}
		n.plan(core.BackupPlan{Folder: drive})
		wait(10 * time.Minute)
		if v := n.backups(); len(v.List) != 1 {
			t.Fatalf("%+v", v)
		}
		away := drive + "-away"
		if err := os.Rename(drive, away); err != nil {
			t.Fatal(err)
		}
		wait(2 * 24 * time.Hour)
		if v := n.backups(); !strings.Contains(v.Failed, drive) || v.Problem == "" {
			t.Errorf("failed: %q, problem %q", v.Failed, v.Problem)
		}
		if text, told := n.needs(control.NeedBackup); told {
			t.Errorf("told after two days: %s", text)
		}
		failures := 0
		for _, j := range must(n.Jobs(t.Context())) {
			if j.Kind == control.JobBackup && j.State == job.Failed {
				failures++
			}
		}
		if failures < 15 {
			t.Errorf("tried %d times, want once an hour", failures)
		}
		wait(2 * 24 * time.Hour)
		if text, told := n.needs(control.NeedBackup); !told || !strings.Contains(text, drive) || !strings.Contains(text, "The last backup is of 1 January") {
			t.Errorf("after four days: told %v: %s", told, text)
		}
		if err := os.Rename(away, drive); err != nil {
			t.Fatal(err)
		}
		wait(90 * time.Minute) // so that the next one is not due yet
		if v := n.backups(); len(v.List) != 2 || v.Failed != "" {
			t.Errorf("once the drive is back: %+v", v)
		}
		if _, told := n.needs(control.NeedBackup); told {
			t.Error("it is still told")
		}
		n.stop()
	})
}

// run waits for a job to end.
func (n *night) run(v job.View, err error) job.View {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); v.State == job.Running; time.Sleep(5 * time.Millisecond) {
		if v, err = n.Job(n.t.Context(), v.ID); err != nil || time.Now().After(until) {
			n.t.Fatalf("%+v, %v", v, err)
		}
	}
	return v
}

// restored puts a backup into a folder of its own and opens it.
func restored(t *testing.T, path, passphrase string) *night {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := persist.MakeFolder(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := persist.PrepareRestore(t.Context(), dir, persist.RestoreWish{Path: path, Passphrase: passphrase, Keyring: func() vault.Keyring { return nil }}); err != nil {
		t.Fatal(err)
	}
	if _, err := persist.CommitRestore(dir); err != nil {
		t.Fatal(err)
	}
	n := newNight(t, dir, true)
	t.Cleanup(n.stop)
	return n
}

func TestABackupMadeWhileRecordsPassHoldsWhatCameBefore(t *testing.T) {
	n := newNight(t, filepath.Join(t.TempDir(), "data"), false)
	defer n.stop()
	n.accept(1, 50)
	file := filepath.Join(t.TempDir(), "mine.hookbird-backup")
	v, err := n.MakeBackup(t.Context(), control.BackupOrder{Path: file})
	n.accept(51, 150)
	if v = n.run(v, err); v.State != job.Done || !strings.Contains(v.Outcome, file) {
		t.Fatalf("%+v", v)
	}
	r := restored(t, file, "")
	head := r.engine.Head()
	want, err := n.store.Events(1, int(head), 1<<20)
	if err != nil || head < 50 {
		t.Fatalf("head %d, %v", head, err)
	}
	got, err := r.store.Events(1, 1000, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-store +backup):\n%s", d)
	}
	look, err := n.LookAtBackup(t.Context(), control.BackupRef{Path: file})
	if err != nil || look.Records != head || look.Since != 150-head || !look.Own {
		t.Errorf("looked at: %+v, %v", look, err)
	}
}

func TestOnlyBackupsOfTheListAreDeleted(t *testing.T) {
	n := newNight(t, filepath.Join(t.TempDir(), "data"), false)
	defer n.stop()
	n.accept(1, 3)
	if v := n.run(n.MakeBackup(t.Context(), control.BackupOrder{})); v.State != job.Done {
		t.Fatalf("%+v", v)
	}
	path := n.backups().List[0].Path
	other := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(other, []byte("Dear Ada"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(n.dir, persist.FileName)
	for _, keep := range []string{other, store, filepath.Join(filepath.Dir(path), "..", persist.FileName)} {
		if err := n.DeleteBackup(t.Context(), keep); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("%s: %v", keep, err)
		}
		if _, err := os.Stat(keep); err != nil {
			t.Error(err)
		}
	}
	if err := n.DeleteBackup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if v := n.backups(); len(v.List) != 0 || !v.Last.IsZero() {
		t.Errorf("left: %+v", v)
	}
}

func TestOrdersThatCannotBeMet(t *testing.T) {
	n := newNight(t, filepath.Join(t.TempDir(), "data"), false)
	defer n.stop()
	for _, o := range []control.BackupOrder{
		{Path: "here"}, {Passphrase: "correct horse battery"}, {Path: "/x", Passphrase: "short"},
	} {
		if _, err := n.MakeBackup(t.Context(), o); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%q: %v", o.Path, err)
		}
	}
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear Ada"), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := n.run(n.Restore(t.Context(), control.BackupRef{Path: letter})); v.State != job.Failed || len(n.renewed) != 0 {
		t.Errorf("a letter was put back: %+v", v)
	}
}

// What came from another computer says what this one lacks, and waits for an answer.
func TestWhatAnotherComputerHad(t *testing.T) {
	n := newNight(t, filepath.Join(t.TempDir(), "data"), true)
	defer n.stop()
	here := t.TempDir()
	for _, src := range []core.Source{
		{Name: "Exports", Kind: core.KindFolder, Folder: &core.FolderSource{Path: filepath.Join(here, "gone")}},
		{Name: "Here", Kind: core.KindFolder, Folder: &core.FolderSource{Path: here}},
		{Name: "Members", Kind: core.KindDatabase, Database: &core.DatabaseSource{Kind: core.Postgres, Host: "db.office.example", Name: "members", Table: "people", Rising: "id"}},
	} {
		if _, err := n.SaveSource(t.Context(), control.SourceDraft{Source: src}); err != nil {
			t.Fatal(err)
		}
	}
	hook := core.Webhook{Name: "CRM", Address: "https://crm.example.org/", CAFile: "/nowhere/office.pem", Body: core.Body{
		Style: core.BodyForm, Fields: []core.Field{{Name: "a", From: "a"}, {Name: "token", Secret: core.NewSecret("open sesame")}},
	}}
	if _, err := n.SaveWebhook(t.Context(), control.WebhookDraft{Webhook: hook}); err != nil {
		t.Fatal(err)
	}
	n.accept(1, 4) // which the webhook wants, and which are still to be sent
	n.engine.WaitCounted()
	file := filepath.Join(t.TempDir(), "moving.hookbird-portable")
	if v := n.run(n.MakeBackup(t.Context(), control.BackupOrder{Path: file, Passphrase: "correct horse battery"})); v.State != job.Done {
		t.Fatalf("%+v", v)
	}
	r := restored(t, file, "correct horse battery")
	v, err := r.Restored(t.Context())
	if err != nil || !v.There || !v.Moved || v.From != filepath.Base(file) || v.Waiting != 4 {
		t.Fatalf("%+v, %v", v, err)
	}
	var lacks []string
	for _, l := range v.Lacks {
		lacks = append(lacks, fmt.Sprintf("%s %v", l.Name, l.Maybe))
	}
	if want := []string{"Exports false", "CRM false", "Members true"}; !slices.Equal(lacks, want) {
		t.Errorf("lacks %q, want %q", lacks, want)
	}
	if text, told := r.needs(control.NeedRestored); !told || !strings.Contains(text, "Is the old computer off?") {
		t.Errorf("Home says %q", text)
	}
	if o, err := r.Overview(t.Context()); err != nil || !o.Resting {
		t.Errorf("before the old computer is off: %+v, %v", o, err)
	}
	for what, err := range map[string]error{
		"resumed": r.Resume(t.Context()), "done": r.AnswerRestored(t.Context(), control.RestoredAnswer{Done: true}),
	} {
		if core.CodeOf(err) != core.CodeConflict {
			t.Errorf("%s before the answer: %v", what, err)
		}
	}
	if err := r.AnswerRestored(t.Context(), control.RestoredAnswer{OldOff: true}); err != nil || !slices.Equal(r.renewed, []bool{false}) {
		t.Fatalf("answered: %v, begun anew %v", err, r.renewed)
	}
	if text, _ := r.needs(control.NeedRestored); !strings.Contains(text, "Sending is paused") {
		t.Errorf("Home says %q", text)
	}
	if err := r.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text, told := r.needs(control.NeedRestored); told || r.engine.Settings().Paused {
		t.Errorf("after it goes on, Home says %q", text)
	}
}
