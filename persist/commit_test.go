package persist

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"hookbird/core"
)

// TestPagesWrittenByACommit holds what makes the store fast: how many pages a
// commit of 64 new events and 64 first tries that delivered writes once there
// are many of both. The count has no noise, does not grow with what waits, and
// grows with the webhooks by their rows of the history alone.
func TestPagesWrittenByACommit(t *testing.T) {
	for name, c := range map[string]struct {
		load  commitLoad
		limit float64
	}{
		"one webhook":                  {commitLoad{waiting: 6400, webhooks: 1, tried: 1}, 27},
		"one, and four times waiting":  {commitLoad{waiting: 26000, webhooks: 1, tried: 1}, 27},
		"ten webhooks, one was tried":  {commitLoad{waiting: 6400, webhooks: 10, tried: 1}, 28},
		"ten webhooks, none was tried": {commitLoad{waiting: 6400, webhooks: 10}, 19},
	} {
		s := mustOpen(t, t.TempDir())
		s.db.NoSync = true
		c.load.begin(t, s)
		const measured = 50
		before := s.db.Stats().TxStats
		for range measured {
			c.load.commit(t, s)
		}
		after := s.db.Stats().TxStats
		pages := float64(after.GetWrite()-before.GetWrite()) / measured
		t.Logf("%s: %.1f pages a commit", name, pages)
		if pages > c.limit {
			t.Errorf("%s: %.1f pages are written by a commit, want at most %v", name, pages, c.limit)
		}
	}
}

// TestFirstDeliveryReadsNothing holds that a delivery that succeeds at once
// leaves nothing but its row.
func TestFirstDeliveryReadsNothing(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 50)})
	mustCommit(t, s, &core.Batch{Results: []core.Result{try(num, 1, 0, core.Delivered)}})
	before := s.db.Stats().TxStats
	var b core.Batch
	for seq := uint64(2); seq <= 50; seq++ {
		b.Results = append(b.Results, try(num, seq, time.Minute, core.Delivered))
	}
	mustCommit(t, s, &b)
	after := s.db.Stats().TxStats
	// One cursor a Put; and one Get and one Put for the hour and for the count of rows.
	if got, want := after.GetCursorCount()-before.GetCursorCount(), int64(len(b.Results)+4+2*4); got > want+4 {
		t.Errorf("%d cursors were made for %d rows", got, len(b.Results))
	}
	for _, name := range [][]byte{bucketRefs, bucketRetries} {
		if n := entries(t, s, name); n != 0 {
			t.Errorf("%d entries in %s, want none", n, name)
		}
	}
}

// entries counts what is in a bucket.
func entries(t testing.TB, s *Store, bucket []byte) (n int) {
	t.Helper()
	err := s.view(func(tx *bbolt.Tx) error {
		n = tx.Bucket(bucket).Stats().KeyN
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFailedBatchWritesNothing(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	b := &core.Batch{
		Events:  newEvents(1, 5),
		Marks:   []core.Mark{{Source: "files", Key: "offset", Value: []byte("5")}},
		Results: []core.Result{try(num, 1, 0, core.Waiting)},
		Lanes:   []core.LaneRow{{Webhook: num, Lane: core.Lane{Next: 6}}},
		Config: []core.Change{
			{Webhook: newWebhook("mail"), Now: noon},
			{DropWebhook: "nobody", Now: noon},
		},
	}
	if err := s.Commit(b); core.CodeOf(err) != core.CodeNotFound {
		t.Fatalf("Commit: %v, want CodeNotFound", err)
	}
	if b.Config[0].Row != nil {
		t.Error("a row was handed out for what is not on disk")
	}
	got := mustLoad(t, s)
	if got.Head != 0 || len(got.Webhooks) != 1 || got.Webhooks[0].Lane.Next != 1 {
		t.Errorf("snapshot = %+v, want nothing of the batch", got)
	}
	if _, ok, err := s.Mark("files", "offset"); ok || err != nil {
		t.Errorf("Mark: %v, %v; want none", ok, err)
	}
	if n := entries(t, s, bucketHistory) + entries(t, s, bucketRetries) + entries(t, s, bucketHours); n != 0 {
		t.Errorf("%d entries are left of the batch", n)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 5)}) // the seqs are still free
}

// TestFullQuota is the full disk of systems where a test cannot mount one.
func TestFullQuota(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	s.db.NoSync = true
	s.db.AllocSize, s.db.MaxSize = 1<<16, 18<<20 // the file begins with 16 MiB
	head := uint64(0)
	var full error
	for full == nil {
		events := newEvents(head+1, head+1000)
		for _, e := range events {
			e.Data = make([]byte, 1000)
		}
		if full = s.Commit(&core.Batch{Events: events}); full == nil {
			head += 1000
		}
	}
	if core.CodeOf(full) != core.CodeUnavailable || !strings.Contains(core.Sentence(full), "full") {
		t.Errorf("Commit: %v, want CodeUnavailable and a sentence about a full disk", full)
	}
	if got := mustLoad(t, s); got.Head != head {
		t.Errorf("head = %d, want %d", got.Head, head)
	}
	s.db.MaxSize = 0
	mustCommit(t, s, &core.Batch{Events: newEvents(head+1, head+1000)})
	checkTree(t, s)
}

// TestTwoTriesInOneMillisecond is about a row that would have to move to the key
// that it has.
func TestTwoTriesInOneMillisecond(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 2)})
	first := try(num, 1, 0, core.Waiting)
	first.Due = noon
	for name, batches := range map[string][]*core.Batch{
		"in two commits": {{Results: []core.Result{first}}, {Results: []core.Result{again(first, 0, core.Waiting)}}},
		"in one commit":  {{Results: []core.Result{again(first, 0, core.Waiting), again(again(first, 0, core.Waiting), 0, core.Failed)}}},
	} {
		for _, b := range batches {
			mustCommit(t, s, b)
		}
		rows := deliveries(t, s, core.DeliveryQuery{})
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows, want 1", name, len(rows))
		}
		retries, err := s.Retries(num, core.RetryPlace{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		if waits := rows[0].State == core.Waiting; waits != (len(retries) == 1) || len(retries) > 1 {
			t.Errorf("%s: %s with %d retries", name, rows[0].State, len(retries))
		}
		if len(rows[0].Attempts) != rows[0].Tries {
			t.Errorf("%s: %d tries, %d kept", name, rows[0].Tries, len(rows[0].Attempts))
		}
	}
	// Another event and another webhook in the same millisecond have their own rows.
	other := addWebhook(t, s, newWebhook("mail")).Num
	mustCommit(t, s, &core.Batch{Results: []core.Result{
		try(num, 2, 0, core.Delivered), try(other, 1, 0, core.Delivered), try(other, 2, 0, core.Failed),
	}})
	if rows := deliveries(t, s, core.DeliveryQuery{}); len(rows) != 4 {
		t.Errorf("%d rows, want 4", len(rows))
	}
}

// TestFirstTryTwice is about a delivery that is handed out a second time as if it
// was new: it keeps one row and one retry.
func TestFirstTryTwice(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1)})
	mustCommit(t, s, &core.Batch{Results: []core.Result{try(num, 1, 0, core.Waiting)}})
	mustCommit(t, s, &core.Batch{Results: []core.Result{try(num, 1, time.Second, core.Waiting)}})
	if rows := deliveries(t, s, core.DeliveryQuery{}); len(rows) != 1 || rows[0].Tries != 2 {
		t.Errorf("rows = %+v, want one of two tries", rows)
	}
	if n := entries(t, s, bucketRetries); n != 1 {
		t.Errorf("%d retries, want 1", n)
	}
}

func TestOnlyTheLastTriesAreKept(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1)})
	last := try(num, 1, 0, core.Waiting)
	mustCommit(t, s, &core.Batch{Results: []core.Result{last}})
	for n := range core.MaxAttempts + 4 {
		last = again(last, time.Duration(n+1)*time.Minute, core.Waiting)
		last.Attempt.Answer = fmt.Sprint("answer ", n)
		if n == 3 {
			last.Attempt.Cause = core.CauseStop // does not count
		}
		mustCommit(t, s, &core.Batch{Results: []core.Result{last}})
	}
	d := deliveries(t, s, core.DeliveryQuery{})[0]
	if d.Tries != core.MaxAttempts+4 || len(d.Attempts) != core.MaxAttempts {
		t.Errorf("%d tries, %d kept", d.Tries, len(d.Attempts))
	}
	if got := d.Attempts[core.MaxAttempts-1]; !got.At.Equal(last.Attempt.At) || got.Answer != last.Attempt.Answer {
		t.Errorf("last try = %+v, want %+v", got, last.Attempt)
	}
}

// TestEndedWithoutATry is about what a person says of a message, and about one
// whose place a newer one takes.
func TestEndedWithoutATry(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	unsure, waits := try(num, 1, 0, core.Failed), try(num, 2, time.Second, core.Waiting)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 3), Results: []core.Result{unsure, waits}})
	said := noon.Add(2 * time.Hour)
	ends := []core.Result{
		{Webhook: num, Seq: 1, Prev: keyOf(&unsure), State: core.Delivered, Due: said},
		{Webhook: num, Seq: 2, Prev: keyOf(&waits), PrevDue: waits.Due.UnixMilli(), State: core.Replaced, Due: said},
		{Webhook: num, Seq: 3, Revision: 1, State: core.Replaced, Due: said},
	}
	for range 2 { // said again, it changes nothing
		mustCommit(t, s, &core.Batch{Results: ends[:2]})
	}
	mustCommit(t, s, &core.Batch{Results: ends[2:]})

	rows := deliveries(t, s, core.DeliveryQuery{})
	if len(rows) != 3 {
		t.Fatalf("%d rows, want 3", len(rows))
	}
	never, replaced, arrived := rows[0], rows[1], rows[2]
	if arrived.Key != keyOf(&unsure) || arrived.State != core.Delivered || len(arrived.Attempts) != 1 || arrived.Tries != 1 {
		t.Errorf("row = %+v, want it delivered where it stood, with its one try", arrived)
	}
	if replaced.Key != keyOf(&waits) || replaced.State != core.Replaced || len(replaced.Attempts) != 1 || !replaced.Next.IsZero() {
		t.Errorf("row = %+v, want it replaced where it stood, with its one try", replaced)
	}
	if never.Key.Last != said.UnixMilli() || never.State != core.Replaced || never.Attempts != nil || never.Tries != 0 || never.Event == nil {
		t.Errorf("row = %+v, want a replaced one of no try with its record", never)
	}
	if n := entries(t, s, bucketRetries) + entries(t, s, bucketRefs); n != 0 {
		t.Errorf("%d retries and refs, want none", n)
	}
	hours, err := s.Hours(noon, noon.Add(9*time.Hour))
	want := []core.HourCount{{Hour: noon, Webhook: num, Failed: 1}, {Hour: said, Webhook: num, Delivered: 1}}
	if diff := cmp.Diff(want, hours); diff != "" || err != nil {
		t.Errorf("Hours: %v (-want +got):\n%s", err, diff)
	}
	if got := deliveries(t, s, core.DeliveryQuery{States: []core.DeliveryState{core.Replaced}}); len(got) != 2 {
		t.Errorf("%d replaced rows are found, want 2", len(got))
	}
	if _, _, err := trimOld(s, noon.Add(24*time.Hour), 100); err != nil {
		t.Fatal(err)
	}
	if n := entries(t, s, bucketHistory) + entries(t, s, bucketEvents); n != 0 {
		t.Errorf("%d rows and events are kept, want none", n)
	}
}

// TestEndedTooLate is about a row that went meanwhile, and about the time of an
// end that nobody told.
func TestEndedTooLate(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	done := try(num, 1, 0, core.Delivered)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 2), Results: []core.Result{done}})
	if _, _, err := trimOld(s, noon.Add(time.Hour), 0); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Results: []core.Result{{Webhook: num, Seq: 1, Prev: keyOf(&done), State: core.Replaced}}})
	if rows := deliveries(t, s, core.DeliveryQuery{}); len(rows) != 0 {
		t.Errorf("rows = %+v, want none", rows)
	}
	before := time.Now().Truncate(time.Millisecond)
	mustCommit(t, s, &core.Batch{Results: []core.Result{{Webhook: num, Seq: 2, State: core.Replaced}}})
	rows := deliveries(t, s, core.DeliveryQuery{})
	if len(rows) != 1 || rows[0].Key.Last < before.UnixMilli() || rows[0].Key.Last > time.Now().UnixMilli() {
		t.Errorf("rows = %+v, want one of now", rows)
	}
}

// TestLanesComeBackAsTheyWere fills every part of a lane, whatever parts it has.
func TestLanesComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	num := addWebhook(t, s, newWebhook("crm")).Num
	var want core.Lane
	fill(t, reflect.ValueOf(&want).Elem(), 1)
	if len(want.Sent) == 0 || want.Answers == "" || want.Health.Since.IsZero() {
		t.Fatalf("lane = %+v, want it filled", want)
	}
	mustCommit(t, s, &core.Batch{Lanes: []core.LaneRow{{Webhook: num, Lane: want}}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	if diff := cmp.Diff(want, mustLoad(t, s).Webhooks[0].Lane); diff != "" {
		t.Errorf("lane (-want +got):\n%s", diff)
	}
}

// fill sets all of a value to what is not zero.
func fill(t *testing.T, v reflect.Value, n int) {
	t.Helper()
	if _, ok := v.Interface().(time.Time); ok {
		v.Set(reflect.ValueOf(noon.Add(time.Duration(n) * time.Second)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(n))
	case reflect.Uint, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), n+i)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), n+i)
		}
	default:
		t.Fatalf("a %s cannot be filled", v.Type())
	}
}

func TestTestsCountNowhere(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	e := newEvent(0)
	e.Seq = testBit | 7
	r := try(num, e.Seq, 0, core.Failed)
	r.Test, r.Event = true, e
	mustCommit(t, s, &core.Batch{Results: []core.Result{r}})
	rows := deliveries(t, s, core.DeliveryQuery{})
	if len(rows) != 1 || !rows[0].Test || rows[0].State != core.Failed {
		t.Fatalf("rows = %+v, want one of a test", rows)
	}
	if diff := cmp.Diff(e, rows[0].Event); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if n := entries(t, s, bucketHours) + entries(t, s, bucketRefs); n != 0 {
		t.Errorf("%d counts and refs, want none", n)
	}
	mustCommit(t, s, &core.Batch{Results: []core.Result{{Webhook: num, Seq: e.Seq, Prev: rows[0].Key, State: core.Waiting, Due: noon}}})
	if got := deliveries(t, s, core.DeliveryQuery{}); got[0].State != core.Failed {
		t.Error("a test can be sent again")
	}
	if _, _, err := trimOld(s, noon.Add(time.Hour), 0); err != nil {
		t.Fatal(err)
	}
	if got := deliveries(t, s, core.DeliveryQuery{}); len(got) != 0 {
		t.Error("an old test is kept")
	}
}

func TestSourcesCountTheirEvents(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	src := &core.Source{ID: "files", Kind: core.KindFolder, Name: "Supporters", Folder: &core.FolderSource{Path: "/in"}}
	b := &core.Batch{Config: []core.Change{{Source: src, Now: noon}}}
	mustCommit(t, s, b)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 3)})
	mustCommit(t, s, &core.Batch{Events: newEvents(4, 5)})
	mustCommit(t, s, &core.Batch{Config: []core.Change{{Source: src, Now: noon.Add(time.Hour)}}})
	want := []core.SourceRow{{Source: src, Revision: 2, Changed: noon.Add(time.Hour), Last: newEvent(5).Time, Events: 5}}
	if diff := cmp.Diff(want, mustLoad(t, s).Sources, cmp.AllowUnexported(core.Secret{})); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

func TestMarks(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	if err := s.Commit(&core.Batch{Config: []core.Change{{DropSource: "files"}}}); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("DropSource: %v, want CodeNotFound", err)
	}
	b := &core.Batch{Config: []core.Change{{Source: &core.Source{ID: "files"}, Now: noon}}}
	for i := range 3*markPage/2 + 1 {
		b.Marks = append(b.Marks, core.Mark{Source: "files", Key: fmt.Sprintf("seen/%05d", i), Value: fmt.Append(nil, i)})
	}
	b.Marks = append(b.Marks,
		core.Mark{Source: "files", Key: "other", Value: []byte{}},
		core.Mark{Source: "files2", Key: "seen/1", Value: []byte("not ours")})
	mustCommit(t, s, b)

	n := 0
	err := s.Marks("files", "seen/", func(key string, value []byte) error {
		if want := fmt.Sprintf("seen/%05d", n); key != want || string(value) != fmt.Sprint(n) {
			t.Fatalf("mark %d is %q = %q", n, key, value)
		}
		n++
		// Nothing is held: the visitor may write.
		if n%500 == 0 {
			mustCommit(t, s, &core.Batch{Events: newEvents(uint64(n), uint64(n))})
		}
		return nil
	})
	if err != nil || n != 3*markPage/2+1 {
		t.Errorf("%d marks, %v", n, err)
	}
	stop := errors.New("enough")
	if err := s.Marks("files", "", func(string, []byte) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Marks: %v, want the visitor's error", err)
	}
	if value, ok, err := s.Mark("files", "other"); !ok || len(value) != 0 || err != nil {
		t.Errorf("Mark of nothing = %q, %v, %v", value, ok, err)
	}
	mustCommit(t, s, &core.Batch{Config: []core.Change{{DropSource: "files"}}})
	trimEverything(t, s)
	if n := entries(t, s, bucketMarks); n != 1 {
		t.Errorf("%d marks after the source went, want the other source's", n)
	}
}
