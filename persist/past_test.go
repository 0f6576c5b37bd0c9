package persist

import (
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// trimEverything ends what is old, with what has been removed.
func trimEverything(t *testing.T, s *Store) {
	t.Helper()
	trimUntil(t, s, noon, 0)
}

// trimUntil removes all that is older than a time.
func trimUntil(t fataler, s *Store, before time.Time, floor uint64) {
	t.Helper()
	for {
		_, more, err := trimOld(s, before, floor)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
}

// fataler is a test, of either kind.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func pasts(t *testing.T, s *Store, q core.PastQuery) []core.Past {
	t.Helper()
	list, err := s.Pasts(q)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var ada = core.Author{User: "ada", Via: core.ViaWindow}

func TestEachChangeIsRemembered(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	w := newWebhook("crm")
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Webhook: w, Now: noon, By: ada}}})
	w.Name = "Supporter CRM, new"
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Webhook: w, Now: noon.Add(time.Hour), By: core.Author{User: "bob", Via: core.ViaFile, File: "office.json"}}}})
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Webhook: w, Now: noon.Add(2 * time.Hour), By: ada}}}) // nothing is different
	mustCommit(t, s, &core.Batch{Config: []core.Change{
		{Settings: &core.Settings{Look: "dark"}, Now: noon.Add(3 * time.Hour), By: ada},
		{Source: &core.Source{ID: "files", Name: "Supporters", Kind: core.KindFolder, Folder: &core.FolderSource{Path: "/in"}}, Now: noon.Add(3 * time.Hour), By: ada},
	}})
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Settings: &core.Settings{Look: "dark", Port: 8471}, Now: noon.Add(4 * time.Hour)}}})
	var got []string
	for _, p := range pasts(t, s, core.PastQuery{}) {
		got = append(got, fmt.Sprintf("%d %s %s %s%s %s %q before %t after %t", p.ID, p.At.Sub(noon), p.By.User, p.By.Via, p.By.File, p.Kind, p.Name, !p.Before.IsZero(), !p.After.IsZero()))
	}
	want := []string{
		`4 3h0m0s ada window source "Supporters" before false after true`,
		`3 3h0m0s ada window settings "" before true after true`,
		`2 1h0m0s bob fileoffice.json webhook "Supporter CRM, new" before true after true`,
		`1 0s ada window webhook "Supporter CRM" before false after true`,
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list := pasts(t, s, core.PastQuery{Kind: core.PastWebhook, Target: "crm", Limit: 1}); len(list) != 1 || list[0].ID != 2 || list[0].Before.Webhook.Name != "Supporter CRM" {
		t.Errorf("of the webhook: %+v", list)
	}
	if list := pasts(t, s, core.PastQuery{Before: 3}); len(list) != 2 || list[0].ID != 2 {
		t.Errorf("before the third: %+v", list)
	}
	if _, err := s.Past(99); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Past of none: %v", err)
	}
}

// A webhook that was removed comes back turned off, with its number, its history and
// what waited for it, also after a start and after a Trim.
func TestRemovedWebhookComesBack(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	num := addWebhook(t, s, withSecrets(core.NewSecret("header secret"), core.NewSecret("field secret"))).Num
	mustCommit(t, s, &core.Batch{
		Events:  newEvents(1, 9),
		Results: []core.Result{try(num, 1, time.Second, core.Delivered), try(num, 2, time.Second, core.Waiting), try(num, 3, time.Second, core.Failed)},
		Lanes:   []core.LaneRow{{Webhook: num, Lane: core.Lane{Next: 5, Pending: []uint64{4}, Delivered: 1, Failed: 1, Retries: 1}}},
	})
	before := mustLoad(t, s).Webhooks[0]
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropWebhook: "crm", Now: time.Now(), By: ada}}})
	if n := len(mustLoad(t, s).Webhooks); n != 0 {
		t.Fatalf("%d webhooks are left", n)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(10, 12)})
	trimUntil(t, s, noon.AddDate(1, 0, 0), 100) // what is old goes, but nothing that waits
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	removal := pasts(t, s, core.PastQuery{})[0]
	if removal.Undo == nil || removal.By != ada || !removal.After.IsZero() {
		t.Fatalf("the removal is remembered as %+v", removal)
	}
	b := &core.Batch{Config: []core.Change{{Undo: removal.ID, Now: time.Now(), By: ada}}}
	mustCommit(t, s, b)
	after := mustLoad(t, s).Webhooks[0]
	if after.Num != before.Num || after.Webhook.State != core.StateOff || after.Revision != before.Revision+1 || b.Config[0].Row == nil {
		t.Errorf("came back as %+v", after)
	}
	want := before.Lane
	want.Gaps = []core.Span{{From: 10}}
	if diff := gocmp.Diff(want, after.Lane); diff != "" {
		t.Errorf("lane (-want +got):\n%s", diff)
	}
	if retries, err := s.Retries(num, core.RetryPlace{}, 10); err != nil || len(retries) != 1 || retries[0].Seq != 2 {
		t.Errorf("waits: %+v, %v", retries, err)
	}
	for seq := range uint64(8) {
		if _, err := s.Event(seq + 2); err != nil {
			t.Errorf("event %d: %v", seq+2, err)
		}
	}
	if rows := deliveries(t, s, core.DeliveryQuery{States: []core.DeliveryState{core.Waiting}}); len(rows) != 1 || rows[0].Webhook != "crm" {
		t.Errorf("waiting rows: %+v", rows)
	}
	wantReveal(t, s, after.Webhook.Body.Fields[0].Secret, "field secret")
	if err := s.Commit(b); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("undone twice: %v", err)
	}
	checkTree(t, s)
}

func TestRemovedSourceComesBackWithItsMemory(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	src := &core.Source{ID: "files", Kind: core.KindFolder, Name: "Supporters", Folder: &core.FolderSource{Path: "/in"}}
	mustCommit(t, s, &core.Batch{
		Config: []core.Change{{Source: src, Now: noon}}, Events: newEvents(1, 3),
		Marks: []core.Mark{{Source: "files", Key: "offset", Value: []byte("3")}},
	})
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropSource: "files", Now: time.Now()}}})
	trimEverything(t, s)
	b := &core.Batch{Config: []core.Change{{Undo: pasts(t, s, core.PastQuery{})[0].ID, Now: time.Now()}}}
	mustCommit(t, s, b)
	if row := b.Config[0].SourceRow; row == nil || row.Events != 3 || row.Source.Name != "Supporters" {
		t.Errorf("came back as %+v", row)
	}
	if value, ok, err := s.Mark("files", "offset"); string(value) != "3" || !ok || err != nil {
		t.Errorf("remembers %q, %v, %v", value, ok, err)
	}

	// Another one in its place inherits nothing, and ends the undo.
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropSource: "files", Now: time.Now()}}})
	removal := pasts(t, s, core.PastQuery{})[0]
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Source: src, Now: time.Now()}}})
	if _, ok, err := s.Mark("files", "offset"); ok || err != nil {
		t.Errorf("the new source remembers what the old one did: %v", err)
	}
	if err := s.Commit(&core.Batch{Config: []core.Change{{Undo: removal.ID}}}); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("undone all the same: %v", err)
	}
}

func TestOldestChangesAreForgotten(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	s.db.NoSync = true
	w := newWebhook("crm")
	for i := range pastKept/100 + 3 {
		b := &core.Batch{}
		for k := range 100 {
			next := w.Clone()
			next.Name = fmt.Sprintf("Webhook %d", 100*i+k)
			b.Config = append(b.Config, core.Change{Webhook: next, Now: noon})
		}
		mustCommit(t, s, b)
	}
	trimEverything(t, s)
	if n := entries(t, s, bucketPast); n != pastKept {
		t.Errorf("%d changes are kept", n)
	}
	if p := pasts(t, s, core.PastQuery{})[0]; p.Name != fmt.Sprintf("Webhook %d", pastKept+299) {
		t.Errorf("the newest is %q", p.Name)
	}
}

// Whatever is changed, made, removed and undone: the state before and after each
// change is what was set then.
func TestPastIsWhatWasSet(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := Open(t.Context(), newDir(rt), Options{Keyring: noKeyring})
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		s.db.NoSync = true
		names := map[string]string{} // as they are set now, by id
		off := map[string]bool{}     // those that came back turned off, which a save turns on
		var story []string           // what happened, oldest first
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			id := rapid.SampledFrom([]string{"crm", "mail"}).Draw(rt, "id")
			was, there := names[id]
			switch rapid.SampledFrom([]string{"save", "save", "drop", "undo"}).Draw(rt, "do") {
			case "save":
				w := newWebhook(id)
				w.Name = rapid.StringMatching("[a-c]").Draw(rt, "name")
				if err := s.Commit(&core.Batch{Config: []core.Change{{Webhook: w, Now: time.Now()}}}); err != nil {
					rt.Fatal(err)
				}
				if names[id] = w.Name; !there || was != w.Name || off[id] {
					story = append(story, was+">"+w.Name)
				}
				off[id] = false
			case "drop":
				if !there {
					continue
				}
				if err := s.Commit(&core.Batch{Config: []core.Change{{DropWebhook: id, Now: time.Now()}}}); err != nil {
					rt.Fatal(err)
				}
				delete(names, id)
				delete(off, id)
				story = append(story, was+">")
			case "undo":
				list, err := s.Pasts(core.PastQuery{Kind: core.PastWebhook, Target: id})
				i := slices.IndexFunc(list, func(p core.Past) bool { return p.Undo != nil })
				if err != nil || i < 0 || there {
					continue
				}
				if err := s.Commit(&core.Batch{Config: []core.Change{{Undo: list[i].ID, Now: time.Now()}}}); err != nil {
					rt.Fatal(err)
				}
				names[id], off[id] = list[i].Before.Webhook.Name, true
				story = append(story, ">"+names[id])
			}
		}
		var got []string
		list, err := s.Pasts(core.PastQuery{})
		for _, p := range slices.Backward(list) {
			name := func(s core.PastState) string {
				if s.Webhook == nil {
					return ""
				}
				return s.Webhook.Name
			}
			got = append(got, name(p.Before)+">"+name(p.After))
		}
		if err != nil || !slices.Equal(got, story) {
			rt.Fatalf("remembered %q, %v; it was %q", got, err, story)
		}
	})
}
