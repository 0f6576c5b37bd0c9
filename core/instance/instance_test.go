package instance_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/instance"
)

// The test binary is also the other process, which holds the lock of a folder.
func TestMain(m *testing.M) {
	if dir := os.Getenv("INSTANCE_TEST_HOLD"); dir != "" {
		if _, err := instance.Acquire(context.Background(), dir, refuses); err != nil {
			os.Exit(1)
		}
		fmt.Println("held")
		time.Sleep(time.Minute)
	}
	os.Exit(m.Run())
}

func refuses(context.Context) error { return errors.New("nobody answers") }

// hold has another process take the lock of dir.
func hold(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "INSTANCE_TEST_HOLD="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process said %q, %v", line, err)
	}
	return cmd
}

func TestSecondAsksTheFirst(t *testing.T) {
	dir := t.TempDir()
	hold(t, dir)
	asked := 0
	_, err := instance.Acquire(t.Context(), dir, func(context.Context) error { asked++; return nil })
	if !errors.Is(err, instance.ErrTaken) || asked != 1 {
		t.Errorf("acquire: %v after %d questions, want ErrTaken after one", err, asked)
	}
}

// An engine that was killed gives its lock up, and who waits gets it.
func TestKilledHolderMakesRoom(t *testing.T) {
	dir := t.TempDir()
	other := hold(t, dir)
	kill := time.AfterFunc(200*time.Millisecond, func() { _ = other.Process.Kill() })
	defer kill.Stop()
	lock, err := instance.Acquire(t.Context(), dir, refuses)
	if err != nil {
		t.Fatal(err)
	}
	lock.Release()
}

func TestHolderThatDoesNotAnswer(t *testing.T) {
	dir := t.TempDir()
	hold(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := instance.Acquire(ctx, dir, refuses)
	if core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("acquire: %v, want a sentence that it does not answer", err)
	}
}

func TestFolderThatIsNone(t *testing.T) {
	_, err := instance.Acquire(t.Context(), filepath.Join(t.TempDir(), "missing"), refuses)
	if core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("acquire: %v", err)
	}
}
