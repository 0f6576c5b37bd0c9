package editor

import (
	"strings"

	"hookbird/core"
	"hookbird/core/message"
)

// Problems lists what stands in the way of saving, in the order of the page.
func (d *Draft) Problems() []Problem {
	problems := d.rowProblems(d.Headers, TabWhere)
	problems = append(problems, d.rowProblems(d.Fields, TabWhat)...)
	if _, err := d.accept(); err != nil {
		problems = append(problems, Problem{Place: Place{Part: PartAccept}, Tab: TabWhere, Text: core.Sentence(err)})
	}
	_, bad := d.Plan.Retry()
	problems = append(problems, bad...)
	web, fields, headers := d.Webhook()
	for _, e := range message.Validate(web) {
		problems = append(problems, problemAt(e, fields, headers))
	}
	return inOrder(problems)
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

// Unnamed tells whether a row has a field but no name for it yet, which is worth
// a quiet word before it is a problem.
func (d *Draft) Unnamed(row *Row) bool {
	return row.Kind == core.FieldFrom && row.From != "" && strings.TrimSpace(row.Name) == ""
}

var missingTexts = map[Part]string{
	PartFrom:    "Choose one of our fields, or remove this row.",
	PartRowName: "Type the name the other system uses, or remove this row.",
	PartValue:   "Type the secret value, or remove this row.",
}

func (d *Draft) rowProblems(rows Rows, tab Tab) []Problem {
	var problems []Problem
	for _, row := range rows {
		if row.Blank() {
			continue
		}
		for _, part := range row.missing() {
			problems = append(problems, Problem{Place: Place{part, row}, Tab: tab, Text: missingTexts[part]})
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
