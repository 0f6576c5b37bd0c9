package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// report collects what was measured and which bars were missed.
type report struct {
	lines  []string
	missed int
}

// atLeast notes a value that should reach a bar.
func (r *report) atLeast(what string, value, bar float64) {
	r.note(what, fmt.Sprintf("%.2f (bar: at least %.2f)", value, bar), value >= bar)
}

// atMost notes a value that should not pass a bar.
func (r *report) atMost(what string, value, bar float64, unit string) {
	r.note(what, fmt.Sprintf("%.2f%s (bar: at most %.2f%s)", value, unit, bar, unit), value <= bar)
}

func (r *report) note(what, text string, good bool) {
	mark := "ok    "
	if !good {
		mark = "MISSED"
		r.missed++
	}
	line := fmt.Sprintf("%s %-58s %s", mark, what, text)
	r.lines = append(r.lines, line)
	fmt.Println(line)
}

// tell notes a value without a bar.
func (r *report) tell(what, text string) {
	line := fmt.Sprintf("       %-58s %s", what, text)
	r.lines = append(r.lines, line)
	fmt.Println(line)
}

func (r *report) fail(text string) {
	r.note("could not be measured", text, false)
}

func (r *report) summary() int {
	fmt.Println("\n== summary")
	fmt.Println(strings.Join(r.lines, "\n"))
	if r.missed > 0 {
		fmt.Printf("%d bars missed\n", r.missed)
		return 1
	}
	return 0
}

// spread prints a median with its least and greatest.
func spread(v []float64) string {
	return fmt.Sprintf("%.2f [%.2f..%.2f]", median(v), slices.Min(v), slices.Max(v))
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}

func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}
