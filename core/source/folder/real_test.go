package folder

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hookbird/core"
)

// waiting is a host that tells of each commit that brought events.
type waiting struct {
	*host
	came chan int
}

func (w waiting) AcceptRun(ctx context.Context, run *core.Run, events []*core.Event, marks []core.Mark) error {
	err := w.host.AcceptRun(ctx, run, events, marks)
	if len(events) > 0 {
		w.came <- len(events)
	}
	return err
}

// With the system's real clock and real notices: a file is read within 3 s
// after it stopped growing, also when the folder was replaced by a new one.
func TestRealFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	h := waiting{host: newHost(), came: make(chan int, 10)}
	f := New(&core.Source{ID: "s1", Existing: core.Existing{Do: core.ExistingSend}, Folder: &core.FolderSource{Path: dir}}, h, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- f.Run(ctx) }()
	drop := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		select {
		case <-h.came:
			t.Logf("%s: after %v", name, time.Since(began))
		case <-time.After(3 * time.Second):
			t.Fatalf("%s was not read within 3 s", name)
		}
	}
	drop("a.csv", "a\n1\n")
	if err := os.Rename(dir, dir+" old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	drop("b.csv", "a\n2\n")
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSilentNoticesAreNotReliedOn(t *testing.T) {
	w := &watch{on: true, heard: true}
	w.learn(true) // the first look, after listening began
	for range trust {
		if !w.works() {
			t.Fatal("not relied on any more")
		}
		w.learn(false)
		w.learn(true)
	}
	if w.works() {
		t.Error("still relied on, though changes came without notice")
	}
}
