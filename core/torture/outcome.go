package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// outcome is what a trial found.
type outcome struct {
	trial                       trial
	starting, working, stopping int // kills
	accepted, arrived, lost     int // records
	twice                       []int
	faults                      map[string]int
	err                         error
	took                        time.Duration
}

func (o *outcome) fault(what string, times int) {
	if o.faults == nil {
		o.faults = map[string]int{}
	}
	o.faults[what] += times
}

func (o *outcome) kills() int { return o.starting + o.working + o.stopping }

// mostTwice is how many messages the worst crash sent twice.
func (o *outcome) mostTwice() int {
	if len(o.twice) == 0 {
		return 0
	}
	return slices.Max(o.twice)
}

func (o *outcome) medianTwice() int {
	if len(o.twice) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(o.twice))
	return s[len(s)/2]
}

// good tells whether every law was kept.
func (o *outcome) good() bool {
	return o.err == nil && o.lost == 0 && len(o.faults) == 0 && o.mostTwice() <= o.trial.bound()
}

// problems says what was wrong.
func (o *outcome) problems() (all []string) {
	if o.err != nil {
		all = append(all, o.err.Error())
	}
	if o.lost > 0 {
		all = append(all, fmt.Sprintf("%d lost", o.lost))
	}
	if n := o.mostTwice(); n > o.trial.bound() {
		all = append(all, fmt.Sprintf("%d sent twice after one kill, more than %d", n, o.trial.bound()))
	}
	for _, what := range slices.Sorted(maps.Keys(o.faults)) {
		all = append(all, fmt.Sprintf("%s (%d)", what, o.faults[what]))
	}
	return all
}

const columns = "%-12s %6s %16s %9s %9s %5s %16s %6s  %s\n"

func (o *outcome) cells() []any {
	verdict := "ok"
	if !o.good() {
		verdict = "BROKEN: " + strings.Join(o.problems(), "; ")
	}
	return []any{
		o.trial.name, fmt.Sprint(o.kills()), fmt.Sprintf("%d/%d/%d", o.starting, o.working, o.stopping),
		fmt.Sprint(o.accepted), fmt.Sprint(o.arrived), fmt.Sprint(o.lost),
		fmt.Sprintf("%d/%d (%d)", o.medianTwice(), o.mostTwice(), o.trial.bound()), fmt.Sprintf("%.0f s", o.took.Seconds()), verdict,
	}
}

// line is one row of the table, as it is printed when a trial is over.
func (o *outcome) line() string { return strings.TrimRight(fmt.Sprintf(columns, o.cells()...), "\n") }

// table prints what all trials found and gives the exit code.
func table(w io.Writer, rows []outcome) int {
	sum := outcome{trial: trial{name: "all"}}
	fmt.Fprintf(w, columns, "trial", "kills", "start/work/stop", "accepted", "arrived", "lost", "twice a kill", "took", "")
	code := 0
	for i := range rows {
		o := &rows[i]
		fmt.Fprintf(w, columns, o.cells()...)
		sum.starting, sum.working, sum.stopping = sum.starting+o.starting, sum.working+o.working, sum.stopping+o.stopping
		sum.accepted, sum.arrived, sum.lost = sum.accepted+o.accepted, sum.arrived+o.arrived, sum.lost+o.lost
		sum.took += o.took
		if !o.good() {
			code = 1
		}
	}
	fmt.Fprintf(w, columns, "all", fmt.Sprint(sum.kills()), fmt.Sprintf("%d/%d/%d", sum.starting, sum.working, sum.stopping),
		fmt.Sprint(sum.accepted), fmt.Sprint(sum.arrived), fmt.Sprint(sum.lost), "", fmt.Sprintf("%.0f s", sum.took.Seconds()), "")
	fmt.Fprintln(w, "twice a kill: median/most (bound), messages that one target took a second time after one kill")
	return code
}
