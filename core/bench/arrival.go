package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// measureArrival sends one event every 20 ms and takes the time until each is at
// the receiver: through the engine, which has it on disk first, and straight.
// Between them it takes the time that the disk needs for a write of its own.
func measureArrival(s settings, r *report) error {
	var ratios, direct, through, late, disk []float64
	err := withSink(func(to *process.Process) error {
		return s.withBird(s.toSink(to, "on"), func(b *bird.Bird) error {
			for range s.rounds {
				raw, err := s.arrive(to, to.Line+"/in")
				if err != nil {
					return err
				}
				sync, err := syncTime(b.Dir, s.arrivals)
				if err != nil {
					return err
				}
				ours, err := s.arrive(to, b.Address(bird.DefaultSource))
				if err != nil {
					return err
				}
				direct, through = append(direct, at(raw, 50)), append(through, at(ours, 50))
				late, disk = append(late, at(ours, 99)), append(disk, sync)
				ratios = append(ratios, at(ours, 50)/(2*sync+at(raw, 50)))
			}
			return nil
		})
	}, "-track")
	if err != nil {
		return err
	}
	r.tell("write of 4 KiB with fdatasync, p50, ms", spread(disk))
	r.tell("50 events a second straight to the receiver, p50, ms", spread(direct))
	r.tell("50 events a second through the engine, p50 and p99, ms", spread(through)+", "+spread(late))
	r.atMost("50 events a second: p50 against two fdatasyncs and a raw request", median(ratios), 6, "")
	return nil
}

// arrive sends timed events and gives how long they took, sorted.
func (s settings) arrive(to *process.Process, address string) ([]time.Duration, error) {
	return s.arriveEvery(to, address, s.arrivals, "20ms")
}

// arriveEvery sends so many timed events, one after every pause.
func (s settings) arriveEvery(to *process.Process, address string, count int, pause string) ([]time.Duration, error) {
	p, err := child("send", "-to", address, "-count", strconv.Itoa(count), "-every", pause)
	if err != nil {
		return nil, err
	}
	defer p.Kill()
	had, err := sinkCount(to.Line)
	if err != nil {
		return nil, err
	}
	if _, err := p.Stdin.Write([]byte("\n")); err != nil {
		return nil, err
	}
	if err := waitCount(to.Line, had+count, limit); err != nil {
		return nil, err
	}
	took, err := ask[[]time.Duration](to.Line, "/delays")
	if err == nil && len(took) != count {
		err = fmt.Errorf("%d of %d events had their time", len(took), count)
	}
	return took, err
}

// at is a percentile of sorted times, in milliseconds.
func at(sorted []time.Duration, percent int) float64 {
	return 1000 * sorted[(len(sorted)-1)*percent/100].Seconds()
}

// p99 is the 99th percentile of times, in milliseconds.
func p99(took []time.Duration) float64 {
	slices.Sort(took)
	return at(took, 99)
}

// syncTime is the p50, in milliseconds, of writing 4 KiB over old ones and waiting
// until they are on the disk.
func syncTime(dir string, times int) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	page := make([]byte, 4096)
	took := make([]time.Duration, times)
	for i := range took {
		page[0] = byte(i)
		began := time.Now()
		if _, err := f.WriteAt(page, 0); err != nil {
			return 0, err
		}
		if err := syncData(f); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return at(took, 50), nil
}
