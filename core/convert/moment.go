package convert

import (
	"fmt"
	"strings"
	"time"
)

// moment is a date, a time of day or both, as far as a text says them.
type moment struct {
	has                  parts
	year, month, day     int
	hour, minute, second int
	fraction             string // digits of the second behind its point
	offset               int    // minutes that the clock is ahead of UTC
}

// parts is which parts of a moment are known.
type parts uint8

const (
	hasYear parts = 1 << iota
	hasMonth
	hasDay
	hasClock
	hasOffset

	wholeDate = hasYear | hasMonth | hasDay
)

// String writes a moment the way of ISO 8601, which from gives on and date reads
// without being told.
func (m moment) String() string {
	var b strings.Builder
	switch m.has & wholeDate {
	case hasYear:
		fmt.Fprintf(&b, "%04d", m.year)
	case hasYear | hasMonth:
		fmt.Fprintf(&b, "%04d-%02d", m.year, m.month)
	case wholeDate:
		fmt.Fprintf(&b, "%04d-%02d-%02d", m.year, m.month, m.day)
	case hasMonth | hasDay:
		fmt.Fprintf(&b, "--%02d-%02d", m.month, m.day)
	}
	if m.has&hasClock == 0 {
		return b.String()
	}
	if b.Len() > 0 {
		b.WriteByte('T')
	}
	fmt.Fprintf(&b, "%02d:%02d:%02d", m.hour, m.minute, m.second)
	if m.fraction != "" {
		b.WriteString("." + m.fraction)
	}
	if m.has&hasOffset != 0 {
		b.WriteString(m.zone())
	}
	return b.String()
}

// zone writes the offset as ISO 8601 does: Z or +01:00.
func (m moment) zone() string {
	if m.offset == 0 {
		return "Z"
	}
	sign, offset := '+', m.offset
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("%c%02d:%02d", sign, offset/60, offset%60)
}

// fits tells whether the parts make sense together: there is such a day, a day has
// a month, and an offset a time.
func (m moment) fits() bool {
	switch m.has & wholeDate {
	case hasDay, hasMonth, hasYear | hasDay:
		return false
	case 0:
		if m.has&hasClock == 0 {
			return false
		}
	}
	return m.dayExists() && m.hour < 24 && m.minute < 60 && m.second < 60 &&
		(m.has&hasOffset == 0 || m.has&hasClock != 0)
}

func (m moment) dayExists() bool {
	year, month, day := 2000, 1, 1 // a leap year, where the year is not known
	if m.has&hasYear != 0 {
		year = m.year
	}
	if m.has&hasMonth != 0 {
		month = m.month
	}
	if m.has&hasDay != 0 {
		day = m.day
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return year > 0 && t.Year() == year && int(t.Month()) == month && t.Day() == day
}

// at gives the instant of a whole date and a time with an offset; a date alone is
// its midnight in UTC.
func (m moment) at() time.Time {
	zone := time.FixedZone("", m.offset*60)
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, zone)
}

// momentOf gives the whole date and time that an instant is in its own zone; ok is
// false where its year has not four digits or its offset has seconds.
func momentOf(t time.Time, fraction string) (m moment, ok bool) {
	_, seconds := t.Zone()
	m = moment{
		has:  wholeDate | hasClock | hasOffset,
		year: t.Year(), month: int(t.Month()), day: t.Day(),
		hour: t.Hour(), minute: t.Minute(), second: t.Second(),
		fraction: fraction, offset: seconds / 60,
	}
	return m, m.year > 0 && m.year < 10_000 && seconds%60 == 0
}
