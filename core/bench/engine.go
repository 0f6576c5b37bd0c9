package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/persist"
)

// runEngine runs an engine over a data folder, with a history or without, and prints
// its local address.
func runEngine(args []string) {
	f := flag.NewFlagSet("engine", flag.ExitOnError)
	dir := f.String("data", "", "data folder")
	history := f.Bool("history", true, "keep what became of messages")
	_ = f.Parse(args)
	store, err := persist.Open(context.Background(), *dir, persist.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var s core.Store = store
	if !*history {
		s = forgetful{store}
	}
	e := engine.New(engine.Params{Store: s, Logger: slog.New(slog.DiscardHandler), Version: "bench"})
	if err := e.Start(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for e.Address() == "" {
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println(e.Address())
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = e.Stop(context.Background())
	_ = store.Close()
}

// forgetful keeps no history of what was delivered at once.
type forgetful struct{ core.Store }

// Commit leaves out what the history alone needs.
func (f forgetful) Commit(b *core.Batch) error {
	without := *b
	without.Results = nil
	for _, r := range b.Results {
		if r.State != core.Delivered || !r.Prev.IsZero() {
			without.Results = append(without.Results, r)
		}
	}
	return f.Store.Commit(&without)
}
