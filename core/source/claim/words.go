package claim

import "time"

// said is what a source says while another reads.
func said(now time.Time, n note) string {
	by := []rune(readBy(now, n))
	by[0] -= 'a' - 'A'
	return string(by) + ". Nothing is read here until somebody says so."
}

func readBy(now time.Time, n note) string {
	s := "read by " + n.who()
	if when := since(now, n.Since); when != "" {
		s += " since " + when
	}
	return s
}

// who names the computer, and on this one the person.
func (n note) who() string {
	switch {
	case n.Computer == "":
		return "another computer"
	case n.Computer == computer() && n.User != "":
		return n.User + " on this computer"
	case n.User != "":
		return n.Computer + " (" + n.User + ")"
	}
	return n.Computer
}

// since says when something began, as short as it is clear; "" if the other
// computer's clock is so far off that nobody can tell.
func since(now, t time.Time) string {
	now, t = now.Local(), t.Local()
	switch age := now.Sub(t); {
	case t.IsZero() || age < -StaleAfter:
		return ""
	case now.YearDay() == t.YearDay() && now.Year() == t.Year():
		return t.Format("15:04")
	case age < 6*24*time.Hour:
		return t.Weekday().String()
	}
	return t.Format("2 January 2006")
}
