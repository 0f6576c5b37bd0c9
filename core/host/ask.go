package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/instance"
	"hookbird/core/service"
)

// Ask has do ask the engine that is running or, if none is, one that only knows
// and changes settings. It gives do's error.
func Ask(p Params, do func(ctx context.Context, s control.Service) error) error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := p.Storage.MakeFolder(p.Data); err != nil {
		return err
	}
	return p.either(ctx, do, func() error { return p.askAlone(ctx, do) })
}

// either has do ask the engine that is running or, if none is, does something alone,
// holding the lock of the data folder.
func (p Params) either(ctx context.Context, do func(ctx context.Context, s control.Service) error, alone func() error) error {
	var answer error
	lock, err := instance.Acquire(ctx, p.Data, func(ctx context.Context) error {
		c, err := control.Dial(p.Data)
		if err != nil {
			return err
		}
		defer c.Close()
		if !c.Peer().Ready {
			return control.ErrNobody // it is still starting
		}
		answer = do(context.WithoutCancel(ctx), c)
		return nil
	})
	if errors.Is(err, instance.ErrTaken) {
		return answer
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	return alone()
}

func (p Params) askAlone(ctx context.Context, do func(ctx context.Context, s control.Service) error) error {
	log := slog.New(slog.DiscardHandler)
	store, err := p.Storage.Open(ctx, p.Data, true, log)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	e := engine.New(engine.Params{Store: store, Logger: log, Version: p.Version, Quiet: true})
	if err := e.Start(ctx); err != nil {
		return err
	}
	defer func() { _ = e.Stop(ctx) }()
	e.WaitCounted()
	s := p.serve(service.Params{Engine: e, Store: store, Logger: log})
	defer s.Close()
	return do(ctx, s)
}

// newer tells whether version a comes after b. Versions that are no numbers are
// equal to everything, so that two builds in development leave each other alone.
func newer(a, b string) bool {
	av, okA := numbers(a)
	bv, okB := numbers(b)
	if !okA || !okB {
		return false
	}
	for i := range av {
		if av[i] != bv[i] {
			return av[i] > bv[i]
		}
	}
	return false
}

func numbers(version string) (v [3]int, ok bool) {
	n, _ := fmt.Sscanf(strings.TrimPrefix(version, "v"), "%d.%d.%d", &v[0], &v[1], &v[2])
	return v, n == len(v)
}
