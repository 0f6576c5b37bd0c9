package message

import "strings"

// Mark finds the first ‹mark› of a text: presets put one where something has yet
// to be filled in, such as ‹data centre›.
func Mark(text string) (mark string, found bool) {
	_, rest, found := strings.Cut(text, "‹")
	if !found {
		return "", false
	}
	inner, _, closed := strings.Cut(rest, "›")
	if !closed || inner == "" || strings.Contains(inner, "\n") {
		return "", false
	}
	return "‹" + inner + "›", true
}

// filledIn refuses a text in which a mark is left.
func filledIn(text string) error {
	if mark, found := Mark(text); found {
		return wrong("Fill in %s.", mark)
	}
	return nil
}
