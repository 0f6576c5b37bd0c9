package convert

import (
	"strconv"
	"strings"

	"hookbird/core/value"
)

// makeSplit makes the step that cuts a text into a list at a mark. Each part is
// without spaces around it; where the mark is space, so much of it as there is
// counts once. What is a list already stays one.
func makeSplit(arg string) (work, error) {
	if arg == "" {
		arg = ","
	}
	mark, err := mark("split", arg)
	return func(v value.Value) (value.Value, *fault) {
		switch {
		case v.IsEmpty() || v.Kind() == value.Array:
			return v, nil
		case v.Kind() == value.Object:
			return refuse(v, severalValues)
		}
		parts := split(v.Text(), mark)
		if len(parts) > MaxItems {
			return refuse(v, "has more than %d parts. Send it without splitting it.", MaxItems)
		}
		list := make([]value.Value, len(parts))
		for i, part := range parts {
			list[i] = value.NewText(part)
		}
		return value.NewArray(list), nil
	}, err
}

// split cuts a text at a mark, into one part more than may be at most.
func split(text, mark string) []string {
	if mark == " " {
		return strings.Fields(text)
	}
	parts := strings.SplitN(text, mark, MaxItems+2)
	for i := range parts {
		parts[i] = trim(parts[i])
	}
	return parts
}

// makeJoin makes the step that writes a list as one text, its parts with a mark
// between them. Empty parts are left out. What is no list stays as it is.
func makeJoin(arg string) (work, error) {
	if arg == "" {
		arg = ", "
	}
	mark, err := mark("join", arg)
	return func(v value.Value) (value.Value, *fault) {
		if v.Kind() == value.Object {
			return refuse(v, severalValues)
		}
		if v.Kind() != value.Array || v.IsEmpty() {
			return v, nil
		}
		var parts []string
		for item := range v.Elements() {
			if item.Kind() == value.Object {
				return refuse(v, "holds parts with several values each. Choose one of them, such as items(*).name.")
			}
			if !item.IsEmpty() {
				parts = append(parts, item.Text())
			}
		}
		return value.NewText(strings.Join(parts, mark)), nil
	}, err
}

// makeItem makes the step that takes one part of a list, counted from 1: null
// where there are not so many. What is no list counts as a list of one.
func makeItem(arg string) (work, error) {
	n, err := place(arg)
	return func(v value.Value) (value.Value, *fault) {
		if v.Kind() != value.Array {
			if n > 1 {
				v = value.Value{}
			}
			return v, nil
		}
		i := 0
		found := value.Value{}
		for item := range v.Elements() {
			if i++; i == n || n == last {
				found = item
			}
		}
		return found, nil
	}, err
}

// last is the place of the last part of a list.
const last = 0

// place reads which part of a list is meant.
func place(arg string) (int, error) {
	arg = trim(arg)
	switch {
	case same(arg, "first"):
		return 1, nil
	case same(arg, "last"):
		return last, nil
	}
	n, err := strconv.Atoi(arg)
	if err != nil || n < 1 {
		return 0, wrong("%s is no place in a list. Write a number from 1 up, first or last, such as item:2.", quote(arg))
	}
	return n, nil
}
