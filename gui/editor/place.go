package editor

import (
	"slices"
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/gui/mapping"
	"hookbird/gui/signing"
)

// Tab is one of the editor's tabs.
type Tab int

// The tabs, from left to right.
const (
	TabWhere Tab = iota
	TabWhat
	TabWhen
	TabSecurity
	TabFails
	tabs
)

var tabTitles = [tabs]string{"Where to", "What to send", "When", "Security", "If it fails"}

// Part is one control, or one card where its controls are not told apart.
type Part int

// The parts of the page that a problem can be about.
const (
	PartNone Part = iota // of no one place
	PartName
	PartAddress
	PartMethod
	PartTimeout
	PartAccept
	PartCAFile
	PartStyle
	PartTemplate
	PartContentType
	PartSources
	PartEvents
	PartFilter
	PartSendList
	PartSendEvery
	PartSendBatch
	PartSign
	PartPlan
	PartEvery
	PartTimes
	PartRow // a box of a row
)

// Place is where on the page something stands: a part or, within a table, a box
// of a row.
type Place struct {
	Part  Part
	Spot  mapping.Spot // of PartRow
	Where string       // of PartSign: the pointer
}

// boxOf is the place of a box of a row.
func boxOf(row *mapping.Row, box mapping.Box) Place {
	return Place{Part: PartRow, Spot: mapping.Spot{Row: row, Box: box}}
}

var partTabs = map[Part]Tab{
	PartStyle: TabWhat, PartTemplate: TabWhat, PartContentType: TabWhat,
	PartSources: TabWhen, PartEvents: TabWhen, PartFilter: TabWhen, PartSendList: TabWhen, PartSendEvery: TabWhen, PartSendBatch: TabWhen,
	PartSign: TabSecurity,
	PartPlan: TabFails, PartEvery: TabFails, PartTimes: TabFails,
}

// Problem is something that has to be put right before the webhook can be saved.
type Problem struct {
	Place Place
	Tab   Tab
	Text  string // a sentence
}

// problemOf makes a problem of a part that has a tab of its own.
func problemOf(part Part, text string) Problem {
	return Problem{Place: Place{Part: part}, Tab: partTabs[part], Text: text}
}

// problemAt makes a Problem of what the validation of a webhook found.
func (b *built) problemAt(e *core.Error) Problem {
	place, tab := b.placeOf(e.Where)
	return Problem{Place: place, Tab: tab, Text: e.Message}
}

// placeOf finds what a pointer into the webhook ("/body/fields/3/name") or a
// note's place ("field:3") is about.
func (b *built) placeOf(pointer string) (Place, Tab) {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if kind, index, isNote := strings.Cut(steps[0], ":"); isNote {
		steps = append([]string{map[string]string{"field": "fields", "header": "headers"}[kind], index}, steps[1:]...)
	}
	inBody := steps[0] == "body"
	if inBody {
		steps = steps[1:]
	}
	if len(steps) == 0 {
		return Place{Part: PartStyle}, TabWhat
	}
	switch steps[0] {
	case "fields":
		return inRow(steps, b.fields, TabWhat, Place{Part: PartStyle})
	case "headers":
		return inRow(steps, b.headers, TabSecurity, Place{})
	case "secrets":
		if inBody {
			return inKey(steps, b.bodyKeys, TabWhat)
		}
		return inKey(steps, b.keys, TabSecurity)
	}
	if steps[0] == "sign" {
		return inSign(steps), TabSecurity
	}
	part := partNames[steps[0]]
	if parts := innerParts[steps[0]]; parts != nil {
		part = parts[steps[len(steps)-1]]
	}
	if part == PartSendBatch && b.web.Send.Every == 0 {
		part = PartSendList
	}
	return Place{Part: part}, partTabs[part]
}

// inRow finds the box that a pointer names by the place of its row in the list.
func inRow(steps []string, rows mapping.Rows, tab Tab, none Place) (Place, Tab) {
	if len(steps) < 2 {
		return none, tab
	}
	i, err := strconv.Atoi(steps[1])
	if err != nil || i < 0 || i >= len(rows) {
		return none, tab
	}
	box := mapping.BoxName
	switch row := rows[i]; {
	case slices.Contains(steps[2:], "convert"):
		box = mapping.BoxSteps
	case slices.Contains(steps[2:], "value"), slices.Contains(steps[2:], "secret"):
		box = mapping.BoxValue
	case slices.Contains(steps[2:], "from"), slices.Contains(steps[2:], "template"):
		box = mapping.BoxFrom
		if row.Group() != mapping.Taken {
			box = mapping.BoxValue
		}
	}
	return boxOf(rows[i], box), tab
}

// inSign finds the place of a signature that a pointer names.
func inSign(steps []string) Place {
	where := "/" + strings.Join(steps, "/")
	if !slices.Contains(signPlaces, where) {
		where = signing.AtStyle // which is there for all
	}
	return signPlace(where)
}

// inKey finds the secret that a pointer names by its name.
func inKey(steps []string, rows mapping.Rows, tab Tab) (Place, Tab) {
	if len(steps) < 2 {
		return Place{}, tab
	}
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(steps[1])
	for _, row := range rows {
		if row.Key().Name == name {
			return boxOf(row, mapping.BoxValue), tab
		}
	}
	return Place{}, tab
}

var partNames = map[string]Part{
	"name": PartName, "address": PartAddress, "method": PartMethod, "timeout": PartTimeout,
	"accept": PartAccept, "https_only": PartAddress, "tls": PartCAFile, "ca_file": PartCAFile,
	"style": PartStyle, "template": PartTemplate, "content_type": PartContentType,
	"sources": PartSources, "events": PartEvents, "filter": PartFilter,
}

// innerParts are parts of things that have several.
var innerParts = map[string]map[string]Part{
	"retry": {"retry": PartPlan, "plan": PartPlan, "every": PartEvery, "times": PartTimes},
	"send":  {"send": PartSendBatch, "batch": PartSendBatch, "every": PartSendEvery, "when": PartSendEvery},
}
