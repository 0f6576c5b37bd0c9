package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// What a crash may send twice: deliveries handed out and not yet on disk as
// done, and the requests on their way. The figure is core/engine's.
const lentToLane = 256

// measureKills kills the engine again and again while senders post, and looks
// afterwards for every record that was accepted. Command torture does more of it.
func measureKills(s settings, r *report) error {
	return withSink(func(to *process.Process) error {
		b, err := bird.New(s.hookbird, s.toSink(to, "on"))
		if err != nil {
			return err
		}
		defer b.End()
		acked := map[int]bool{}
		for kill := range s.kills {
			if err := s.killRound(b, kill, acked); err != nil {
				return err
			}
		}
		if err := b.Start(); err != nil {
			return err
		}
		return s.countKills(r, to.Line, acked)
	}, "-track")
}

// killRound starts the engine, loads it, and kills it at a moment by chance.
func (s settings) killRound(b *bird.Bird, kill int, acked map[int]bool) error {
	const most = 5000 // records a round
	if err := b.Start(); err != nil {
		return err
	}
	acks := filepath.Join(b.Dir, "acks")
	p, err := child("send", "-to", b.Address(bird.DefaultSource), "-from", strconv.Itoa(kill*most), "-count", strconv.Itoa(most),
		"-conc", strconv.Itoa(s.senders), "-acks", acks)
	if err != nil {
		return err
	}
	if _, err := p.Stdin.Write([]byte("\n")); err != nil {
		return err
	}
	time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
	b.Kill()
	p.Wait() // its requests fail now, so it ends
	text, err := os.ReadFile(acks)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err == nil {
			acked[n] = true
		}
	}
	return nil
}

// countKills waits until nothing more comes, and compares.
func (s settings) countKills(r *report, sink string, acked map[int]bool) error {
	if err := waitQuiet(sink); err != nil {
		return err
	}
	seen, err := ask[map[int]int](sink, "/seen")
	if err != nil {
		return err
	}
	lost, twice := 0, 0
	for n := range acked {
		if seen[n] == 0 {
			lost++
		}
	}
	for _, times := range seen {
		twice += times - 1
	}
	bound := s.kills * (lentToLane + s.conc)
	r.tell(fmt.Sprintf("%d kills under load", s.kills), fmt.Sprintf("%d accepted, %d arrived", len(acked), len(seen)))
	r.atMost("accepted and lost", float64(lost), 0, "")
	r.atMost("sent twice, over all kills (bound: what was in flight)", float64(twice), float64(bound), "")
	return nil
}
