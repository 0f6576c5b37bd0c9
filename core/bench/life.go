package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What a crash may send twice: deliveries handed out and not yet on disk as
// done, and the requests on their way. The figures are core/engine's.
const lentToLane = 256

// measureStart takes the time from the start of the process to the answer to its
// first event.
func measureStart(s settings, r *report) error {
	to, err := child("sink")
	if err != nil {
		return err
	}
	defer to.kill()
	var took []float64
	for range s.rounds {
		b, err := newBird(s.hookbird, to.first, s.conc, "on")
		if err != nil {
			return err
		}
		began := time.Now()
		if err := b.start(); err != nil {
			b.end()
			return err
		}
		err = post(http.DefaultTransport, b.address, record(1))
		took = append(took, time.Since(began).Seconds())
		b.end()
		if err != nil {
			return err
		}
	}
	r.tell("start to first event accepted, seconds", spread(took))
	r.atMost("start to first event accepted", median(took), 0.2, " s")
	return nil
}

// measureIdle watches an engine with its tray icon do nothing, on a display and
// a session bus of its own.
func measureIdle(s settings, r *report) error {
	env, end, err := desktop()
	if err != nil {
		r.tell("idle engine with tray", "not measured: "+err.Error())
		return nil
	}
	defer end()
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	p := &proc{cmd: exec.Command(s.hookbird, "--data", filepath.Join(dir, "data"), "--hidden")}
	p.cmd.Env = append(os.Environ(), env...)
	if err := p.cmd.Start(); err != nil {
		return err
	}
	defer p.kill()
	time.Sleep(5 * time.Second) // until the start is over
	before := p.cpu()
	time.Sleep(time.Duration(s.idle) * time.Second)
	used := p.cpu() - before
	if statFields(p.cmd.Process.Pid) == nil {
		return errors.New("the engine ended by itself")
	}
	r.atMost(fmt.Sprintf("idle engine with tray, %d s: share of a core", s.idle), 100*used.Seconds()/float64(s.idle), 0.1, " %")
	r.atMost("idle engine with tray: resident", p.resident(), 40, " MB")
	return nil
}

// desktop starts a display and a session bus and gives the environment that
// names them.
func desktop() (env []string, end func(), err error) {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		return nil, nil, errors.New("there is no Xvfb")
	}
	x := exec.Command("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	out, err := x.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := x.Start(); err != nil {
		return nil, nil, err
	}
	number, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, nil, err
	}
	bus, err := spawn(nil, "dbus-daemon", "--session", "--nofork", "--print-address")
	if err != nil {
		_ = x.Process.Kill()
		return nil, nil, err
	}
	env = []string{"DISPLAY=:" + strings.TrimSpace(number), "DBUS_SESSION_BUS_ADDRESS=" + bus.first}
	return env, func() {
		bus.kill()
		_ = x.Process.Kill()
		_ = x.Wait()
	}, nil
}

// measureKills kills the engine again and again while senders post, and looks
// afterwards for every record that was accepted.
func measureKills(s settings, r *report) error {
	to, err := child("sink", "-track")
	if err != nil {
		return err
	}
	defer to.kill()
	b, err := newBird(s.hookbird, to.first, s.conc, "on")
	if err != nil {
		return err
	}
	defer b.end()
	acked := map[int]bool{}
	for kill := range s.kills {
		if err := killRound(s, b, kill, acked); err != nil {
			return err
		}
	}
	if err := b.start(); err != nil {
		return err
	}
	return countKills(s, r, to.first, acked)
}

// killRound starts the engine, loads it, and kills it at a moment by chance.
func killRound(s settings, b *bird, kill int, acked map[int]bool) error {
	const most = 5000 // records a round
	if err := b.start(); err != nil {
		return err
	}
	acks := filepath.Join(b.dir, "acks")
	p, err := child("send", "-to", b.address, "-from", strconv.Itoa(kill*most), "-count", strconv.Itoa(most),
		"-conc", strconv.Itoa(s.senders), "-acks", acks)
	if err != nil {
		return err
	}
	if _, err := p.stdin.Write([]byte("\n")); err != nil {
		return err
	}
	time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
	b.kill()
	b.proc = nil
	_ = p.cmd.Wait() // its requests fail now, so it ends
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
func countKills(s settings, r *report, sink string, acked map[int]bool) error {
	if err := waitQuiet(sink); err != nil {
		return err
	}
	resp, err := http.Get(sink + "/seen")
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	seen := map[int]int{}
	if err := json.Unmarshal(text, &seen); err != nil {
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

// waitQuiet waits until a sink gets nothing more for two seconds.
func waitQuiet(sink string) error {
	last, since := -1, time.Now()
	for time.Since(since) < 2*time.Second {
		n, err := sinkCount(sink)
		if err != nil {
			return err
		}
		if n != last {
			last, since = n, time.Now()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil
}
