package convert

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"hookbird/core/value"
)

// Forms that are no list of parts: the seconds, or thousandths of them, since the
// beginning of 1970 in UTC, and ISO 8601.
const (
	unixSeconds = "unix"
	unixMillis  = "unix-ms"
	isoForm     = "iso"
)

// makeFrom makes the step that reads a date in a form and gives it on in the way of
// ISO 8601.
func makeFrom(arg string) (work, error) {
	read, form, err := reader(trim(arg))
	if err != nil {
		return nil, err
	}
	return dates(func(v value.Value) (value.Value, *fault) {
		m, ok := read(v.Text())
		if !ok {
			return refuse(v, "is no date written like %s. Correct it in the record, or choose how the dates are written.", form)
		}
		return value.NewText(m.String()), nil
	}), nil
}

// reader gives what reads dates in a form.
func reader(form string) (read func(text string) (moment, bool), name string, err error) {
	switch strings.ToLower(form) {
	case unixSeconds:
		return func(text string) (moment, bool) { return readUnix(text, 0) }, "1766397600", nil
	case unixMillis:
		return func(text string) (moment, bool) { return readUnix(text, 3) }, "1766397600000", nil
	case isoForm:
		return readUnstated, "2026-12-22", nil
	}
	f, err := parseDateForm(form)
	if err == nil {
		err = f.readable()
	}
	if err != nil {
		return nil, "", err
	}
	return f.read, f.text, nil
}

// makeDate makes the step that writes a date in a form. It reads what from gives
// on, and forms that can be read in one way only.
func makeDate(arg string) (work, error) {
	write, err := writer(trim(arg))
	if err != nil {
		return nil, err
	}
	return dates(func(v value.Value) (value.Value, *fault) {
		m, ok := readUnstated(v.Text())
		if !ok {
			return refuse(v, "%s", whyUnread(v.Text()))
		}
		made, problem := write(m)
		if problem != "" {
			return refuse(v, "%s", problem)
		}
		return made, nil
	}), nil
}

// writer gives what writes dates in a form, or says what a date misses for it.
func writer(form string) (write func(m moment) (value.Value, string), err error) {
	switch strings.ToLower(form) {
	case unixSeconds, unixMillis:
		factor := int64(1)
		if same(form, unixMillis) {
			factor = 1000
		}
		return func(m moment) (value.Value, string) { return writeUnix(m, factor) }, nil
	case isoForm:
		return func(m moment) (value.Value, string) { return value.NewText(m.String()), "" }, nil
	}
	f, err := parseDateForm(form)
	if err != nil {
		return nil, err
	}
	return func(m moment) (value.Value, string) {
		if part := f.missing(m); part != "" {
			return value.Value{}, "says no " + part + ", which " + f.text + " needs. Choose another field, or another form."
		}
		return value.NewText(f.write(m)), ""
	}, nil
}

// dates makes a step of what it does to a text that is not blank.
func dates(do work) work {
	return each(func(v value.Value) (value.Value, *fault) {
		if trim(v.Text()) == "" {
			return value.NewText(""), nil
		}
		return do(v)
	})
}

// readUnix reads the time since 1970: a whole number with so many digits at its end
// behind the second.
func readUnix(text string, behind int) (moment, bool) {
	text = trim(text)
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || len(digits) > 15 || !isDigits(digits) {
		return moment{}, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return moment{}, false
	}
	if behind == 0 {
		return momentOf(time.Unix(n, 0).UTC(), "")
	}
	t := time.UnixMilli(n).UTC()
	return momentOf(t, strconv.Itoa(1000 + t.Nanosecond()/1e6)[1:])
}

// writeUnix writes the time since 1970 as a number. A date without a time is its
// midnight in UTC.
func writeUnix(m moment, factor int64) (value.Value, string) {
	switch {
	case m.has&wholeDate != wholeDate:
		return value.Value{}, "says no whole date, which the seconds since 1970 need. Choose another field, or another form."
	case m.has&hasClock != 0 && m.has&hasOffset == 0:
		return value.Value{}, "does not say for which time zone it is. Put the step zone in front, such as zone:Europe/Paris."
	}
	n := m.at().Unix() * factor
	if factor > 1 {
		millis, _ := strconv.ParseInt((m.fraction + "000")[:3], 10, 64)
		n += millis
	}
	return parsed(strconv.FormatInt(n, 10)), ""
}

// unstated are the forms of dates that can be read in one way only. A time may
// stand behind each.
var unstated = sync.OnceValue(func() (forms []*dateForm) {
	for _, text := range []string{
		"YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD", "YYYY-MM", "--MM-DD", "YYYY",
		"D MMM YYYY", "D. MMM YYYY", "D-MMM-YYYY", "MMM D, YYYY", "MMM D YYYY",
		"ddd, D MMM YYYY", "ddd D MMM YYYY", "ddd, MMM D, YYYY",
	} {
		f, err := parseDateForm(text)
		if err != nil {
			panic(err) // they are tested
		}
		forms = append(forms, f)
	}
	return forms
})

// readUnstated reads a date, a time or both without being told how they are
// written. Nothing is guessed: 05/12/2026 is not read.
func readUnstated(text string) (moment, bool) {
	text = trim(text)
	date, clock, found := cutClock(text)
	var m moment
	if found {
		var ok bool
		if m, ok = readClock(clock); !ok {
			return m, false
		}
	}
	if date == "" {
		return m, found
	}
	for _, f := range unstated() {
		d, ok := f.read(date)
		if !ok || f.text == "YYYYMMDD" && (d.year < 1800 || d.year > 2199) || found && d.has != wholeDate {
			continue
		}
		d.has |= m.has
		d.hour, d.minute, d.second, d.fraction, d.offset = m.hour, m.minute, m.second, m.fraction, m.offset
		return d, true
	}
	return m, false
}

// cutClock cuts the time off a date: from the hour in front of the first colon on,
// or from the T behind eight digits.
func cutClock(text string) (date, clock string, found bool) {
	at := strings.IndexByte(text, ':')
	if at < 0 {
		if len(text) > 9 && isDigits(text[:8]) && text[8] == 'T' {
			return text[:8], text[9:], true
		}
		return text, "", false
	}
	hour := at
	for hour > 0 && at-hour < 2 && text[hour-1] >= '0' && text[hour-1] <= '9' {
		hour--
	}
	date, clock = text[:hour], text[hour:]
	if shorter := trim(date); shorter != date {
		return strings.TrimSuffix(shorter, ","), clock, true
	}
	shorter, ok := strings.CutSuffix(date, "T")
	if date != "" && !ok {
		return text, "", false
	}
	return shorter, clock, true
}

// readClock reads a time of day: 10:00, 10:00:05.123, 10:00 PM, 100005, each with
// an offset or without.
func readClock(text string) (moment, bool) {
	r := reading{in: cursor{text}, weekday: -1}
	colon := strings.Contains(text[:min(3, len(text))], ":")
	ok := r.part("HH", 1)
	if colon {
		ok = ok && r.in.literal(":")
	}
	ok = ok && r.part("mm", 2)
	if ok && (colon && r.in.literal(":") || !colon && r.in.text != "" && isDigits(r.in.text[:1])) {
		ok = r.part("ss", 2)
		if ok && (r.in.literal(".") || r.in.literal(",")) {
			ok = r.part("SSS", 1)
		}
	}
	r.in.blanks()
	if h := r.to.hour; h >= 1 && h <= 12 && r.in.text != "" && strings.ContainsRune("aApP", rune(r.in.text[0])) {
		ok = ok && r.part("A", 0)
		r.in.blanks()
	}
	if r.in.text != "" {
		ok = ok && r.part("Z", 0)
	}
	ok = ok && r.in.text == "" && r.finish()
	return r.to, ok
}

// whyUnread says why a date was not read, and what to do.
func whyUnread(text string) string {
	numbers := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case len(numbers) == 1 && len(numbers[0]) >= 9 && isDigits(strings.TrimPrefix(trim(text), "-")):
		return "may be the seconds since 1970. Say how the dates are written, such as from:unix."
	case len(numbers) >= 3 && len(numbers[0]) <= 2 && len(numbers[1]) <= 2:
		return "does not say which number is the day, the month and the year. Say how the dates are written, such as from:DD/MM/YYYY."
	default:
		return "is no date that can be read in one way only. Say how the dates are written, such as from:DD/MM/YYYY, or correct it in the record."
	}
}
