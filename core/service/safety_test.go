package service_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// The store says how much room it takes, and is tidied up while it works.
func TestTidyUp(t *testing.T) {
	o := newOffice(t)
	o.save(t, o.draft())
	o.accept(t, `{"n":1}`, `{"n":2}`)
	v, err := o.Safety(t.Context())
	if err != nil || v.Room.File == 0 || v.Quota < core.MinQuotaMB*core.MB || v.Full || v.Repair != nil {
		t.Errorf("safety %+v, %v", v, err)
	}
	j, err := o.TidyUp(t.Context())
	if err != nil || j.Kind != control.JobTidy {
		t.Fatalf("job %+v, %v", j, err)
	}
	o.until(t, "tidied up", func() bool {
		j, err = o.Job(t.Context(), j.ID)
		return err == nil && j.State != job.Running
	})
	if j.State != job.Done || !strings.HasPrefix(j.Outcome, "The store takes 1 MB now") {
		t.Errorf("job %+v", j)
	}
	o.accept(t, `{"n":3}`)
	o.until(t, "3 delivered", func() bool {
		n, err := o.CountActivity(t.Context(), control.ActivityQuery{States: []core.DeliveryState{core.Delivered}})
		return err == nil && n.Delivered == 3
	})
}

// A store that is found damaged at the start is repaired; Home says so, and what
// was lost, until somebody has seen it.
func TestDamagedStoreIsToldOfUntilSeen(t *testing.T) {
	o := newOffice(t)
	o.save(t, o.draft())
	for range 40 {
		o.accept(t, `{"email":"ada@example.org","note":"`+strings.Repeat("long ", 60)+`"}`)
	}
	o.restart(t, func(dir string) {
		path := filepath.Join(dir, "hookbird.db")
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		size := os.Getpagesize()
		for at := 2 * size; at < len(file); at += size { // one page of records
			if page := file[at : at+size]; bytes.Count(page, []byte("ada@example.org")) > 3 {
				clear(page)
				break
			}
		}
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
	})
	v, err := o.Safety(t.Context())
	if err != nil || v.Repair == nil || len(v.Repair.Lost) == 0 {
		t.Fatalf("safety %+v, %v", v, err)
	}
	home, err := o.Overview(t.Context())
	if err != nil || !home.Paused || len(home.Needs) == 0 || home.Needs[0].Title != "The records were damaged and are repaired" ||
		!strings.Contains(home.Needs[0].Text, "could not be read") {
		t.Errorf("needs %+v, paused %v, %v", home.Needs, home.Paused, err)
	}
	if err := o.SeenRepair(t.Context()); err != nil {
		t.Fatal(err)
	}
	if home, err = o.Overview(t.Context()); err != nil || len(home.Needs) != 0 {
		t.Errorf("needs %+v, %v", home.Needs, err)
	}
}
