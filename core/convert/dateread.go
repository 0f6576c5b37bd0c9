package convert

// reading is a text on its way through a form.
type reading struct {
	in         cursor
	to         moment
	weekday    int // from Sunday, 0; -1 if none is named
	pm, halves bool
}

// read reads a text in this form. Numbers may have fewer digits where something
// stands behind them, month names may be short or long; a year never may.
func (f *dateForm) read(text string) (moment, bool) {
	r := reading{in: cursor{trim(text)}, weekday: -1}
	for i, p := range f.parts {
		ok := r.in.literal(p.literal)
		if p.token != "" {
			ok = r.part(p.token, f.least(i))
		}
		if !ok {
			return moment{}, false
		}
	}
	if r.in.text != "" || !r.finish() {
		return moment{}, false
	}
	return r.to, true
}

// least is how many digits a number of two has at least: both, where it touches
// another number.
func (f *dateForm) least(i int) int {
	if i > 0 && isNumber(f.parts[i-1].token) || i+1 < len(f.parts) && isNumber(f.parts[i+1].token) {
		return 2
	}
	return 1
}

// part reads what stands in the place of a token. A number of two digits has so many
// at least.
func (r *reading) part(token string, least int) (ok bool) {
	r.to.has |= partOf[tokens[token]]
	switch token {
	case "YYYY", "yyyy":
		r.to.year, ok = r.in.number(4, 4)
	case "YY", "yy":
		r.to.year, ok = r.in.number(2, 2)
		r.to.year = century(r.to.year)
	case "MMMM", "MMM":
		r.to.month, ok = r.in.month()
	case "MM", "M":
		r.to.month, ok = r.in.number(least, 2)
	case "DD", "D", "dd", "d":
		r.to.day, ok = r.in.number(least, 2)
	case "dddd", "ddd":
		r.weekday, ok = r.in.weekday()
	case "Z", "ZZ":
		r.to.offset, ok = r.in.offset()
	default:
		ok = r.clock(token, least)
	}
	return ok
}

// clock is part for the time of day.
func (r *reading) clock(token string, least int) (ok bool) {
	switch tokens[token] {
	case "hour":
		r.to.hour, ok = r.in.number(least, 2)
	case "hour to 12":
		r.to.hour, ok = r.in.number(least, 2)
		ok = ok && r.to.hour >= 1 && r.to.hour <= 12
	case "minute":
		r.to.minute, ok = r.in.number(least, 2)
	case "second":
		r.to.second, ok = r.in.number(least, 2)
	case "fraction":
		r.to.fraction, ok = r.in.digits()
	case "AM or PM":
		r.pm, ok = r.in.half()
		r.halves = true
	}
	return ok
}

// finish works out the hour, and holds the whole against the calendar.
func (r *reading) finish() bool {
	if r.halves {
		r.to.hour %= 12
		if r.pm {
			r.to.hour += 12
		}
	}
	if !r.to.fits() {
		return false
	}
	known := r.to.has&wholeDate == wholeDate && r.weekday >= 0
	return !known || int(r.to.at().Weekday()) == r.weekday
}

// century gives the year that two digits mean: 00 to 68 are 2000 to 2068, 69 to 99
// are 1969 to 1999, as in most programs (POSIX).
func century(year int) int {
	if year < 69 {
		return 2000 + year
	}
	return 1900 + year
}
