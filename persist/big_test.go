package persist

import (
	"bytes"
	"testing"
	"time"

	"hookbird/core"
)

const megabyte = 1 << 20

// bigEvent is one of 5 MB.
func bigEvent(seq uint64) *core.Event {
	e := newEvent(seq)
	e.Data = bytes.Repeat([]byte{'a' + byte(seq%26)}, 5*megabyte)
	return e
}

// TestBigEvents keeps events of 5 MB, and reads, finds and trims them without
// holding many of them at once.
func TestBigEvents(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	s.db.NoSync = true
	num := addWebhook(t, s, newWebhook("crm")).Num
	const n = 8
	for seq := uint64(1); seq <= n; seq++ {
		mustCommit(t, s, &core.Batch{
			Events:  []*core.Event{bigEvent(seq)},
			Results: []core.Result{try(num, seq, time.Duration(seq)*time.Second, stateOf(seq))},
		})
	}
	ahead, err := s.Events(1, 100, 12*megabyte)
	if err != nil || len(ahead) != 2 || !bytes.Equal(ahead[1].Data, bigEvent(2).Data) {
		t.Errorf("%d events, %v; want the 2 that 12 MB hold", len(ahead), err)
	}
	if back, err := s.EventsBack(0, 100); err != nil || len(back) != 7 || back[0].Seq != n {
		t.Errorf("%d events back, %v; want the 7 that go over 32 MB", len(back), err)
	}
	checkBigHistory(t, s, n)

	deleted := 0
	for more := true; more; {
		var k int
		if k, more, err = trimOld(s, noon.Add(time.Hour), n+1); err != nil {
			t.Fatal(err)
		}
		deleted += k
	}
	if rows := entries(t, s, bucketEvents); rows != n/2 || deleted != n/2+n/2+1 { // events, rows, and an hour
		t.Errorf("%d events are kept and %d entries deleted, want the %d kept that are not finished", rows, deleted, n/2)
	}
	size := s.Info().Bytes
	for seq := uint64(n + 1); seq <= n+4; seq++ { // the room is used again
		mustCommit(t, s, &core.Batch{Events: []*core.Event{bigEvent(seq)}})
	}
	// A big event needs its room in one piece, and which pieces bbolt takes for smaller
	// things is chance. At least one of the four finds room that was left.
	if grown := s.Info().Bytes - size; grown >= 4*5*megabyte {
		t.Errorf("the file grew by %d bytes", grown)
	}
	checkTree(t, s)
}

// checkBigHistory pages through rows of big events, with and without a search.
func checkBigHistory(t *testing.T, s *Store, n int) {
	t.Helper()
	for text, want := range map[string]int{"": n, "ddd": 1, "zeppelin": 0} {
		got, pages := 0, 0
		for q := (core.DeliveryQuery{Text: text}); ; {
			page, err := s.Deliveries(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			held := 0
			for _, d := range page.Rows {
				held += len(d.Event.Data)
			}
			if held > historyBytes+5*megabyte {
				t.Errorf("a page holds %d bytes", held)
			}
			got, pages = got+len(page.Rows), pages+1
			if q.Before = page.Next; q.Before.IsZero() {
				break
			}
		}
		if got != want || want == n && pages != n/4 {
			t.Errorf("%q: %d rows on %d pages, want %d", text, got, pages, want)
		}
	}
}
