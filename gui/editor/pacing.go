package editor

import (
	"strconv"
	"strings"

	"hookbird/core"
)

// Pacing is how fast messages may go, as it is typed: numbers, and nothing for
// what is not bounded.
type Pacing struct {
	Parallel                  string // messages on their way at once
	Second, Minute, Hour, Day string // of requests
}

func pacingOf(w *core.Webhook) Pacing {
	return Pacing{
		Parallel: count(w.Parallel),
		Second:   count(w.Pace.Second), Minute: count(w.Pace.Minute), Hour: count(w.Pace.Hour), Day: count(w.Pace.Day),
	}
}

// count prints a number, nothing for 0.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Pace gives how many messages may be on their way at once, 0 for the usual, and
// the limits. A number that cannot be read counts as none.
func (p Pacing) Pace() (parallel int, pace core.Pace, problems []Problem) {
	read := func(part Part, text string, most int, wrong string) int {
		n, ok := 0, true
		if strings.TrimSpace(text) != "" {
			n, ok = parseCount(text)
			ok = ok && n >= 1 && n <= most
		}
		if !ok {
			problems = append(problems, problemOf(part, wrong))
			return 0
		}
		return n
	}
	const limit = "Type a number from 1 to 1,000,000, or leave it empty for no limit."
	parallel = read(PartParallel, p.Parallel, core.MaxParallel, "Type a number from 1 to 64, or leave it empty for the usual 4.")
	pace = core.Pace{
		Second: read(PartSecond, p.Second, core.MaxPace, limit),
		Minute: read(PartMinute, p.Minute, core.MaxPace, limit),
		Hour:   read(PartHour, p.Hour, core.MaxPace, limit),
		Day:    read(PartDay, p.Day, core.MaxPace, limit),
	}
	return parallel, pace, problems
}

// pace is how fast messages may go. What was not changed stays as it was stored.
func (d *Draft) pace() (parallel int, pace core.Pace, problems []Problem) {
	if d.Pacing == pacingOf(&d.stored) {
		return d.stored.Parallel, d.stored.Pace, nil
	}
	return d.Pacing.Pace()
}
