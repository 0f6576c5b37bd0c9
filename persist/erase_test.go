package persist

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

// TestEraseKeepsTheBooks erases any records of any store: what is not theirs stays
// byte for byte, and counts and groups are what a count anew gives.
func TestEraseKeepsTheBooks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := Open(t.Context(), newDir(rt), Options{Keyring: noKeyring})
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		s.db.NoSync = true
		num := addWebhook(t, s, newWebhook("crm")).Num
		mustCommit(t, s, &core.Batch{Events: newEvents(1, 20)})
		states := []core.DeliveryState{core.Delivered, core.Waiting, core.Failed}
		for seq := range uint64(12) {
			r := try(num, seq+1, time.Duration(seq)*time.Second, rapid.SampledFrom(states).Draw(rt, "state"))
			r.Attempt.Answer = "hello " + fmt.Sprint(seq)
			mustCommit(t, s, &core.Batch{Results: []core.Result{r}})
		}
		gone := map[uint64]bool{}
		e := &core.Erasure{}
		for _, seq := range rapid.SliceOfDistinct(rapid.Uint64Range(1, 20), rapid.ID).Draw(rt, "gone") {
			gone[seq] = true
			e.Events = append(e.Events, seq)
		}
		before := deliveries(t, s, core.DeliveryQuery{Limit: 100})
		for _, d := range before {
			if gone[d.Key.Seq] {
				e.Rows = append(e.Rows, d.Key)
			}
		}
		mustCommit(t, s, &core.Batch{Erase: e})

		left, err := s.Events(1, 100, 1<<30)
		if err != nil || len(left) != 20-len(gone) {
			rt.Fatalf("%d records, %v, want %d", len(left), err, 20-len(gone))
		}
		kept := slices.DeleteFunc(before, func(d core.Delivery) bool { return gone[d.Key.Seq] })
		if got := deliveries(t, s, core.DeliveryQuery{Limit: 100}); fmt.Sprint(rowKeys(got)) != fmt.Sprint(rowKeys(kept)) {
			rt.Fatalf("rows %v, want %v", rowKeys(got), rowKeys(kept))
		}
		retries, err := s.Retries(num, core.RetryPlace{}, 100)
		for _, r := range retries {
			if gone[r.Seq] || err != nil {
				rt.Fatalf("retry of %d is left, %v", r.Seq, err)
			}
		}
		want := map[core.DeliveryState]uint64{}
		for _, d := range kept {
			want[d.State]++
		}
		tallies, err := s.Tallies()
		if err != nil || len(kept) > 0 && fmt.Sprint(tallies[0].States) != fmt.Sprint(want) {
			rt.Fatalf("tallies %v, %v, want %v", tallies, err, want)
		}
		var failed uint64
		groups, err := s.Failures()
		for _, g := range groups {
			failed += g.Count
		}
		if err != nil || failed != want[core.Failed] {
			rt.Fatalf("%d in groups, %v, want %d", failed, err, want[core.Failed])
		}
		if list, err := s.Standing(e.Events); len(list) != 0 || err != nil {
			rt.Fatalf("standing %v, %v", list, err)
		}
		checkTree(t, s)
	})
}

func rowKeys(list []core.Delivery) (keys []core.DeliveryKey) {
	for _, d := range list {
		keys = append(keys, d.Key)
	}
	return keys
}

// TestBlankedRowsKeepTheirTrace blanks what was answered to somebody else's message.
func TestBlankedRowsKeepTheirTrace(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	r := try(num, 1, 0, core.Failed)
	r.Attempt.Answer, r.Attempt.Detail, r.Attempt.Header = "ada@example.org", "ada", []string{"X: ada"}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1), Results: []core.Result{r}})
	mustCommit(t, s, &core.Batch{Erase: &core.Erasure{Blank: []core.DeliveryKey{keyOf(&r)}}})
	d, err := s.Delivery(keyOf(&r))
	if err != nil || d.State != core.Failed || d.Attempts[0].Code != 500 || strings.Contains(fmt.Sprint(d.Attempts), "ada") {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestNewestRecordErased keeps time and numbers going on when the newest record goes.
func TestNewestRecordErased(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 3)})
	at := mustLoad(t, s).HeadTime
	mustCommit(t, s, &core.Batch{Erase: &core.Erasure{Events: []uint64{3}}})
	if got := mustLoad(t, s); got.Head != 3 || !got.HeadTime.Equal(at) || !got.Holes {
		t.Errorf("snapshot %+v, want head 3 at %v", got, at)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(4, 4)})
}

// TestErasedStayErasedAfterARestore brings back a backup of before somebody was
// erased: their records do not come back, not even in the bytes of the file, and what
// came in later about them is kept.
func TestErasedStayErasedAfterARestore(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	num := addWebhook(t, s, newWebhook("crm")).Num
	b := &core.Batch{Events: newEvents(1, 300)}
	for n := range uint64(300) {
		b.Results = append(b.Results, try(num, n+1, time.Duration(n)*time.Second, []core.DeliveryState{core.Delivered, core.Waiting, core.Failed}[n%3]))
	}
	mustCommit(t, s, b)
	path := filepath.Join(t.TempDir(), "a"+BackupExt)
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: path}); err != nil {
		t.Fatal(err)
	}
	when := core.Erased{ID: "1", At: noon.Add(200 * time.Second), Records: 1}
	for _, person := range []string{"s77@example.org", "s78@example.org", "s79@example.org", "s299@example.org"} {
		if err := s.NoteErased(when, []string{person}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Erased(); err != nil || len(got) != 4 || !got[0].At.Equal(when.At) {
		t.Errorf("receipts %+v, %v", got, err)
	}
	if list := readFile(t, filepath.Join(dir, ErasedName)); bytes.Contains(list, []byte("example.org")) {
		t.Error("the list of who was erased names them")
	}
	again := putBack(t, s, path)
	events, err := again.Events(1, 1000, 1<<30)
	if err != nil || len(events) != 297 {
		t.Errorf("%d records, %v, want 297", len(events), err)
	}
	for _, e := range events {
		if e.Seq >= 77 && e.Seq <= 79 {
			t.Errorf("record %d came back", e.Seq)
		}
	}
	if rows := deliveries(t, again, core.DeliveryQuery{Limit: 500}); len(rows) != 200 && len(rows) != 297 {
		t.Errorf("%d messages, want those of 297 records", len(rows))
	}
	for _, seq := range []uint64{77, 78, 79} {
		if list, err := again.Standing([]uint64{seq}); len(list) != 0 || err != nil {
			t.Errorf("record %d: %v, %v", seq, list, err)
		}
	}
	checkTree(t, again)
	if bytes.Contains(readFile(t, filepath.Join(dir, FileName)), []byte("s78@example.org")) {
		t.Error("the bytes are still in the file")
	}
}

// putBack closes a store and opens what a backup makes of it.
func putBack(t *testing.T, s *Store, path string) *Store {
	t.Helper()
	closed(t, s)
	restore(t, s.dir, RestoreWish{Path: path})
	return mustOpen(t, s.dir)
}

// What sources remember of somebody who was erased, and what a target said last, does not
// come back with a backup from before either.
func TestWhatSourcesRememberStaysErasedAfterARestore(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	num := addWebhook(t, s, newWebhook("crm")).Num
	doc := func(email string) []byte {
		data, err := json.Marshal(map[string]any{"Why": "because", "Data": fmt.Appendf(nil, `{"email":%q}`, email)})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	ada, grace := "ada@example.org", "grace@example.org"
	mustCommit(t, s, &core.Batch{
		Marks: []core.Mark{
			{Source: "a", Key: "left:1", Value: doc(ada)},
			{Source: "a", Key: "left:2", Value: doc(grace)},
			{Source: "b", Key: "row:1", Value: []byte(`123456789012{"email":"Ada@example.org"}`)},
			{Source: "b", Key: "row:2", Value: []byte(`1234567890123456{"email":"grace@example.org"}`)},
		},
		Lanes: []core.LaneRow{{Webhook: num, Lane: core.Lane{Health: core.Health{State: core.HealthAttention, Detail: "No: " + ada}}}},
	})
	path := filepath.Join(t.TempDir(), "a"+BackupExt)
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := s.NoteErased(core.Erased{ID: "1", At: time.Now().Add(time.Minute)}, []string{ada}); err != nil {
		t.Fatal(err)
	}
	again := putBack(t, s, path)
	for key, want := range map[[2]string]bool{{"a", "left:1"}: false, {"a", "left:2"}: true, {"b", "row:1"}: false, {"b", "row:2"}: true} {
		if _, ok, err := again.Mark(key[0], key[1]); ok != want || err != nil {
			t.Errorf("%v is there: %t, %v", key, ok, err)
		}
	}
	snap, err := again.Load(t.Context())
	if err != nil || len(snap.Webhooks) != 1 || snap.Webhooks[0].Lane.Health.State != core.HealthAttention || snap.Webhooks[0].Lane.Health.Detail != "" {
		t.Errorf("%+v, %v", snap.Webhooks, err)
	}
	checkTree(t, again)
	if bytes.Contains(bytes.ToLower(readFile(t, filepath.Join(dir, FileName))), []byte(ada)) {
		t.Error("the bytes are still in the file")
	}
}

// TestCopies lists what may hold somebody still, and deletes nothing else.
func TestCopies(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	s := mustOpen(t, dir)
	for _, name := range []string{asidePrefix + "2026-01-02-030405.db", damagedPrefix + "2026-01-02-030405.db", "hookbird-format-1.db", "letter.db"} {
		writeFile(t, filepath.Join(dir, name), []byte("x"))
	}
	path := filepath.Join(folder, BackupName(noon, "abcdef"))
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: path}); err != nil {
		t.Fatal(err)
	}
	if got := s.Copies(folder); len(got) != 4 {
		t.Errorf("copies %+v", got)
	}
	for _, bad := range []string{filepath.Join(dir, "letter.db"), filepath.Join(dir, FileName), "/etc/passwd"} {
		if err := s.DropCopy(bad, folder); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("DropCopy(%s): %v", bad, err)
		}
	}
	if err := s.DropCopy(path, folder); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err == nil || len(s.Copies(folder)) != 3 {
		t.Error("it is still there")
	}
}
