package filter

import (
	"strings"

	"hookbird/core/value"
)

// pastQuote gives the place behind a text in quotes that opens at i, or i+1 if it
// does not close.
func pastQuote(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		if text[j] != '"' {
			continue
		}
		if j+1 < len(text) && text[j+1] == '"' {
			j++
			continue
		}
		return j + 1
	}
	return i + 1
}

// pastSelector gives the place behind a selector that opens at i, or i+1 if it
// does not close before the next semicolon, or is longer than any path.
func pastSelector(text string, i int) int {
	text = text[:min(len(text), i+value.MaxPath)]
	for j := i + 1; j < len(text) && text[j] != ';'; {
		switch text[j] {
		case ')':
			return j + 1
		case '"':
			if before := strings.TrimRight(text[i+1:j], spaces); before == "" || strings.HasSuffix(before, "=") {
				j = pastQuote(text, j)
				continue
			}
		}
		j++
	}
	return i + 1
}

// patternEnd gives the end of a pattern that begins at i: the next semicolon,
// whatever stands before it. Inside a group the parenthesis that closes the group
// ends it too: one that the pattern did not open, outside brackets.
func patternEnd(text string, i int, inGroup bool) int {
	end := len(text)
	if semicolon := strings.IndexByte(text[i:], ';'); semicolon >= 0 {
		end = i + semicolon
	}
	if !inGroup {
		return end
	}
	open := 0
	for ; i < end; i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			i = bracketEnd(text[:end], i)
		case '(':
			open++
		case ')':
			if open == 0 {
				return i
			}
			open--
		}
	}
	return end
}

// bracketEnd gives the place of the bracket that closes the one at i, or the end.
func bracketEnd(text string, i int) int {
	i++
	if i < len(text) && text[i] == '^' {
		i++
	}
	for first := i; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], "[:"):
			if end := strings.Index(text[i:], ":]"); end > 0 {
				i += end + 1
			}
		case text[i] == ']' && i > first:
			return i
		}
	}
	return len(text)
}
