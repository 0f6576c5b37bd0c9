package record

import (
	"math"
	"strconv"
	"time"
)

// dateKind is what the format of a cell makes of its number.
type dateKind uint8

const (
	noDate  dateKind = iota
	onlyDay          // a date
	dayTime          // a date with a time
	clock            // a time
	elapsed          // a number of hours that may be more than 24
)

const (
	lastSerial  = 2958466 // the day after 31 December 9999
	dayMillis   = 24 * 60 * 60 * 1000
	excelLeap   = 60 // 29 February 1900, which Excel thinks there was
	days1904    = 1462
	isoDay      = "2006-01-02"
	isoDayTime  = "2006-01-02T15:04:05"
	isoClock    = "15:04:05"
	withMillis  = ".000"
	noDayButNow = 1 // a serial below it is a time without a date
)

// appendSerial appends the day and time that a workbook keeps as the number of days
// since the end of 1899, or since 1904, in ISO 8601. ok is false for a number that
// is none.
func appendSerial(to, number []byte, kind dateKind, since1904 bool) (out []byte, ok bool) {
	n, err := strconv.ParseFloat(string(number), 64)
	if err != nil || n < 0 || n >= lastSerial {
		return to, false
	}
	millis := int64(math.Round(n * dayMillis))
	if kind == elapsed {
		return appendElapsed(to, millis), true
	}
	if n < noDayButNow && kind == clock {
		return appendMoment(to, time.UnixMilli(millis).UTC(), isoClock), true
	}
	at := time.UnixMilli(dayZero(millis/dayMillis, since1904).UnixMilli() + millis).UTC()
	if kind == onlyDay && millis%dayMillis == 0 {
		return at.AppendFormat(to, isoDay), true
	}
	return appendMoment(to, at, isoDayTime), true
}

// dayZero is the day from which a serial counts. Excel counts one day too many from
// March 1900 on.
func dayZero(day int64, since1904 bool) time.Time {
	switch {
	case since1904:
		return time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day < excelLeap:
		return time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
}

func appendMoment(to []byte, at time.Time, layout string) []byte {
	if at.Nanosecond() != 0 {
		layout += withMillis
	}
	return at.AppendFormat(to, layout)
}

// appendElapsed writes PT26H30M0S.
func appendElapsed(to []byte, millis int64) []byte {
	to = strconv.AppendInt(append(to, "PT"...), millis/3_600_000, 10)
	to = strconv.AppendInt(append(to, 'H'), millis/60_000%60, 10)
	to = strconv.AppendInt(append(to, 'M'), millis/1000%60, 10)
	if rest := millis % 1000; rest != 0 {
		to = append(to, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
	}
	return append(to, 'S')
}

// formatKind tells what a format of a workbook, like "DD.MM.YYYY", makes of a
// number. Letters in quotes, behind a backslash and in brackets mean nothing, but for
// [h], [mm] and [s]. Only the first part, before a semicolon, counts.
func formatKind(format string) dateKind {
	day, hours, open := false, false, false
	for i := 0; i < len(format); i++ {
		switch c := format[i] | 0x20; {
		case format[i] == '"':
			i = skipTo(format, i, '"')
		case format[i] == '\\' || format[i] == '_' || format[i] == '*':
			i++
		case format[i] == '[':
			end := skipTo(format, i, ']')
			open = open || isElapsed(format[i+1:min(end, len(format))])
			i = end
		case format[i] == ';':
			i = len(format)
		case c == 'y' || c == 'd' || format[i] == 'e' && day:
			day = true
		case c == 'h' || c == 's':
			hours = true
		case c == 'm':
			day = day || !hours && !open && !minutesFollow(format[i:])
		case c == 'g' && format[i] == 'G' && len(format) >= i+7 && format[i:i+7] == "General":
			i += 6
		}
	}
	switch {
	case open && !day:
		return elapsed
	case day && (hours || open):
		return dayTime
	case day:
		return onlyDay
	case hours:
		return clock
	}
	return noDate
}

// skipTo gives where the mark stands behind i, or the end.
func skipTo(format string, i int, mark byte) int {
	for i++; i < len(format) && format[i] != mark; i++ {
	}
	return i
}

func isElapsed(inside string) bool {
	for i := range len(inside) {
		if c := inside[i] | 0x20; c != 'h' && c != 'm' && c != 's' || c != inside[0]|0x20 {
			return false
		}
	}
	return inside != ""
}

// minutesFollow tells whether letters m stand for minutes: seconds come next.
func minutesFollow(format string) bool {
	for i := range len(format) {
		switch c := format[i] | 0x20; c {
		case 'm', ':' | 0x20:
		default:
			return c == 's'
		}
	}
	return false
}

// builtInFormat tells what the formats do that a workbook does not spell out
// (ECMA-376 part 1, 18.8.30, with the East Asian ones).
func builtInFormat(id int) dateKind {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return onlyDay
	case id == 22:
		return dayTime
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return clock
	case id == 46:
		return elapsed
	}
	return noDate
}
