package persist

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"hookbird/core"
)

// historyStore makes a history of n rows, a second apart, of two webhooks.
func historyStore(t *testing.T, n uint64) (s *Store, nums [2]uint32) {
	t.Helper()
	s = mustOpen(t, t.TempDir())
	nums[0], nums[1] = addWebhook(t, s, newWebhook("crm")).Num, addWebhook(t, s, newWebhook("mail")).Num
	b := &core.Batch{Events: newEvents(1, n)}
	for seq := uint64(1); seq <= n; seq++ {
		state := []core.DeliveryState{core.Delivered, core.Delivered, core.Waiting, core.Failed}[seq%4]
		r := try(nums[seq%2], seq, time.Duration(seq)*time.Second, state)
		r.Attempt.Answer = fmt.Sprintf("Answer No. %d", seq)
		b.Results = append(b.Results, r)
	}
	mustCommit(t, s, b)
	return s, nums
}

func TestDeliveriesFilters(t *testing.T) {
	s, nums := historyStore(t, 40)
	for name, c := range map[string]struct {
		query core.DeliveryQuery
		want  []uint64 // seqs, the newest first
	}{
		"newest":            {core.DeliveryQuery{Limit: 3}, []uint64{40, 39, 38}},
		"webhook":           {core.DeliveryQuery{Limit: 3, Webhooks: []uint32{nums[1]}}, []uint64{39, 37, 35}},
		"state":             {core.DeliveryQuery{Limit: 3, States: []core.DeliveryState{core.Failed}}, []uint64{39, 35, 31}},
		"webhook and state": {core.DeliveryQuery{Limit: 2, Webhooks: []uint32{nums[0]}, States: []core.DeliveryState{core.Waiting}}, []uint64{38, 34}},
		"nothing like it":   {core.DeliveryQuery{Webhooks: []uint32{nums[0]}, States: []core.DeliveryState{core.Failed}}, nil},
		"since":             {core.DeliveryQuery{Since: noon.Add(38 * time.Second)}, []uint64{40, 39, 38}},
		"title":             {core.DeliveryQuery{Text: "sUPPORTER 17"}, []uint64{17}},
		"origin":            {core.DeliveryQuery{Text: "row 23"}, []uint64{23}},
		"type":              {core.DeliveryQuery{Text: "Supporter.Created", Limit: 1}, []uint64{40}},
		"data":              {core.DeliveryQuery{Text: "S12@EXAMPLE"}, []uint64{12}},
		"answer":            {core.DeliveryQuery{Text: "no. 31"}, []uint64{31}},
		"text of nothing":   {core.DeliveryQuery{Text: "Zeppelin"}, nil},
	} {
		var got []uint64
		for _, d := range deliveries(t, s, c.query) {
			got = append(got, d.Key.Seq)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestDeliveriesPages goes through more rows than one read looks at.
func TestDeliveriesPages(t *testing.T) {
	const rows = 2*historyView + 100
	s, nums := historyStore(t, rows)
	for name, c := range map[string]struct {
		query core.DeliveryQuery
		want  int
	}{
		"all":     {core.DeliveryQuery{Limit: historyLimit}, rows},
		"too big": {core.DeliveryQuery{Limit: rows}, rows},
		"default": {core.DeliveryQuery{}, rows},
		"few":     {core.DeliveryQuery{Webhooks: []uint32{nums[1]}, States: []core.DeliveryState{core.Failed}, Limit: 500}, rows / 4},
		"rare":    {core.DeliveryQuery{Text: "Answer No. 77", Limit: 3}, 11},
	} {
		q, got, pages := c.query, 0, 0
		last := core.DeliveryKey{Last: 1 << 60}
		for {
			page, err := s.Deliveries(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Rows) > historyLimit {
				t.Fatalf("%s: a page of %d rows", name, len(page.Rows))
			}
			for _, d := range page.Rows {
				if d.Key.Last >= last.Last {
					t.Fatalf("%s: row %v comes after %v", name, d.Key, last)
				}
				last = d.Key
			}
			got += len(page.Rows)
			pages++
			if q.Before = page.Next; q.Before.IsZero() {
				break
			}
		}
		if got != c.want {
			t.Errorf("%s: %d rows on %d pages, want %d", name, got, pages, c.want)
		}
	}
}

func TestDeliveriesStopWhenAsked(t *testing.T) {
	s, _ := historyStore(t, 10)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Deliveries(ctx, core.DeliveryQuery{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Deliveries: %v, want context.Canceled", err)
	}
}

func TestDeliveryWithoutItsEvent(t *testing.T) {
	s, nums := historyStore(t, 8)
	if _, _, err := trimOld(s, newEvent(9).Time, 5); err != nil { // events below 5 that are delivered
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Results: []core.Result{try(nums[0], 4, time.Hour, core.Delivered)}})
	d, err := s.Delivery(core.DeliveryKey{Last: noon.Add(time.Hour).UnixMilli(), Seq: 4, Webhook: nums[0]})
	if err != nil || d.Event != nil || d.Webhook != "crm" {
		t.Errorf("Delivery = %+v, %v; want one without its event", d, err)
	}
	// What has no event cannot be sent again.
	mustCommit(t, s, &core.Batch{Results: []core.Result{{Webhook: nums[0], Seq: 4, Prev: d.Key, State: core.Waiting, Due: noon}}})
	if d, err = s.Delivery(d.Key); err != nil || d.State != core.Delivered {
		t.Errorf("Delivery = %+v, %v; want it delivered still", d, err)
	}
}

func TestTrimSlices(t *testing.T) {
	const n = 3*trimSlice + 8
	s, _ := historyStore(t, n)
	old := noon.Add(24 * time.Hour)
	deleted, calls := 0, 0
	for more := true; more; calls++ {
		var k int
		var err error
		if k, more, err = trimOld(s, old, n+1); err != nil {
			t.Fatal(err)
		}
		if k > 4*trimSlice {
			t.Errorf("%d were deleted at once", k)
		}
		deleted += k
	}
	// Half of the events and of the rows are finished, and each webhook has one
	// hour that was counted.
	if want := n/2 + n/2 + 2; deleted != want || calls < 3 {
		t.Errorf("%d deleted in %d calls, want %d in slices", deleted, calls, want)
	}
	if rows, refs := entries(t, s, bucketHistory), entries(t, s, bucketRefs); rows != n/2 || refs != n/2 {
		t.Errorf("%d rows and %d refs, want %d that are not finished", rows, refs, n/2)
	}
	// A walk over what is kept ends, also where one part of it is longer.
	for _, floor := range []uint64{n + 1, n / 3, 0} {
		calls := 0
		for more := true; more; calls++ {
			var k int
			var err error
			if k, more, err = trimOld(s, old, floor); k != 0 || err != nil || calls > 9 {
				t.Fatalf("Trim again: %d, %v after %d calls; want nothing", k, err, calls)
			}
		}
	}
	checkTree(t, s)
}

// trimOld trims with one clock for everything.
func trimOld(s *Store, before time.Time, floor uint64) (deleted int, more bool, err error) {
	done, err := s.Trim(core.Kept{Content: before, Trace: before, Unfinished: before}, floor)
	return done.Deleted, done.More, err
}
