package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// bird is an engine in a temporary folder, with one webhook to a sink and one
// local source.
type bird struct {
	*proc
	path    string
	dir     string
	address string // of its local source
}

const sourceKey = "bench-0123456789abcdef0123456789abcdef"

// newBird makes the folder and its settings, without starting anything.
func newBird(path, to string, conc int, state string) (*bird, error) {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return nil, err
	}
	b := &bird{path: path, dir: dir}
	settings := fmt.Sprintf(`{
  "hookbird": 1,
  "sources": [{"id": "bench", "kind": "local", "name": "Bench", "key": %q}],
  "webhooks": [{"id": "sink", "name": "Sink", "address": %q, "state": %q, "parallel": %d, "body": {"style": "json"}}]
}`, sourceKey, to+"/in", state, conc)
	file := filepath.Join(dir, "settings.json")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	if out, err := exec.Command(path, "--data", b.data(), "--import", file).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("import: %w: %s", err, out)
	}
	return b, nil
}

func (b *bird) data() string { return filepath.Join(b.dir, "data") }

// start runs the engine and waits until it is ready.
func (b *bird) start() error {
	p, err := spawn(nil, b.path, "--data", b.data(), "--headless")
	if err != nil {
		return err
	}
	b.proc = p
	var ready struct{ Address string }
	if err := json.Unmarshal([]byte(p.first), &ready); err != nil {
		p.kill()
		return fmt.Errorf("first line %q: %w", p.first, err)
	}
	b.address = ready.Address + "/in/" + sourceKey
	return nil
}

// end stops the engine in order and removes the folder.
func (b *bird) end() {
	if b.proc != nil {
		_ = b.cmd.Process.Signal(syscall.SIGTERM)
		_ = b.cmd.Wait()
	}
	_ = os.RemoveAll(b.dir)
}

// fill posts count records as NDJSON, 1,000 a request.
func (b *bird) fill(count int) error {
	for n := 0; n < count; n += 1000 {
		var body bytes.Buffer
		for i := n; i < min(n+1000, count); i++ {
			body.Write(record(i))
			body.WriteByte('\n')
		}
		resp, err := http.Post(b.address, "application/x-ndjson", &body)
		if err != nil {
			return err
		}
		text, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusAccepted {
			return fmt.Errorf("answered %d: %.200s", resp.StatusCode, text)
		}
	}
	return nil
}

// waitCount waits until a sink has count messages.
func waitCount(sink string, count int, limit time.Duration) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		n, err := sinkCount(sink)
		if err != nil {
			return err
		}
		if n >= count {
			return nil
		}
	}
	return errors.New("the receiver did not get all messages in time")
}

func sinkCount(sink string) (int, error) {
	resp, err := http.Get(sink + "/count")
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(text))
}
