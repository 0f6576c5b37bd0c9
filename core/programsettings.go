package core

import "time"

// Settings are the program's own.
type Settings struct {
	Look        string    // "", "light" or "dark"; "" follows the computer
	Port        int       // of the local address; 0 until first chosen
	Paused      bool      // sending is paused for all webhooks
	PausedUntil time.Time // when it resumes by itself; zero: when somebody resumes it
	Proxy       Proxy     // of webhooks that have none of their own
	Saves       uint64    // how often what somebody edits was changed
	Backup      BackupPlan

	// How long records and history are kept, in days; 0 means the usual.
	ContentDays    int // records, what was sent and what was answered; usually 30
	TraceDays      int // that there was a message, and how it ended; usually 365, and never less than ContentDays
	UnfinishedDays int // what failed, is held or was wanted by nobody; usually 180, -1 for ever, and never less than ContentDays

	QuotaMB int // how much the store may hold; 0 means what is usual: see Quota
}

// The usual days of Settings, and the word for "for ever".
const (
	UsualContentDays    = 30
	UsualTraceDays      = 365
	UsualUnfinishedDays = 180
	ForEver             = -1

	MaxKeptDays = 3650 // the longest that can be asked for
)

// Revision goes up by one with every change of what somebody edits, from 1. What
// Hookbird changes by itself, and pausing, is no change that anybody edits.
func (s Settings) Revision() uint64 { return s.Saves + 1 }

// SameEdited tells whether s and o are equal in all that somebody edits, and that
// Revision therefore counts.
func (s Settings) SameEdited(o Settings) bool {
	s.Port, s.Paused, s.PausedUntil, s.Saves = o.Port, o.Paused, o.PausedUntil, o.Saves
	return s == o
}

// Days gives the three clocks in days, the usual ones filled in and none shorter
// than that of the content. unfinished is ForEver if that is what was asked for.
func (s Settings) Days() (content, trace, unfinished int) {
	content = orUsual(s.ContentDays, UsualContentDays)
	trace = max(content, orUsual(s.TraceDays, UsualTraceDays))
	if s.UnfinishedDays < 0 {
		return content, trace, ForEver
	}
	return content, trace, max(content, orUsual(s.UnfinishedDays, UsualUnfinishedDays))
}

func orUsual(days, usual int) int {
	if days == 0 {
		return usual
	}
	return days
}

// Kept says from when on things are kept at a time.
func (s Settings) Kept(now time.Time) Kept {
	content, trace, unfinished := s.Days()
	k := Kept{Content: daysBefore(now, content), Trace: daysBefore(now, trace)}
	if unfinished != ForEver {
		k.Unfinished = daysBefore(now, unfinished)
		k.Soon = k.Unfinished.Add(WarnBefore(unfinished))
	}
	return k
}

// WarnBefore is how long before unfinished records go it is told: 14 days, or a
// quarter of the days for which they are kept.
func WarnBefore(unfinished int) time.Duration {
	return min(14*24*time.Hour, time.Duration(unfinished)*24*time.Hour/4)
}

func daysBefore(now time.Time, days int) time.Time {
	return now.Add(-time.Duration(days) * 24 * time.Hour)
}

// Kept is from when on things are kept: what is older goes. A zero time keeps all.
type Kept struct {
	Content    time.Time // records of finished messages, with what was sent and answered
	Trace      time.Time // rows of the history
	Unfinished time.Time // records that failed, are held or were wanted by nobody
	Soon       time.Time // of these, what is older goes soon
	RowsOnly   bool      // the log stays as it is: to know which of its records were wanted takes a look at every row
}
