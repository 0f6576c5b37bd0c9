package service

import (
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// hourCounts are the counts of the last hours, by webhook.
type hourCounts struct {
	now  time.Time
	rows []core.HourCount
}

// hours reads the counts that Home and the lists need: of today, and of the last
// twelve hours where those begin earlier.
func (s *Service) hours(now time.Time) (hourCounts, error) {
	rows, err := s.store.Hours(earlier(midnight(now), firstOf12(now)), now.Add(time.Hour))
	return hourCounts{now: now, rows: rows}, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// midnight is when the local day of t began.
func midnight(t time.Time) time.Time {
	y, m, d := t.Local().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.Local)
}

func firstOf12(now time.Time) time.Time { return now.Truncate(time.Hour).Add(-11 * time.Hour) }

// today counts the messages that a webhook (0: all) delivered since midnight.
func (h hourCounts) today(webhook uint32) (delivered uint64) {
	delivered, _ = h.sum(webhook, midnight(h.now), h.now.Add(time.Hour))
	return delivered
}

func (h hourCounts) sum(webhook uint32, from, to time.Time) (delivered, failed uint64) {
	for _, r := range h.rows {
		if (webhook == 0 || r.Webhook == webhook) && !r.Hour.Before(from) && r.Hour.Before(to) {
			delivered += r.Delivered
			failed += r.Failed
		}
	}
	return delivered, failed
}

// last12 are the last twelve hours, the current one last.
func (h hourCounts) last12(webhook uint32) []control.Hour {
	return h.series(webhook, firstOf12(h.now), 12)
}

// day are the 24 hours of today.
func (h hourCounts) day() []control.Hour { return h.series(0, midnight(h.now), 24) }

func (h hourCounts) series(webhook uint32, from time.Time, n int) []control.Hour {
	hours := make([]control.Hour, n)
	for i := range hours {
		at := from.Add(time.Duration(i) * time.Hour)
		hours[i].Start = at
		hours[i].Delivered, hours[i].Failed = h.sum(webhook, at, at.Add(time.Hour))
	}
	return hours
}
