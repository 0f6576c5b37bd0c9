package persist

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

// Environment of a test binary that is to be another process with the store.
const (
	envDir  = "HOOKBIRD_TEST_DIR"
	envRole = "HOOKBIRD_TEST_ROLE" // "hold" or "write"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(envRole); role != "" {
		if err := child(role, os.Getenv(envDir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	if isDefault("rapid.checks") { // each is a store of its own
		_ = flag.Set("rapid.checks", "15")
	}
	os.Exit(m.Run())
}

// isDefault tells whether a flag was not given.
func isDefault(name string) bool {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return !given
}

// child is what another process does: it opens the store, says so, and holds it
// or writes until it is killed, saying after each commit what is on disk.
func child(role, dir string) error {
	s, err := Open(context.Background(), dir, Options{Keyring: noKeyring, LockWait: 10 * time.Second})
	if err != nil {
		return err
	}
	snapshot, err := s.Load(context.Background())
	if err != nil {
		return err
	}
	fmt.Println("open", snapshot.Head)
	if role == "hold" {
		_, err := bufio.NewReader(os.Stdin).ReadString('\n') // until the parent goes
		return errors.Join(err, s.Close())
	}
	num := snapshot.Webhooks[0].Num
	for head := snapshot.Head; ; head += 20 {
		b := &core.Batch{Events: newEvents(head+1, head+20)}
		for _, e := range b.Events {
			b.Results = append(b.Results, try(num, e.Seq, time.Duration(e.Seq)*time.Second, stateOf(e.Seq)))
		}
		b.Lanes = []core.LaneRow{{Webhook: num, Lane: core.Lane{Next: head + 21}}}
		if err := s.Commit(b); err != nil {
			return err
		}
		if _, _, err := trimOld(s, noon, 0); err != nil {
			return err
		}
		fmt.Println("kept", head+20)
	}
}

// stateOf is what became of an event in the child.
func stateOf(seq uint64) core.DeliveryState {
	return []core.DeliveryState{core.Delivered, core.Delivered, core.Waiting, core.Failed}[seq%4]
}

// startChild starts another process with the store and waits until it is open.
func startChild(t *testing.T, role, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), envRole+"="+role, envDir+"="+dir)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil { // stays open until it is killed
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "open") {
		t.Fatalf("the other process said %q", lines.Text())
	}
	return cmd, lines
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // "signal: killed"
}

func TestStoreOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	storeFile(t, dir)
	cmd, _ := startChild(t, "hold", dir)

	start := time.Now()
	err := wantRefusal(t, dir, dir, core.CodeConflict)
	if !errors.Is(err, ErrLocked) {
		t.Errorf("Open: %v, want ErrLocked", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("one try took %v", took)
	}

	// A process on its way out is waited for.
	opened := make(chan error, 1)
	go func() {
		s, err := Open(t.Context(), dir, Options{Keyring: noKeyring, LockWait: 20 * time.Second})
		if err == nil {
			err = s.Close()
		}
		opened <- err
	}()
	kill(t, cmd)
	if err := <-opened; err != nil {
		t.Errorf("Open after the other process ended: %v", err)
	}
}

// TestKilledInTheMiddle kills a writing process again and again: all that it said
// was kept is there, and its books are in step.
func TestKilledInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	num := addWebhook(t, s, newWebhook("crm")).Num
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for round := range 6 {
		cmd, lines := startChild(t, "write", dir)
		var kept uint64
		for range 5 + 7*round {
			if !lines.Scan() {
				t.Fatal("the other process ended by itself")
			}
			kept = keptIn(t, lines.Text())
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it said before it died
			kept = keptIn(t, lines.Text())
		}
		_ = cmd.Wait()
		checkKept(t, dir, num, kept)
	}
}

func keptIn(t *testing.T, line string) uint64 {
	t.Helper()
	kept, err := strconv.ParseUint(strings.TrimPrefix(line, "kept "), 10, 64)
	if err != nil {
		t.Fatalf("the other process said %q", line)
	}
	return kept
}

// checkKept opens a killed process's store and looks for all that it has kept.
func checkKept(t *testing.T, dir string, num uint32, kept uint64) {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring, LockWait: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	checkTree(t, s)
	got := mustLoad(t, s)
	if got.Head < kept || got.Webhooks[0].Lane.Next != got.Head+1 {
		t.Errorf("head %d, lane at %d; want at least %d", got.Head, got.Webhooks[0].Lane.Next, kept)
	}
	events, err := s.Events(1, 1<<20, 1<<30)
	if err != nil || uint64(len(events)) != got.Head {
		t.Errorf("%d events, %v; want %d", len(events), err, got.Head)
	}
	var waiting uint64
	rows := uint64(0)
	for q := (core.DeliveryQuery{Limit: 500}); ; {
		page, err := s.Deliveries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Rows {
			rows++
			if d.State != stateOf(d.Key.Seq) {
				t.Errorf("event %d is %s, want %s", d.Key.Seq, d.State, stateOf(d.Key.Seq))
			}
			if d.State == core.Waiting {
				waiting++
			}
		}
		if q.Before = page.Next; q.Before.IsZero() {
			break
		}
	}
	retries, err := s.Retries(num, core.RetryPlace{}, 1<<20)
	if err != nil || uint64(len(retries)) != waiting || rows != got.Head {
		t.Errorf("%d rows, %d retries of %d waiting, %v; want %d rows", rows, len(retries), waiting, err, got.Head)
	}
}
