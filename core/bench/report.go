package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// report collects what was measured and which bars were missed.
type report struct {
	slack  float64 // bars are wider by this factor
	lines  []string
	barred int // values that have a bar
	missed int
}

// atLeast notes a value that should reach a bar.
func (r *report) atLeast(what string, value, bar float64, unit string) {
	bar /= r.slack
	r.judge(what, fmt.Sprintf("%s%s (bar: at least %s%s)", figure(value), unit, figure(bar), unit), value >= bar)
}

// atMost notes a value that should not pass a bar.
func (r *report) atMost(what string, value, bar float64, unit string) {
	bar *= r.slack
	r.judge(what, fmt.Sprintf("%s%s (bar: at most %s%s)", figure(value), unit, figure(bar), unit), value <= bar)
}

// aim is atLeast for a bar that takes real sizes and a machine of its own. A short form
// has neither, so it is only told there.
func (r *report) aim(what string, value, bar float64) {
	if r.slack > 1 {
		r.tell(what, figure(value))
		return
	}
	r.atLeast(what, value, bar, "")
}

// figure prints a number with as many digits as say something.
func figure(v float64) string {
	if v >= 1000 || v == float64(int(v)) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func (r *report) judge(what, text string, good bool) {
	r.barred++
	mark := "ok    "
	if !good {
		mark = "MISSED"
		r.missed++
	}
	r.print(mark, what, text)
}

// tell notes a value without a bar.
func (r *report) tell(what, text string) { r.print("      ", what, text) }

func (r *report) print(mark, what, text string) {
	line := mark + " " + what + strings.Repeat(" ", max(1, 66-utf8.RuneCountInString(what))) + text
	r.lines = append(r.lines, line)
	fmt.Println(line)
}

func (r *report) fail(text string) { r.judge("could not be measured", text, false) }

func (r *report) summary() int {
	fmt.Println("\n== summary")
	fmt.Println(strings.Join(r.lines, "\n"))
	if r.missed > 0 {
		fmt.Printf("%d of %d bars missed\n", r.missed, r.barred)
		return 1
	}
	return 0
}

// spread prints a median with its least and greatest.
func spread(v []float64) string {
	return fmt.Sprintf("%s [%s..%s]", figure(median(v)), figure(slices.Min(v)), figure(slices.Max(v)))
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}
