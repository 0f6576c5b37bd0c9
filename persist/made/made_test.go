package made_test

import (
	"encoding/json"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/persist"
	"hookbird/persist/made"
)

func TestFill(t *testing.T) {
	s, err := persist.Open(t.Context(), t.TempDir(), persist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	told := 0
	if err := made.Fill(s, made.Size{Rows: 7000}, func(rows int) { told = rows }); err != nil || told != 7000 {
		t.Fatalf("%d rows, %v", told, err)
	}
	snap, err := s.Load(t.Context())
	if err != nil || snap.Head != 7000 || len(snap.Webhooks) != 4 || snap.Webhooks[3].Lane.Failed+snap.Webhooks[1].Lane.Failed == 0 {
		t.Fatalf("snapshot %+v, %v", snap, err)
	}
	count, err := s.CountDeliveries(t.Context(), core.DeliveryQuery{})
	if err != nil || count.States[core.Failed] != 140 || count.States[core.Delivered] != 6860 {
		t.Errorf("count %+v, %v", count, err)
	}
	events, err := s.Events(0, 7000, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if age := time.Since(events[0].Time).Hours() / 24; age < 27 || age > 29 || time.Since(events[6999].Time) > time.Hour {
		t.Errorf("from %v to %v", events[0].Time, events[6999].Time)
	}
	for i, e := range events {
		if i > 0 && e.Time.Before(events[i-1].Time) {
			t.Fatalf("record %d came in before the one before it", i)
		}
		if !json.Valid(e.Data) || len(e.Data) < 400 || len(e.Data) > 700 {
			t.Fatalf("data of %d bytes: %s", len(e.Data), e.Data)
		}
	}
}
