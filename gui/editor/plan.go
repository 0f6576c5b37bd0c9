package editor

import (
	"strconv"
	"strings"

	"hookbird/core"
)

// PlanKind is one of the ways to try again that the page offers.
type PlanKind int

// The plans, in the order they are offered. PlanList is offered only to a
// webhook that already has a list of its own.
const (
	Plan90Minutes PlanKind = iota
	Plan24Hours
	PlanDays
	PlanEvery
	PlanNone
	PlanList
)

var planNames = map[PlanKind]string{
	Plan90Minutes: "90-minutes",
	Plan24Hours:   "24-hours",
	PlanDays:      "standard-webhooks",
	PlanNone:      "none",
}

func planKind(p core.RetryPlan) PlanKind {
	switch {
	case p.Every > 0:
		return PlanEvery
	case len(p.Delays) > 0:
		return PlanList
	}
	for kind, name := range planNames {
		if name == p.Name {
			return kind
		}
	}
	return Plan24Hours
}

// Plan is the choice of how to try again, with what was typed for it.
type Plan struct {
	Kind      PlanKind
	Every     string // minutes, for PlanEvery
	Times     string
	OnRefusal bool

	stored core.RetryPlan
}

func planOf(p core.RetryPlan) Plan {
	plan := Plan{Kind: planKind(p), Every: "15", Times: "12", OnRefusal: p.OnRefusal, stored: p}
	if plan.Kind == PlanEvery {
		plan.Every = minutes(p.Every)
		plan.Times = strconv.Itoa(p.Times)
	}
	return plan
}

// Kinds lists what to offer.
func (p Plan) Kinds() []PlanKind {
	kinds := []PlanKind{Plan90Minutes, Plan24Hours, PlanDays, PlanEvery, PlanNone}
	if planKind(p.stored) == PlanList {
		kinds = append(kinds, PlanList)
	}
	return kinds
}

// Retry gives the plan itself. What was not changed stays as it was stored,
// whatever other way there may be to write the same.
func (p Plan) Retry() (core.RetryPlan, []Problem) {
	if p.Kind == planKind(p.stored) && (p.Kind != PlanEvery || p.sameNumbers()) {
		same := p.stored
		same.OnRefusal = p.OnRefusal
		return same, nil
	}
	plan := core.RetryPlan{Name: planNames[p.Kind], OnRefusal: p.OnRefusal}
	if p.Kind == PlanList {
		plan.Delays = p.stored.Delays
	}
	if p.Kind != PlanEvery {
		return plan, nil
	}
	var problems []Problem
	every, ok := parseMinutes(p.Every)
	if !ok {
		problems = append(problems, problemOf(PartEvery, "Type how many minutes to wait between two tries, like 15."))
	}
	times, err := strconv.Atoi(strings.TrimSpace(p.Times))
	if err != nil || times < 1 || times > 1000 {
		problems = append(problems, problemOf(PartTimes, "Type how often to try again, from 1 to 1,000."))
	}
	if problems != nil {
		return core.RetryPlan{Name: planNames[PlanNone], OnRefusal: p.OnRefusal}, problems
	}
	plan.Every, plan.Times = every, times
	return plan, nil
}

func (p Plan) sameNumbers() bool {
	return p.Every == minutes(p.stored.Every) && p.Times == strconv.Itoa(p.stored.Times)
}
