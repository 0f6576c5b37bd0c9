package database

import (
	"cmp"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"hookbird/core/value"
)

// point is a value of a rising column. The zero point is before all others.
type point struct {
	kind pointKind
	text string
}

type pointKind byte

// The kinds, in the order in which SQLite sorts values.
const (
	noPoint pointKind = 0
	number  pointKind = 'n' // as a decimal number, or as SQLite's floating point
	moment  pointKind = 't' // RFC 3339, in UTC
	text    pointKind = 'x' // sorted by its bytes
	octets  pointKind = 'y' // in hexadecimal digits
)

// The times between which all others are taken to be: years have four digits.
var (
	firstMoment = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	lastMoment  = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
)

// timePoint gives the point of a time.
func timePoint(t time.Time) point {
	t = t.UTC()
	switch {
	case t.Before(firstMoment):
		t = firstMoment
	case t.After(lastMoment):
		t = lastMoment
	}
	return point{moment, t.Format(time.RFC3339Nano)}
}

// pointOf gives the point of what a driver has read; false for nothing, and for
// what does not rise.
func pointOf(c class, v any) (point, bool) {
	switch v := v.(type) {
	case int64:
		return point{number, strconv.FormatInt(v, 10)}, true
	case uint64:
		return point{number, strconv.FormatUint(v, 10)}, true
	case float32:
		return point{number, strconv.FormatFloat(float64(v), 'g', -1, 32)}, v == v
	case float64:
		return point{number, strconv.FormatFloat(v, 'g', -1, 64)}, v == v
	case time.Time:
		return timePoint(v), true
	case string:
		return textPoint(c, v), true
	case []byte:
		if c == blob || c == dynamic {
			return point{octets, hex.EncodeToString(v)}, true
		}
		return textPoint(c, string(v)), true
	}
	return point{}, false
}

func textPoint(c class, v string) point {
	switch {
	case c == numeric:
		return point{number, v}
	case v == "infinity" && isTime(c): // as PostgreSQL has it
		return timePoint(lastMoment)
	case v == "-infinity" && isTime(c):
		return timePoint(firstMoment)
	}
	return point{text, v}
}

// compare tells whether p is before q (-1), the same (0), or after it (1).
func (p point) compare(q point) int {
	if p.kind != q.kind {
		return cmp.Compare(p.kind, q.kind)
	}
	switch p.kind {
	case number:
		if order, ok := value.Compare(p.text, q.text); ok {
			return order
		}
	case moment:
		a, _ := time.Parse(time.RFC3339Nano, p.text)
		b, _ := time.Parse(time.RFC3339Nano, q.text)
		return a.Compare(b)
	}
	return strings.Compare(p.text, q.text)
}

// later gives the one of two points that is behind the other.
func later(p, q point) point {
	if p.compare(q) < 0 {
		return q
	}
	return p
}

// isTime tells whether a column holds dates, or times of days.
func isTime(c class) bool { return c == date || c == wall || c == oldWall || c == instant }

// farAhead is how far from now a time can be that says what is new. Clocks differ by
// up to a day where nobody knows where a time is.
const farAhead = 48 * time.Hour

// ahead tells whether p is a time that lies in the future: a slip of the pen, or one
// that stands for "never ends". If it were the position, nothing that follows would be
// new for years.
func (p point) ahead(now time.Time) bool {
	now = now.Add(farAhead)
	switch p.kind {
	case moment:
		return p.time().After(now)
	case text:
		return looksLikeTime(p.text) && p.text > now.UTC().Format(time.DateOnly)
	}
	return false
}

// time gives the time of a moment.
func (p point) time() time.Time {
	t, _ := time.Parse(time.RFC3339Nano, p.text)
	return t
}

// bytes gives what octets stands for.
func (p point) bytes() []byte {
	b, _ := hex.DecodeString(p.text)
	return b
}

// MarshalText writes a point down.
func (p point) MarshalText() ([]byte, error) {
	if p.kind == noPoint {
		return nil, nil
	}
	return append([]byte{byte(p.kind)}, p.text...), nil
}

// UnmarshalText reads what MarshalText wrote.
func (p *point) UnmarshalText(b []byte) error {
	*p = point{}
	if len(b) == 0 {
		return nil
	}
	kind := pointKind(b[0])
	switch kind {
	case number, moment, text, octets:
		*p = point{kind, string(b[1:])}
		return nil
	}
	return errors.New("no value of a rising column")
}
