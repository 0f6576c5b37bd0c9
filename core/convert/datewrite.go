package convert

import (
	"fmt"
	"strings"
)

// missing says which part of a form a moment does not have; "" if it has all.
func (f *dateForm) missing(m moment) string {
	for _, p := range f.parts {
		part := tokens[p.token]
		need := partOf[part]
		switch part {
		case "weekday":
			need, part = wholeDate, "whole date"
		case "minute", "second", "fraction", "AM or PM", "hour", "hour to 12":
			need, part = hasClock, "time"
		}
		if m.has&need != need {
			return part
		}
	}
	return ""
}

// write writes a moment that misses nothing.
func (f *dateForm) write(m moment) string {
	var b strings.Builder
	for _, p := range f.parts {
		if p.token == "" {
			b.WriteString(p.literal)
		} else {
			b.WriteString(m.part(p.token))
		}
	}
	return b.String()
}

// part writes what stands in the place of a token.
func (m moment) part(token string) string {
	switch token {
	case "YYYY", "yyyy":
		return fmt.Sprintf("%04d", m.year)
	case "YY", "yy":
		return fmt.Sprintf("%02d", m.year%100)
	case "MMMM":
		return months[m.month-1]
	case "MMM":
		return shortMonths[m.month-1]
	case "dddd":
		return weekdays[m.at().Weekday()]
	case "ddd":
		return shortWeekdays[m.at().Weekday()]
	case "A":
		return m.half()
	case "a":
		return strings.ToLower(m.half())
	case "Z":
		return m.zone()
	case "ZZ":
		return m.plainZone()
	case "S", "SS", "SSS", "SSSSSS":
		return (m.fraction + "000000")[:len(token)]
	}
	return fmt.Sprintf("%0*d", len(token), m.number(tokens[token]))
}

// number gives the number of a part.
func (m moment) number(part string) int {
	switch part {
	case "month":
		return m.month
	case "day":
		return m.day
	case "hour":
		return m.hour
	case "hour to 12":
		return (m.hour+11)%12 + 1
	case "minute":
		return m.minute
	default:
		return m.second
	}
}

func (m moment) half() string {
	if m.hour < 12 {
		return "AM"
	}
	return "PM"
}

// plainZone writes the offset without a colon: +0100.
func (m moment) plainZone() string {
	if m.offset == 0 {
		return "+0000"
	}
	return strings.Replace(m.zone(), ":", "", 1)
}
