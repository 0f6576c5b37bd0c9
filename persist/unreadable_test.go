package persist

import (
	"fmt"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// TestUnreadableRowsAreLeftOut spoils a value in each bucket: the others come back
// with an error about it.
func TestUnreadableRowsAreLeftOut(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	addWebhook(t, s, newWebhook("mail"))
	addWebhook(t, s, newWebhook("till"))
	mustCommit(t, s, &core.Batch{
		Events:  newEvents(1, 3),
		Results: []core.Result{try(num, 1, 0, core.Waiting), try(num, 2, time.Hour, core.Waiting), try(num, 3, 2*time.Hour, core.Failed)},
		Marks:   []core.Mark{{Source: "files", Key: "a", Value: []byte("1")}, {Source: "files", Key: "b", Value: []byte("2")}},
		Config:  []core.Change{{Source: &core.Source{ID: "files"}}, {Source: &core.Source{ID: "local"}}, {Settings: &core.Settings{Port: 1}}},
	})
	spoil(t, s, bucketEvents, seqKey(2))
	first := try(num, 1, 0, core.Waiting)
	spoil(t, s, bucketHistory, keyOf(&first).Bytes())
	spoil(t, s, bucketRetries, retryKey(num, core.RetryPlace{Due: first.Due.UnixMilli(), Seq: 1}))
	spoil(t, s, bucketHours, hourKey(unixHour(noon.Add(2*time.Hour)), num))
	spoil(t, s, bucketMarks, markKey("files", "a"))
	spoil(t, s, bucketWebhooks, []byte("mail"))
	spoil(t, s, bucketLanes, numKey(3))
	spoil(t, s, bucketSources, []byte("files"))
	spoil(t, s, bucketSettings, keySettings)
	spoil(t, s, bucketVersions, versionKey(num, 1))

	if events, err := s.Events(1, 10, 1<<20); len(events) != 2 || core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Events: %d and %v, want 2 and an error", len(events), err)
	}
	if events, err := s.EventsBack(0, 10); len(events) != 2 || err == nil {
		t.Errorf("EventsBack: %d and %v, want 2 and an error", len(events), err)
	}
	if page, err := s.Deliveries(t.Context(), core.DeliveryQuery{}); len(page.Rows) != 2 || core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Deliveries: %d and %v, want 2 and an error", len(page.Rows), err)
	}
	if retries, err := s.Retries(num, core.RetryPlace{}, 10); len(retries) != 1 || err == nil {
		t.Errorf("Retries: %d and %v, want 1 and an error", len(retries), err)
	}
	if hours, err := s.Hours(noon, noon.Add(9*time.Hour)); len(hours) != 0 || err == nil {
		t.Errorf("Hours: %v and %v, want none and an error", hours, err)
	}
	n := 0
	if err := s.Marks("files", "", func(string, []byte) error { n++; return nil }); n != 1 || err == nil {
		t.Errorf("Marks: %d and %v, want 1 and an error", n, err)
	}
	if _, err := s.WebhookAt(num, 1); core.CodeOf(err) != core.CodeInternal {
		t.Errorf("WebhookAt: %v, want CodeInternal", err)
	}
	got := mustLoad(t, s)
	if len(got.Webhooks) != 1 || len(got.Sources) != 1 || got.Settings.Port != 0 || len(got.Problems) != 4 {
		t.Errorf("snapshot = %+v, want 1 webhook, 1 source, 4 problems", got)
	}
	// The damaged row gives way to the next try.
	mustCommit(t, s, &core.Batch{Results: []core.Result{again(first, 3*time.Hour, core.Delivered)}})
	page, err := s.Deliveries(t.Context(), core.DeliveryQuery{})
	if len(page.Rows) != 3 || err != nil {
		t.Errorf("Deliveries: %d and %v, want 3", len(page.Rows), err)
	}
}

// spoil changes the last byte of a stored value.
func spoil(t *testing.T, s *Store, bucket, key []byte) {
	t.Helper()
	err := s.db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		value := append([]byte{}, b.Get(key)...)
		if _, err := codec.ReadBytes(value); err != nil {
			return fmt.Errorf("value of %s: %w", bucket, err)
		}
		value[len(value)-1] ^= 1
		return b.Put(key, value)
	})
	if err != nil {
		t.Fatal(err)
	}
}
