package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core/control"
	"hookbird/core/job"
)

// postPerson posts a record about somebody.
func postPerson(t *testing.T, p *process, email string) {
	t.Helper()
	r, err := http.Post(p.Address+"/in/till-key-0123456789", "application/json", strings.NewReader(fmt.Sprintf(`{"email": %q}`, email)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusAccepted {
		t.Fatalf("posted: %s", r.Status)
	}
}

// work waits until a job of an engine is done.
func work(t *testing.T, c *control.Client, v job.View, err error) job.View {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, v.Title, func() bool {
		v, err = c.Job(t.Context(), v.ID)
		return err != nil || v.State != job.Running
	})
	if err != nil || v.State != job.Done {
		t.Fatalf("%s: %s %q, %v", v.Title, v.State, v.Outcome, err)
	}
	return v
}

// erase erases somebody in a running engine, and gives what was kept about them.
func erase(t *testing.T, dir, email string) control.PersonView {
	t.Helper()
	c, err := control.Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	v, err := c.FindPerson(t.Context(), email)
	v = work(t, c, v, err)
	found, err := c.Person(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	v, err = c.ErasePerson(t.Context(), v.ID)
	work(t, c, v, err)
	return found
}

// holds tells whether the store in a folder has some bytes.
func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "hookbird.db"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte(text))
}

// Somebody who was erased does not come back with a backup of before, and everybody
// else does; who comes in again after the erasure is somebody new.
func TestErasedPersonStaysErasedWhenABackupIsPutBack(t *testing.T) {
	const ada, grace = "ada.quxlovelace@example.org", "grace.quxhopper@example.org"
	dir, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mine.hookbird-backup")
	received, settings := bin(t)
	must(t, "--data", dir, "--import", settings)
	p := startProcess(t, dir)
	postPerson(t, p, ada)
	postPerson(t, p, grace)
	eventually(t, "both are sent", func() bool { return status(t, dir).Delivered == 2 }) // and the store knows
	must(t, "--data", dir, "--backup", file)
	if !holds(t, dir, ada) {
		t.Fatal("nobody is in the store who could be erased")
	}
	if found := erase(t, dir, ada); found.Records != 1 || found.Messages != 1 {
		t.Errorf("found %+v", found)
	}
	if holds(t, dir, ada) || !holds(t, dir, grace) {
		t.Error("the wrong one was erased, or not whole")
	}
	must(t, "--data", dir, "--restore", file)
	if holds(t, dir, ada) || !holds(t, dir, grace) {
		t.Error("who was erased came back, or who was not did not")
	}
	must(t, "--data", dir, "--resume")
	postPerson(t, p, ada)
	eventually(t, "who comes in again is sent", func() bool { return received.Load() == 3 && status(t, dir).Waiting == 0 })
	stop(t, p)

	must(t, "--data", dir, "--restore", file) // also where no engine runs
	if holds(t, dir, ada) || !holds(t, dir, grace) {
		t.Error("who was erased came back with a store that no engine has open")
	}
}

// An engine that is killed while it erases somebody goes on after its start, wherever
// it was.
func TestErasingGoesOnAfterAKill(t *testing.T) {
	const ada, grace = "ada.quxlovelace@example.org", "grace.quxhopper@example.org"
	for _, after := range []time.Duration{0, 5 * time.Millisecond, 20 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond} {
		t.Run(after.String(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			received, settings := bin(t)
			must(t, "--data", dir, "--import", settings)
			p := startProcess(t, dir)
			const each = 60
			for range each {
				postPerson(t, p, ada)
				postPerson(t, p, grace)
			}
			eventually(t, "all are sent", func() bool { return received.Load() == 2*each && status(t, dir).Delivered == 2*each })

			c, err := control.Dial(dir)
			if err != nil {
				t.Fatal(err)
			}
			v, err := c.FindPerson(t.Context(), ada)
			v = work(t, c, v, err)
			if _, err = c.ErasePerson(t.Context(), v.ID); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after) // the moment is what is tried, not waited for
			_ = p.Process.Kill()
			_, _ = p.Process.Wait()
			c.Close()

			p = startProcess(t, dir)
			if c, err = control.Dial(dir); err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			eventually(t, "they are erased, and nothing of them is left on the disk", func() bool {
				list, err := c.Erased(t.Context())
				return err == nil && len(list) > 0 && !holds(t, dir, ada)
			})
			if !holds(t, dir, grace) {
				t.Error("somebody else was erased")
			}
			if list, err := c.Erased(t.Context()); err != nil || len(list) != 1 {
				t.Errorf("%d receipts, %v", len(list), err)
			}
			if st := status(t, dir); st.Delivered != 2*each || st.Waiting != 0 || st.Failed != 0 {
				t.Errorf("what was counted is not right any more: %+v", st)
			}
			stop(t, p)
		})
	}
}
