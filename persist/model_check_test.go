package persist

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

// check compares all that can be read.
func (m *machine) check(t *rapid.T) {
	m.checkLog(t)
	m.checkHistory(t)
	m.checkRetries(t)
	hours, err := m.store.Hours(noon.Add(-time.Hour), noon.AddDate(1, 0, 0))
	same(t, "hours", slices.SortedFunc(maps.Values(m.hours), func(a, b core.HourCount) int {
		return cmp.Or(a.Hour.Compare(b.Hour), cmp.Compare(a.Webhook, b.Webhook))
	}), hours, err)
	marks := map[string]string{}
	err = m.store.Marks("files", "", func(key string, value []byte) error {
		marks[key] = string(value)
		return nil
	})
	same(t, "marks", m.marks, marks, err)
}

// same compares what the model and the store hold; nil and empty are one.
func same[T any](t *rapid.T, what string, want, got T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if diff := gocmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func (m *machine) checkLog(t *rapid.T) {
	snapshot, err := m.store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	seqs := slices.Sorted(maps.Keys(m.events))
	first := uint64(0)
	if len(seqs) > 0 {
		first = seqs[0]
	}
	if snapshot.Head != m.head || snapshot.First != first || !snapshot.HeadTime.Equal(m.headTime) || len(snapshot.Problems) > 0 {
		t.Fatalf("head %d at %v, first %d, %v; want %d at %v, %d",
			snapshot.Head, snapshot.HeadTime, snapshot.First, snapshot.Problems, m.head, m.headTime, first)
	}
	if len(snapshot.Webhooks) != len(m.webhooks) {
		t.Fatalf("%d webhooks, want %d", len(snapshot.Webhooks), len(m.webhooks))
	}
	for _, row := range snapshot.Webhooks {
		if diff := gocmp.Diff(m.webhooks[row.Webhook.ID], row, gocmp.AllowUnexported(core.Secret{})); diff != "" {
			t.Fatalf("webhook (-want +got):\n%s", diff)
		}
	}
	events, err := m.store.Events(0, 1<<20, 1<<30)
	if err != nil || len(events) != len(seqs) {
		t.Fatalf("%d events, %v; want %d", len(events), err, len(seqs))
	}
	for _, e := range events {
		if diff := gocmp.Diff(m.events[e.Seq], e); diff != "" {
			t.Fatalf("event (-want +got):\n%s", diff)
		}
	}
}

func (m *machine) checkHistory(t *rapid.T) {
	want := m.deliveries()
	slices.SortFunc(want, func(a, b delivery) int {
		return slices.Compare(m.rows[b].key(b).Bytes(), m.rows[a].key(a).Bytes())
	})
	var got []core.Delivery
	q := core.DeliveryQuery{
		Limit: rapid.IntRange(1, 5).Draw(t, "page"),
		State: rapid.SampledFrom([]core.DeliveryState{"", "", core.Delivered, core.Waiting, core.Failed, core.Replaced}).Draw(t, "of state"),
	}
	want = slices.DeleteFunc(want, func(d delivery) bool { return q.State != "" && m.rows[d].state != q.State })
	for {
		page, err := m.store.Deliveries(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Rows...)
		if q.Before = page.Next; q.Before.IsZero() {
			break
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i, d := range want {
		row, g := m.rows[d], got[i]
		if g.Key != row.key(d) || g.State != row.state || g.Tries != row.tries || len(g.Attempts) != row.kept || !g.Next.Equal(dueOf(row)) || (g.Event != nil) != (m.events[d.seq] != nil) {
			t.Fatalf("row %+v, want %v %+v", g, d, row)
		}
	}
}

// dueOf is when a row is tried again, zero if it does not wait.
func dueOf(row *modelRow) time.Time {
	if row.state != core.Waiting {
		return time.Time{}
	}
	return row.due
}

func (m *machine) checkRetries(t *rapid.T) {
	for num := uint32(1); num <= m.lastNum; num++ {
		var want []core.Retry
		for d, row := range m.rows {
			if d.num == num && row.state == core.Waiting {
				r := core.Retry{
					RetryPlace: core.RetryPlace{Due: row.due.UnixMilli(), Seq: d.seq},
					Key:        row.key(d), Tries: row.since, First: row.first, Group: row.group,
				}
				if row.since > 0 {
					r.LastDelay = row.due.Sub(row.last)
				}
				want = append(want, r)
			}
		}
		slices.SortFunc(want, func(a, b core.Retry) int {
			return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Seq, b.Seq))
		})
		var got []core.Retry
		for after := (core.RetryPlace{}); ; after = got[len(got)-1].RetryPlace {
			page, err := m.store.Retries(num, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			got = append(got, page...)
		}
		same(t, "retries", want, got, nil)
	}
}
