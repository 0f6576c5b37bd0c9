package sourcetest

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"hookbird/core"
	"hookbird/core/source"
)

// toldLooks is how many events of a commit are compared with its marks.
const toldLooks = 10

// mustTellNothing panics where a mark says something of the events that it is committed
// with, other than in a form that source.Kept reads: whoever is erased would stay in it.
func mustTellNothing(events []*core.Event, marks []core.Mark) {
	for _, e := range events[:min(toldLooks, len(events))] {
		source.Texts(e.Data, func(text string) {
			if !telling(text) {
				return
			}
			for _, m := range marks {
				rest := m.Value
				if at := source.Kept(m.Value, func([]byte) {}); at > 0 {
					rest = m.Value[:at]
				}
				if bytes.Contains(rest, []byte(text)) {
					panic(fmt.Sprintf("the mark %q tells %q of a record: %q", m.Key, text, m.Value))
				}
			}
		})
	}
}

// telling tells whether a text is long enough to be no chance, and no number or time, and
// no name of a file: these are remembered.
func telling(text string) bool {
	if filepath.Ext(text) != "" && !strings.Contains(text, "@") {
		return false
	}
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 6
}
