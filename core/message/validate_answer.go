package message

import (
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/pace"
	"hookbird/core/value"
)

// answer looks at what an answer means beyond its status code.
func (v *validator) answer() {
	a := v.w.Answer
	v.rules("/answer/need", a.Need, false)
	v.rules("/answer/forbid", a.Forbid, false)
	v.rules("/answer/already", a.Already, true)
	switch a.Redirects {
	case core.RedirectsFail, core.RedirectsAccept, core.RedirectsRead:
	default:
		v.add("/answer/redirects", "A redirect fails, is accepted, or is read, but not %q.", a.Redirects)
	}
	switch a.Unsure {
	case core.UnsureRetry, core.UnsureAsk:
	default:
		v.add("/answer/unsure", "A message that may have arrived is tried again (retry) or asked about (ask), but not %q.", a.Unsure)
	}
}

func (v *validator) rules(at string, rules []core.AnswerRule, codes bool) {
	if len(rules) > core.MaxAnswerRules {
		v.add(at, "At most %d rules can be named here.", core.MaxAnswerRules)
		return
	}
	for i, r := range rules {
		v.rule(fmt.Sprintf("%s/%d", at, i), r, codes)
	}
}

// rule looks at one thing that an answer says. Only an answer that is not good is
// known by its code: of others it was asked before.
func (v *validator) rule(at string, r core.AnswerRule, codes bool) {
	if r == (core.AnswerRule{}) {
		v.add(at, "This rule is empty. Type a text or a field that the answer has, or remove it.")
		return
	}
	switch {
	case r.Code != 0 && !codes:
		v.add(at+"/code", "Which numbers are good answers stands under the good answers. Remove the number here.")
	case r.Code != 0 && (r.Code < 200 || r.Code > 599):
		v.add(at+"/code", "The number of an answer is from 200 to 599.")
	}
	v.answerText(at+"/text", r.Text)
	v.answerText(at+"/value", r.Value)
	if r.Field != "" {
		_, err := value.ParsePath(r.Field)
		v.check(at+"/field", err)
	} else if r.Value != "" {
		v.add(at+"/value", "A value is that of a field. Type the name of the field too, or look for the value as a text.")
	}
}

func (v *validator) answerText(at, text string) {
	switch {
	case text == "":
	case len(text) > core.MaxAnswerRuleText:
		v.add(at, "This text is too long: it has %d characters, and %d are allowed.", len(text), core.MaxAnswerRuleText)
	case strings.TrimSpace(text) == "":
		v.add(at, "This text is nothing but spaces, which stand in every answer. Type another one.")
	default:
		v.check(at, filledIn(text))
	}
}

// pace looks at how many requests go out, and in which order.
func (v *validator) pace() {
	v.all("/pace", pace.Validate(v.w.Pace))
	v.all("/brake", v.w.Brake.Validate())
	o := v.w.Order
	switch o.Kind {
	case core.OrderNone, core.OrderAll:
		if o.Newest {
			v.add("/order/newest", "Only the newest record of a person can count where a field tells who it is. Choose the field, or let all records count.")
		}
	case core.OrderField:
		v.orderField(o.Field)
	default:
		v.add("/order", "Messages keep no order, the order of all, or that of a field, but not %q.", o.Kind)
	}
}

func (v *validator) orderField(field string) {
	if strings.TrimSpace(field) == "" {
		v.add("/order/by", "Choose the field that tells whose record it is, such as the e-mail address.")
		return
	}
	path, err := value.ParsePath(field)
	if v.check("/order/by", err); err == nil && path.Many() {
		v.add("/order/by", "One value has to tell whose record it is, and (*) finds several. Take a field that has one.")
	}
}
