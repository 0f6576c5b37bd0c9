package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/bench/traffic"
)

// measureStart takes the time from the start of the process to the answer to its
// first event.
func measureStart(s settings, r *report) error {
	var took []float64
	err := withSink(func(to *process.Process) error {
		for range s.rounds {
			b, err := bird.New(s.hookbird, s.toSink(to, "on"))
			if err != nil {
				return err
			}
			began := time.Now()
			if err = b.Start(); err == nil {
				rt := traffic.Client(1)
				err = traffic.Post(rt, b.Address(bird.DefaultSource), traffic.Record(1))
				rt.CloseIdleConnections()
			}
			took = append(took, time.Since(began).Seconds())
			b.End()
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
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
	p, err := process.Launch(process.Command{Path: s.hookbird, Args: []string{"--data", filepath.Join(dir, "data"), "--hidden"}, Env: env})
	if err != nil {
		return err
	}
	defer p.Kill()
	time.Sleep(5 * time.Second) // until the start is over
	before := p.CPU()
	time.Sleep(time.Duration(s.idle) * time.Second)
	used := p.CPU() - before
	if p.Ended() {
		return errors.New("the engine ended by itself")
	}
	r.atMost(fmt.Sprintf("idle engine with tray, %d s: share of a core", s.idle), 100*used.Seconds()/float64(s.idle), 0.1, " %")
	r.atMost("idle engine with tray: resident", p.Resident(), 40, " MB")
	return nil
}

// desktop starts a display and a session bus and gives the environment that
// names them.
func desktop() (env []string, end func(), err error) {
	for _, name := range []string{"Xvfb", "dbus-daemon"} {
		if _, err := exec.LookPath(name); err != nil {
			return nil, nil, errors.New("there is no " + name)
		}
	}
	display, err := process.Start(process.Command{
		Path: "Xvfb", Args: strings.Fields("-displayfd 1 -screen 0 1280x800x24 -nolisten tcp"),
	})
	if err != nil {
		return nil, nil, err
	}
	bus, err := process.Start(process.Command{Path: "dbus-daemon", Args: []string{"--session", "--nofork", "--print-address"}})
	if err != nil {
		display.Kill()
		return nil, nil, err
	}
	env = []string{"DISPLAY=:" + display.Line, "DBUS_SESSION_BUS_ADDRESS=" + bus.Line}
	return env, func() {
		bus.Kill()
		display.Kill()
	}, nil
}
