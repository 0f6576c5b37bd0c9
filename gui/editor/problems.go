package editor

import (
	"strings"

	"hookbird/core"
)

// Problems lists what stands in the way of saving, in the order of the page.
// validate is what checks a whole webhook.
func (d *Draft) Problems(validate func(*core.Webhook) error) []Problem {
	problems := d.rowProblems(d.Headers, TabWhere)
	problems = append(problems, d.rowProblems(d.Fields, TabWhat)...)
	if _, err := d.accept(); err != nil {
		problems = append(problems, Problem{Place: Place{Part: PartAccept}, Tab: TabWhere, Text: core.Sentence(err)})
	}
	_, bad := d.Plan.Retry()
	problems = append(problems, bad...)
	if strings.TrimSpace(d.web.Name) == "" {
		problems = append(problems, Problem{Place: Place{Part: PartName}, Tab: TabWhere, Text: "Give the webhook a name, so that you can tell it from others."})
	}
	if strings.TrimSpace(d.web.Address) == "" {
		problems = append(problems, Problem{Place: Place{Part: PartAddress}, Tab: TabWhere, Text: "Type the web address that the other system gave you."})
	}
	web, fields, headers := d.Webhook()
	for _, e := range flatten(validate(web)) {
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

// Twice finds the rows whose name stands already above them. That is a warning
// and no problem: some systems take a list that way.
func (d *Draft) Twice() map[*Row]string {
	twice := map[*Row]string{}
	seen := map[string]bool{}
	for _, row := range d.Fields {
		name := strings.TrimSpace(row.Name)
		if name != "" && seen[name] {
			twice[row] = "This name is used twice. The other system will only keep one."
		}
		seen[name] = true
	}
	return twice
}

// flatten gives the single errors of what a validation returned.
func flatten(err error) core.Errors {
	switch e := err.(type) {
	case nil:
		return nil
	case core.Errors:
		return e
	case *core.Error:
		return core.Errors{e}
	case interface{ Unwrap() []error }:
		var all core.Errors
		for _, one := range e.Unwrap() {
			all = append(all, flatten(one)...)
		}
		return all
	default:
		return core.Errors{core.Wrap(core.CodeOf(err), err, core.Sentence(err))}
	}
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
