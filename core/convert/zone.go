package convert

import (
	"time"
	_ "time/tzdata" // Windows keeps no list of time zones that Go can read

	"hookbird/core/value"
)

// makeZone makes the step that tells a time in a time zone: one with an offset is
// moved there, one without is taken to be of there. A date alone stays as it is.
func makeZone(arg string) (work, error) {
	zone, err := zoneOf(trim(arg))
	if err != nil {
		return nil, err
	}
	return dates(func(v value.Value) (value.Value, *fault) {
		m, ok := readUnstated(v.Text())
		switch {
		case !ok:
			return refuse(v, "%s", whyUnread(v.Text()))
		case m.has&hasClock == 0:
			return value.NewText(m.String()), nil
		case m.has&wholeDate != wholeDate:
			return refuse(v, "says no date, and the time of a zone depends on it. Choose another field.")
		case m.has&hasOffset != 0:
			m, ok = momentOf(m.at().In(zone), m.fraction)
		default:
			m, ok = settle(m, zone)
		}
		if !ok {
			return refuse(v, "does not exist in %s, or twice, because clocks are changed then. Correct it in the record.", arg)
		}
		return value.NewText(m.String()), nil
	}), nil
}

// zoneOf finds a time zone by its name; local is that of this computer.
func zoneOf(name string) (*time.Location, error) {
	if same(name, "local") {
		return time.Local, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return nil, wrong("There is no time zone %s. Write one such as zone:Europe/Paris, or zone:local for that of this computer.", quote(name))
	}
	return zone, nil
}

// settle gives a time without an offset that of a zone; ok is false for the hour
// that is left out in spring, and for the one that comes twice in autumn.
func settle(m moment, zone *time.Location) (settled moment, ok bool) {
	t := time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, zone)
	if settled, ok = momentOf(t, m.fraction); !ok || !sameClock(settled, m) {
		return m, false
	}
	const most = 4 // half hours that clocks are changed by
	for n := -most; n <= most; n++ {
		other := t.Add(time.Duration(n) * 30 * time.Minute)
		if again, _ := momentOf(other, ""); n != 0 && sameClock(again, m) {
			return m, false
		}
	}
	return settled, true
}

func sameClock(a, b moment) bool {
	return a.year == b.year && a.month == b.month && a.day == b.day && a.hour == b.hour && a.minute == b.minute && a.second == b.second
}
