package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
