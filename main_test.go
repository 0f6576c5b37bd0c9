package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hookbird/core/host"
)

// The test binary is also the program, for tests that need a process.
func TestMain(m *testing.M) {
	if os.Getenv("HOOKBIRD_TEST_RUN") != "" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// call runs the program in this process.
func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestFlags(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stdout string // is part of it
		stderr string
	}{
		{"version", []string{"--version"}, exitDone, "hookbird ", ""},
		{"help", []string{"--help"}, exitDone, "", "--headless"[1:]},
		{"unknown flag", []string{"--headles"}, exitUsage, "", "headles"},
		{"a word", []string{"start"}, exitUsage, "", `"start" is not understood`},
		{"two modes", []string{"--headless", "--status"}, exitUsage, "", "only one of"},
		{"secrets without export", []string{"--with-secrets"}, exitUsage, "", "goes with --export"},
		{"no file", []string{"--data", dir, "--import", filepath.Join(dir, "none.json")}, exitRefused, "", "cannot be read"},
		{"restored", []string{"--data", dir, "--restored"}, exitDone, "Each source", ""},
		{"metrics of a new folder", []string{"--data", dir, "--metrics"}, exitDone, "hookbird_records_total 0", ""},
		{"status of a new folder", []string{"--data", dir, "--status"}, exitDone, `"waiting": 0`, ""},
		{"export of a new folder", []string{"--data", dir, "--export", "-"}, exitDone, `"hookbird": 1`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, stdout, stderr := call(c.args...)
			if code != c.code || !strings.Contains(stdout, c.stdout) || !strings.Contains(stderr, c.stderr) {
				t.Errorf("code %d, stdout %q, stderr %q; want %d, %q, %q", code, stdout, stderr, c.code, c.stdout, c.stderr)
			}
		})
	}
}

func TestImportNamesEveryWrongPlace(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "settings.json")
	text := `{"hookbird": 1, "webhooks": [
		{"id": "a", "name": "A", "address": "crm.example.org/in"},
		{"id": "b", "name": "B", "address": "https://crm.example.org/in", "timeot": "5s"}]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := call("--data", filepath.Join(dir, "data"), "--import", file)
	if code != exitRefused || !strings.Contains(stderr, "/webhooks/0/address: ") || !strings.Contains(stderr, "/webhooks/1/timeot: ") {
		t.Errorf("code %d, stderr %q", code, stderr)
	}
	if _, stdout, _ := call("--data", filepath.Join(dir, "data"), "--export", "-"); strings.Contains(stdout, "crm.example.org") {
		t.Errorf("half of a wrong file was imported: %s", stdout)
	}
}

func TestDataFolderThatIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"a file":           file,
		"inside a file":    filepath.Join(file, "data"),
		"no folder around": filepath.Join(filepath.Dir(file), "none", "data"),
	} {
		code, _, stderr := call("--data", data, "--headless")
		if code != exitRefused || !strings.HasPrefix(stderr, "hookbird: The data folder ") {
			t.Errorf("%s: code %d, stderr %q", name, code, stderr)
		}
	}
}

// process is an engine in a process of its own.
type process struct {
	*exec.Cmd
	dir     string
	Address string
	stderr  bytes.Buffer
}

func startProcess(t *testing.T, dir string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], "--data", dir, "--headless"), dir: dir}
	p.Env = append(os.Environ(), "HOOKBIRD_TEST_RUN=1")
	p.Stderr = &p.stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill(); _, _ = p.Process.Wait() })
	if err := json.NewDecoder(out).Decode(p); err != nil {
		t.Fatalf("first line: %v; %s", err, &p.stderr)
	}
	return p
}

func TestHeadlessFromStartToStop(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := startProcess(t, dir)
	if !strings.HasPrefix(p.Address, "http://127.0.0.1:") {
		t.Errorf("address %q", p.Address)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v, %v", info.Mode(), err)
	}
	if code, stdout, stderr := call("--data", dir, "--status"); code != exitDone || !strings.Contains(stdout, p.Address) {
		t.Errorf("status beside it: code %d, %s%s", code, stdout, stderr)
	}
	if code, _, stderr := call("--data", dir, "--headless"); code != exitRefused || !strings.Contains(stderr, "running already") {
		t.Errorf("second engine: code %d, stderr %q", code, stderr)
	}
	began := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil || time.Since(began) > host.StopLimit {
		t.Errorf("end: %v after %v; %s", err, time.Since(began), &p.stderr)
	}
	again := startProcess(t, dir)
	if again.Address != p.Address {
		t.Errorf("address %s after a restart, was %s", again.Address, p.Address)
	}
}

// A killed engine leaves everything so that the next one starts.
func TestStartAfterKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for range 3 {
		p := startProcess(t, dir)
		_ = p.Process.Kill()
		_, _ = p.Process.Wait()
	}
	if code, _, stderr := call("--data", dir, "--status"); code != exitDone {
		t.Errorf("status after kills: %d, %s", code, stderr)
	}
}

// A port that another program took is not changed: programs here were told of
// it. The engine says so and runs.
func TestBusyPort(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := startProcess(t, dir)
	_ = p.Process.Signal(syscall.SIGTERM)
	_ = p.Wait()
	ln, err := net.Listen("tcp", strings.TrimPrefix(p.Address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	busy := startProcess(t, dir)
	if busy.Address != "" {
		t.Errorf("address %q while its port is busy", busy.Address)
	}
}

func TestDefaultDataIsLocal(t *testing.T) {
	t.Setenv("HOME", "/home/somebody")
	if got, want := defaultData(), "/home/somebody/.local/share/hookbird"; got != want {
		t.Errorf("data in %s, want %s", got, want)
	}
}
