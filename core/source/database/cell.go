package database

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hookbird/core/value"
)

// class is what the values of a column are, as far as that decides how they are
// written.
type class int

// The classes.
const (
	other   class = iota // texts
	dynamic              // whatever each value is: SQLite
	numeric              // whole numbers and decimals, exactly
	single               // floating point of 32 bits
	double               // floating point of 64 bits
	truth                // true or false, perhaps as 1 and 0
	date
	clock   // a time of day
	wall    // date and time, nobody knows where
	oldWall // the same, in steps of 1/300 second: DATETIME of SQL Server
	instant // date and time, in UTC
	blob    // bytes
	bits    // a number, as bytes
	guid    // a GUID as SQL Server keeps it
	document
)

// maxBinary is how many bytes of a binary value are written down.
const maxBinary = 256 << 10

// appendCell writes a value as JSON. left tells that it is too long and null stands
// in its place.
func appendCell(dst []byte, c class, v any) (out []byte, left bool) {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...), false
	case int64:
		if c == truth && (v == 0 || v == 1) {
			return strconv.AppendBool(dst, v == 1), false
		}
		return strconv.AppendInt(dst, v, 10), false
	case uint64:
		return strconv.AppendUint(dst, v, 10), false
	case float32:
		return appendFloat(dst, float64(v), 32), false
	case float64:
		if c == single {
			return appendFloat(dst, v, 32), false
		}
		return appendFloat(dst, v, 64), false
	case bool:
		return strconv.AppendBool(dst, v), false
	case time.Time:
		return appendTime(dst, c, v), false
	case string:
		return appendText(dst, c, v), false
	case []byte:
		return appendBytes(dst, c, v)
	}
	return append(dst, "null"...), true
}

// appendFloat writes a number so that reading it gives the same again; what is no
// number, as a text.
func appendFloat(dst []byte, f float64, size int) []byte {
	switch {
	case math.IsNaN(f), math.IsInf(f, 0):
		return value.AppendQuoted(dst, strconv.FormatFloat(f, 'g', -1, size))
	case f != 0 && (math.Abs(f) < 1e-6 || math.Abs(f) >= 1e21):
		return strconv.AppendFloat(dst, f, 'e', -1, size)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, size)
}

func appendTime(dst []byte, c class, t time.Time) []byte {
	form := "2006-01-02T15:04:05.999999999"
	switch c {
	case date:
		form = time.DateOnly
	case clock:
		form = "15:04:05.999999999"
	case instant:
		form, t = time.RFC3339Nano, t.UTC()
	}
	dst = append(dst, '"')
	return append(t.AppendFormat(dst, form), '"')
}

// appendText writes a text, or what its column says that it stands for.
func appendText(dst []byte, c class, s string) []byte {
	switch c {
	case numeric:
		if isNumber(s) {
			return append(dst, s...)
		}
	case document:
		var line bytes.Buffer
		if json.Compact(&line, []byte(s)) == nil && utf8.ValidString(s) {
			return append(dst, line.Bytes()...)
		}
	case date, wall, instant:
		if strings.HasPrefix(s, "0000-00-00") {
			return append(dst, "null"...) // MySQL's way to say that there is none
		}
		return value.AppendQuoted(dst, isoTime(c, s))
	}
	return value.AppendQuoted(dst, strings.ToValidUTF8(s, "\uFFFD"))
}

// isoTime writes "2026-01-31 12:00:00" with a T; other texts stay as they are.
func isoTime(c class, s string) string {
	if len(s) < len(time.DateTime) || s[10] != ' ' {
		return s
	}
	if _, err := time.Parse(time.DateTime, s[:len(time.DateTime)]); err != nil {
		return s
	}
	s = s[:10] + "T" + s[11:]
	if c == instant {
		s += "Z"
	}
	return s
}

// isNumber tells whether s is a number as JSON writes it.
func isNumber(s string) bool {
	return s != "" && (s[0] == '-' || s[0] >= '0' && s[0] <= '9') && json.Valid([]byte(s))
}

func appendBytes(dst []byte, c class, b []byte) (out []byte, left bool) {
	switch {
	case c == bits && len(b) <= 8:
		var n [8]byte
		copy(n[8-len(b):], b)
		return strconv.AppendUint(dst, binary.BigEndian.Uint64(n[:]), 10), false
	case c == guid && len(b) == 16:
		return value.AppendQuoted(dst, guidText(b)), false
	case c != blob && c != dynamic && c != bits && c != guid:
		return appendText(dst, c, string(b)), false
	case len(b) > maxBinary:
		return append(dst, "null"...), true
	}
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, b)
	return append(dst, '"'), false
}

// guidText writes a GUID whose first three parts stand with their last byte first.
func guidText(b []byte) string {
	const digits = "0123456789ABCDEF"
	var s strings.Builder
	for i, at := range [16]int{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15} {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			s.WriteByte('-')
		}
		s.WriteByte(digits[b[at]>>4])
		s.WriteByte(digits[b[at]&15])
	}
	return s.String()
}
