package engine_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/persist"
)

// BenchmarkDrain delivers stored events of about 500 bytes to a receiver in the
// same process: for a profile of the engine. "make bench" measures it honestly.
func BenchmarkDrain(b *testing.B) {
	sink, done := countingSink(b)
	e := benchEngine(b, -1)
	w := hook("sink")
	w.Address, w.State, w.Parallel = sink, core.StatePaused, 32
	if err := e.Apply(engine.Edit{Webhook: w}); err != nil {
		b.Fatal(err)
	}
	filler := make([]byte, 400)
	for i := range filler {
		filler[i] = 'x'
	}
	for left := b.N; left > 0; left -= 1000 {
		events := numbered(left, min(left, 1000))
		for _, ev := range events {
			ev.Data = append(append([]byte(`{"filler":"`), filler...), `"}`...)
		}
		if err := e.Accept(context.Background(), events, nil); err != nil {
			b.Fatal(err)
		}
	}
	on := w.Clone()
	on.State = core.StateOn
	b.ReportAllocs()
	b.ResetTimer()
	if err := e.Apply(engine.Edit{Webhook: on, Any: true}); err != nil {
		b.Fatal(err)
	}
	<-done
	b.StopTimer()
}

// countingSink is a receiver that closes done once it has b.N messages.
func countingSink(b *testing.B) (address string, done chan struct{}) {
	b.Helper()
	var got atomic.Int64
	done = make(chan struct{})
	sink := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if got.Add(1) == int64(b.N) {
			close(done)
		}
	}))
	b.Cleanup(sink.Close)
	return sink.URL, done
}

// benchEngine starts an engine over a store of its own. local is as in
// engine.Params.
func benchEngine(b *testing.B, local int) *engine.Engine {
	b.Helper()
	store, err := persist.Open(context.Background(), b.TempDir(), persist.Options{})
	if err != nil {
		b.Fatal(err)
	}
	e := engine.New(engine.Params{Store: store, Logger: slog.New(slog.DiscardHandler), Version: "bench", Local: local})
	b.Cleanup(func() {
		if err := errors.Join(e.Stop(context.Background()), store.Close()); err != nil {
			b.Error(err)
		}
	})
	if err := e.Start(context.Background()); err != nil {
		b.Fatal(err)
	}
	return e
}
