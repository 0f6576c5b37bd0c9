package process_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core/bench/process"
)

func sh(script string) process.Command {
	return process.Command{Path: "/bin/sh", Args: []string{"-c", script}, Hear: true}
}

func TestProcess(t *testing.T) {
	t.Run("is ready with its first line", func(t *testing.T) {
		p, err := process.Start(sh("echo here I am; cat"))
		if err != nil {
			t.Fatal(err)
		}
		if p.Line != "here I am" || p.Took <= 0 || p.Ended() {
			t.Errorf("line %q after %s, ended %v", p.Line, p.Took, p.Ended())
		}
		p.Kill()
		if !p.Ended() {
			t.Error("it goes on after it was killed")
		}
	})
	t.Run("is ready with the line that was waited for", func(t *testing.T) {
		c := sh("echo one; echo two; echo three; cat")
		c.Ready = func(line string) bool { return strings.HasPrefix(line, "tw") }
		p, err := process.Start(c)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Kill()
		if p.Line != "two" {
			t.Errorf("ready with %q", p.Line)
		}
	})
	t.Run("ends before it is ready", func(t *testing.T) {
		if _, err := process.Start(sh("echo no luck >&2; exit 3")); err == nil || !strings.Contains(err.Error(), "no luck") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("is never ready", func(t *testing.T) {
		c := sh("exec cat")
		c.Patience = 50 * time.Millisecond
		if _, err := process.Start(c); err == nil {
			t.Error("it counts as ready")
		}
	})
	t.Run("stops when asked", func(t *testing.T) {
		p, err := process.Start(sh("trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done"))
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Stop(10 * time.Second); err != nil {
			t.Error(err)
		}
	})
	t.Run("does not stop when asked", func(t *testing.T) {
		p, err := process.Start(sh("trap '' TERM; echo ready; while :; do sleep 0.01; done"))
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Stop(50 * time.Millisecond); err == nil || !p.Ended() {
			t.Errorf("error is %v, ended %v", err, p.Ended())
		}
	})
	t.Run("all are killed", func(t *testing.T) {
		a, errA := process.Start(sh("echo a; exec cat"))
		b, errB := process.Start(sh("echo b; exec cat"))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		process.KillAll()
		if !a.Ended() || !b.Ended() {
			t.Error("some go on")
		}
	})
}

func TestUsage(t *testing.T) {
	if !process.Known() {
		t.Skip("this system does not say what a process uses")
	}
	p, err := process.Start(sh("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo done; exec cat"))
	if err != nil {
		t.Fatal(err)
	}
	if cpu := p.CPU(); cpu < 10*time.Millisecond || cpu > time.Minute || process.CPUOf(p) < cpu {
		t.Errorf("it used %s", cpu)
	}
	used := p.CPU()
	defer func() {
		p.Kill()
		if after := p.CPU(); after < used/2 || after > 2*used+time.Second {
			t.Errorf("it used %s, and %s once it had ended", used, after)
		}
	}()
	if own, all := p.Own(), p.Resident(); own <= 0 || all < own || all > 100 {
		t.Errorf("%.2f MB of its own, %.2f in all", own, all)
	}
}
