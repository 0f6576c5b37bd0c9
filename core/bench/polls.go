package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/control"
)

// measurePolls takes what it costs to look where nothing has changed: at a table, a
// spreadsheet and a page of the web; and what twenty sources cost that have nothing to
// do. Each has an engine of its own, and all are watched at the same time, because what
// counts is the time of their own threads. What an engine without sources uses is taken
// off.
//
// A table counts as unchanged once its overlap is over, after which no row can come late
// any more.
func measurePolls(s settings, r *report) error {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	p, err := newPlaces(dir, s.rows/10)
	if err != nil {
		return err
	}
	defer p.close()
	all, err := s.startIdlers(p)
	defer endIdlers(all)
	if err != nil {
		return err
	}
	time.Sleep(beforeIdle)
	for range s.rounds {
		if err := s.watchIdlers(all); err != nil {
			return err
		}
	}
	s.tellIdlers(r, all)
	return nil
}

// beforeIdle is how long it takes until a start is over and everything was looked at.
const beforeIdle = 8 * time.Second

// watched is for how long an engine with nothing to do is watched.
func (s settings) watched() time.Duration {
	return max(6*time.Second, time.Duration(s.idle)*time.Second)
}

// idler is an engine whose sources have nothing to do.
type idler struct {
	*bird.Bird
	what  string
	every time.Duration // between two looks; 0 for many sources
	bar   float64       // 0 for none
	used  []float64     // seconds of CPU, a round each
}

// startIdlers starts an engine without sources, one for each kind of look, and one with
// twenty sources.
func (s settings) startIdlers(p *places) (all []*idler, err error) {
	rows := s.rows / 10
	for _, kind := range []struct {
		what  string
		every time.Duration
		bar   float64
		parts []bird.Part
	}{
		{"no sources", 0, 0, nil},
		{fmt.Sprintf("table of %d rows", rows), 5 * time.Second, 10, []bird.Part{p.table("5s", "1s")}},
		{"table of as many whose overlap goes on", 5 * time.Second, 0, []bird.Part{p.table("5s", "1h")}},
		{"spreadsheet of 1000 rows", 2 * time.Second, 10, []bird.Part{p.spreadsheet()}},
		{"page of 1000 records with an ETag", 5 * time.Second, 10, []bird.Part{p.page("/tagged", "5s")}},
		{"page of 1000 records without one", 5 * time.Second, 10, []bird.Part{p.page("/plain", "5s")}},
		{"list of 1000 records beside a new time", 5 * time.Second, 10, []bird.Part{p.page("/dated", "5s")}},
		{"20 sources", 0, 0.2, p.twenty()},
	} {
		b, err := bird.New(s.hookbird, bird.Settings{Sources: named(kind.parts)})
		if err != nil {
			return all, err
		}
		all = append(all, &idler{Bird: b, what: kind.what, every: kind.every, bar: kind.bar})
		if err := b.Start(); err != nil {
			return all, err
		}
	}
	return all, nil
}

func endIdlers(all []*idler) {
	for _, i := range all {
		i.End()
	}
}

// watchIdlers watches all for one round.
func (s settings) watchIdlers(all []*idler) error {
	before := make([]time.Duration, len(all))
	for n, i := range all {
		before[n] = i.CPU()
	}
	began := time.Now()
	time.Sleep(s.watched())
	for n, i := range all {
		i.used = append(i.used, (i.CPU() - before[n]).Seconds())
	}
	var wrong []error
	for _, i := range all { // asking costs something too, so it comes last
		wrong = append(wrong, i.working(began))
	}
	return errors.Join(wrong...)
}

// working makes sure that something was measured: the sources work, ask nothing, have
// taken no record, and what has a look of its own has had it.
func (i *idler) working(since time.Time) error {
	return i.Ask(func(c *control.Client) error {
		list, err := c.Sources(context.Background())
		if err != nil {
			return err
		}
		for _, src := range list {
			st := src.State
			if !st.Working || st.Question != nil || st.Events > 0 {
				return fmt.Errorf("%s: source %s works %v (%s), asks %v, has %d records", i.what, src.Source.ID, st.Working, st.Cause, st.Question, st.Events)
			}
			if i.every > 0 && st.Looked.Before(since) {
				return fmt.Errorf("%s: the source has not looked since %s", i.what, st.Looked)
			}
		}
		return nil
	})
}

func (s settings) tellIdlers(r *report, all []*idler) {
	nothing, seconds := all[0], s.watched().Seconds()
	for _, i := range all {
		what, unit := fmt.Sprintf("%s with nothing to do, %s: share of a core", i.what, s.watched()), " %"
		cost := make([]float64, len(i.used))
		for n, used := range i.used {
			cost[n] = 100 * used / seconds
		}
		if i.every > 0 { // then of the look alone
			what, unit = "look at an unchanged "+i.what+": CPU", " ms"
			for n, used := range i.used {
				cost[n] = 1000 * max(0, used-nothing.used[n]) * i.every.Seconds() / seconds
			}
		}
		r.tell(what+","+unit, spread(cost))
		if i.bar > 0 {
			r.atMost(what, median(cost), i.bar, unit)
		}
	}
}
