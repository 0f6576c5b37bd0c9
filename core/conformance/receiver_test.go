package conformance

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/message"
)

// heard is what a receiver understood of a request.
type heard struct {
	Method string
	Path   string
	Query  any
	Form   any
	JSON   any
	Text   string
	Why    string // it refused the request
}

// receiver is a program that nobody here wrote, which answers what it heard.
type receiver struct{ base string }

// run starts a receiver and ends it with the test.
func run(t *testing.T, cmd func(ctx context.Context) *exec.Cmd) io.Reader {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	c := cmd(ctx)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.WaitDelay = 5 * time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = c.Wait() // it was killed
	})
	return out
}

// need skips the test where a program is not on this computer.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not on this computer", name)
	}
	return path
}

// php starts PHP's built-in server. It cannot choose a port, so a free one is
// chosen for it.
func php(t *testing.T) *receiver {
	t.Helper()
	path := need(t, "php")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, func(ctx context.Context) *exec.Cmd {
		return exec.CommandContext(ctx, path, "-S", host, "testdata/php/index.php")
	})
	answers(t, host)
	return &receiver{"http://" + host}
}

// answers waits until somebody listens.
func answers(t *testing.T, host string) {
	t.Helper()
	limit := time.Now().Add(20 * time.Second)
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for time.Now().Before(limit) {
		if conn, err := net.Dial("tcp", host); err == nil {
			_ = conn.Close()
			return
		}
		<-again.C
	}
	t.Fatal("nobody listens at " + host)
}

// saysPort gives a receiver that tells its port on its first line.
func saysPort(t *testing.T, out io.Reader) *receiver {
	t.Helper()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return &receiver{"http://127.0.0.1:" + strings.TrimSpace(line)}
}

func python(t *testing.T) *receiver {
	t.Helper()
	path := need(t, "python3")
	return saysPort(t, run(t, func(ctx context.Context) *exec.Cmd {
		return exec.CommandContext(ctx, path, "testdata/python/server.py")
	}))
}

// node starts Express. Its packages are those of the lock file; where they were
// never fetched and no registry answers, the test is skipped.
func node(t *testing.T, secret string) *receiver {
	t.Helper()
	path, dir := need(t, "node"), packages(t)
	return saysPort(t, run(t, func(ctx context.Context) *exec.Cmd {
		c := exec.CommandContext(ctx, path, filepath.Join(dir, "server.js"))
		c.Env = append(os.Environ(), "SECRET="+secret)
		return c
	}))
}

// packages fetches the packages once into the user's cache, in a folder named by
// the lock file.
func packages(t *testing.T) string {
	t.Helper()
	npm := need(t, "npm")
	lock, err := os.ReadFile("testdata/node/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	dir := filepath.Join(cache, "hookbird-tests", fmt.Sprintf("node-%x", sha256.Sum256(lock))[:21])
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"package.json", "package-lock.json", "server.js"} {
		text, err := os.ReadFile(filepath.Join("testdata/node", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); !errors.Is(err, fs.ErrNotExist) {
		return dir
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	ci := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	ci.Dir = dir
	if out, err := ci.CombinedOutput(); err != nil {
		t.Skipf("no registry gave the packages of testdata/node: %v\n%s", err, out)
	}
	return dir
}

// send makes and sends one message as every other, and gives what was heard.
func (r *receiver) send(t *testing.T, w *core.Webhook, data string) (heard, core.Attempt) {
	t.Helper()
	w.ID, w.Name, w.Address = "w", "W", r.base+w.Address
	if err := message.Validate(w).OrNil(); err != nil {
		t.Fatal(err)
	}
	build, err := message.New(w, nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	client, err := attempt.NewClient(w, attempt.Options{Version: "test", Whole: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	now := time.Now()
	e := &core.Event{ID: core.NewEventID(now), Type: "contact.created", Time: now, Source: "desk", Data: []byte(data)}
	m, err := build.Build([]*core.Event{e}, now)
	if err != nil {
		t.Fatal(err)
	}
	plain := *m
	plain.Secrets = nil // else dots would stand for them in the answer
	a, _ := client.Do(t.Context(), &plain)
	var h heard
	if err := json.Unmarshal([]byte(a.Answer), &h); err != nil {
		t.Fatalf("%d %s %s: %v", a.Code, a.Answer, a.Detail, err)
	}
	return h, a
}
