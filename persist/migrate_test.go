package persist

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/vault"
)

// makeFormat writes a database of the current format into testdata. It is for
// the day on which a format is new; the files of older formats never change.
var makeFormat = flag.Bool("make-format", false, "write a database of the current format into testdata")

func formatDir(format int) string { return filepath.Join("testdata", fmt.Sprintf("format-%d", format)) }

func TestEveryFormatHasItsMigrationAndItsFile(t *testing.T) {
	if formats.newest != Format {
		t.Errorf("the ladder ends at %d, Format is %d", formats.newest, Format)
	}
	if n := len(formats.steps); n != Format-1 {
		t.Errorf("%d migrations lead from format 1 to %d, want %d", n, Format, Format-1)
	}
	for format := 1; format <= Format; format++ {
		if _, err := formats.from(format); err != nil {
			t.Errorf("format %d: %v", format, err)
		}
		if _, err := os.Stat(filepath.Join(formatDir(format), FileName)); err != nil {
			t.Errorf("format %d: %v", format, err)
		}
	}
}

// TestMissingMigrationIsNoticed holds that the test above can fail.
func TestMissingMigrationIsNoticed(t *testing.T) {
	for name, f := range map[string]ladder{
		"none":            {newest: 2},
		"one of two":      {newest: 3, steps: []migration{{To: 2}}},
		"in wrong places": {newest: 3, steps: []migration{{To: 3}, {To: 2}}},
	} {
		if _, err := f.from(1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestOldFormatsOpen opens a copy of the database of each format that there ever
// was, and compares all that it holds with what was written then.
func TestOldFormatsOpen(t *testing.T) {
	if *makeFormat {
		writeFormat(t, formatDir(Format))
	}
	for format := 1; format <= Format; format++ {
		t.Run(fmt.Sprint(format), func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range []string{FileName, vault.FileName} {
				writeFile(t, filepath.Join(dir, name), readFile(t, filepath.Join(formatDir(format), name)))
			}
			s := mustOpen(t, dir)
			want := string(readFile(t, filepath.Join(formatDir(format), "content.txt")))
			if got := content(t, s); got != want {
				t.Errorf("content:\n%s\nwant:\n%s", got, want)
			}
			takesWhatIsNew(t, s)
			checkTree(t, s)
		})
	}
}

// takesWhatIsNew keeps in an old store what its version did not know of.
func takesWhatIsNew(t *testing.T, s *Store) {
	t.Helper()
	old := mustLoad(t, s)
	settings := old.Settings
	settings.Proxy = settingsWith(core.NewSecret(secretText)).Proxy
	kept := saveSettings(t, s, &settings)
	wantReveal(t, s, kept.Proxy.Password, secretText)
	row := old.Webhooks[0]
	row.Lane.Answers, row.Lane.Sent = core.AnswersPages, []core.PaceSlot{{Start: 1, Span: time.Hour, N: 2}}
	mustCommit(t, s, &core.Batch{
		Lanes:   []core.LaneRow{{Webhook: row.Num, Lane: row.Lane}},
		Results: []core.Result{{Webhook: row.Num, Seq: 4, State: core.Replaced, Due: noon}},
	})
	if diff := gocmp.Diff(row.Lane, mustLoad(t, s).Webhooks[0].Lane); diff != "" {
		t.Errorf("lane (-want +got):\n%s", diff)
	}
	if rows := deliveries(t, s, core.DeliveryQuery{States: []core.DeliveryState{core.Replaced}}); len(rows) != 1 {
		t.Errorf("rows = %+v, want the one that was replaced", rows)
	}
}

// writeFormat makes the database, its key and a description of its content.
func writeFormat(t *testing.T, dir string) {
	t.Helper()
	made := t.TempDir()
	s := mustOpen(t, made)
	fillWithEverything(t, s)
	text := content(t, s)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, FileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	small, err := bbolt.Open(filepath.Join(dir, FileName), 0o600, &bbolt.Options{PageSize: 4096})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bbolt.Compact(small, s.db, 0), small.Close()); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, vault.FileName), readFile(t, filepath.Join(made, vault.FileName)))
	writeFile(t, filepath.Join(dir, "content.txt"), []byte(text))
}

// fillWithEverything uses each bucket and each kind of value.
func fillWithEverything(t *testing.T, s *Store) {
	t.Helper()
	w := withSecrets(core.NewSecret("header secret"), core.NewSecret("field secret"))
	w.Preset, w.Method, w.HTTPSOnly, w.CAFile = "rally-congress", "PUT", true, "/ca.pem"
	w.Events, w.Sources = []string{"supporter.*"}, []string{"files"}
	w.Body.Style = core.BodyForm
	w.Body.Fields[1].OmitEmpty = true
	w.Accept = core.Accept{{From: 200, To: 204}}
	w.Timeout, w.Parallel = 20*time.Second, 8
	w.Retry = core.RetryPlan{Every: time.Minute, Times: 3, OnRefusal: true}
	num := addWebhook(t, s, w).Num
	gone := addWebhook(t, s, newWebhook("gone")).Num
	mustCommit(t, s, &core.Batch{Config: []core.Change{
		{Source: &core.Source{ID: "files", Kind: core.KindFolder, Name: "Supporters", Folder: &core.FolderSource{Path: "/in", After: core.AfterMove}}, Now: noon},
		{Source: &core.Source{ID: "till", Kind: core.KindLocal, Local: &core.LocalSource{Key: core.NewSecret("source key")}}, Now: noon},
		{Settings: &core.Settings{Look: "dark", Port: 8471, ContentDays: 30}, Now: noon},
	}})
	waits := try(num, 2, 2*time.Second, core.Waiting)
	last := again(waits, time.Hour, core.Waiting)
	last.Attempt.Detail, last.Attempt.Answer, last.Attempt.Header = "detail", "answer", []string{"Retry-After: 60"}
	test := try(num, testBit|5, 5*time.Second, core.Delivered)
	test.Test, test.Event = true, newEvent(testBit|5)
	mustCommit(t, s, &core.Batch{
		Events:  newEvents(1, 6),
		Marks:   []core.Mark{{Source: "files", Key: "offset", Value: []byte("6")}},
		Results: []core.Result{try(num, 1, time.Second, core.Delivered), waits, try(num, 3, 3*time.Second, core.Failed), try(gone, 1, 4*time.Second, core.Waiting), test},
		Lanes: []core.LaneRow{{Webhook: num, Lane: core.Lane{
			Next: 6, Pending: []uint64{4, 5}, Gaps: []core.Span{{From: 9, To: 0}},
			Health:    core.Health{State: core.HealthDown, Since: noon, Cause: core.CauseServer, Code: 500, Failing: 5, ProbeAt: noon.Add(time.Hour)},
			Delivered: 1, Failed: 1, Retries: 1,
		}}},
	})
	mustCommit(t, s, &core.Batch{
		Results: []core.Result{last},
		Config:  []core.Change{{DropWebhook: "gone"}},
	})
}

// content describes all that a store holds, secrets by their texts.
func content(t *testing.T, s *Store) string {
	t.Helper()
	d := &description{store: s}
	snapshot := mustLoad(t, s)
	d.line("head %d at %v, first %d, problems %v", snapshot.Head, snapshot.HeadTime, snapshot.First, snapshot.Problems)
	proxySecret(&snapshot.Settings)(d.secret)
	d.line("settings %s", show(snapshot.Settings))
	for _, row := range snapshot.Webhooks {
		row.Webhook.Secrets(d.secret)
		d.line("webhook %s", show(row))
		retries, err := s.Retries(row.Num, core.RetryPlace{}, 100)
		d.line("  retries %s, %v", show(retries), err)
	}
	for _, row := range snapshot.Sources {
		row.Source.Secrets(d.secret)
		d.line("source %s", show(row))
		err := s.Marks(row.Source.ID, "", func(key string, value []byte) error {
			d.line("  mark %s = %s", key, value)
			return nil
		})
		d.line("  marks end: %v", err)
	}
	events, err := s.Events(1, 1000, 1<<20)
	d.line("events %s, %v", show(events), err)
	for _, row := range deliveries(t, s, core.DeliveryQuery{Limit: historyLimit}) {
		d.line("delivery %s", show(row))
	}
	hours, err := s.Hours(noon, noon.Add(24*time.Hour))
	d.line("hours %s, %v", show(hours), err)
	groups, err := s.Failures()
	d.line("failures %s, %v", show(groups), err)
	tallies, err := s.Tallies()
	for _, tally := range tallies {
		d.line("rows of %d: %v, tests %v, %v", tally.Webhook, tally.States, tally.Tests, err)
	}
	old, err := s.WebhookAt(2, 1)
	d.line("deleted webhook %s, %v", show(old), err)
	return d.String()
}

// description is a text about a store.
type description struct {
	strings.Builder
	store *Store
}

func (d *description) line(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

// secret describes a secret by its text, and takes away its id, which is another
// each time.
func (d *description) secret(place string, secret *core.Secret) {
	text, err := d.store.Reveal(*secret)
	d.line("secret %s = %q, %v", place, text, err)
	*secret = core.Secret{}
}

// show prints a value without what is zero in it, so that a field that a later
// version adds changes nothing.
func show(v any) string { return showValue(reflect.ValueOf(v)) }

func showValue(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case time.Time:
		return x.Format(time.RFC3339Nano)
	case []byte:
		return string(x)
	case core.Secret:
		return x.ID()
	}
	var parts []string
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return "none"
		}
		return showValue(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Field(i); !field.IsZero() {
				parts = append(parts, v.Type().Field(i).Name+":"+showValue(field))
			}
		}
		return "{" + strings.Join(parts, " ") + "}"
	case reflect.Slice:
		for i := range v.Len() {
			parts = append(parts, showValue(v.Index(i)))
		}
		return "[" + strings.Join(parts, "\n  ") + "]"
	default:
		return fmt.Sprint(v.Interface())
	}
}

// copyName is the copy that a migration from the current format makes.
var copyName = fmt.Sprintf("hookbird-format-%d.db", Format)

// nextFormat is a ladder of a future in which titles are in capitals.
var nextFormat = formats.and(func(tx *bbolt.Tx) error {
	events := tx.Bucket(bucketEvents)
	for _, key := range keysUnder(events, nil) {
		e, err := readEvent(key, events.Get(key))
		if err != nil {
			return err
		}
		e.Title = strings.ToUpper(e.Title)
		if err := events.Put(key, codec.Event(e)); err != nil {
			return err
		}
	}
	return nil
})

// and gives a ladder with one step more.
func (f ladder) and(run func(tx *bbolt.Tx) error) ladder {
	to := f.newest + 1
	return ladder{newest: to, steps: append(slices.Clip(f.steps), migration{To: to, Run: run})}
}

func openNext(t *testing.T, dir string, f ladder) (*Store, error) {
	t.Helper()
	return openFormat(t.Context(), dir, Options{Keyring: noKeyring}, f)
}

func TestMigrationCopiesFirst(t *testing.T) {
	dir := t.TempDir()
	path := storeFile(t, dir)
	copied := filepath.Join(dir, copyName)

	// A step that fails leaves the store as it was.
	broken := formats.and(func(tx *bbolt.Tx) error {
		return errors.Join(nextFormat.steps[Format-1].Run(tx), errors.New("half way"))
	})
	if _, err := openNext(t, dir, broken); err == nil {
		t.Fatal("a migration that failed was taken")
	}
	s := mustOpen(t, dir)
	if e, err := s.Event(1); err != nil || e.Title != "Supporter 1" {
		t.Errorf("Event = %+v, %v; want it unchanged", e, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s, err := openNext(t, dir, nextFormat)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := s.Event(1); err != nil || e.Title != "SUPPORTER 1" {
		t.Errorf("Event = %+v, %v; want it migrated", e, err)
	}
	checkTree(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, dir, path, core.CodeInvalid) // by the older program

	// The copy is the way back.
	back := t.TempDir()
	writeFile(t, filepath.Join(back, FileName), readFile(t, copied))
	s = mustOpen(t, back)
	if e, err := s.Event(1); err != nil || e.Title != "Supporter 1" {
		t.Errorf("Event of the copy = %+v, %v", e, err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("copy: %v, %v; want a file for its owner alone", info.Mode(), err)
	}
	if _, err := os.Stat(copied + ".part"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a part of a copy is left: %v", err)
	}
}

func TestNoMigrationWithoutItsCopy(t *testing.T) {
	dir := t.TempDir()
	path := storeFile(t, dir)
	before := readFile(t, path)
	if err := os.Mkdir(filepath.Join(dir, copyName+".part"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, copyName+".part", "in the way"), nil)
	_, err := openNext(t, dir, nextFormat)
	if core.CodeOf(err) != core.CodeUnavailable || !strings.Contains(core.Sentence(err), "copies") {
		t.Errorf("Open: %v, want CodeUnavailable", err)
	}
	if !bytes.Equal(before, readFile(t, path)) {
		t.Error("the store was changed")
	}
}

func TestNewStoreNeedsNoMigration(t *testing.T) {
	dir := t.TempDir()
	s, err := openNext(t, dir, nextFormat)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, copyName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("copy of a new store: %v", err)
	}
}
