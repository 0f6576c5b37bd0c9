package settings

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
)

// send reads when messages go out, and how many records together.
func (p *parser) send(n *node) core.Send {
	var s core.Send
	p.object(n, "send", fields{
		"when":  func(n *node) { p.choice(n, "now") },
		"every": func(n *node) { s.Every = p.duration(n) },
		"at":    func(n *node) { s.At = p.times(n) },
		"days":  func(n *node) { s.Days = p.weekdays(n) },
		"batch": func(n *node) { s.Batch = p.whole(n, 1, core.MaxBatch) },
	})
	p.oneOf(n, `Messages go out at once, {"when": "now"}, every so often, {"every": "15m"}, or at set times, {"at": ["09:00"]}, which are three different things.`,
		"when", "every", "at")
	p.setTimes(n, s.At)
	return s
}

// setTimes looks at the lists of times and days, of which times were read.
func (p *parser) setTimes(n *node, times []int) {
	p.filled(n, "at", "days")
	if n.get("at") != nil && len(times) == 0 {
		p.places[n.pointer("days")] = true // that the times are wrong was said
	}
}

// filled refuses lists that are there and hold nothing.
func (p *parser) filled(n *node, names ...string) {
	for _, name := range names {
		if list := n.get(name); list != nil && list.list && len(list.children) == 0 {
			p.wrong(list.at(), "This list is empty. Fill it, or remove it.")
		}
	}
}

// times reads times of the day, and puts them in order.
func (p *parser) times(n *node) []int {
	var all []int
	p.list(n, func(n *node) {
		minute, ok := p.clock(n)
		if ok && slices.Contains(all, minute) {
			p.wrong(n.at(), "This time is here twice. Remove one of the two.")
		} else if ok {
			all = append(all, minute)
		}
	})
	slices.Sort(all)
	return all
}

// clock reads a time of the day, as minutes after midnight.
func (p *parser) clock(n *node) (minute int, ok bool) {
	t, err := time.Parse("15:04", p.text(n))
	if _, isText := n.value.(string); err != nil || !isText {
		if isText {
			p.wrong(n.at(), `This has to be a time of the day such as "09:00" or "17:30".`)
		}
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// weekdays are days as files name them, from time.Sunday on.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (p *parser) weekdays(n *node) []time.Weekday {
	var all []time.Weekday
	p.list(n, func(n *node) { all = append(all, p.weekday(n)) })
	return all
}

func (p *parser) weekday(n *node) time.Weekday {
	fromMonday := append(slices.Clone(weekdays[1:]), weekdays[0])
	return time.Weekday(slices.Index(weekdays, p.choice(n, fromMonday...)))
}

func sent(s core.Send) *outSend {
	out := outSend{Batch: s.Batch}
	switch {
	case !s.Turns() && s.Batch == 0:
		return nil
	case len(s.At) > 0:
		out.At, out.Days = clocks(s.At), dayNames(s.Days)
	case s.Every > 0:
		out.Every = FormatDuration(s.Every)
	default:
		out.When = "now"
	}
	return &out
}

// clock writes a time of the day that is minutes after midnight.
func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func clocks(minutes []int) []string {
	var all []string
	for _, m := range minutes {
		all = append(all, clock(m))
	}
	return all
}

func dayNames(days []time.Weekday) []string {
	var all []string
	for _, d := range days {
		all = append(all, weekdays[(d%7+7)%7])
	}
	return all
}

// lasting writes a length of time, and nothing for none.
func lasting(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return FormatDuration(d)
}
