package main

import (
	"os"
	"testing"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

var program string // the built engine

func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		if role, ok := roles[os.Args[1]]; ok {
			role(os.Args[2:]) // a child of a test: one side of a measurement
			return
		}
	}
	os.Exit(bird.Tests(&program, m.Run))
}

// Every measurement works and comes out within wide bars, at sizes that take a
// second or two. One that cannot be made, or loses a record, fails.
func TestMeasurements(t *testing.T) {
	if !process.Known() {
		t.Skip("this system does not say what a process uses")
	}
	for _, m := range measurements {
		if m.name == "idle" {
			continue // needs a display, and the program with its window
		}
		t.Run(m.name, func(t *testing.T) {
			s := quick
			s.hookbird = program
			r := &report{slack: s.slack}
			if err := m.do(s, r); err != nil {
				t.Fatal(err)
			}
			if r.barred == 0 {
				t.Error("nothing was compared with a bar")
			}
			if r.missed > 0 {
				t.Errorf("%d bars missed, load average %s", r.missed, process.LoadAverage())
			}
		})
	}
}

func TestReport(t *testing.T) {
	for _, c := range []struct {
		name   string
		note   func(r *report)
		missed int
	}{
		{"at least, reached", func(r *report) { r.atLeast("x", 0.7, 0.7, "") }, 0},
		{"at least, not reached", func(r *report) { r.atLeast("x", 0.69, 0.7, "") }, 1},
		{"at most, not passed", func(r *report) { r.atMost("x", 1.6, 1.6, "") }, 0},
		{"at most, passed", func(r *report) { r.atMost("x", 1.61, 1.6, "") }, 1},
		{"one lost", func(r *report) { r.atMost("lost", 1, 0, "") }, 1},
		{"told only", func(r *report) { r.tell("x", "7") }, 0},
		{"not measured", func(r *report) { r.fail("x") }, 1},
	} {
		r := &report{slack: 1}
		c.note(r)
		if r.missed != c.missed {
			t.Errorf("%s: %d missed, want %d", c.name, r.missed, c.missed)
		}
	}
	narrow, wide := &report{slack: 1}, &report{slack: 2}
	for _, r := range []*report{narrow, wide} {
		r.atLeast("x", 0.4, 0.7, "")
		r.atMost("x", 3, 1.6, "")
	}
	if narrow.missed != 2 || wide.missed != 0 {
		t.Errorf("missed %d and with slack %d, want 2 and 0", narrow.missed, wide.missed)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		of   []float64
		want float64
	}{{[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 3, 2}, 2.5}} {
		if got := median(c.of); got != c.want {
			t.Errorf("median of %v is %v", c.of, got)
		}
	}
}
