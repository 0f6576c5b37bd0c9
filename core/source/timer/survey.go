package timer

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/core/source"
)

// samples is how many coming records a survey shows.
const samples = 3

// Survey says when records will be made and shows the next ones, as if their times
// had come. CodeInvalid if the settings make none.
func Survey(_ context.Context, src *core.Source, _ source.Env) (core.Survey, error) {
	m, err := newMaker(src)
	if err != nil {
		return core.Survey{}, err
	}
	send, now := times(src.Timer), time.Now()
	next := schedule.Coming(send, now.Local(), samples)
	s := core.Survey{Records: -1, Text: schedule.Describe(send) + ". " + coming(send, next[0])}
	for _, at := range next {
		e, err := m.event(at, at)
		if err != nil {
			return core.Survey{}, err
		}
		s.Samples = append(s.Samples, e.Data)
	}
	return s, nil
}

// coming says when the next record is made; nothing if that is soon, since it would
// be out of date before it is read.
func coming(send core.Send, next time.Time) string {
	if send.Every > 0 && send.Every < time.Minute {
		return ""
	}
	return "The next record is made on " + next.Format("Monday, 2 January") + ", at " + clockOfDay(next) + "."
}

// clock writes a time as a person here does: "2 March 2026, 07:00".
func clock(at time.Time) string { return at.Format("2 January 2006, ") + clockOfDay(at) }

func clockOfDay(at time.Time) string {
	if at.Second() == 0 && at.Nanosecond() == 0 {
		return at.Format("15:04")
	}
	return at.Format("15:04:05")
}
