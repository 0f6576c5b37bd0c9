package persist

import (
	"fmt"
	"slices"
	"testing"

	"hookbird/core"
)

// manyConfig is the settings of many webhooks and of 100 sources.
func manyConfig(webhooks int) []core.Change {
	var changes []core.Change
	for i := range webhooks {
		w := withSecrets(core.NewSecret("header"), core.NewSecret("field"))
		w.ID, w.Name = fmt.Sprintf("crm-%05d", i), fmt.Sprintf("CRM %d", i)
		for f := range 8 {
			w.Body.Fields = append(w.Body.Fields, core.Field{Name: fmt.Sprint("field ", f), From: fmt.Sprint("from ", f)})
		}
		changes = append(changes, core.Change{Webhook: w, Lane: &core.Lane{Next: 1}, Now: noon})
	}
	for i := range 100 {
		src := &core.Source{ID: fmt.Sprintf("files-%03d", i), Kind: core.KindFolder, Folder: &core.FolderSource{Path: "/in"}}
		changes = append(changes, core.Change{Source: src, Now: noon})
	}
	return changes
}

// mustOpenMany makes a store of many webhooks. Nothing of it is synced.
func mustOpenMany(t testing.TB, webhooks int) *Store {
	t.Helper()
	s := mustOpen(t, t.TempDir())
	s.db.NoSync = true
	mustCommit(t, s, &core.Batch{Config: manyConfig(webhooks)})
	return s
}

// TestASaveCostsTheSameAmongMany holds that saving, adding and deleting a webhook
// reads no other one: what it allocates does not grow with their number. So the
// cost of one after the other is not quadratic.
func TestASaveCostsTheSameAmongMany(t *testing.T) {
	cost := func(webhooks int) (allocs float64) {
		s := mustOpenMany(t, webhooks)
		n := 0
		return testing.AllocsPerRun(20, func() {
			n++
			w := withSecrets(core.NewSecret("new"), core.Secret{})
			w.ID = "crm-00007"
			added := newWebhook(fmt.Sprint("added ", n))
			mustCommit(t, s, &core.Batch{Config: []core.Change{{Webhook: w, Now: noon}, {Webhook: added, Now: noon}}})
			mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: added.ID}}})
		})
	}
	few, many := cost(20), cost(2000)
	t.Logf("%.0f allocations among 20 webhooks, %.0f among 2000", few, many)
	if many > 3*few {
		t.Errorf("%.0f allocations among 2000 webhooks, want about the %.0f of 20", many, few)
	}
}

// TestManyWebhooksComeBack opens a store of many webhooks anew.
func TestManyWebhooksComeBack(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	const n = 1000
	b := &core.Batch{Config: manyConfig(n)}
	mustCommit(t, s, b)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	got := mustLoad(t, s)
	if len(got.Webhooks) != n || len(got.Sources) != 100 || len(got.Problems) != 0 {
		t.Fatalf("%d webhooks, %d sources, %v; want %d and 100", len(got.Webhooks), len(got.Sources), got.Problems, n)
	}
	sorted := slices.IsSortedFunc(got.Webhooks, func(a, b core.WebhookRow) int { return int(a.Num) - int(b.Num) })
	if last := got.Webhooks[n-1]; !sorted || last.Num != n || last.Webhook.Name != fmt.Sprintf("CRM %d", n-1) {
		t.Errorf("last = %+v", last)
	}
	wantReveal(t, s, got.Webhooks[n-1].Webhook.Headers[0].Secret, "header")
}
