package engine_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/persist"
)

// A webhook that feeds its own engine stops by itself.
func TestLoopEnds(t *testing.T) {
	const key = "loop-0123456789abcdef0123456789abcdef"
	store, err := persist.Open(t.Context(), t.TempDir(), persist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	changed := make(chan struct{}, 1)
	e := engine.New(engine.Params{Store: store, Logger: slog.New(slog.DiscardHandler), Version: "test", OnChange: func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = e.Stop(context.Background())
		_ = store.Close()
	}()
	w := hook("loop")
	w.Address = e.Address() + "/in/" + key
	src := &core.Source{ID: "loop", Kind: core.KindLocal, Name: "Loop", Local: &core.LocalSource{Key: core.NewSecret(key)}}
	if err := e.Apply(engine.Edit{Webhook: w}, engine.Edit{Source: src}); err != nil {
		t.Fatal(err)
	}
	limit := time.After(20 * time.Second)
	wait := func() {
		select {
		case <-changed:
		case <-limit:
			t.Fatal("not in 20 seconds")
		}
	}
	resp, err := http.Post(w.Address, "application/json", strings.NewReader(`{"n":1}`)) // at once: the key counts
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		t.Fatalf("answered %d", resp.StatusCode)
	}
	for e.Webhooks()[0].Failed == 0 {
		wait()
	}
	if n := e.Head(); n != core.MaxHops {
		t.Errorf("the record came in %d times, want %d", n, core.MaxHops)
	}
}
