package editor

import (
	"strconv"
	"strings"

	"hookbird/core"
)

// Tab is one of the editor's tabs.
type Tab int

// The tabs, from left to right.
const (
	TabWhere Tab = iota
	TabWhat
	TabWhen
	TabFails
	tabs
)

var tabTitles = [tabs]string{"Where to", "What to send", "When", "If it fails"}

// Part is one control, or one kind of control within a row.
type Part int

// The parts of the page that a problem can be about.
const (
	PartNone Part = iota // of no one place
	PartName
	PartAddress
	PartMethod
	PartTimeout
	PartAccept
	PartHTTPSOnly
	PartCAFile
	PartStyle
	PartSources
	PartEvents
	PartPlan
	PartEvery
	PartTimes
	PartFrom    // of a Row
	PartRowName // of a Row
	PartValue   // of a Row
)

// Place is where on the page something stands: a part and, within a table, its
// row.
type Place struct {
	Part Part
	Row  *Row
}

// Tab is the tab on which the place is found; header tells whether its row is a
// header line.
func (p Place) tab(header bool) Tab {
	switch p.Part {
	case PartStyle:
		return TabWhat
	case PartFrom, PartRowName, PartValue:
		if header {
			return TabWhere
		}
		return TabWhat
	case PartSources, PartEvents:
		return TabWhen
	case PartPlan, PartEvery, PartTimes:
		return TabFails
	default:
		return TabWhere
	}
}

// Problem is something that has to be put right before the webhook can be saved.
type Problem struct {
	Place Place
	Tab   Tab
	Text  string // a sentence
}

// placeOf finds what a pointer into the webhook ("/body/fields/3/name") or a
// note's place ("field:3") is about. fields and headers are the rows in the
// order in which the webhook was made of them.
func placeOf(pointer string, fields, headers Rows) (Place, Tab) {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if kind, index, isNote := strings.Cut(steps[0], ":"); isNote {
		steps = append([]string{map[string]string{"field": "fields", "header": "headers"}[kind], index}, steps[1:]...)
	}
	if steps[0] == "body" {
		steps = steps[1:]
	}
	if len(steps) == 0 {
		return Place{Part: PartStyle}, TabWhat
	}
	last := steps[len(steps)-1]
	switch steps[0] {
	case "fields":
		return rowPlace(steps, last, fields, Place{Part: PartStyle}, false)
	case "headers":
		return rowPlace(steps, last, headers, Place{}, true)
	}
	p := Place{Part: partNames[steps[0]]}
	if steps[0] == "retry" {
		p.Part = retryParts[last]
	}
	return p, p.tab(false)
}

func rowPlace(steps []string, last string, rows Rows, none Place, header bool) (Place, Tab) {
	if len(steps) < 2 {
		return none, none.tab(header)
	}
	i, err := strconv.Atoi(steps[1])
	if err != nil || i < 0 || i >= len(rows) {
		return none, none.tab(header)
	}
	p := Place{Part: PartRowName, Row: rows[i]}
	switch {
	case last == "value" || last == "secret" || last == "from" && p.Row.Kind != core.FieldFrom:
		p.Part = PartValue
	case last == "from":
		p.Part = PartFrom
	}
	return p, p.tab(header)
}

var partNames = map[string]Part{
	"name": PartName, "address": PartAddress, "method": PartMethod, "timeout": PartTimeout,
	"accept": PartAccept, "https_only": PartHTTPSOnly, "tls": PartCAFile, "ca_file": PartCAFile,
	"style": PartStyle, "sources": PartSources, "events": PartEvents,
}

var retryParts = map[string]Part{"retry": PartPlan, "plan": PartPlan, "every": PartEvery, "times": PartTimes}

// problemAt makes a Problem of what the validation of a webhook found.
func problemAt(e *core.Error, fields, headers Rows) Problem {
	p, tab := placeOf(e.Where, fields, headers)
	return Problem{Place: p, Tab: tab, Text: e.Message}
}
