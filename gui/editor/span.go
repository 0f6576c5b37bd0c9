package editor

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// day is how long a day lasts when no clock changes.
const day = 24 * time.Hour

// spanUnits are the units that a length of time is written in, the longest first.
var spanUnits = []struct {
	length time.Duration
	name   string // as it is printed
	also   string // as it may be typed
}{
	{day, "d", "day days"},
	{time.Hour, "h", "hr hrs hour hours"},
	{time.Minute, "min", "m mins minute minutes"},
	{time.Second, "s", "sec secs second seconds"},
	{time.Millisecond, "ms", "millisecond milliseconds"},
}

// unitOf finds a unit by a word for it, 0 for none.
func unitOf(word string) time.Duration {
	for _, u := range spanUnits {
		if word == u.name {
			return u.length
		}
		for also := range strings.FieldsSeq(u.also) {
			if word == also {
				return u.length
			}
		}
	}
	return 0
}

// smaller is the unit that follows a unit: the "30" of "1 h 30" is in it.
func smaller(unit time.Duration) time.Duration {
	for i, u := range spanUnits[:len(spanUnits)-1] {
		if u.length == unit {
			return spanUnits[i+1].length
		}
	}
	return 0
}

// printSpan writes a length of time as people type it: "1 h 30 min", "5 s".
func printSpan(d time.Duration) string {
	var parts []string
	for _, u := range spanUnits {
		n := d / u.length
		if u.length == time.Millisecond {
			if d > 0 {
				parts = append(parts, strconv.FormatFloat(float64(d)/float64(u.length), 'f', -1, 64)+" ms")
			}
			break
		}
		if n > 0 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+u.name)
		}
		d -= n * u.length
	}
	return strings.Join(parts, " ")
}

// spanPart is a number and a word behind it.
var spanPart = regexp.MustCompile(`^(\d+(?:[.,]\d+)?)?(½)?\s*(\p{L}*)\.?\s*`)

// maxSpan is longer than any length of time that can be wanted here.
const maxSpan = 1000 * day

// parseSpan reads a length of time: "90 s", "1 h 30", "1.5 hours". A number alone
// is in bare units. ok is false for what is no length of time.
func parseSpan(text string, bare time.Duration) (d time.Duration, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, false
	}
	unit := time.Duration(0)
	for text != "" {
		m := spanPart.FindStringSubmatch(text)
		n, isNumber := halves(m[1], m[2])
		if !isNumber {
			return 0, false
		}
		switch {
		case m[3] != "":
			unit = unitOf(m[3])
		case unit != 0:
			unit = smaller(unit)
		default:
			unit = bare
		}
		if unit == 0 || n*float64(unit) > float64(maxSpan-d) {
			return 0, false
		}
		d += time.Duration(n * float64(unit))
		text = text[len(m[0]):]
	}
	return d, true
}

// halves reads a number and a half behind it.
func halves(number, half string) (n float64, ok bool) {
	if number == "" && half == "" {
		return 0, false
	}
	if number != "" {
		var err error
		if n, err = strconv.ParseFloat(strings.ReplaceAll(number, ",", "."), 64); err != nil {
			return 0, false
		}
	}
	if half != "" {
		n += 0.5
	}
	return n, true
}
