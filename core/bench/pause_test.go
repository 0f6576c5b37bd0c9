package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/control"
)

// A large file whose reading is paused in its middle, and then its sending, goes on
// where it was: every row arrives, and each once. A pause that comes when all is read or
// sent shows nothing, so that is tried again.
func TestPauseInMidFile(t *testing.T) {
	const rows, tries = 5000, 5
	for range tries {
		if pauseInMidFile(t, rows) {
			return
		}
	}
	t.Errorf("no pause of %d came in the middle of the file", tries)
}

// pauseInMidFile tells whether both pauses came in the middle.
func pauseInMidFile(t *testing.T, rows int) bool {
	t.Helper()
	f := newPausedFile(t)
	defer f.End()
	f.drop(t, rows)
	read := f.pauseReading(t)
	f.setReading(t, true)
	sent, ok := f.pauseSending(t, rows)
	if !ok {
		return false
	}
	f.setSending(t, core.RunGoing)
	if err := waitCount(f.to.Line, rows, limit); err != nil {
		t.Fatal(err)
	}
	f.eachOnce(t, rows)
	t.Logf("of %d rows, %d were read before a pause, and %d sent before another", rows, read, sent)
	return read < rows && sent < rows
}

// pausedFile is an engine that reads a large file from a folder and sends its rows.
type pausedFile struct {
	*bird.Bird
	dir string
	to  *process.Process
}

func newPausedFile(t *testing.T) *pausedFile {
	t.Helper()
	f := &pausedFile{dir: t.TempDir()}
	var err error
	if f.to, err = child("sink", "-track"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.to.Kill)
	f.Bird, err = bird.New(program, bird.Settings{
		Sources:  []bird.Part{{"id": "files", "kind": "folder", "name": "Files", "path": f.dir}},
		Webhooks: []bird.Part{bird.Webhook("sink", f.to.Line+"/in", bird.Part{"parallel": 1})},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.End)
	if err := f.Start(); err != nil {
		t.Fatal(err)
	}
	return f
}

// drop puts in a file whose rows are so long that it takes a while to be read.
func (f *pausedFile) drop(t *testing.T, rows int) {
	t.Helper()
	var text strings.Builder
	_, _ = text.WriteString("n,note\n") // it does not fail
	note := strings.Repeat("Prefers the balcony. ", 400)
	for n := range rows {
		_, _ = fmt.Fprintf(&text, "%d,%s\n", n, note)
	}
	if err := os.WriteFile(filepath.Join(f.dir, "large.csv"), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (f *pausedFile) events(t *testing.T) int {
	t.Helper()
	st, err := f.Status()
	if err != nil {
		t.Fatal(err)
	}
	return int(st.Events)
}

func (f *pausedFile) arrived(t *testing.T) int {
	t.Helper()
	n, err := sinkCount(f.to.Line)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (f *pausedFile) setReading(t *testing.T, on bool) {
	t.Helper()
	err := f.Ask(func(c *control.Client) error { return c.SetSourcePaused(context.Background(), "files", !on) })
	if err != nil {
		t.Fatal(err)
	}
}

// pauseReading pauses the source as soon as it has read something, and makes sure that
// nothing more comes.
func (f *pausedFile) pauseReading(t *testing.T) (read int) {
	t.Helper()
	f.until(t, func() bool { return f.events(t) > 0 })
	f.setReading(t, false)
	return f.still(t, "read", func() int { return f.events(t) })
}

// setSending pauses the sending of the file, or goes on. ok is false if nothing of it is
// left to send.
func (f *pausedFile) setSending(t *testing.T, state core.RunState) (ok bool) {
	t.Helper()
	err := f.Ask(func(c *control.Client) error {
		runs, err := c.Runs(context.Background())
		if ok = len(runs) == 1; err != nil || !ok {
			return err
		}
		return c.SetRun(context.Background(), runs[0].ID, state)
	})
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// pauseSending pauses the run once more of it has arrived, lets the rest be read, and
// makes sure that nothing more arrives but what is on its way.
func (f *pausedFile) pauseSending(t *testing.T, rows int) (sent int, ok bool) {
	t.Helper()
	before := f.arrived(t)
	f.until(t, func() bool {
		ok = f.arrived(t) > before && f.setSending(t, core.RunPaused)
		return ok || f.arrived(t) == rows
	})
	if !ok {
		return 0, false
	}
	f.until(t, func() bool { return f.events(t) == rows })
	return f.still(t, "sent", func() int { return f.arrived(t) }), true
}

func (f *pausedFile) until(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing happened")
		}
	}
}

// still makes sure that a count stays as it is, once what is on its way has come.
func (f *pausedFile) still(t *testing.T, what string, count func() int) int {
	t.Helper()
	settle()
	before := count()
	settle()
	if after := count(); after != before {
		t.Errorf("%d records were %s while it was paused", after-before, what)
	}
	return before
}

func (f *pausedFile) eachOnce(t *testing.T, rows int) {
	t.Helper()
	seen, err := ask[map[int]int](f.to.Line, "/seen")
	if err != nil {
		t.Fatal(err)
	}
	var wrong []error
	for n := range rows {
		if seen[n] != 1 {
			wrong = append(wrong, fmt.Errorf("row %d arrived %d times", n, seen[n]))
		}
	}
	if len(wrong) > 0 {
		t.Errorf("%d rows of %d: %v", len(wrong), rows, errors.Join(wrong[:min(5, len(wrong))]...))
	}
}
