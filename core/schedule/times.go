package schedule

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hookbird/core"
)

const (
	dayMinutes = 24 * 60
	maxText    = 2000 // bytes of typed times
)

// FormatTimes writes minutes after midnight as ParseTimes reads them: "9:00, 17:30".
func FormatTimes(at []int) string {
	list := make([]string, len(at))
	for i, m := range at {
		list[i] = clock(m)
	}
	return strings.Join(list, ", ")
}

func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }

// ParseTimes reads times of the day that somebody typed, in any order, with commas,
// semicolons, spaces or "and" between them: "9", "9:00", "09.30", "9h30", "0930",
// "5 pm". It gives them as minutes after midnight, ascending and each once, or an
// error whose sentence names what it cannot read.
func ParseTimes(text string) ([]int, error) {
	if len(text) > maxText {
		return nil, core.Errorf(core.CodeInvalid, "This text is too long. A day can have up to %d set times.", MaxTimes)
	}
	var at []int
	words := wordsOf(text)
	for i := 0; i < len(words); i++ {
		word := words[i]
		if i+1 < len(words) && isHalf(words[i+1]) {
			i++
			word += words[i]
		}
		minutes, ok := parseTime(strings.ToLower(word))
		if !ok {
			return nil, core.Errorf(core.CodeInvalid, "%q is not a time of the day. Write times from 0:00 to 23:59, like 9:00 or 17:30.", short(word))
		}
		at = append(at, minutes)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	if len(at) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "Type at least one time of the day, like 9:00.")
	}
	if len(at) > MaxTimes {
		return nil, core.Errorf(core.CodeInvalid, "A day can have up to %d set times, and these are %d.", MaxTimes, len(at))
	}
	return at, nil
}

// wordsOf gives what stands between separators, without words that say nothing.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;&", r) })
	return slices.DeleteFunc(words, func(w string) bool {
		w = strings.ToLower(w)
		return w == "and" || w == "at" || w == "o'clock" || w == "o’clock"
	})
}

// isHalf tells whether a word is "am" or "pm" in one of the ways to write it.
func isHalf(word string) bool {
	hour, half := cutHalf(strings.ToLower(word))
	return hour == "" && half != 0
}

// cutHalf takes "am" or "pm" off the end of a word, which may end a sentence; half
// is 'a', 'p', or 0 if there is none.
func cutHalf(word string) (rest string, half byte) {
	word = strings.TrimSuffix(word, ".")
	for _, end := range []string{"am", "a.m", "pm", "p.m"} {
		if rest, ok := strings.CutSuffix(word, end); ok {
			return rest, end[0]
		}
	}
	return word, 0
}

// parseTime reads one time in small letters.
func parseTime(word string) (minutes int, ok bool) {
	word, half := cutHalf(word)
	hour, minute := word, "00"
	if i := strings.IndexAny(word, ":.h"); i >= 0 {
		hour, minute = word[:i], word[i+1:]
		if minute == "" && word[i] == 'h' {
			minute = "00"
		}
	} else if len(word) == 4 {
		hour, minute = word[:2], word[2:]
	}
	h, okHour := digits(hour, 1, 23)
	m, okMinute := digits(minute, 2, 59)
	h, okHalf := inHalf(h, half)
	return h*60 + m, okHour && okMinute && okHalf
}

// digits reads a number of least to two digits that is at most most.
func digits(text string, least, most int) (n int, ok bool) {
	if len(text) < least || len(text) > 2 {
		return 0, false
	}
	for _, d := range []byte(text) {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = 10*n + int(d-'0')
	}
	return n, n <= most
}

// inHalf gives the hour of the day that an hour of one of its halves is. Who writes
// "17:30 pm" is understood too.
func inHalf(hour int, half byte) (int, bool) {
	switch {
	case half == 'a' && hour == 12:
		return 0, true
	case half == 'a':
		return hour, hour < 12
	case half == 'p' && hour < 12:
		return hour + 12, hour > 0
	default:
		return hour, true
	}
}

// short cuts what is repeated in a sentence.
func short(word string) string {
	const most = 20
	if runes := []rune(word); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return word
}
