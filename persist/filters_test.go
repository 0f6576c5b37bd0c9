package persist

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// TestFiltersCombine asks for what lies further inside of rows than the model looks.
func TestFiltersCombine(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	b := &core.Batch{Events: newEvents(1, 9)}
	for i, e := range b.Events {
		e.Type = []string{"member.joined", "member.left", "order.paid"}[i%3]
		e.Source = []string{"files", "till"}[i%2]
		e.Title = "Person"
	}
	b.Events[3].Title, b.Events[4].Data = "Zoë Müller", []byte(`{"name":"J\u00fcrgen"}`)
	for seq := uint64(1); seq <= 8; seq++ {
		b.Results = append(b.Results, try(num, seq, time.Duration(seq)*time.Second, core.Delivered))
	}
	waits := try(num, 9, 9*time.Second, core.Waiting)
	waits.Attempt.Answer = "Too BUSY now"
	test := try(num, testBit|5, 10*time.Second, core.Delivered)
	test.Test, test.Event = true, &core.Event{Seq: testBit | 5, Type: "member.joined", Source: "till", Title: "Ada Test", Data: []byte(`{}`)}
	b.Results = append(b.Results, waits, test)
	mustCommit(t, s, b)
	last := again(waits, time.Minute, core.Failed)
	last.Attempt.Answer, last.Attempt.Code, last.Attempt.Cause = "gone", 410, core.CauseGone
	mustCommit(t, s, &core.Batch{Results: []core.Result{last}})
	correct(t, s, keyOf(&last), "Corrected Person")

	for name, tt := range map[string]struct {
		q    core.DeliveryQuery
		want []uint64
	}{
		"types":              {core.DeliveryQuery{Types: []string{"member.left", "order.*"}, Sources: []string{"till"}}, []uint64{8, 6, 2}},
		"types that begin":   {core.DeliveryQuery{Types: []string{"member.*"}, Tests: core.WithoutTests, States: []core.DeliveryState{core.Delivered}}, []uint64{8, 7, 5, 4, 2, 1}},
		"tests alone":        {core.DeliveryQuery{Tests: core.OnlyTests, Types: []string{"member.joined"}}, []uint64{testBit | 5}},
		"title":              {core.DeliveryQuery{Text: "MÜLLER"}, []uint64{4}},
		"escaped":            {core.DeliveryQuery{Text: "jürgen", Sources: []string{"files"}}, []uint64{5}},
		"answer of the last": {core.DeliveryQuery{Text: "GONE", Code: 410}, []uint64{9}},
		"answer before":      {core.DeliveryQuery{Text: "too busy"}, []uint64{9}},
		"corrected":          {core.DeliveryQuery{Text: "corrected person"}, []uint64{9}},
		"as it came":         {core.DeliveryQuery{Text: "s9@example", Causes: []core.Cause{core.CauseGone}}, []uint64{9}},
		"another cause":      {core.DeliveryQuery{Text: "corrected person", Causes: []core.Cause{core.CauseKey}}, nil},
		"until":              {core.DeliveryQuery{Until: noon.Add(3 * time.Second), Text: "person"}, []uint64{2, 1}},
		"a group":            {core.DeliveryQuery{Group: &core.FailureKey{Webhook: num, Cause: core.CauseGone, Code: 410}, Types: []string{"order.paid"}}, []uint64{9}},
		"another group":      {core.DeliveryQuery{Group: &core.FailureKey{Webhook: num, Cause: core.CauseGone, Code: 404}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, look := range []int{0, 1, 4} {
				tt.q.Look, tt.q.Before = look, core.DeliveryKey{}
				seqs, looked := walked(t, s, tt.q)
				if !slices.Equal(seqs, tt.want) || looked > 10 {
					t.Errorf("look %d: %v of %d rows, want %v", look, seqs, looked, tt.want)
				}
			}
		})
	}

	if d, err := s.Delivery(keyOf(&last)); err != nil || d.Event.Title != "Corrected Person" || d.Logged == nil || d.Logged.Title != "Person" || len(d.Attempts) != 2 {
		t.Errorf("row %+v, %v", d, err)
	}
	stripOld(t, s)
	if seqs, _ := walked(t, s, core.DeliveryQuery{Text: "Müller"}); seqs != nil {
		t.Errorf("what is bare was found by a text: %v", seqs)
	}
	if seqs, _ := walked(t, s, core.DeliveryQuery{Causes: []core.Cause{core.CauseNone}, Tests: core.WithoutTests}); len(seqs) != 8 {
		t.Errorf("%v are found by their cause", seqs)
	}
}

// correct gives a row a record of its own.
func correct(t *testing.T, s *Store, key core.DeliveryKey, title string) {
	t.Helper()
	row, err := codec.UnmarshalRow(get(t, s, bucketHistory, key.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	row.Event = newEvent(key.Seq)
	row.Event.Title, row.Event.Type, row.Event.Data = title, "order.paid", []byte(`{"first":"Grace"}`)
	set(t, s, bucketHistory, key.Bytes(), codec.MarshalRow(row))
}

// walked gives the rows of a query, page after page, and how many were looked at.
func walked(t *testing.T, s *Store, q core.DeliveryQuery) (seqs []uint64, looked uint64) {
	t.Helper()
	for {
		page, err := s.Deliveries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Rows {
			seqs = append(seqs, d.Key.Seq)
		}
		looked += page.Looked
		if q.Before = page.Next; q.Before.IsZero() {
			return seqs, looked
		}
	}
}

// The bytes of what is bare hold nothing of the record or the answer.
func TestBareRowsHoldNoContent(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	num := addWebhook(t, s, newWebhook("crm")).Num
	r := try(num, 1, time.Second, core.Delivered)
	r.Attempt.Answer, r.Attempt.Detail, r.Attempt.Header = "your id is Ada-7", "said Ada", []string{"X-Who: Ada"}
	test := try(num, testBit|5, 2*time.Second, core.Failed)
	test.Test, test.Event = true, newEvent(testBit|5)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 1), Results: []core.Result{r, test}})
	stripOld(t, s)
	for _, key := range []core.DeliveryKey{keyOf(&r), {Last: keyOf(&test).Last, Seq: testBit | 5, Webhook: num}} {
		value := get(t, s, bucketHistory, key.Bytes())
		if value == nil || strings.Contains(string(value), "Ada") || len(value) > 60 {
			t.Errorf("row %v is %q", key, value)
		}
		d, err := s.Delivery(key)
		if err != nil || !d.Bare || d.Event != nil || d.Tries != 1 || len(d.Attempts) != 1 || d.Attempts[0].Code == 0 {
			t.Errorf("row %+v, %v", d, err)
		}
	}
}

// stripOld takes the content out of all that is finished.
func stripOld(t *testing.T, s *Store) {
	t.Helper()
	for more := true; more; {
		done, err := s.Trim(core.Kept{Content: noon.Add(time.Hour), Unfinished: noon.Add(-time.Hour)}, 100)
		if err != nil {
			t.Fatal(err)
		}
		more = done.More
	}
}

// get gives a copy of what is stored under a key, nil if nothing is.
func get(t *testing.T, s *Store, bucket, key []byte) (value []byte) {
	t.Helper()
	if err := s.db.View(func(tx *bbolt.Tx) error {
		value = bytes.Clone(tx.Bucket(bucket).Get(key))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return value
}

func set(t *testing.T, s *Store, bucket, key, value []byte) {
	t.Helper()
	if err := s.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucket).Put(key, value) }); err != nil {
		t.Fatal(err)
	}
}
