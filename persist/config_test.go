package persist

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/zalando/go-keyring"

	"hookbird/core"
	"hookbird/persist/vault"
)

// secretText is looked for in every file.
const secretText = "s3cr3t-Zeppelin-4711"

// withSecrets makes a webhook with a secret header and a secret field.
func withSecrets(header, field core.Secret) *core.Webhook {
	w := newWebhook("crm")
	w.Headers = []core.Header{{Name: "X-Key", Secret: header}, {Name: "X-Plain", Value: "plain"}}
	w.Body.Fields = []core.Field{{Name: "token", Secret: field}, {Name: "email", From: "email"}}
	return w
}

// wantNoText looks for a text in all files of a folder.
func wantNoText(t *testing.T, dir, text string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if bytes.Contains(readFile(t, path), []byte(text)) {
			t.Errorf("%s holds the secret's text", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func wantReveal(t *testing.T, s *Store, secret core.Secret, want string) {
	t.Helper()
	if got, err := s.Reveal(secret); err != nil || got != want {
		t.Errorf("Reveal = %q, %v; want %q", got, err, want)
	}
}

func TestSecretsAreSealed(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	given := withSecrets(core.NewSecret(secretText), core.NewSecret(secretText+"-2"))
	row := addWebhook(t, s, given)
	header, field := row.Webhook.Headers[0].Secret, row.Webhook.Body.Fields[0].Secret
	if header.ID() == "" || header.ID() == field.ID() {
		t.Fatalf("ids %q and %q, want two", header.ID(), field.ID())
	}
	if _, ok := header.Text(); ok {
		t.Error("the row that was handed out carries the text")
	}
	if _, ok := given.Headers[0].Secret.Text(); !ok {
		t.Error("the webhook that was given was changed")
	}
	wantReveal(t, s, header, secretText)
	wantReveal(t, s, field, secretText+"-2")
	wantReveal(t, s, core.NewSecret("typed just now"), "typed just now")
	wantNoText(t, dir, secretText)
	info := s.Info()
	if info.KeyPlace != core.KeyInFile || info.KeyError != "" {
		t.Errorf("Info = %+v, want the key in the file", info)
	}

	// One is kept by its id, the other typed anew.
	again := withSecrets(header, core.NewSecret(secretText+"-3"))
	again.Name = "Other name"
	b := &core.Batch{Config: []core.Change{{Webhook: again, Now: noon}}}
	mustCommit(t, s, b)
	row = b.Config[0].Row
	if row.Revision != 2 || row.Webhook.Headers[0].Secret.ID() != header.ID() {
		t.Errorf("row = %+v, want revision 2 with the header's secret as it was", row)
	}
	wantReveal(t, s, row.Webhook.Body.Fields[0].Secret, secretText+"-3")
	if _, err := s.Reveal(field); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Reveal of the secret that was replaced: %v, want CodeNotFound", err)
	}

	old, err := s.WebhookAt(row.Num, 1)
	if err != nil || old.Name != "Supporter CRM" || old.Body.Fields[0].Secret.ID() != field.ID() {
		t.Errorf("WebhookAt = %+v, %v; want the first version", old, err)
	}

	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: "crm", Now: noon}}})
	if n := entries(t, s, bucketSecrets); n != 0 {
		t.Errorf("%d secrets are kept, want none", n)
	}
	if _, err := s.WebhookAt(row.Num, 2); err != nil {
		t.Errorf("WebhookAt of a deleted webhook: %v", err)
	}
	wantNoText(t, dir, secretText)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantNoText(t, dir, secretText)
}

func TestSecretsOfSourcesAreSealed(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	src := &core.Source{ID: "till", Kind: core.KindLocal, Local: &core.LocalSource{
		Key: core.NewSecret(secretText), Token: core.NewSecret(secretText + "-token"),
	}}
	b := &core.Batch{Config: []core.Change{{Source: src, Now: noon}, {Webhook: newWebhook("crm"), Now: noon}}}
	mustCommit(t, s, b)
	wantReveal(t, s, b.Config[0].SourceRow.Source.Local.Key, secretText)
	// Saving or deleting something else does not touch them.
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: "crm"}}})
	wantReveal(t, s, b.Config[0].SourceRow.Source.Local.Token, secretText+"-token")
	wantNoText(t, dir, secretText)
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropSource: "till"}}})
	if n := entries(t, s, bucketSecrets); n != 0 {
		t.Errorf("%d secrets are kept, want none", n)
	}
}

func TestSecretThatIsNotKept(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	for _, id := range []string{"nobody", "unsealed"} {
		w := withSecrets(core.SealedSecret(id), core.Secret{})
		err := s.Commit(&core.Batch{Config: []core.Change{{Webhook: w, Now: noon}}})
		if core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("Commit of secret %q: %v, want CodeNotFound", id, err)
		}
	}
	if _, err := s.Reveal(core.Secret{}); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Reveal of no secret: %v, want CodeNotFound", err)
	}
}

// TestKeyStoreThatGoesAway opens a store without the key store that its key is in.
func TestKeyStoreThatGoesAway(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the stand-in does not look there
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	secret := addWebhook(t, s, withSecrets(core.NewSecret(secretText), core.Secret{})).Webhook.Headers[0].Secret
	if place := s.Info().KeyPlace; place != core.KeyInSystem {
		t.Errorf("key is in %q, want the key store", place)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = mustOpen(t, dir) // with noKeyring
	if _, err := s.Reveal(secret); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Reveal: %v, want CodeUnavailable", err)
	}
	if info := s.Info(); info.KeyPlace != core.KeyInSystem || !strings.HasSuffix(info.KeyError, ".") {
		t.Errorf("Info = %+v, want a sentence about the key", info)
	}
	another := withSecrets(secret, core.NewSecret("new"))
	if err := s.Commit(&core.Batch{Config: []core.Change{{Webhook: another, Now: noon}}}); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Commit of a new secret: %v, want CodeUnavailable", err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1)}) // the rest goes on
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Webhook: withSecrets(secret, core.Secret{}), Now: noon}}})
	if _, err := os.Stat(filepath.Join(dir, vault.FileName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("key file: %v, want none", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s, err = Open(t.Context(), dir, Options{}) // the key store is back
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantReveal(t, s, secret, secretText)
	wantNoText(t, dir, secretText)
}

// TestKeyStoreIsNotAskedToOpen holds that opening never waits for the key store.
func TestKeyStoreIsNotAskedToOpen(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	addWebhook(t, s, withSecrets(core.NewSecret(secretText), core.Secret{}))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{})
	s, err = Open(t.Context(), dir, Options{Keyring: func() vault.Keyring {
		<-asked // for ever, if Open waits for it
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Info()
	close(asked)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsAndRevisions(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	want := core.Settings{Look: "dark", Port: 8471, Paused: true, PausedUntil: noon, KeepDays: 30}
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Settings: &want, Now: noon}}})
	if diff := cmp.Diff(want, mustLoad(t, s).Settings); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}

	first := addWebhook(t, s, newWebhook("crm"))
	mustCommit(t, s, &core.Batch{Lanes: []core.LaneRow{{Webhook: first.Num, Lane: core.Lane{Next: 9}}}})
	second := addWebhook(t, s, newWebhook("crm"))
	if second.Num != first.Num || second.Revision != 2 || second.Lane.Next != 9 {
		t.Errorf("saved again: %+v, want revision 2 in its old lane", second)
	}
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: "crm"}}})
	third := addWebhook(t, s, newWebhook("crm"))
	if third.Num == first.Num || third.Revision != 1 || third.Lane.Next != 1 {
		t.Errorf("made again: %+v, want another number", third)
	}
	if _, err := s.WebhookAt(first.Num, 3); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("WebhookAt of no revision: %v, want CodeNotFound", err)
	}
	for _, c := range []core.Change{{Webhook: &core.Webhook{}}, {Source: &core.Source{}}} {
		if err := s.Commit(&core.Batch{Config: []core.Change{c}}); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("no id: %v, want CodeInvalid", err)
		}
	}
}

// TestDroppedWebhook is about what is left of a webhook, and about a try of it
// that ends only now.
func TestDroppedWebhook(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{
		Events:  newEvents(1, 3),
		Results: []core.Result{try(num, 1, 0, core.Waiting), try(num, 2, time.Second, core.Failed)},
	})
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: "crm"}}})
	mustCommit(t, s, &core.Batch{
		Results: []core.Result{try(num, 3, time.Minute, core.Waiting)},
		Lanes:   []core.LaneRow{{Webhook: num, Lane: core.Lane{Next: 4}}},
	})
	rows := deliveries(t, s, core.DeliveryQuery{State: core.Failed})
	if len(rows) != 3 || rows[0].Webhook != "crm" || !rows[2].Next.IsZero() {
		t.Errorf("rows = %+v, want three failed ones of crm", rows)
	}
	if rows := deliveries(t, s, core.DeliveryQuery{State: core.Waiting}); len(rows) != 0 {
		t.Errorf("%d rows wait for nobody", len(rows))
	}
	if retries, err := s.Retries(num, core.RetryPlace{}, 10); len(retries) != 0 || err != nil {
		t.Errorf("retries = %v, %v; want none", retries, err)
	}
	if n := entries(t, s, bucketLanes); n != 0 {
		t.Errorf("%d lanes, want none", n)
	}
	for more := true; more; {
		var err error
		if _, more, err = s.Trim(noon.Add(time.Hour), 100); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range [][]byte{bucketRetries, bucketRefs, bucketEvents, bucketHistory} {
		if n := entries(t, s, name); n != 0 {
			t.Errorf("%d entries in %s after Trim, want none", n, name)
		}
	}
}
