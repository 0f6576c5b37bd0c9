package value

import "time"

// moment is a date, a time of day, or both.
type moment struct {
	hasDate, hasTime, hasZone bool
	clock                     time.Time     // what calendar and clock show, as if in UTC
	offset                    time.Duration // of the zone from UTC
}

// readMoment reads a date, a time, or both with T or a space between them.
func readMoment(s string) (m moment, ok bool) {
	year, month, day := 1, 1, 1
	r := digitReader{rest: s}
	if len(s) > 4 && s[4] == '-' {
		m.hasDate = true
		year, month, day = r.number(4), r.after('-', 2), r.after('-', 2)
		if r.rest != "" && (r.rest[0] == 'T' || r.rest[0] == 't' || r.rest[0] == ' ') {
			r.rest = r.rest[1:]
			m.hasTime = true
		}
	} else {
		m.hasTime = true
	}
	var hour, minute, second, nano int
	if m.hasTime {
		hour, minute = r.number(2), r.after(':', 2)
		second, nano = r.seconds()
		m.offset, m.hasZone = r.zone()
	}
	m.clock = time.Date(year, time.Month(month), day, hour, minute, second, nano, time.UTC)
	same := m.clock.Day() == day && m.clock.Month() == time.Month(month) && hour < 24 && minute < 60 && second < 60
	return m, same && !r.bad && r.rest == ""
}

// compare gives -1, 0 or 1. Both have a date, or neither has.
func (m moment) compare(n moment) int {
	switch {
	case !m.hasTime || !n.hasTime:
		const day = 24 * time.Hour
		return m.clock.Truncate(day).Compare(n.clock.Truncate(day))
	case m.hasZone && n.hasZone:
		return m.clock.Add(-m.offset).Compare(n.clock.Add(-n.offset))
	default:
		return m.clock.Compare(n.clock)
	}
}

// digitReader reads numbers of fixed length; bad tells that something else came.
type digitReader struct {
	rest string
	bad  bool
}

func (r *digitReader) number(length int) int {
	if len(r.rest) < length || countDigits(r.rest[:length]) < length {
		r.bad = true
		return 0
	}
	n := 0
	for i := range length {
		n = n*10 + int(r.rest[i]-'0')
	}
	r.rest = r.rest[length:]
	return n
}

// after reads a number behind a mark.
func (r *digitReader) after(mark byte, length int) int {
	if r.rest == "" || r.rest[0] != mark {
		r.bad = true
		return 0
	}
	r.rest = r.rest[1:]
	return r.number(length)
}

// seconds reads the seconds and their fraction, if they are there; what is finer
// than a nanosecond is dropped.
func (r *digitReader) seconds() (second, nano int) {
	if r.rest == "" || r.rest[0] != ':' {
		return 0, 0
	}
	second = r.after(':', 2)
	if r.rest == "" || r.rest[0] != '.' && r.rest[0] != ',' {
		return second, 0
	}
	digits := countDigits(r.rest[1:])
	r.bad = r.bad || digits == 0
	unit := int(time.Second)
	for _, c := range r.rest[1 : 1+digits] {
		unit /= 10
		nano += int(c-'0') * unit
	}
	r.rest = r.rest[1+digits:]
	return second, nano
}

// zone reads Z, +01:00, +0100 or +01 at the end.
func (r *digitReader) zone() (offset time.Duration, ok bool) {
	if r.rest == "" {
		return 0, false
	}
	mark := r.rest[0]
	r.rest = r.rest[1:]
	if mark == 'Z' || mark == 'z' {
		return 0, true
	}
	offset = time.Duration(r.number(2)) * time.Hour
	if r.rest != "" && r.rest[0] == ':' {
		r.rest = r.rest[1:]
		offset += time.Duration(r.number(2)) * time.Minute
	} else if r.rest != "" {
		offset += time.Duration(r.number(2)) * time.Minute
	}
	if mark == '-' {
		return -offset, true
	}
	r.bad = r.bad || mark != '+'
	return offset, true
}
