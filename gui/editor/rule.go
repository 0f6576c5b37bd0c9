package editor

import (
	"slices"
	"strings"

	"hookbird/core"
)

// RuleKind is what a rule of an answer looks at.
type RuleKind int

// The kinds. RuleBoth is offered only where it is stored.
const (
	RuleText  RuleKind = iota // a text stands in it
	RuleField                 // a field of it
	RuleBoth
)

// RuleBox is one of the boxes of a rule.
type RuleBox int

// The boxes of a rule.
const (
	RuleBoxNone RuleBox = iota
	RuleBoxCode
	RuleBoxText
	RuleBoxField
	RuleBoxValue
)

// Rule is something that an answer says, as somebody types it. Its pointer is its
// identity.
type Rule struct {
	Kind  RuleKind
	Code  string
	Text  string
	Field string
	Value string

	stored core.AnswerRule
	coded  bool // asks for a code of the answer too
}

// Rules are rules in order.
type Rules []*Rule

func ruleOf(r core.AnswerRule) *Rule {
	rule := &Rule{Code: count(r.Code), Text: r.Text, Field: r.Field, Value: r.Value, stored: r, coded: r.Code != 0}
	switch {
	case r.Field+r.Value == "":
	case r.Text == "":
		rule.Kind = RuleField
	default:
		rule.Kind = RuleBoth
	}
	return rule
}

// rulesOf makes the rows of a list. Those of the answers that mean that the other
// system has the record ask for a code too.
func rulesOf(list []core.AnswerRule, coded bool) Rules {
	rules := make(Rules, len(list))
	for i, r := range list {
		rules[i] = ruleOf(r)
		rules[i].coded = rules[i].coded || coded
	}
	return rules
}

// wantsText and wantsField tell which boxes count.
func (r *Rule) wantsText() bool  { return r.Kind != RuleField }
func (r *Rule) wantsField() bool { return r.Kind != RuleText }

// firstBox is the box that has the focus when the rule is led to.
func (r *Rule) firstBox() RuleBox {
	if r.wantsText() {
		return RuleBoxText
	}
	return RuleBoxField
}

// IsBlank tells whether nothing was filled in: such a rule is left out and is
// nobody's mistake.
func (r *Rule) IsBlank() bool {
	return r.stored == core.AnswerRule{} && strings.TrimSpace(r.Code) == "" &&
		(!r.wantsText() || strings.TrimSpace(r.Text) == "") && (!r.wantsField() || r.Field+r.Value == "")
}

// Rule gives the rule as it is filled in. What was not changed stays as it was
// stored.
func (r *Rule) Rule() (core.AnswerRule, []Problem) {
	if was := ruleOf(r.stored); r.Kind == was.Kind && r.Code == was.Code && r.Text == was.Text && r.Field == was.Field && r.Value == was.Value {
		return r.stored, nil
	}
	var rule core.AnswerRule
	var problems []Problem
	if r.coded && strings.TrimSpace(r.Code) != "" {
		if rule.Code = code(strings.TrimSpace(r.Code)); rule.Code == 0 {
			problems = append(problems, ruleProblem(r, RuleBoxCode, "An answer's code has three digits, like 409."))
		}
	}
	if r.wantsText() {
		rule.Text = r.Text
	}
	if r.wantsField() {
		rule.Field, rule.Value = strings.TrimSpace(r.Field), r.Value
		if rule.Field == "" {
			problems = append(problems, ruleProblem(r, RuleBoxField, "Type the name of the field in the answer, or remove this line."))
		}
	}
	if problems == nil && strings.TrimSpace(rule.Text) == "" && rule.Field == "" && rule.Code == 0 {
		problems = append(problems, ruleProblem(r, RuleBoxText, "Type what stands in the answer, or remove this line."))
	}
	return rule, problems
}

func ruleProblem(r *Rule, box RuleBox, text string) Problem {
	return Problem{Place: rulePlace(r, box), Tab: TabWhere, Text: text}
}

// rulePlace is the place of a box of a rule.
func rulePlace(r *Rule, box RuleBox) Place { return Place{Part: PartRule, Rule: r, RuleBox: box} }

// complete gives the rules that say enough, and what is wrong with the others.
func (rs Rules) complete() (whole Rules, problems []Problem) {
	for _, r := range rs {
		if r.IsBlank() {
			continue
		}
		_, bad := r.Rule()
		if bad == nil {
			whole = append(whole, r)
		}
		problems = append(problems, bad...)
	}
	return whole, problems
}

// list gives rules that are complete as they are stored.
func (rs Rules) list() []core.AnswerRule {
	var list []core.AnswerRule
	for _, r := range rs {
		rule, _ := r.Rule()
		list = append(list, rule)
	}
	return list
}

// remove takes a rule out.
func (rs *Rules) remove(r *Rule) {
	*rs = slices.DeleteFunc(*rs, func(other *Rule) bool { return other == r })
}
