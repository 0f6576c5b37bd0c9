package editor

import (
	"regexp"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/retry"
)

// printDelays writes delays as people type them: "1 min, 5 min, 1 h".
func printDelays(delays []time.Duration) string {
	parts := make([]string, len(delays))
	for i, d := range delays {
		parts[i] = printSpan(d)
	}
	return strings.Join(parts, ", ")
}

var (
	betweenDelays = regexp.MustCompile(`[,;\n]+|\s(?:and|then)\s`)
	bareNumber    = regexp.MustCompile(`^[\d.½]+$`)
	delayUnit     = regexp.MustCompile(`\p{L}+`)
)

// parseDelays reads what printDelays writes, and what people type for it: commas,
// semicolons, lines, "and" and "then" part the delays. Numbers alone are in the
// unit that the others are in, or in minutes if none has one.
func parseDelays(text string) ([]time.Duration, error) {
	parts := filled(betweenDelays.Split(strings.ToLower(text), -1))
	if len(parts) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "Type how long to wait before each further try, like 1 min, 5 min, 1 h.")
	}
	if len(parts) > retry.MaxTries {
		return nil, core.Errorf(core.CodeInvalid, "These are %d waits, and at most %d are possible.", len(parts), retry.MaxTries)
	}
	bare, mixed := commonUnit(parts)
	delays := make([]time.Duration, len(parts))
	for i, part := range parts {
		if mixed && bareNumber.MatchString(part) {
			return nil, core.Errorf(core.CodeInvalid, "Write behind %.30s whether it is seconds, minutes or hours.", part)
		}
		d, ok := parseSpan(part, bare)
		switch {
		case !ok:
			return nil, core.Errorf(core.CodeInvalid, "“%.30s” is no length of time. Write it like 30 s, 5 min, 2 h or 1 d.", part)
		case d < retry.MinDelay:
			return nil, core.Errorf(core.CodeInvalid, "“%.30s” is no time to wait. Leave it away, or write a longer one.", part)
		case d > retry.MaxDelay:
			return nil, core.Errorf(core.CodeInvalid, "“%.30s” is too long. Between two tries lie at most 30 days.", part)
		}
		delays[i] = d
	}
	return delays, nil
}

// filled gives the parts in which there is anything.
func filled(parts []string) []string {
	var some []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			some = append(some, part)
		}
	}
	return some
}

// commonUnit is the one unit that the parts are in; mixed tells that they are in
// several.
func commonUnit(parts []string) (unit time.Duration, mixed bool) {
	for _, part := range parts {
		for _, word := range delayUnit.FindAllString(part, -1) {
			u := unitOf(word)
			mixed = mixed || unit != 0 && u != unit
			unit = u
		}
	}
	if unit == 0 {
		unit = time.Minute
	}
	return unit, mixed
}
