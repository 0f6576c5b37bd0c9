package convert

import (
	"strconv"
	"strings"
	"unicode"

	"hookbird/core/value"
)

// asText makes a text of any value that is not empty: a number with its digits as
// they are, a list or an object as its JSON.
func asText(v value.Value) (value.Value, *fault) {
	if v.IsEmpty() || v.Kind() == value.String {
		return v, nil
	}
	return value.NewText(v.Text()), nil
}

// asJSON makes a value of a text that holds JSON, every byte as it came. What is a
// value of another kind is one already.
func asJSON(v value.Value) (value.Value, *fault) {
	text := trim(v.Text())
	switch {
	case v.Kind() != value.String:
		return v, nil
	case text == "":
		return value.NewText(""), nil
	}
	made, err := value.Parse([]byte(text))
	if err != nil {
		return refuse(v, "is no JSON. Send it as text, or correct it in the record.")
	}
	return made, nil
}

// makeBefore makes the step that keeps what stands in front of a mark, or all of a
// text without it.
func makeBefore(arg string) (work, error) {
	mark, err := mark("before", arg)
	return texts(func(text string) string {
		before, _, _ := strings.Cut(text, mark)
		return trim(before)
	}), err
}

// makeAfter makes the step that keeps what stands behind a mark, or all of a text
// without it.
func makeAfter(arg string) (work, error) {
	mark, err := mark("after", arg)
	return texts(func(text string) string {
		if _, after, found := strings.Cut(text, mark); found {
			text = after
		}
		return trim(text)
	}), err
}

// mark reads the argument that says at what a text is cut. \n and \t stand for a
// line break and a tab.
func mark(name, arg string) (string, error) {
	if arg == "" {
		return "", wrong("Say at what to cut, such as %s:@.", name)
	}
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(arg), nil
}

// makeLimit makes the step that cuts a text after so many characters.
func makeLimit(arg string) (work, error) {
	n, err := strconv.Atoi(trim(arg))
	if err != nil || n < 1 || n > MaxResult {
		return nil, wrong("%s is no number of characters. Write one from 1 up, such as limit:20.", quote(arg))
	}
	return texts(func(text string) string { return limit(text, n) }), nil
}

// limit gives at most n characters of a text. An accent is not cut off its letter.
func limit(text string, n int) string {
	start := 0 // of the last letter with its marks
	count := 0
	for i, r := range text {
		if count == n {
			if joins(r) {
				return text[:start]
			}
			return text[:i]
		}
		if !joins(r) {
			start = i
		}
		count++
	}
	return text
}

// joins tells whether a character belongs to the one in front of it.
func joins(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200d' || r >= '\U0001f3fb' && r <= '\U0001f3ff'
}
