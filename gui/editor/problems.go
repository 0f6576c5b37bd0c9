package editor

import (
	"slices"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/gui/mapping"
)

// Problems lists what stands in the way of saving, in the order of the page.
func (d *Draft) Problems() []Problem {
	problems := rowProblems(d.Headers, TabSecurity)
	problems = append(problems, rowProblems(d.Keys, TabSecurity)...)
	if d.usesFields() {
		problems = append(problems, rowProblems(d.Fields, TabWhat)...)
	}
	problems = append(problems, rowProblems(d.BodyKeys, TabWhat)...)
	problems = append(problems, d.halfTyped()...)
	b := d.build()
	for _, e := range message.Validate(b.web) {
		problems = append(problems, b.problemAt(e))
	}
	return inOrder(problems)
}

// halfTyped lists what is wrong with texts that the webhook is made of.
func (d *Draft) halfTyped() []Problem {
	var problems []Problem
	if _, err := d.accept(); err != nil {
		problems = append(problems, problemOf(PartAccept, core.Sentence(err)))
	}
	if d.Condition != "" {
		problems = append(problems, problemOf(PartFilter, d.Condition))
	}
	for _, rules := range []Rules{d.Need, d.Forbid, d.Already} {
		_, bad := rules.complete()
		problems = append(problems, bad...)
	}
	_, badSend := d.Soon.Send(d.Style())
	_, _, badPace := d.pace()
	_, badBrake := d.Braking.Brake()
	_, badPlan := d.Plan.Retry()
	return slices.Concat(problems, badSend, badPace, badBrake, badPlan)
}

// Shown leaves out what nobody has been at yet.
func (d *Draft) Shown(problems []Problem) []Problem {
	if d.tried {
		return problems
	}
	var shown []Problem
	for _, p := range problems {
		if d.touched[p.Place] {
			shown = append(shown, p)
		}
	}
	return shown
}

func rowProblems(rows mapping.Rows, tab Tab) []Problem {
	var problems []Problem
	for _, row := range rows.Filled() {
		for _, box := range row.Missing() {
			problems = append(problems, Problem{Place: boxOf(row, box), Tab: tab, Text: mapping.MissingText(row, box)})
		}
	}
	return problems
}

// inOrder sorts problems by tab and keeps one a place, the first that was found.
func inOrder(problems []Problem) []Problem {
	sorted := make([]Problem, 0, len(problems))
	seen := map[Place]bool{}
	for tab := range tabs {
		for _, p := range problems {
			if p.Tab == tab && (p.Place.Part == PartNone || !seen[p.Place]) {
				seen[p.Place] = true
				sorted = append(sorted, p)
			}
		}
	}
	return sorted
}
