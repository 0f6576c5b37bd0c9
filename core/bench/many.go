package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// measureMany looks at an engine with very many webhooks and sources: how long it
// takes to start, what it uses while nothing happens, and whether a record reaches
// all.
func measureMany(s settings, r *report) error {
	return withSink(func(to *process.Process) error {
		dir, err := os.MkdirTemp("", "hookbird-bench-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		set, err := s.manyOf(to.Line+"/in", dir)
		if err != nil {
			return err
		}
		return s.withBird(set, func(b *bird.Bird) error { return s.lookAtMany(r, b, to) })
	})
}

// manyOf are the settings: half of the sources are folders, half local addresses.
func (s settings) manyOf(address, dir string) (set bird.Settings, err error) {
	for i := range s.webhooks {
		set.Webhooks = append(set.Webhooks, bird.Webhook(fmt.Sprintf("w%d", i), address, nil))
	}
	for i := range s.sources {
		id := fmt.Sprintf("s%d", i)
		if i%2 == 0 {
			set.Sources = append(set.Sources, bird.Local(id, nil))
			continue
		}
		path := filepath.Join(dir, id)
		if err := os.Mkdir(path, 0o700); err != nil {
			return set, err
		}
		set.Sources = append(set.Sources, bird.Part{"id": id, "kind": "folder", "name": id, "path": path})
	}
	return set, nil
}

func (s settings) lookAtMany(r *report, b *bird.Bird, to *process.Process) error {
	const records = 20
	if err := b.Fill("s0", 0, records); err != nil {
		return err
	}
	began := time.Now()
	if err := waitCount(to.Line, records*s.webhooks, limit); err != nil {
		return err
	}
	rate := perSecond(records*s.webhooks, time.Since(began))
	var starts []float64
	for range s.rounds {
		if err := b.Stop(); err != nil {
			return err
		}
		if err := b.Start(); err != nil {
			return err
		}
		starts = append(starts, b.Took.Seconds())
	}
	time.Sleep(5 * time.Second) // until the start is over
	before := b.CPU()
	time.Sleep(time.Duration(s.idle) * time.Second)
	used := b.CPU() - before
	what := fmt.Sprintf("%d webhooks and %d sources", s.webhooks, s.sources)
	r.tell(fmt.Sprintf("%s: %d records to all of them, messages a second", what, records), figure(rate))
	r.tell(what+": start, seconds", spread(starts))
	r.tell(what+": memory, resident and own, MB", fmt.Sprintf("%.1f, %.1f", b.Resident(), b.Own()))
	r.atMost(what+": start", median(starts), 0.5, " s")
	r.atMost(fmt.Sprintf("%s, %d s of nothing: share of a core", what, s.idle), 100*used.Seconds()/float64(s.idle), 1, " %")
	r.atMost(what+": own memory", b.Own(), 32, " MB")
	return nil
}
