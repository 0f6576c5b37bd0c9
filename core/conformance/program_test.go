package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is the engine alone, built once: without a window and without cgo.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hookbird-conformance")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "hookbird")
	build := exec.Command("go", "build", "-tags", "nogui", "-o", path, "hookbird")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		_, _ = os.Stderr.Write(out)
	}
	return path, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// hookbird is a running engine with a data folder of its own.
type hookbird struct {
	path    string
	data    string
	address string // of the local address
}

// imported starts an engine on a settings file.
func imported(t *testing.T, file string) *hookbird {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	h := &hookbird{path: path, data: filepath.Join(t.TempDir(), "data")}
	if out, err := exec.Command(path, "--data", h.data, "--import", file).CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	h.start(t)
	return h
}

func (h *hookbird) start(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	cmd := exec.CommandContext(ctx, h.path, "--data", h.data, "--headless")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if _, err := io.Copy(io.Discard, out); err != nil {
			t.Log(err)
		}
		if err := cmd.Wait(); err != nil && ctx.Err() == nil {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the engine said nothing: %v", err)
	}
	var first struct{ Address string }
	if err := json.Unmarshal(line, &first); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	h.address = first.Address
}

// post sends records to a local source.
func (h *hookbird) post(t *testing.T, key, contentType, body string) {
	t.Helper()
	resp, err := http.Post(h.address+"/in/"+key, contentType, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if answer, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusAccepted {
		t.Fatalf("%s: %s", resp.Status, answer)
	}
}
