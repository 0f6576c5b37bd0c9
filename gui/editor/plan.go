package editor

import (
	"strconv"
	"strings"

	"hookbird/core"
)

// PlanKind is one of the ways to try again that the page offers.
type PlanKind int

// The plans, in the order they are offered. PlanEvery and PlanList are the two
// ways to have one's own.
const (
	Plan90Minutes PlanKind = iota
	Plan24Hours
	PlanDays
	PlanEvery
	PlanList
	PlanNone
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

// Own tells whether it is a plan of one's own.
func (k PlanKind) Own() bool { return k == PlanEvery || k == PlanList }

// Plan is the choice of how to try again, with what was typed for it.
type Plan struct {
	Kind      PlanKind
	Every     string // minutes, for PlanEvery
	Times     string
	Delays    string // for PlanList: "1 min, 5 min, 1 h"
	OnRefusal bool

	own    PlanKind // the one of one's own that was chosen last
	stored core.RetryPlan
}

func planOf(p core.RetryPlan) Plan {
	plan := Plan{Kind: planKind(p), Every: "15", Times: "12", Delays: "1 min, 5 min, 30 min, 2 h, 12 h", OnRefusal: p.OnRefusal, own: PlanEvery, stored: p}
	plan.choose(plan.Kind)
	switch plan.Kind {
	case PlanEvery:
		plan.Every, plan.Times = minutes(p.Every), strconv.Itoa(p.Times)
	case PlanList:
		plan.Delays = printDelays(p.Delays)
	}
	return plan
}

// choose takes a kind of plan. What was typed for the others stays.
func (p *Plan) choose(kind PlanKind) {
	p.Kind = kind
	if kind.Own() {
		p.own = kind
	}
}

// Retry gives the plan itself. What was not changed stays as it was stored,
// whatever other way there may be to write the same.
func (p Plan) Retry() (core.RetryPlan, []Problem) {
	if p.Kind == planKind(p.stored) && p.sameTexts() {
		same := p.stored
		same.OnRefusal = p.OnRefusal
		return same, nil
	}
	var plan core.RetryPlan
	var problems []Problem
	switch p.Kind {
	case PlanEvery:
		plan, problems = p.every()
	case PlanList:
		plan, problems = p.list()
	default:
		plan.Name = planNames[p.Kind]
	}
	if problems != nil {
		plan = core.RetryPlan{Name: planNames[PlanNone]}
	}
	plan.OnRefusal = p.OnRefusal
	return plan, problems
}

func (p Plan) every() (core.RetryPlan, []Problem) {
	var problems []Problem
	every, ok := parseMinutes(p.Every)
	if !ok {
		problems = append(problems, problemOf(PartEvery, "Type how many minutes to wait between two tries, like 15."))
	}
	times, err := strconv.Atoi(strings.TrimSpace(p.Times))
	if err != nil || times < 1 || times > 1000 {
		problems = append(problems, problemOf(PartTimes, "Type how often to try again, from 1 to 1,000."))
	}
	return core.RetryPlan{Every: every, Times: times}, problems
}

func (p Plan) list() (core.RetryPlan, []Problem) {
	delays, err := parseDelays(p.Delays)
	if err != nil {
		return core.RetryPlan{}, []Problem{problemOf(PartDelays, core.Sentence(err))}
	}
	return core.RetryPlan{Delays: delays}, nil
}

// sameTexts tells whether the texts that count say what is stored.
func (p Plan) sameTexts() bool {
	switch p.Kind {
	case PlanEvery:
		return p.Every == minutes(p.stored.Every) && p.Times == strconv.Itoa(p.stored.Times)
	case PlanList:
		return p.Delays == printDelays(p.stored.Delays)
	default:
		return true
	}
}
