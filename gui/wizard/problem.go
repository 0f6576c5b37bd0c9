package wizard

import (
	"slices"
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/gui/mapping"
)

// step is one page of the wizard.
type step int

// The steps, in their order.
const (
	stepSystem step = iota
	stepAddress
	stepKey
	stepData
	stepFields
	stepTest
	steps
)

// problem is something that has to be put right: on which step, at what.
type problem struct {
	step step
	at   string // "name", "address", a mark, the place of a secret, "" for no one place
	row  *mapping.Row
	box  mapping.Box
	text string
}

// problems lists what stands in the way of saving, in the order of the steps.
func (d *draft) problems() []problem {
	var list []problem
	if d.target() == "" {
		list = append(list, problem{step: stepAddress, at: "address", text: "Paste the web address here. It starts with https://"})
	}
	for _, f := range d.preset.Fill {
		if f.Mark != "" && strings.TrimSpace(d.values[f.Mark]) == "" {
			list = append(list, problem{step: stepAddress, at: f.Mark, text: "Fill this in. The messages need it."})
		}
	}
	for _, f := range d.keys() {
		if strings.TrimSpace(d.values[f.Place]) == "" {
			list = append(list, problem{step: stepKey, at: f.Place, text: "Paste the key here. Without it the other system refuses the messages."})
		}
	}
	list = append(list, d.key.problems()...)
	for _, row := range d.rows.Filled() {
		for _, box := range row.Missing() {
			list = append(list, problem{step: stepFields, row: row, box: box, text: mapping.MissingText(row, box)})
		}
	}
	w := d.webhook()
	return inOrder(append(list, d.placed(message.Validate(&w))...))
}

// inOrder sorts problems by step and keeps one a place, the first.
func inOrder(list []problem) []problem {
	slices.SortStableFunc(list, func(a, b problem) int { return int(a.step - b.step) })
	type place struct {
		step step
		at   string
		row  *mapping.Row
		box  mapping.Box
	}
	seen := map[place]bool{}
	return slices.DeleteFunc(list, func(p problem) bool {
		at := place{p.step, p.at, p.row, p.box}
		was := seen[at]
		seen[at] = true
		return was
	})
}

// placed finds the places on screen of what is wrong with the webhook.
func (d *draft) placed(errs core.Errors) []problem {
	var list []problem
	for _, e := range errs {
		list = append(list, d.placeOf(e))
	}
	return list
}

func (d *draft) placeOf(e *core.Error) problem {
	p := problem{text: e.Message}
	if mark, found := message.Mark(e.Message); found && d.knows(mark) {
		p.step, p.at = stepAddress, mark
		return p
	}
	path := strings.Split(strings.TrimPrefix(e.Where, "/"), "/")
	switch path[0] {
	case "name":
		p.step, p.at = stepAddress, "name"
	case "address", "https_only", "method", "tls":
		p.step, p.at = stepAddress, "address"
	case "headers", "secrets":
		p.step, p.at = stepKey, d.keyAt()
	case "sign":
		p.step, p.at = stepKey, "secret"
	case "sources", "events", "filter":
		p.step = stepData
	default:
		p.step = stepFields
		d.inBody(&p, path)
	}
	return p
}

func (d *draft) knows(mark string) bool {
	for _, f := range d.preset.Fill {
		if f.Mark == mark {
			return true
		}
	}
	return false
}

// keyAt is the box that is about a header line: the first key of the preset, or
// what was answered.
func (d *draft) keyAt() string {
	if keys := d.keys(); len(keys) > 0 {
		return keys[0].Place
	}
	return map[keyKind]string{keyToken: "line", keyLogin: "user"}[d.key.kind]
}

// inBody finds the box that a place in the body is about.
func (d *draft) inBody(p *problem, path []string) {
	if len(path) < 2 || path[0] != "body" {
		return
	}
	if path[1] == "template" {
		p.at = "template"
	}
	if path[1] != "fields" || len(path) < 3 {
		return
	}
	rows := d.rows.Filled()
	i, err := strconv.Atoi(path[2])
	switch {
	case err != nil || i < 0:
	case i >= len(rows): // the key, which stands behind them
		p.step, p.at = stepKey, "field"
	default:
		p.row, p.box = rows[i], boxOf(rows[i], path[3:])
	}
}

func boxOf(row *mapping.Row, path []string) mapping.Box {
	switch {
	case slices.Contains(path, "convert"):
		return mapping.BoxSteps
	case slices.Contains(path, "value"), slices.Contains(path, "secret"):
		return mapping.BoxValue
	case (slices.Contains(path, "from") || slices.Contains(path, "template")) && row.Group() == mapping.Taken:
		return mapping.BoxFrom
	default:
		return mapping.BoxName
	}
}
