package sources

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// timing is when something is done: every so often, or at set times.
type timing struct {
	every *time.Duration
	at    *[]int
	days  *[]time.Weekday
	usual time.Duration // what no time at all means; 0 for nothing
	begin time.Duration // what is offered at first
	spans []time.Duration
}

// timingFields ask for it, and say when the next times are.
func (s *setup) timingFields(t timing) fyne.CanvasObject {
	atTimes := len(*t.at) > 0
	times, wasEvery := slices.Clone(*t.at), *t.every
	if len(times) == 0 {
		times = []int{usualBy}
	}
	if wasEvery == 0 {
		wasEvery = t.begin
	}
	how := widgets.NewSegmented([]string{"Every so often", "At set times"}, func(i int) {
		if atTimes = i == 1; atTimes {
			wasEvery, *t.every, *t.at = *t.every, 0, times
		} else {
			times, *t.at, *t.every = *t.at, nil, wasEvery
		}
		delete(s.half, "/at")
		s.changed()
	})
	if atTimes {
		how.Select(1)
	}
	every := s.when(func() bool { return !atTimes }, func() fyne.CanvasObject {
		return s.span("/every", "Every", t.every, t.usual, t.spans, "")
	})
	set := s.when(func() bool { return atTimes }, func() fyne.CanvasObject {
		e := widgets.NewEntry()
		e.SetText(schedule.FormatTimes(times))
		e.SetPlaceHolder("7:00, 13:30")
		e.OnChanged = func(text string) {
			delete(s.half, "/at")
			at, err := schedule.ParseTimes(text)
			if err != nil {
				s.half["/at"] = core.Sentence(err)
			} else {
				*t.at = at
			}
			s.changed()
		}
		return stack(s.spots.field("/at", "Times of day", e, "Several are possible: 7:00, 13:30"), s.days("/days", t.days).object,
			widgets.NewParagraph("No day ticked means every day.", widgets.Caption))
	})
	next := widgets.NewHint(widgets.Waiting, "")
	s.follow = append(s.follow, func() { next.Set(widgets.Waiting, s.nextTimes(t, atTimes)) })
	return stack(widgets.HBox(0, how), every, set, next)
}

// nextTimes says when the next times are.
func (s *setup) nextTimes(t timing, atTimes bool) string {
	when := core.Send{Every: *t.every, At: *t.at, Days: *t.days}
	if !atTimes && when.Every == 0 {
		when.Every = t.usual
	}
	if _, half := s.half["/at"]; !when.Turns() || atTimes && half {
		return ""
	}
	now := s.page.Now()
	var list []string
	for _, next := range schedule.Coming(when, now, 3) {
		list = append(list, words.When(next, now))
	}
	return "Next: " + strings.Join(list, ", ")
}
