package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/control"
	"hookbird/core/job"
)

// withDeliveries starts an engine over a long history that carries records from a
// local address to a sink.
func (s settings) withDeliveries(do func(b *bird.Bird, to *process.Process) error, sink ...string) error {
	return withSink(func(to *process.Process) error {
		b := &bird.Bird{Program: s.hookbird}
		var err error
		if b.Dir, err = bird.Folder(); err != nil {
			return err
		}
		defer b.End()
		if err := makeStore(b.Data(), s.rows); err != nil {
			return err
		}
		if err := b.Import(s.toSink(to, "on")); err != nil {
			return err
		}
		if err := b.Start(); err != nil {
			return err
		}
		return do(b, to)
	}, sink...)
}

// jobLimit is how long work of the engine may take before the measurement gives up.
const jobLimit = 10 * time.Minute

// finished waits for a job of the engine, and gives how it ended.
func finished(c *control.Client, v job.View) (job.View, error) {
	for end := time.Now().Add(jobLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		now, err := c.Job(context.Background(), v.ID)
		if err != nil {
			return now, err
		}
		if now.State != job.Running {
			if now.State != job.Done {
				err = fmt.Errorf("%s: %s", now.Title, now.Outcome)
			}
			return now, err
		}
	}
	return v, errors.New(v.Title + " did not end")
}

// measureErase erases a person from a long history, and takes how long that is and how
// fast deliveries go meanwhile.
func measureErase(s settings, r *report) error {
	var took, found, rate []float64
	for range s.rounds {
		err := s.withDeliveries(func(b *bird.Bird, to *process.Process) error { // each over as many: deliveries add more
			return b.Ask(func(c *control.Client) error {
				find, erase, share, err := s.eraseOne(c, b, to, fmt.Sprintf("person.%d@example.org", s.rows/2))
				found, took, rate = append(found, find), append(took, erase), append(rate, share)
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	r.tell("finding a person, without other work, s", spread(found))
	r.tell("erasing a person and making the store anew, s", spread(took))
	r.tell("deliveries meanwhile against before", spread(rate))
	r.atMost(fmt.Sprintf("%d messages: erasing one person", s.rows), median(took), 60, " s")
	r.atLeast(fmt.Sprintf("%d messages: rate of deliveries while a person is erased", s.rows), median(rate), 0.7, "")
	return nil
}

// eraseOne gives the seconds that it takes to find and to erase a person, and how fast
// deliveries go meanwhile against before.
func (s settings) eraseOne(c *control.Client, b *bird.Bird, to *process.Process, person string) (find, erase, share float64, err error) {
	began := time.Now()
	v, err := c.FindPerson(context.Background(), person)
	if err == nil {
		v, err = finished(c, v)
	}
	if err != nil {
		return 0, 0, 0, err
	}
	find = time.Since(began).Seconds()
	p, err := c.Person(context.Background(), v.ID)
	if err != nil || p.Records != 1 || p.Messages != 1 {
		return 0, 0, 0, fmt.Errorf("%d records and %d messages of %s, %w", p.Records, p.Messages, person, err)
	}
	before, err := s.rate(b, to)
	if err != nil {
		return 0, 0, 0, err
	}
	began = time.Now()
	done := make(chan error, 1)
	e, err := c.ErasePerson(context.Background(), v.ID)
	if err != nil {
		return 0, 0, 0, err
	}
	go func() {
		_, err := finished(c, e)
		erase = time.Since(began).Seconds()
		done <- err
	}()
	var rates []float64
	for {
		now, err := s.rate(b, to)
		if err != nil {
			return 0, 0, 0, err
		}
		rates = append(rates, now)
		select {
		case err := <-done:
			return find, erase, median(rates) / before, err
		default:
		}
	}
}

// rate is how many records a second come to the sink through the engine.
func (s settings) rate(b *bird.Bird, to *process.Process) (float64, error) {
	c, err := load(s.load/2, s.senders, b.Address(bird.DefaultSource), to, to, b.Process)
	return perSecond(s.load/2, c.wall), err
}

// steady is how often a record comes while a backup is made: 200 a second.
const steady = "5ms"

// measureBackup makes a backup of a long history while records pass, and takes how
// much later those come.
func measureBackup(s settings, r *report) error {
	var took, ratios, alone, meanwhile []float64
	err := s.withDeliveries(func(b *bird.Bird, to *process.Process) error {
		return b.Ask(func(c *control.Client) error {
			for n := range s.rounds {
				before, err := s.late(b, to, nil)
				if err != nil {
					return err
				}
				began := time.Now()
				v, err := c.MakeBackup(context.Background(), control.BackupOrder{Path: filepath.Join(b.Dir, fmt.Sprintf("%d.hookbird-backup", n))})
				if err != nil {
					return err
				}
				done := make(chan error, 1)
				var seconds float64
				go func() {
					_, err := finished(c, v)
					seconds = time.Since(began).Seconds()
					done <- err
				}()
				during, err := s.late(b, to, done)
				if err != nil {
					return err
				}
				took, alone, meanwhile = append(took, seconds), append(alone, before), append(meanwhile, during)
				ratios = append(ratios, during/before)
			}
			return nil
		})
	}, "-track")
	if err != nil {
		return err
	}
	r.tell("a backup, s", spread(took))
	r.tell("200 records a second, p99 without and with a backup being made, ms", spread(alone)+", "+spread(meanwhile))
	r.atMost(fmt.Sprintf("%d records: p99 of deliveries while a backup is made against before", s.rows), median(ratios), 5, "")
	return nil
}

// late is the p99, in milliseconds, of records that come steadily: of some hundreds or,
// if done is given, of all until it tells.
func (s settings) late(b *bird.Bird, to *process.Process, done <-chan error) (float64, error) {
	var all []time.Duration
	for {
		took, err := s.arriveEvery(to, b.Address(bird.DefaultSource), 4*s.arrivals, steady)
		if err != nil {
			return 0, err
		}
		all = append(all, took...)
		if done == nil {
			return p99(all), nil
		}
		select {
		case err := <-done:
			return p99(all), err
		default:
		}
	}
}
