package persist

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/vault"
)

// noon is when the tests' clock begins.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// noKeyring stands for a computer without a key store.
func noKeyring() vault.Keyring { return nil }

// mustOpen opens a store that is closed when the test ends.
func mustOpen(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func mustCommit(t testing.TB, s *Store, b *core.Batch) {
	t.Helper()
	if err := s.Commit(b); err != nil {
		t.Fatalf("Commit: %v", err)
	}
}

func mustLoad(t testing.TB, s *Store) *core.Snapshot {
	t.Helper()
	snapshot, err := s.Load(t.Context())
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return snapshot
}

// newEvent makes an event that looks like one of a file.
func newEvent(seq uint64) *core.Event {
	return &core.Event{
		Seq:    seq,
		ID:     fmt.Sprintf("01958a3c-0000-7000-8000-%012x", seq),
		Type:   "supporter.created",
		Time:   noon.Add(time.Duration(seq) * time.Second),
		Source: "files",
		Title:  fmt.Sprintf("Supporter %d", seq),
		Origin: fmt.Sprintf("supporters.csv, row %d", seq),
		Data:   fmt.Appendf(nil, `{"email":"s%d@example.org","first":"Ada"}`, seq),
	}
}

func newEvents(from, to uint64) (events []*core.Event) {
	for seq := from; seq <= to; seq++ {
		events = append(events, newEvent(seq))
	}
	return events
}

func newWebhook(id string) *core.Webhook {
	return &core.Webhook{ID: id, Name: "Supporter CRM", State: core.StateOn, Address: "https://crm.example/hook"}
}

// addWebhook saves a webhook and gives its number.
func addWebhook(t testing.TB, s *Store, w *core.Webhook) *core.WebhookRow {
	t.Helper()
	b := &core.Batch{Config: []core.Change{{Webhook: w, Lane: &core.Lane{Next: 1}, Now: noon}}}
	mustCommit(t, s, b)
	return b.Config[0].Row
}

// try is a result of one try at noon plus an offset.
func try(num uint32, seq uint64, after time.Duration, state core.DeliveryState) core.Result {
	r := core.Result{
		Webhook: num, Seq: seq, Revision: 1, State: state,
		Attempt: &core.Attempt{At: noon.Add(after), Took: 20 * time.Millisecond, Code: 200},
	}
	if state != core.Delivered {
		r.Attempt.Code, r.Attempt.Cause = 500, core.CauseServer
	}
	if state == core.Waiting {
		r.Due = r.Attempt.At.Add(time.Minute)
	}
	return r
}

// again is the next try of what the result before left waiting.
func again(before core.Result, after time.Duration, state core.DeliveryState) core.Result {
	r := try(before.Webhook, before.Seq, after, state)
	r.Prev, r.PrevDue = keyOf(&before), before.Due.UnixMilli()
	return r
}

func deliveries(t testing.TB, s *Store, q core.DeliveryQuery) []core.Delivery {
	t.Helper()
	page, err := s.Deliveries(t.Context(), q)
	if err != nil {
		t.Fatalf("Deliveries: %v", err)
	}
	return page.Rows
}

// checkTree lets bbolt look through the whole file.
func checkTree(t testing.TB, s *Store) {
	t.Helper()
	err := s.db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("Check: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEventsComeBackAsTheyWere(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 9)})

	for name, c := range map[string]struct {
		from          uint64
		max, maxBytes int
		want          []*core.Event
	}{
		"all":            {1, 100, 1 << 20, newEvents(1, 9)},
		"from":           {4, 100, 1 << 20, newEvents(4, 9)},
		"max":            {4, 2, 1 << 20, newEvents(4, 5)},
		"bytes":          {1, 100, 2 * len(newEvent(1).Data), newEvents(1, 2)},
		"at least one":   {3, 100, 1, newEvents(3, 3)},
		"after the last": {10, 100, 1 << 20, nil},
	} {
		got, err := s.Events(c.from, c.max, c.maxBytes)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}

	back, err := s.EventsBack(4, 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]*core.Event{newEvent(3), newEvent(2)}, back); diff != "" {
		t.Errorf("EventsBack (-want +got):\n%s", diff)
	}
	if back, _ = s.EventsBack(0, 1); len(back) != 1 || back[0].Seq != 9 {
		t.Errorf("EventsBack(0) = %v, want event 9", back)
	}
	if _, err := s.Event(10); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("Event(10): %v, want CodeNotFound", err)
	}
}

func TestSequenceNeverRestarts(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 3)})
	for more := true; more; {
		var err error
		if _, more, err = trimOld(s, noon.AddDate(1, 0, 0), 100); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	got := mustLoad(t, s)
	if got.Head != 3 || got.First != 0 || !got.HeadTime.Equal(newEvent(3).Time) {
		t.Errorf("head %d at %v, first %d; want head 3 at %v, first 0", got.Head, got.HeadTime, got.First, newEvent(3).Time)
	}
	if err := s.Commit(&core.Batch{Events: newEvents(3, 3)}); err == nil {
		t.Error("an event of a seq that was used before was taken")
	}
}

func TestDeliveryFromFirstTryToLast(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1)})

	first := try(num, 1, 0, core.Waiting)
	first.Attempt.Answer, first.Attempt.Header = strings.Repeat("sorry", 200), []string{"Retry-After: 60"}
	mustCommit(t, s, &core.Batch{Results: []core.Result{first}})
	retries, err := s.Retries(num, core.RetryPlace{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []core.Retry{{
		RetryPlace: core.RetryPlace{Due: first.Due.UnixMilli(), Seq: 1},
		Key:        keyOf(&first), Tries: 1, First: noon, LastDelay: time.Minute,
	}}
	if diff := cmp.Diff(want, retries); diff != "" {
		t.Errorf("Retries (-want +got):\n%s", diff)
	}

	second := again(first, time.Minute, core.Failed)
	mustCommit(t, s, &core.Batch{Results: []core.Result{second}})
	if retries, _ = s.Retries(num, core.RetryPlace{}, 10); len(retries) != 0 {
		t.Errorf("a failed delivery still waits: %v", retries)
	}
	rows := deliveries(t, s, core.DeliveryQuery{})
	if len(rows) != 1 {
		t.Fatalf("%d rows, want 1", len(rows))
	}
	d := rows[0]
	if d.State != core.Failed || d.Tries != 2 || len(d.Attempts) != 2 || d.Webhook != "crm" || d.Event == nil {
		t.Errorf("row = %+v, want a failed one of crm with 2 tries and its event", d)
	}
	if a := d.Attempts[0]; a.Answer != first.Attempt.Answer[:core.MaxOldAnswer] || a.Header != nil || a.Revision != 1 {
		t.Errorf("of the first try is kept %q, %v, revision %d; want the beginning of the answer", a.Answer, a.Header, a.Revision)
	}
	if _, err := s.Delivery(keyOf(&first)); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("the row is still where it was: %v", err)
	}

	mustCommit(t, s, &core.Batch{Results: []core.Result{
		{Webhook: num, Seq: 1, Prev: d.Key, State: core.Waiting, Due: noon.Add(time.Hour)},
	}})
	retries, _ = s.Retries(num, core.RetryPlace{}, 10)
	if len(retries) != 1 || retries[0].Tries != 0 || !retries[0].First.IsZero() || retries[0].Key != d.Key {
		t.Errorf("after Send again: %+v, want one with no tries", retries)
	}
	third := try(num, 1, time.Hour, core.Delivered)
	third.Prev, third.PrevDue = d.Key, retries[0].Due
	mustCommit(t, s, &core.Batch{Results: []core.Result{third}})
	rows = deliveries(t, s, core.DeliveryQuery{})
	if len(rows) != 1 || rows[0].State != core.Delivered || rows[0].Tries != 3 {
		t.Errorf("rows = %+v, want one delivered at the third try", rows)
	}
	hours, err := s.Hours(noon, noon.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	wantHours := []core.HourCount{{Hour: noon, Webhook: num, Failed: 1}, {Hour: noon.Add(time.Hour), Webhook: num, Delivered: 1}}
	if diff := cmp.Diff(wantHours, hours); diff != "" {
		t.Errorf("Hours (-want +got):\n%s", diff)
	}
	checkTree(t, s)
}

func TestClosedStoreSaysSo(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(&core.Batch{Events: newEvents(1, 1)}); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Commit: %v, want CodeUnavailable", err)
	}
	if _, err := s.Load(context.Background()); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Load: %v, want CodeUnavailable", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}
