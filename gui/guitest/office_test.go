package guitest

import (
	"testing"

	"hookbird/core"
	"hookbird/core/control"
)

func TestOfficeAddsUp(t *testing.T) {
	s := Office()
	o, err := s.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var bars uint64
	for _, h := range o.Hours {
		bars += h.Delivered
	}
	if o.DeliveredToday != 1284 || bars != o.DeliveredToday {
		t.Errorf("delivered today %d, in bars %d, want 1284 both", o.DeliveredToday, bars)
	}
	page, err := s.Activity(t.Context(), control.ActivityQuery{})
	if err != nil {
		t.Fatal(err)
	}
	want := control.Counts{All: 1298, Failed: o.Failed, Waiting: o.Waiting, Delivered: o.DeliveredToday}
	if page.Counts != want {
		t.Errorf("counts %+v, want %+v", page.Counts, want)
	}
}

func TestActivityPages(t *testing.T) {
	s := Office()
	seen := map[core.DeliveryKey]bool{}
	q := control.ActivityQuery{Limit: 500}
	for {
		page, err := s.Activity(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			seen[row.Key] = true
		}
		if page.Next.IsZero() {
			break
		}
		q.Before = page.Next
	}
	if len(seen) != 1298 {
		t.Errorf("saw %d rows, want 1298", len(seen))
	}
}

func TestSaveRefusesAnOldRevision(t *testing.T) {
	s := Office()
	v, err := s.Webhook(t.Context(), "staff")
	if err != nil {
		t.Fatal(err)
	}
	v.Webhook.Name = "Staff list"
	d := control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}
	if _, err = s.SaveWebhook(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err = s.SaveWebhook(t.Context(), d); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("second save with the same revision: %v, want a conflict", err)
	}
}
