package folder

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/source/sourcetest"
)

// host is an engine's intake in memory: all or nothing, like the real one.
type host struct {
	sourcetest.Host

	mu      sync.Mutex
	events  []*core.Event
	notes   []core.SourceNote
	cause   string
	commits int
	runs    []core.Run             // of commits that were part of one
	fail    func(commit int) error // asked before each commit
}

func newHost() *host { return &host{} }

func (h *host) Accept(_ context.Context, events []*core.Event, marks []core.Mark) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.commits++
	if h.fail != nil {
		if err := h.fail(h.commits); err != nil {
			return err
		}
	}
	h.events = append(h.events, events...)
	h.Keep(marks, events...)
	return nil
}

func (h *host) AcceptRun(ctx context.Context, run *core.Run, events []*core.Event, marks []core.Mark) error {
	if run != nil {
		h.mu.Lock()
		h.runs = append(h.runs, *run)
		h.mu.Unlock()
	}
	return h.Accept(ctx, events, marks)
}

func (h *host) Report(_, cause string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cause = cause
}

func (h *host) reported() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.cause
}

// refuse sets what is asked before each commit.
func (h *host) refuse(fail func(commit int) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fail = fail
}

func (h *host) event(i int) *core.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.events[i]
}

func (h *host) Note(_ string, n core.SourceNote) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.notes = append(h.notes, n)
}

// got gives the events, each as "origin: title data", and forgets them.
func (h *host) got() (all []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.events {
		all = append(all, e.Origin+": "+string(e.Data))
	}
	h.events = nil
	return all
}

func (h *host) noted() (all []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, n := range h.notes {
		all = append(all, n.Where+": "+n.Text)
	}
	h.notes = nil
	return all
}

func (h *host) total() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.events)
}

// bench is a folder and a host. Its engine is one that hears no notices, so
// that it runs in a bubble of made-up time.
type bench struct {
	t    *testing.T
	dir  string
	src  *core.Source
	host *host
	stop func()
}

// inBubble runs a test with a bench whose folder is watched already.
func inBubble(t *testing.T, o core.FolderSource, test func(b *bench)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		o.Path = filepath.Join(dir, "in")
		b := &bench{t: t, dir: o.Path, host: newHost(), src: &core.Source{ID: "s1", Kind: core.KindFolder, Existing: core.Existing{Do: core.ExistingSend}, Folder: &o}, stop: func() {}}
		if err := os.Mkdir(o.Path, 0o755); err != nil {
			t.Fatal(err)
		}
		defer func() { b.stop() }()
		test(b)
	})
}

// start starts the source, or starts it again.
func (b *bench) start() {
	b.stop()
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan struct{})
	f := New(b.src, b.host, slog.New(slog.DiscardHandler))
	go func() {
		defer close(done)
		f.run(ctx, &watch{dir: b.dir, wanted: f.wanted})
	}()
	b.stop = func() {
		cancel()
		<-done
	}
}

// pass lets time go by.
func (b *bench) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// files lists what is in the folder and below it.
func (b *bench) files() (names []string) {
	err := filepath.WalkDir(b.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(b.dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return names
}

func rows(from, to int) string {
	var s strings.Builder
	s.WriteString("id,name\n")
	for i := from; i <= to; i++ {
		_, _ = fmt.Fprintf(&s, "%d,Person %d\n", i, i)
	}
	return s.String()
}
