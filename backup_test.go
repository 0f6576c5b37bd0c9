package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hookbird/core/control"
)

// must runs the program in this process and wants it to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, stdout, stderr := call(args...)
	if code != exitDone {
		t.Fatalf("%q: code %d, %s", args, code, stderr)
	}
	return stdout
}

func status(t *testing.T, dir string) (st control.Status) {
	t.Helper()
	if err := json.Unmarshal([]byte(must(t, "--data", dir, "--status")), &st); err != nil {
		t.Fatal(err)
	}
	return st
}

// bin is a receiver that counts, and a settings file with a webhook to it and a local
// address.
func bin(t *testing.T) (received *atomic.Int64, file string) {
	t.Helper()
	received = &atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { received.Add(1) }))
	t.Cleanup(s.Close)
	file = filepath.Join(t.TempDir(), "settings.json")
	text := fmt.Sprintf(`{"hookbird": 1,
		"sources": [{"id": "till", "kind": "local", "name": "Till", "key": "till-key-0123456789"}],
		"webhooks": [{"id": "crm", "name": "CRM", "address": %q, "headers": [{"name": "X-Key", "secret": "open sesame"}]}]}`, s.URL)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return received, file
}

func post(t *testing.T, p *process) {
	t.Helper()
	r, err := http.Post(p.Address+"/in/till-key-0123456789", "application/json", strings.NewReader(`{"a": 1}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusAccepted {
		text, _ := io.ReadAll(r.Body)
		t.Fatalf("posted: %s: %s", r.Status, text)
	}
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

func stop(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Fatalf("%v; %s", err, &p.stderr)
	}
}

func TestBackupAndRestoreWithoutAnEngine(t *testing.T) {
	dir, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mine.hookbird-backup")
	_, settings := bin(t)
	must(t, "--data", dir, "--import", settings)
	if out := must(t, "--data", dir, "--backup", file); !strings.Contains(out, file) {
		t.Errorf("said %q", out)
	}
	if code, _, stderr := call("--data", dir, "--backup", file); code != exitRefused || !strings.Contains(stderr, "already") {
		t.Errorf("over a file: code %d, %q", code, stderr)
	}
	to := filepath.Join(t.TempDir(), "data")
	must(t, "--data", to, "--restore", file)
	if st := status(t, to); len(st.Webhooks) != 1 || !st.Paused {
		t.Errorf("restored: %+v", st)
	}
	must(t, "--data", to, "--resume")
	if st := status(t, to); st.Paused {
		t.Error("it is still paused")
	}
	// Also where the store that is there cannot be opened at all.
	if err := os.WriteFile(filepath.Join(to, "hookbird.db"), []byte("no store"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "--data", to, "--restore", file)
	if st := status(t, to); len(st.Webhooks) != 1 {
		t.Errorf("restored over a broken one: %+v", st)
	}
	if code, _, stderr := call("--data", to, "--restore", settings); code != exitRefused || !strings.Contains(stderr, "no backup of Hookbird") {
		t.Errorf("no backup: code %d, %q", code, stderr)
	}
}

// A running engine makes the backup and puts it back, in one process: what came in
// since is gone, nothing is sent before somebody resumes, and the address is the same.
func TestBackupAndRestoreBesideAnEngine(t *testing.T) {
	dir, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mine.hookbird-backup")
	received, settings := bin(t)
	must(t, "--data", dir, "--import", settings)
	p := startProcess(t, dir)
	post(t, p)
	eventually(t, "it is sent", func() bool { return status(t, dir).Delivered == 1 }) // and the store knows
	must(t, "--data", dir, "--backup", file)
	post(t, p)
	eventually(t, "the next is sent", func() bool { return received.Load() == 2 })
	must(t, "--data", dir, "--restore", file)
	if st := status(t, dir); st.Events != 1 || !st.Paused || st.Address != p.Address {
		t.Errorf("restored: %+v, the address was %s", st, p.Address)
	}
	post(t, p)
	if st := status(t, dir); st.Waiting != 1 || received.Load() != 2 {
		t.Errorf("waiting %d, received %d", st.Waiting, received.Load())
	}
	must(t, "--data", dir, "--resume")
	eventually(t, "it goes on", func() bool { return received.Load() == 3 })
	if list, _ := filepath.Glob(filepath.Join(dir, "hookbird-before-*")); len(list) != 1 {
		t.Errorf("kept aside: %q", list)
	}
	stop(t, p)
}

// A portable backup does nothing on the new computer before somebody has said that the
// old one is off, and nothing is sent before somebody resumes: also after restarts.
func TestPortableBackupOnAnotherComputer(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "data")
	file, pass := filepath.Join(t.TempDir(), "moving.hookbird-portable"), filepath.Join(t.TempDir(), "pass")
	received, settings := bin(t)
	must(t, "--data", dir, "--import", settings)
	for text, want := range map[string]string{"": "empty", "short\n": "at least 10"} {
		if err := os.WriteFile(pass, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := call("--data", dir, "--backup", file, "--passphrase-file", pass); code != exitRefused || !strings.Contains(stderr, want) {
			t.Errorf("passphrase %q: code %d, %q", text, code, stderr)
		}
	}
	if err := os.WriteFile(pass, []byte("correct horse battery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "--data", dir, "--backup", file, "--passphrase-file", pass)
	if code, _, stderr := call("--data", to, "--restore", file); code != exitRefused || !strings.Contains(stderr, "passphrase") {
		t.Errorf("without it: code %d, %q", code, stderr)
	}
	must(t, "--data", to, "--restore", file, "--passphrase-file", pass)

	p := startProcess(t, to)
	if p.Address != "" {
		t.Errorf("it listens at %s", p.Address)
	}
	if code, _, stderr := call("--data", to, "--resume"); code != exitRefused || !strings.Contains(stderr, "old") && !strings.Contains(stderr, "off") {
		t.Errorf("resumed before the answer: code %d, %q", code, stderr)
	}
	must(t, "--data", to, "--old-is-off")
	eventually(t, "it listens", func() bool { p.Address = status(t, to).Address; return p.Address != "" })
	post(t, p)
	if st := status(t, to); !st.Paused || st.Waiting != 1 || received.Load() != 0 {
		t.Errorf("before it is resumed: %+v, received %d", st, received.Load())
	}
	must(t, "--data", to, "--resume")
	eventually(t, "it is sent", func() bool { return received.Load() == 1 })
	stop(t, p)
}

// Wherever an engine is killed while it puts a backup back, the next one finds the store
// of before or the backup, whole.
func TestKilledWhilePuttingBack(t *testing.T) {
	dir, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mine.hookbird-backup")
	_, settings := bin(t)
	must(t, "--data", dir, "--import", settings)
	p := startProcess(t, dir)
	post(t, p)
	must(t, "--data", dir, "--backup", file)
	stop(t, p)
	seen := map[uint64]int{}
	for n := range 12 {
		p := startProcess(t, dir)
		post(t, p)
		before := status(t, dir).Events
		c, err := control.Dial(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Restore(t.Context(), control.BackupRef{Path: file}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(n) * 4 * time.Millisecond) // where it is cut off is left to chance
		_ = p.Process.Kill()
		_, _ = p.Process.Wait()
		c.Close()
		st := status(t, dir)
		if st.Events != 1 && st.Events != before || len(st.Webhooks) != 1 {
			t.Fatalf("killed after %d ms: %d records, there were %d, and 1 in the backup", 4*n, st.Events, before)
		}
		seen[st.Events]++
		if list, _ := filepath.Glob(filepath.Join(dir, "*.part")); st.Events == 1 && len(list) > 0 {
			t.Errorf("left: %q", list)
		}
	}
	t.Logf("records after the kills: %v", seen)
}

// A backup does not know what was read after it was made. So a source that reads what is
// there asks, before it has read anything, and nothing of it is sent twice.
func TestSourcesAskAfterABackupIsPutBack(t *testing.T) {
	dir, file, folder := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mine.hookbird-backup"), t.TempDir()
	received, first := bin(t)
	must(t, "--data", dir, "--import", first)
	settings := filepath.Join(t.TempDir(), "more.json")
	text := fmt.Sprintf(`{"hookbird": 1, "sources": [{"id": "exports", "kind": "folder", "name": "Exports", "path": %q, "existing": "send"}]}`, folder)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "--data", dir, "--import", settings)
	must(t, "--data", dir, "--backup", file) // before anything was read
	p := startProcess(t, dir)
	if err := os.WriteFile(filepath.Join(folder, "Monday.csv"), []byte("email\nada@example.org\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is sent", func() bool { return status(t, dir).Delivered == 1 })
	must(t, "--data", dir, "--restore", file)
	must(t, "--data", dir, "--resume")
	c, err := control.Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	eventually(t, "the source asks", func() bool {
		all, err := c.Sources(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.Source.ID == "exports" {
				return s.State.Question != nil
			}
		}
		return false
	})
	if st := status(t, dir); st.Events != 0 || received.Load() != 1 {
		t.Errorf("%d records came in and %d were received, before the answer", st.Events, received.Load())
	}
	stop(t, p)
}
