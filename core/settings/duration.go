package settings

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

// ParseDuration reads a length of time in Go's notation, with whole days in
// front if there are any: "15s", "1h30m", "3d", "1d12h".
func ParseDuration(s string) (time.Duration, error) {
	days, rest, found := strings.Cut(s, "d")
	if !found {
		return time.ParseDuration(s)
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, err
	}
	d := time.Duration(n) * day
	if rest == "" {
		return d, nil
	}
	if strings.ContainsAny(rest[:1], "+-") {
		return 0, errors.New("sign behind days")
	}
	more, err := time.ParseDuration(rest)
	if err != nil {
		return 0, err
	}
	if more > math.MaxInt64-d {
		return 0, errors.New("too long")
	}
	return d + more, nil
}

// FormatDuration writes what ParseDuration reads, as short as can be: "15s",
// "1h30m", "3d". d must not be negative.
func FormatDuration(d time.Duration) string {
	days, rest := d/day, d%day
	if days > math.MaxUint16 { // ParseDuration reads no more of them
		days, rest = 0, d
	}
	text := ""
	if days > 0 {
		text = strconv.FormatInt(int64(days), 10) + "d"
	}
	if rest == 0 && days > 0 {
		return text
	}
	s := rest.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return text + s
}
