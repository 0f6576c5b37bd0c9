package persist

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/persist/codec"
)

// check compares all that can be read.
func (m *machine) check(t *rapid.T) {
	m.checkLog(t)
	m.checkHistory(t)
	m.checkRetries(t)
	m.checkBooks(t)
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
	q := m.query(t)
	want = slices.DeleteFunc(want, func(d delivery) bool { return !m.asked(q, d) })
	m.checkCount(t, q, want)
	for {
		page, err := m.store.Deliveries(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Rows...)
		if q.Look > 0 && page.Looked > uint64(q.Look) {
			t.Fatalf("looked at %d rows, not at %d", page.Looked, q.Look)
		}
		if q.Before = page.Next; q.Before.IsZero() {
			break
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i, d := range want {
		row, g := m.rows[d], got[i]
		if g.Key != row.key(d) || g.State != row.state || g.Tries != row.tries || len(g.Attempts) != keptOf(row, q) || !g.Next.Equal(dueOf(row)) || g.Bare != row.bare || (g.Event != nil) != (m.events[d.seq] != nil && !row.bare) {
			t.Fatalf("row %+v, want %v %+v", g, d, row)
		}
	}
}

// keptOf is how many tries a row of a page tells of.
func keptOf(row *modelRow, q core.DeliveryQuery) int {
	if q.Brief {
		return min(row.kept, 1)
	}
	return row.kept
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

// query makes up what to ask the history for.
func (m *machine) query(t *rapid.T) core.DeliveryQuery {
	q := core.DeliveryQuery{
		Limit: rapid.IntRange(1, 5).Draw(t, "page"),
		Look:  rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "look"),
		Brief: rapid.Bool().Draw(t, "brief"),
	}
	every := []core.DeliveryState{core.Delivered, core.Waiting, core.Failed, core.Replaced, core.Removed}
	if rapid.Bool().Draw(t, "of states") {
		q.States = rapid.SliceOfN(rapid.SampledFrom(every), 1, 3).Draw(t, "states")
	}
	if rapid.IntRange(0, 3).Draw(t, "of webhooks") == 0 {
		q.Webhooks = rapid.SliceOfN(rapid.Uint32Range(1, m.lastNum+1), 1, 2).Draw(t, "webhooks")
	}
	if rapid.IntRange(0, 3).Draw(t, "of a time") == 0 {
		q.Since = noon.Add(time.Duration(rapid.Int64Range(0, int64(m.clock)).Draw(t, "since")))
		q.Until = noon.Add(time.Duration(rapid.Int64Range(0, int64(m.clock)+1).Draw(t, "until")))
	}
	if rapid.IntRange(0, 3).Draw(t, "of causes") == 0 {
		q.Causes = rapid.SliceOfN(rapid.SampledFrom(someCauses), 1, 2).Draw(t, "causes")
	}
	if groups := m.groups(); len(groups) > 0 && rapid.IntRange(0, 2).Draw(t, "of a group") == 0 {
		group := rapid.SampledFrom(groups).Draw(t, "group").FailureKey
		q.Group = &group
	}
	return q
}

// asked tells whether a query asks for a row.
func (m *machine) asked(q core.DeliveryQuery, d delivery) bool {
	row := m.rows[d]
	return (len(q.States) == 0 || slices.Contains(q.States, row.state)) &&
		(len(q.Webhooks) == 0 || slices.Contains(q.Webhooks, d.num)) &&
		(q.Since.IsZero() || row.last.UnixMilli() >= q.Since.UnixMilli()) &&
		(q.Until.IsZero() || row.last.UnixMilli() < q.Until.UnixMilli()) &&
		(len(q.Causes) == 0 || slices.Contains(q.Causes, row.cause)) &&
		(q.Group == nil || slices.Contains(m.live(), d.num) && row.state == core.Failed && m.group(d) == *q.Group)
}

// checkCount counts what a query asks for.
func (m *machine) checkCount(t *rapid.T, q core.DeliveryQuery, rows []delivery) {
	want, got := map[core.DeliveryState]uint64{}, map[core.DeliveryState]uint64{}
	for _, d := range rows {
		want[m.rows[d].state]++
	}
	for {
		count, err := m.store.CountDeliveries(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		addAll(got, count.States)
		if q.Before = count.Next; q.Before.IsZero() {
			break
		}
	}
	same(t, "count", want, got, nil)
}

func (m *machine) group(d delivery) core.FailureKey {
	return core.FailureKey{Webhook: d.num, Cause: m.rows[d].cause, Code: m.rows[d].code}
}

// groups counts the failures of the webhooks that are there.
func (m *machine) groups() []core.Failure {
	found := map[core.FailureKey]core.Failure{}
	for _, d := range m.deliveries() {
		row := m.rows[d]
		if row.state != core.Failed || !slices.Contains(m.live(), d.num) {
			continue
		}
		g, last := found[m.group(d)], codec.FromMilli(row.last.UnixMilli())
		g.FailureKey = m.group(d)
		if g.Count++; g.Count == 1 || last.Before(g.Since) {
			g.Since = last
		}
		if key := row.key(d); slices.Compare(key.Bytes(), g.Example.Bytes()) > 0 {
			g.Newest, g.Example = last, key
		}
		found[g.FailureKey] = g
	}
	return slices.SortedFunc(maps.Values(found), func(a, b core.Failure) int {
		return bytes.Compare(groupKey(groupCount, a.FailureKey), groupKey(groupCount, b.FailureKey))
	})
}

// checkBooks holds that what is counted in step is what a count of all gives.
func (m *machine) checkBooks(t *rapid.T) {
	groups, err := m.store.Failures()
	same(t, "groups", m.groups(), groups, err)
	want := map[uint32]map[core.DeliveryState]uint64{}
	for d, row := range m.rows {
		num := d.num
		if !slices.Contains(m.live(), num) {
			num = 0
		}
		if want[num] == nil {
			want[num] = map[core.DeliveryState]uint64{}
		}
		want[num][row.state]++
	}
	got := map[uint32]map[core.DeliveryState]uint64{}
	tallies, err := m.store.Tallies()
	for _, tally := range tallies {
		got[tally.Webhook] = tally.States
	}
	same(t, "tallies", want, got, err)
}
