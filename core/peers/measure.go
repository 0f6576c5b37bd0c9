package main

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"hookbird/core/bench/traffic"
)

// result is what one peer did.
type result struct {
	name            string
	accept, deliver []float64 // a second
	cpu             []float64 // µs an event
	idle, resident  float64   // MB, before and after the plain work
	killed, outage  fate
}

// fate is what became of records that were accepted.
type fate struct{ accepted, arrived, twice int }

func (f fate) lost() int { return f.accepted - f.arrived }

func (s sizes) measure(make func(to string) (peer, error)) (r result, err error) {
	for _, do := range []func(p peer, t *target, r *result) error{s.work, s.kill, s.outage} {
		if err := with(make, &r, do); err != nil {
			return r, fmt.Errorf("%s: %w", r.name, err)
		}
	}
	return r, nil
}

// with runs one measurement with a new target and a new peer.
func with(make func(to string) (peer, error), r *result, do func(p peer, t *target, r *result) error) error {
	t, err := newTarget()
	if err != nil {
		return err
	}
	defer t.goAway()
	p, err := make(t.address())
	if err != nil {
		return err
	}
	defer p.end()
	r.name = p.name()
	if err := p.start(); err != nil {
		return err
	}
	return do(p, t, r)
}

// work has senders post as fast as they are answered.
func (s sizes) work(p peer, t *target, r *result) error {
	r.idle = p.running().Resident()
	for round := range s.rounds {
		had, cpu, began := t.count(), p.running().CPU(), time.Now()
		numbers := s.post(p.address(), round*s.load, s.load)
		accepted := time.Since(began)
		if len(numbers) != s.load {
			return fmt.Errorf("%d of %d records were accepted", len(numbers), s.load)
		}
		if err := waitFor(t, had+s.load, time.Minute); err != nil {
			return err
		}
		delivered := time.Since(began)
		time.Sleep(300 * time.Millisecond) // what was begun counts too
		r.accept = append(r.accept, float64(s.load)/accepted.Seconds())
		r.deliver = append(r.deliver, float64(s.load)/delivered.Seconds())
		r.cpu = append(r.cpu, float64((p.running().CPU()-cpu).Microseconds())/float64(s.load))
	}
	r.resident = p.running().Resident()
	return nil
}

// post has all senders post records until there are no more or until one is not
// accepted, and gives the numbers of those that were.
func (s sizes) post(address string, from, count int) (numbers []int) {
	rt := traffic.Client(s.senders)
	defer rt.CloseIdleConnections()
	var next atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range s.senders {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= count || traffic.Post(rt, address, traffic.Record(from+n)) != nil {
					return
				}
				mu.Lock()
				numbers = append(numbers, from+n)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return numbers
}

func waitFor(t *target, count int, limit time.Duration) error {
	for end := time.Now().Add(limit); t.count() < count; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			return fmt.Errorf("%d of %d records came in %s", t.count(), count, limit)
		}
	}
	return nil
}

// quiet waits until nothing more has come for a while.
func quiet(t *target, while time.Duration) {
	for last, since := t.count(), time.Now(); time.Since(since) < while; time.Sleep(20 * time.Millisecond) {
		if n := t.count(); n != last {
			last, since = n, time.Now()
		}
	}
}

// kill kills the peer while it works, and starts it again.
func (s sizes) kill(p peer, t *target, r *result) error {
	var numbers []int
	for k := range s.kills {
		done := make(chan []int)
		go func() { done <- s.post(p.address(), k*100_000, 100_000) }()
		time.Sleep(time.Duration(300+50*k) * time.Millisecond)
		p.kill()
		numbers = append(numbers, <-done...)
		if err := p.start(); err != nil {
			return err
		}
	}
	quiet(t, 5*time.Second)
	r.killed.accepted = len(numbers)
	r.killed.arrived, r.killed.twice = t.of(numbers)
	return nil
}

// outage posts fifty records a second while the other system is away.
func (s sizes) outage(p peer, t *target, r *result) error {
	var numbers []int
	rt := traffic.Client(8)
	defer rt.CloseIdleConnections()
	t.goAway()
	for n, end := 0, time.Now().Add(s.away); time.Now().Before(end); n++ {
		if traffic.Post(rt, p.address(), traffic.Record(n)) == nil {
			numbers = append(numbers, n)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := t.come(); err != nil {
		return err
	}
	quiet(t, 15*time.Second) // longer than the pause between two tries
	r.outage.accepted = len(numbers)
	r.outage.arrived, r.outage.twice = t.of(numbers)
	return nil
}

// table prints what all peers did, side by side.
func table(w io.Writer, s sizes, all []result) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(what string, cell func(r result) string) {
		fmt.Fprint(out, what)
		for _, r := range all {
			fmt.Fprint(out, "\t", cell(r))
		}
		fmt.Fprintln(out)
	}
	row("", func(r result) string { return r.name })
	row(fmt.Sprintf("%d records, %d senders: accepted a second", s.load, s.senders), func(r result) string { return spread(r.accept) })
	row("delivered a second", func(r result) string { return spread(r.deliver) })
	row("CPU of the program, µs a record", func(r result) string { return spread(r.cpu) })
	row("memory before and after, resident, MB", func(r result) string { return fmt.Sprintf("%.0f, %.0f", r.idle, r.resident) })
	row(fmt.Sprintf("%d kills under load: accepted, lost, twice", s.kills), func(r result) string { return r.killed.String() })
	row(fmt.Sprintf("target away for %s: accepted, lost, twice", s.away), func(r result) string { return r.outage.String() })
	_ = out.Flush()
}

func (f fate) String() string { return fmt.Sprintf("%d, %d, %d", f.accepted, f.lost(), f.twice) }

func spread(v []float64) string {
	s := slices.Sorted(slices.Values(v))
	return fmt.Sprintf("%.0f [%.0f..%.0f]", s[len(s)/2], s[0], s[len(s)-1])
}
