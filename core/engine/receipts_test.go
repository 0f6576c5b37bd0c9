package engine_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/core/source/folder"
)

// filing saves a folder that wants receipts, and puts a file into it. The source is
// paused: the test reads the file in its place.
func (r *rig) filing(change func(*core.Source)) (dir string) {
	r.t.Helper()
	dir = r.t.TempDir()
	r.source(func(s *core.Source) {
		s.Kind, s.Local, s.Paused = core.KindFolder, nil, true
		s.Folder = &core.FolderSource{Path: dir, After: core.AfterMove, Receipt: true}
		if change != nil {
			change(s)
		}
	})
	if err := os.WriteFile(filepath.Join(dir, "members.csv"), []byte("whatever"), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return dir
}

// hand hands in rows of the file, the last of them with the mark of its end.
func (r *rig) hand(run *core.Run, from int, rows []string, read *folder.Filed) {
	r.t.Helper()
	var events []*core.Event
	for i, data := range rows {
		events = append(events, &core.Event{
			ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test",
			Origin: fmt.Sprintf("members.csv, row %d", from+i), Data: []byte(data),
		})
	}
	var marks []core.Mark
	if read != nil {
		value, err := json.Marshal(read)
		if err != nil {
			r.t.Fatal(err)
		}
		marks = []core.Mark{{Source: "test", Key: folder.KeyReceipt + "members.csv", Value: value}}
	}
	if err := r.engine.AcceptRun(context.Background(), run, events, marks); err != nil {
		r.t.Fatal(err)
	}
}

// receipt reads a receipt: what stands in each line but for the time. nil if there is
// none.
func receipt(t *testing.T, path string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		lines = append(lines, strings.Join(row[:len(row)-1], "|"))
	}
	return lines
}

// A receipt is written, and the file moved, once every record of the file is settled
// at every webhook, also over restarts, and tells of each.
func TestReceiptTellsOfEveryRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.target.says = func(q request) string { return fmt.Sprintf(`{"data":{"id":%d}}`, 100+q.list(t)[0]) }
		r.target.answersBy(func(_ int, q request) int {
			switch {
			case strings.Contains(q.body, `"n":2,`) && time.Now().Before(start.Add(time.Hour)):
				return http.StatusServiceUnavailable
			case strings.Contains(q.body, `"n":3,`):
				return http.StatusUnprocessableEntity
			}
			return http.StatusOK
		})
		r.start()
		r.save(hook("crm"))
		news := hook("news")
		news.Name, news.Filter = "Newsletter", "n=1"
		r.save(news)
		dir := r.filing(nil)
		began := time.Now()
		r.hand(nil, 2, []string{`{"n":1,"name":"Ada 1"}`, `{"n":2,"name":"Ada 2"}`}, nil)
		pass(time.Minute)
		r.hand(nil, 4, []string{`{"n":3,"name":"Ada 3"}`, `{"card":"4111 1111 1111 1111"}`}, &folder.Filed{
			Events: 4, Began: began, Bad: []folder.Outcome{{Place: "line 6", Word: "Not read", Reason: "A quote does not close."}},
		})
		path := filepath.Join(dir, "Problems", "members.csv")
		pass(10 * time.Minute)
		r.engineAnew()
		pass(10 * time.Minute)
		if receipt(t, path+" – result.csv") != nil || !there(dir, "members.csv") {
			t.Error("the file is put away while a record of it waits")
		}
		pass(2 * time.Hour)
		want := []string{
			"row 2|Ada 1|Supporter CRM|Delivered|101|",
			"row 2|Ada 1|Newsletter|Delivered|101|",
			"row 3|Ada 2|Supporter CRM|Delivered|102|",
			"row 4|Ada 3|Supporter CRM|Not delivered||Supporter CRM did not understand the data (422).",
			"row 5|||Left out||card holds what looks like the number of a card. Such numbers are not let in unless the source allows them.",
			"line 6|||Not read||A quote does not close.",
		}
		got := receipt(t, path+" – result.csv")
		if !slices.Equal(got, want) || there(dir, "members.csv") || !there(dir, "Problems/members.csv") {
			t.Errorf("got\n%s", strings.Join(got, "\n"))
		}
		r.marksLeft("filed:", folder.KeyReceipt)
		r.stop()
	})
}

// start is when time begins in a bubble.
var start = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func there(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

// marksLeft checks that nothing is remembered under some prefixes.
func (r *rig) marksLeft(prefixes ...string) {
	r.t.Helper()
	for _, prefix := range prefixes {
		err := r.store.Marks("test", prefix, func(key string, _ []byte) error {
			r.t.Errorf("%s is still remembered", key)
			return nil
		})
		if err != nil {
			r.t.Error(err)
		}
	}
}

// A file of which no webhook wants anything is done, at a webhook that is turned off
// as well; one with something that still waits at it is not.
func TestReceiptOfWhatNobodyWants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		crm := hook("crm")
		crm.State = core.StateOff
		r.save(crm)
		dir := r.filing(nil)
		r.hand(nil, 2, []string{`{"n":1}`}, &folder.Filed{Events: 1, Began: time.Now()})
		pass(time.Minute)
		if got := receipt(t, filepath.Join(dir, "Done", "members.csv – result.csv")); !slices.Equal(got, []string{"row 2|||Not sent||No webhook wants it."}) {
			t.Errorf("got %q", got)
		}
		r.stop()
	})
}

// A record that is gone from a file has neither a name nor a row: its key fields tell
// which it was.
func TestReceiptNamesWhatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		dir := r.filing(nil)
		gone := &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test", Origin: "members.csv", Data: []byte(`{"Number":4711,"Entr\u00e9e":"Süd \"A\"","more":{"n":1}}`)}
		read := core.Mark{Source: "test", Key: folder.KeyReceipt + "members.csv", Value: []byte(`{"events":1}`)}
		if err := r.engine.Accept(context.Background(), []*core.Event{gone}, []core.Mark{read}); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if got := receipt(t, filepath.Join(dir, "Done", "members.csv – result.csv")); !slices.Equal(got, []string{`|Number 4711, Entrée Süd "A"||Not sent||No webhook wants it.`}) {
			t.Errorf("got %q", got)
		}
		r.stop()
	})
}

// What is left of a large file that is given up is told of as such.
func TestReceiptOfAFileThatWasGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.slowly()
		r.start()
		w := hook("crm")
		w.Parallel = 1
		r.save(w)
		dir := r.filing(func(s *core.Source) { s.Folder.After = core.AfterDelete })
		var rows []string
		for i := range 50 {
			rows = append(rows, fmt.Sprintf(`{"n":%d}`, i))
		}
		r.hand(&core.Run{ID: "big", Source: "test", Name: "members.csv", Started: time.Now()}, 2, rows, &folder.Filed{Events: 50, Began: time.Now()})
		pass(10 * time.Second)
		if err := r.engine.SetRun("big", core.RunEnded); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Minute)
		got := receipt(t, filepath.Join(dir, "members.csv – result.csv"))
		given := 0
		for _, line := range got {
			if strings.Contains(line, "Not sent||What was left of this file was given up.") {
				given++
			}
		}
		if len(got) != 50 || given < 38 || given > 41 || !there(dir, "members.csv") {
			t.Errorf("%d given up of\n%s", given, strings.Join(got, "\n"))
		}
		r.stop()
	})
}

// Records that wait for details, or for a webhook that is paused, keep a file open.
func TestReceiptWaitsForWhatIsPaused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		crm := hook("crm")
		crm.State, crm.Until = core.StatePaused, start.AddDate(1, 0, 0)
		r.save(crm)
		dir := r.filing(nil)
		r.hand(nil, 2, []string{`{"n":1}`}, &folder.Filed{Events: 1, Began: time.Now()})
		pass(time.Hour)
		path := filepath.Join(dir, "Done", "members.csv – result.csv")
		if got := receipt(t, path); got != nil {
			t.Fatalf("while the webhook is paused: %q", got)
		}
		if err := r.engine.Apply(engine.Edit{DropWebhook: "crm", Any: true}); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Minute)
		if got := receipt(t, path); len(got) != 1 {
			t.Errorf("after the webhook was deleted: %q", got)
		}
		r.stop()
	})
}
