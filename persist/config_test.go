package persist

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/zalando/go-keyring"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

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
	trimEverything(t, s)
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
	trimEverything(t, s)
	if n := entries(t, s, bucketSecrets); n != 0 {
		t.Errorf("%d secrets are kept, want none", n)
	}
}

// settingsWith are the program's own, with a proxy that asks who is there.
func settingsWith(password core.Secret) *core.Settings {
	return &core.Settings{Look: "dark", Proxy: core.Proxy{
		Kind: core.ProxyManual, Address: "http://proxy.example:3128", User: "ada", Password: password,
	}}
}

// saveSettings saves the program's own and gives them as they are kept.
func saveSettings(t *testing.T, s *Store, settings *core.Settings) core.Settings {
	t.Helper()
	b := &core.Batch{Config: []core.Change{{Settings: settings, Now: noon}}}
	mustCommit(t, s, b)
	kept := *b.Config[0].Settings
	if diff := cmp.Diff(kept, mustLoad(t, s).Settings, cmp.AllowUnexported(core.Secret{})); diff != "" {
		t.Errorf("settings as handed out and as read back (-want +got):\n%s", diff)
	}
	return kept
}

func TestPasswordOfTheProxyIsSealed(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	addWebhook(t, s, withSecrets(core.NewSecret("of the webhook"), core.Secret{}))
	given := settingsWith(core.NewSecret(secretText))
	first := saveSettings(t, s, given)
	if _, ok := given.Proxy.Password.Text(); !ok {
		t.Error("the settings that were given were changed")
	}
	if _, ok := first.Proxy.Password.Text(); ok || first.Proxy.Password.ID() == "" {
		t.Errorf("password is %#v, want its name alone", first.Proxy.Password)
	}
	wantReveal(t, s, first.Proxy.Password, secretText)
	wantNoText(t, dir, secretText)

	// Kept by its name, also over a restart and other changes.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	again := first
	again.Look = "light"
	again = saveSettings(t, s, &again)
	addWebhook(t, s, newWebhook("mail"))
	wantReveal(t, s, again.Proxy.Password, secretText)

	// Replaced, and then removed.
	second := saveSettings(t, s, settingsWith(core.NewSecret(secretText+"-2")))
	wantReveal(t, s, second.Proxy.Password, secretText+"-2")
	if _, err := s.Reveal(first.Proxy.Password); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Reveal of the password that was replaced: %v, want CodeNotFound", err)
	}
	saveSettings(t, s, &core.Settings{})
	if n := entries(t, s, bucketSecrets); n != 1 {
		t.Errorf("%d secrets are kept, want the webhook's alone", n)
	}
	if err := s.Commit(&core.Batch{Config: []core.Change{{Settings: settingsWith(second.Proxy.Password)}}}); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Commit of a password that is not kept: %v, want CodeNotFound", err)
	}
}

// TestDamagedPasswordKeepsNothingFromBeingSaved is about pausing, for one.
func TestDamagedPasswordKeepsNothingFromBeingSaved(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	kept := saveSettings(t, s, settingsWith(core.NewSecret(secretText)))
	spoil(t, s, bucketSecrets, []byte(kept.Proxy.Password.ID()))
	kept.Paused = true
	if got := saveSettings(t, s, &kept); !got.Paused {
		t.Errorf("settings = %+v, want them paused", got)
	}
}

// TestSecretsAreDroppedWithTheirLastUse saves and deletes in many ways, opening
// the store anew now and then, and compares what is kept with what is named.
func TestSecretsAreDroppedWithTheirLastUse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &secretsDriver{dir: newDir(t), webhooks: map[string]*core.Webhook{}}
		d.open(t)
		defer func() { _ = d.store.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"webhook":  d.saveWebhook,
			"settings": d.saveSettings,
			"drop":     d.drop,
			"undo":     d.undo,
			"trim":     d.trim,
			"reopen":   func(t *rapid.T) { _ = d.store.Close(); d.open(t) },
			"":         d.check,
		})
	})
}

// secretsDriver knows which secrets are named by current settings and by removed
// webhooks that can be put back.
type secretsDriver struct {
	dir      string
	store    *Store
	webhooks map[string]*core.Webhook
	removed  []removedWebhook
	settings core.Settings
}

// removedWebhook is one that is gone with the next Trim if its time is over.
type removedWebhook struct {
	webhook *core.Webhook
	change  uint64
	over    bool
}

func (d *secretsDriver) open(t *rapid.T) {
	s, err := Open(context.Background(), d.dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	s.db.NoSync = true
	d.store = s
}

// secret draws none, a new one, or one that something else names already.
func (d *secretsDriver) secret(t *rapid.T) core.Secret {
	known := slices.Sorted(maps.Keys(d.named()))
	choices := append([]string{"", "new"}, known...)
	switch c := rapid.SampledFrom(choices).Draw(t, "secret"); c {
	case "":
		return core.Secret{}
	case "new":
		return core.NewSecret("text")
	default:
		return core.SealedSecret(c)
	}
}

func (d *secretsDriver) named() map[string]bool {
	named := map[string]bool{}
	note := func(_ string, s *core.Secret) { named[s.ID()] = true }
	for _, w := range d.webhooks {
		w.Secrets(note)
	}
	for _, r := range d.removed {
		r.webhook.Secrets(note)
	}
	if !d.settings.Proxy.Password.IsZero() {
		note("", &d.settings.Proxy.Password)
	}
	return named
}

func (d *secretsDriver) saveWebhook(t *rapid.T) {
	w := withSecrets(d.secret(t), d.secret(t))
	w.ID = rapid.SampledFrom([]string{"crm", "mail"}).Draw(t, "id")
	b := &core.Batch{Config: []core.Change{{Webhook: w, Now: noon}}}
	d.write(t, b)
	d.webhooks[w.ID] = b.Config[0].Row.Webhook
}

func (d *secretsDriver) saveSettings(t *rapid.T) {
	b := &core.Batch{Config: []core.Change{{Settings: settingsWith(d.secret(t)), Now: noon}}}
	d.write(t, b)
	d.settings = *b.Config[0].Settings
}

func (d *secretsDriver) drop(t *rapid.T) {
	ids := slices.Sorted(maps.Keys(d.webhooks))
	if len(ids) == 0 {
		t.Skip()
	}
	id := rapid.SampledFrom(ids).Draw(t, "dropped")
	c := core.Change{DropWebhook: id, Now: noon}
	if over := rapid.Bool().Draw(t, "over"); !over {
		c.Now = time.Now()
	}
	d.write(t, &core.Batch{Config: []core.Change{c}})
	pasts, err := d.store.Pasts(core.PastQuery{Limit: 1})
	if err != nil || len(pasts) != 1 || pasts[0].Undo == nil {
		t.Fatalf("Pasts = %+v, %v; want the removal", pasts, err)
	}
	d.removed = append(d.removed, removedWebhook{d.webhooks[id], pasts[0].ID, c.Now == noon})
	delete(d.webhooks, id)
}

// undo puts one back, unless another has its place.
func (d *secretsDriver) undo(t *rapid.T) {
	if len(d.removed) == 0 {
		t.Skip()
	}
	i := rapid.IntRange(0, len(d.removed)-1).Draw(t, "undone")
	r := d.removed[i]
	err := d.store.Commit(&core.Batch{Config: []core.Change{{Undo: r.change, Now: noon}}})
	if d.webhooks[r.webhook.ID] != nil {
		if core.CodeOf(err) != core.CodeConflict {
			t.Fatalf("undo over another one: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	d.webhooks[r.webhook.ID] = r.webhook
	d.removed = slices.Delete(d.removed, i, i+1)
}

// trim ends the time of those whose time is over.
func (d *secretsDriver) trim(t *rapid.T) {
	trimUntil(t, d.store, noon, 0)
	d.removed = slices.DeleteFunc(d.removed, func(r removedWebhook) bool { return r.over })
}

func (d *secretsDriver) write(t *rapid.T, b *core.Batch) {
	if err := d.store.Commit(b); err != nil {
		t.Fatalf("Commit: %v", err)
	}
}

func (d *secretsDriver) check(t *rapid.T) {
	var kept []string
	err := d.store.view(func(tx *bbolt.Tx) error {
		for _, id := range keysUnder(tx.Bucket(bucketSecrets), nil) {
			kept = append(kept, string(id))
		}
		return nil
	})
	same(t, "secrets", slices.Sorted(maps.Keys(d.named())), kept, err)
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
	want := core.Settings{Look: "dark", Port: 8471, Paused: true, PausedUntil: noon, ContentDays: 30}
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Settings: &want, Now: noon}}})
	if diff := cmp.Diff(want, mustLoad(t, s).Settings, cmp.AllowUnexported(core.Secret{})); diff != "" {
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
	rows := deliveries(t, s, core.DeliveryQuery{States: []core.DeliveryState{core.Failed}})
	if len(rows) != 3 || rows[0].Webhook != "crm" || !rows[2].Next.IsZero() {
		t.Errorf("rows = %+v, want three failed ones of crm", rows)
	}
	if rows := deliveries(t, s, core.DeliveryQuery{States: []core.DeliveryState{core.Waiting}}); len(rows) != 0 {
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
		if _, more, err = trimOld(s, noon.Add(time.Hour), 100); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range [][]byte{bucketRetries, bucketRefs, bucketEvents, bucketHistory} {
		if n := entries(t, s, name); n != 0 {
			t.Errorf("%d entries in %s after Trim, want none", n, name)
		}
	}
}
