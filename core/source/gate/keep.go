package gate

import (
	"encoding/json"
	"strings"

	"hookbird/core/source"
	"hookbird/core/source/record"
)

// only gives an object with those fields alone whose names are kept: exactly so
// written or, where no name is, without regard to case. The bytes of what stays are
// as they came.
func only(object []byte, names []string) []byte {
	out := append(make([]byte, 0, len(object)), '{')
	source.Fields(object, func(key, val []byte) {
		if !kept(key, names) {
			return
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), key...), '"', ':'), val...)
	})
	return append(out, '}')
}

func kept(key []byte, names []string) bool {
	name := nameOf(key)
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// nameOf reads the name of a field, which stands without its quotes.
func nameOf(key []byte) string {
	for _, c := range key {
		if c == '\\' {
			var name string
			if json.Unmarshal(append(append([]byte{'"'}, key...), '"'), &name) == nil {
				return name
			}
			break
		}
	}
	return string(key)
}

// renamed gives an object with other names for some of its fields, and everything
// else as it came.
func renamed(object []byte, names map[string]string) []byte {
	out := append(make([]byte, 0, len(object)), '{')
	source.Fields(object, func(key, val []byte) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		if name, ok := names[nameOf(key)]; ok {
			out = record.AppendString(out, []byte(name))
		} else {
			out = append(append(append(out, '"'), key...), '"')
		}
		out = append(append(out, ':'), val...)
	})
	return append(out, '}')
}
