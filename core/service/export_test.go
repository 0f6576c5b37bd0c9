package service_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/export/exporttest"
	"hookbird/core/job"
	"hookbird/core/service"
	"hookbird/persist"
	"hookbird/persist/made"
)

// finished waits until a job has ended.
func finished(t *testing.T, s *service.Service, v job.View, err error) job.View {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for v.State == job.Running {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-t.Context().Done():
			t.Fatal("the job does not end")
		}
		if v, err = s.Job(t.Context(), v.ID); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// Both formats hold what the query asks for, with the content only where it is
// wanted, and never a secret.
func TestExportHoldsWhatTheQueryAsksFor(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusUnprocessableEntity)
	d := o.draft()
	d.Webhook.Headers = []core.Header{{Name: "X-Key", Secret: core.NewSecret(secretText)}}
	v := o.save(t, d)
	o.accept(t, `{"firstname":"Ada"}`) // one after the other: which is the newest is looked at
	o.until(t, "1 failed", func() bool { return o.webhook(t, v.Webhook.ID).Failed == 1 })
	o.accept(t, `{"firstname":"=1+1"}`)
	o.until(t, "2 failed", func() bool { return o.webhook(t, v.Webhook.ID).Failed == 2 })
	o.answer(http.StatusOK)
	o.accept(t, `{"firstname":"Grace"}`)
	o.until(t, "1 delivered", func() bool { return o.webhook(t, v.Webhook.ID).Delivered == 1 })
	dir := t.TempDir()
	for _, name := range []string{"bare.csv", "bare.xlsx", "content.csv", "content.xlsx"} {
		path, content := filepath.Join(dir, name), strings.HasPrefix(name, "content")
		r := control.ExportRequest{Path: path, Content: content, Query: control.ActivityQuery{State: core.Failed, Limit: 1}}
		j, err := o.ExportActivity(t.Context(), r)
		j = finished(t, o.Service, j, err)
		if j.State != job.Done || j.Outcome != "2 messages are in "+name+"." || j.Kind != control.JobExport {
			t.Errorf("%s: %+v", name, j)
		}
		rows := exporttest.Read(t, path, "")
		if len(rows) != 2 {
			t.Fatalf("%s: %v", name, rows)
		}
		row := rows[1] // the newest comes first
		if row["State"] != "Failed" || row["Webhook"] != v.Webhook.Name || fmt.Sprint(row["Answer code"]) != "422" || fmt.Sprint(row["Tries"]) != "1" ||
			!strings.HasPrefix(fmt.Sprint(row["Message id"]), "msg_") || row["What came of it"] == "" || len(fmt.Sprint(row["Last try"])) != 19 {
			t.Errorf("%s: %v", name, row)
		}
		if values, there := row["Values"]; there != content || content && (values != `{"firstname":"Ada"}` || !strings.Contains(fmt.Sprint(row["Answer"]), "you sent")) {
			t.Errorf("%s: %v", name, row)
		}
		if text := fmt.Sprint(rows); strings.Contains(text, secretText) || strings.Contains(text, o.receiver.URL) {
			t.Errorf("%s: %s", name, text)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 4 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
}

func TestExportOfChosenMessages(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	o.accept(t, `{"firstname":"Ada"}`, `{"firstname":"Grace"}`, `{"firstname":"Zoë"}`)
	o.until(t, "3 delivered", func() bool { return o.webhook(t, v.Webhook.ID).Delivered == 3 })
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 3 {
		t.Fatalf("%+v, %v", page, err)
	}
	gone := page.Rows[1].Key
	gone.Last--
	path := filepath.Join(t.TempDir(), "some.csv")
	r := control.ExportRequest{Path: path, Keys: []core.DeliveryKey{page.Rows[2].Key, gone}}
	j, err := o.ExportActivity(t.Context(), r)
	j = finished(t, o.Service, j, err)
	if j.Outcome != "1 message is in some.csv. 1 message is not in it: tried once more or removed meanwhile." {
		t.Errorf("%+v", j)
	}
	if rows := exporttest.Read(t, path, ""); len(rows) != 1 || rows[0]["Record"] != page.Rows[2].Title {
		t.Errorf("rows %v, want %s", rows, page.Rows[2].Title)
	}
	// The file is there now.
	if _, err := o.ExportActivity(t.Context(), r); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("written over: %v", err)
	}
	r.Replace = true
	j, err = o.ExportActivity(t.Context(), r)
	if j = finished(t, o.Service, j, err); j.State != job.Done {
		t.Errorf("%+v", j)
	}
}

func TestExportThatCannotBe(t *testing.T) {
	o := newOffice(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	for name, r := range map[string]control.ExportRequest{
		"no path":      {},
		"no format":    {Path: path + "x"},
		"no folder":    {Path: filepath.Join(path, "a.csv")},
		"no webhook":   {Path: path, Query: control.ActivityQuery{Webhook: "none"}},
		"far too many": {Path: path, Keys: make([]core.DeliveryKey, 501)},
	} {
		if _, err := o.ExportActivity(t.Context(), r); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if all, _ := o.Jobs(t.Context()); len(all) != 0 {
		t.Errorf("jobs %+v", all)
	}
}

// large is a service over a store with so many messages, which sends nothing.
func large(t *testing.T, rows int) *service.Service {
	t.Helper()
	store, err := persist.Open(t.Context(), filepath.Join(t.TempDir(), "data"), persist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Fill(store, made.Size{Rows: rows}, nil); err != nil {
		t.Fatal(err)
	}
	e := engine.New(engine.Params{Store: store, Logger: slog.New(slog.DiscardHandler), Version: "test", Local: -1})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := service.New(service.Params{Engine: e, Store: store, Version: "test", DataDir: t.TempDir()})
	t.Cleanup(func() {
		s.Close()
		if err := errors.Join(e.Stop(context.Background()), store.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// A large history goes into a file with little memory, says how far it is, and can be
// cancelled without a trace.
func TestLargeExport(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100,000 rows")
	}
	const rows = 100_000
	s := large(t, rows)
	dir := t.TempDir()
	before, most, far := heap(), uint64(0), false
	j, err := s.ExportActivity(t.Context(), control.ExportRequest{Path: filepath.Join(dir, "all.csv"), Content: true})
	for err == nil && j.State == job.Running {
		time.Sleep(20 * time.Millisecond)
		most = max(most, heap())
		j, err = s.Job(t.Context(), j.ID)
		far = far || j.State == job.Running && j.Total == rows && j.Done > 0 && j.Done < rows
	}
	if err != nil || j.State != job.Done || !far {
		t.Fatalf("%+v, %v; said how far it was: %v", j, err, far)
	}
	if most > before+48<<20 {
		t.Errorf("%d MB more than before", (most-before)>>20)
	}
	data, err := os.ReadFile(filepath.Clean(filepath.Join(dir, "all.csv")))
	if got := bytes.Count(data, []byte("\n")) - 1; err != nil || got != rows {
		t.Errorf("%d rows, %v", got, err)
	}
	j, err = s.ExportActivity(t.Context(), control.ExportRequest{Path: filepath.Join(dir, "not.xlsx")})
	if err == nil {
		err = s.CancelJob(t.Context(), j.ID)
	}
	if j = finished(t, s, j, err); j.State != job.Cancelled || j.Outcome != "Cancelled. No file was written." {
		t.Errorf("%+v", j)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("in the folder: %v", left)
	}
}

// heap is how much memory is in use once what is not needed is freed.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
