package verify_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"hookbird/core/sign"
)

// maxRun bounds how long a receiver, or a compiler, may take.
const maxRun = 2 * time.Minute

// need skips a test whose language is not at hand.
func need(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is not installed, so its snippets cannot be run here", program)
	}
	return path
}

// write makes a file in a new folder, whose path it gives.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:[1-9][0-9]*`)

// serve starts a receiver that says its address when it is ready, and ends it
// with the test.
func serve(t testing.TB, env []string, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), maxRun)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = time.Second
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w // PHP says it on the one, others on the other
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	said := make(chan string, 1)
	var all bytes.Buffer
	done := make(chan struct{})
	go func() {
		defer close(done)
		readAddress(r, &all, said)
	}()
	go func() { _ = w.CloseWithError(cmd.Wait()) }()
	t.Cleanup(func() {
		cancel() // kills it
		<-done
		if t.Failed() {
			t.Logf("the receiver said: %s", all.Bytes())
		}
	})
	url, ok := <-said
	if !ok {
		t.Fatalf("the receiver did not start: %s", all.Bytes())
	}
	return url
}

// readAddress hands on the first address that is said, and keeps the rest.
func readAddress(r io.Reader, all *bytes.Buffer, said chan<- string) {
	defer close(said)
	lines := bufio.NewScanner(r)
	for found := false; lines.Scan(); {
		all.Write(append(lines.Bytes(), '\n'))
		if url := address.FindString(lines.Text()); url != "" && !found {
			found = true
			said <- url
		}
	}
}

// request is one message on its way to a receiver.
type request struct {
	name  string
	lines []sign.Line
	body  []byte
}

// verdict sends a request and says what the receiver answered: 200 is accepted,
// 401 refused.
func verdict(t testing.TB, url string, r request) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "POST", url, bytes.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range r.lines {
		req.Header[line.Name] = append(req.Header[line.Name], line.Value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}
