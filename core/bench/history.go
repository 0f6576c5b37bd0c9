package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hookbird/core"
	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/control"
	"hookbird/persist/made"
)

// measureHistory takes what a long history costs: pages of it, a search through all
// of it, the memory of both; and what it costs each record to have a history.
func measureHistory(s settings, r *report) error {
	if err := s.measurePages(r); err != nil {
		return err
	}
	return s.measureKeeping(r)
}

func (s settings) measurePages(r *report) error {
	small, err := s.withHistory(0)
	if err != nil {
		return err
	}
	defer small.End()
	large, err := s.withHistory(s.rows)
	if err != nil {
		return err
	}
	defer large.End()
	var page, rate, memory []float64
	slowest := ""
	for range s.rounds {
		most, name, err := pages(large)
		if err != nil {
			return err
		}
		own, err := peak(large.Process, func() error {
			perSecond, err := searchAll(large, s.rows)
			rate = append(rate, perSecond)
			return err
		})
		if err != nil {
			return err
		}
		empty, err := peak(small.Process, func() error { _, _, err := pages(small); return err })
		if err != nil {
			return err
		}
		page, memory, slowest = append(page, most), append(memory, own-empty), name
	}
	r.tell("the slowest first page, ms", spread(page)+" ("+slowest+")")
	r.tell("rows that a search for a text reads a second", spread(rate))
	r.atMost(fmt.Sprintf("%d messages: the slowest first page", s.rows), median(page), 100, " ms")
	r.atLeast(fmt.Sprintf("%d messages: search for a text", s.rows), median(rate), 200_000, " rows a second")
	r.atMost(fmt.Sprintf("%d messages: own memory more than with none, while searching", s.rows), median(memory), 24, " MB")
	return nil
}

// withHistory starts an engine over so many messages.
func (s settings) withHistory(rows int) (*bird.Bird, error) {
	b := &bird.Bird{Program: s.hookbird}
	var err error
	if b.Dir, err = bird.Folder(); err != nil {
		return nil, err
	}
	if err = makeStore(b.Data(), rows); err == nil {
		if err = b.Import(bird.Settings{}); err == nil {
			err = b.Start()
		}
	}
	if err != nil {
		b.End()
		return nil, err
	}
	return b, nil
}

// questions are what the first page is asked for.
var questions = map[string]control.ActivityQuery{
	"all":               {},
	"failed":            {States: []core.DeliveryState{core.Failed}},
	"of a webhook":      {Webhooks: []string{made.Webhook(1)}},
	"failed for a key":  {Causes: []core.Cause{core.CauseKey}, States: []core.DeliveryState{core.Failed}},
	"a group":           {Group: &control.GroupRef{Webhook: made.Webhook(1), Cause: core.CauseKey, Code: 401}},
	"a code":            {Code: 503, Webhooks: []string{made.Webhook(3), made.Webhook(1)}},
	"of a type":         {Types: []string{"record.*"}, Sources: []string{"made"}},
	"a text at the top": {Text: "müller"},
	"the last day":      {Since: time.Now().Add(-24 * time.Hour)},
	"before a week":     {Until: time.Now().Add(-7 * 24 * time.Hour)},
	"without tests":     {Tests: core.WithoutTests, Types: []string{"record.created"}, Text: "spring APPEAL"},
}

// pages gives how long the slowest of the first pages takes, in milliseconds, each
// the median of five.
func pages(b *bird.Bird) (most float64, slowest string, err error) {
	err = b.Ask(func(c *control.Client) error {
		for name, q := range questions {
			var took []float64
			for range 5 {
				began := time.Now()
				_, err := c.Activity(context.Background(), q)
				if core.CodeOf(err) == core.CodeNotFound {
					continue // the engine without history knows none of its webhooks
				}
				if err != nil {
					return err
				}
				took = append(took, float64(time.Since(began).Microseconds())/1000)
			}
			if len(took) > 0 && median(took) > most {
				most, slowest = median(took), name
			}
		}
		groups, err := c.Groups(context.Background())
		if err == nil && len(groups) == 0 && slowest == "" {
			err = errors.New("nothing was asked for")
		}
		return err
	})
	return most, slowest, err
}

// searchAll looks through all messages for a text that none holds, in slices, and
// gives how many are looked at in a second.
func searchAll(b *bird.Bird, rows int) (rate float64, err error) {
	err = b.Ask(func(c *control.Client) error {
		q := control.ActivityQuery{Text: made.Never, Look: 50_000}
		looked, began := uint64(0), time.Now()
		for {
			page, err := c.Activity(context.Background(), q)
			if err != nil {
				return err
			}
			looked += page.Looked
			if q.Before = page.Next; q.Before.IsZero() {
				break
			}
		}
		if looked != uint64(rows) {
			return fmt.Errorf("%d of %d messages were looked at", looked, rows)
		}
		rate = perSecond(rows, time.Since(began))
		return nil
	})
	return rate, err
}

// measureKeeping has the same records go through an engine that keeps a history, and
// through one that keeps none.
func (s settings) measureKeeping(r *report) error {
	var cpu []float64
	for range s.rounds {
		on, err := s.throughEngine("-history=true")
		if err != nil {
			return err
		}
		off, err := s.throughEngine("-history=false")
		if err != nil {
			return err
		}
		cpu = append(cpu, ratio(on.pipe, off.pipe))
		r.tell("with history / without", fmt.Sprintf("%.1f / %.1f µs of CPU an event", perEvent(s.load, on.pipe), perEvent(s.load, off.pipe)))
	}
	r.tell("CPU of the engine with history against without", spread(cpu))
	r.atMost("CPU of the engine with history against without", median(cpu), 1.15, "")
	return nil
}

func (s settings) throughEngine(history string) (c cost, err error) {
	err = withSink(func(to *process.Process) error {
		b, err := bird.New(s.hookbird, s.toSink(to, "on"))
		if err != nil {
			return err
		}
		defer b.End()
		e, err := child("engine", "-data", b.Data(), history)
		if err != nil {
			return err
		}
		defer e.Kill()
		c, err = load(s.load, s.senders, e.Line+"/in/"+bird.Key(bird.DefaultSource), to, to, e)
		return err
	})
	return c, err
}
