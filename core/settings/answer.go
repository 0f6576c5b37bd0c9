package settings

import "hookbird/core"

// answer reads what an answer means beyond its status code.
func (p *parser) answer(n *node) core.Answer {
	var a core.Answer
	p.object(n, "answer", fields{
		"need":    func(n *node) { a.Need = p.rules(n) },
		"forbid":  func(n *node) { a.Forbid = p.rules(n) },
		"already": func(n *node) { a.Already = p.rules(n) },
		"redirects": func(n *node) {
			a.Redirects = core.Redirects(p.choice(n, usual, string(core.RedirectsAccept), string(core.RedirectsRead)))
			if a.Redirects == usual {
				a.Redirects = core.RedirectsFail
			}
		},
		"unsure": func(n *node) {
			if p.choice(n, "retry", string(core.UnsureAsk)) == string(core.UnsureAsk) {
				a.Unsure = core.UnsureAsk
			}
		},
	})
	return a
}

// usual is the word for core.RedirectsFail.
const usual = "fail"

func (p *parser) rules(n *node) []core.AnswerRule {
	var all []core.AnswerRule
	p.list(n, func(n *node) { all = append(all, p.rule(n)) })
	return all
}

func (p *parser) rule(n *node) core.AnswerRule {
	var r core.AnswerRule
	before := p.count()
	p.object(n, "rule", fields{
		"code":  func(n *node) { r.Code = p.whole(n, 200, 599) },
		"text":  func(n *node) { r.Text = p.said(n) },
		"field": func(n *node) { r.Field = p.said(n) },
		"value": func(n *node) { r.Value = p.said(n) },
	})
	if p.count() > before {
		p.places[n.at()] = true // what is missing now is no second mistake
	}
	return r
}

// said reads a part of a rule, which is left out where nothing is asked of it.
func (p *parser) said(n *node) string {
	text := p.text(n)
	if n.value == "" {
		p.wrong(n.at(), "This text is empty. Type it, or remove it.")
	}
	return text
}

func answered(a core.Answer) *outAnswer {
	out := outAnswer{
		Need: ruled(a.Need), Forbid: ruled(a.Forbid), Already: ruled(a.Already),
		Redirects: string(a.Redirects), Unsure: string(a.Unsure),
	}
	if len(a.Need)+len(a.Forbid)+len(a.Already) == 0 && out.Redirects == "" && out.Unsure == "" {
		return nil
	}
	return &out
}

func ruled(rules []core.AnswerRule) []outRule {
	var all []outRule
	for _, r := range rules {
		all = append(all, outRule(r))
	}
	return all
}
