package settings

import "hookbird/core"

// maxTries is how often a message is tried again at most.
const maxTries = 1000

// retry reads a plan by its name, or as an object in one of its three forms.
func (p *parser) retry(n *node) core.RetryPlan {
	var plan core.RetryPlan
	if name, ok := n.value.(string); ok {
		plan.Name = name
		if name == "" {
			p.wrong(n.at(), "The name of the plan is missing.")
		}
		return plan
	}
	p.object(n, "retry", fields{
		"plan":   func(n *node) { plan.Name = p.text(n) },
		"every":  func(n *node) { plan.Every = p.duration(n) },
		"times":  func(n *node) { plan.Times = p.whole(n, 1, maxTries) },
		"delays": func(n *node) { p.list(n, func(n *node) { plan.Delays = append(plan.Delays, p.duration(n)) }) },
		"on_refusal": func(n *node) {
			plan.OnRefusal = p.choice(n, "stop", "retry") == "retry"
		},
	})
	for _, pair := range [][2]string{{"every", "times"}, {"times", "every"}} {
		if n.get(pair[0]) != nil && n.get(pair[1]) == nil {
			p.wrong(n.at(), "With %q goes %q: {\"every\": \"15m\", \"times\": 12}.", pair[0], pair[1])
		}
	}
	return plan
}

func planned(r core.RetryPlan) *outRetry {
	out := outRetry{Plan: r.Name, Times: r.Times}
	if r.Every != 0 {
		out.Every = FormatDuration(r.Every)
	}
	for _, d := range r.Delays {
		out.Delays = append(out.Delays, FormatDuration(d))
	}
	if r.OnRefusal {
		out.OnRefusal = "retry"
	}
	if r.Name == "" && r.Every == 0 && r.Times == 0 && len(r.Delays) == 0 && !r.OnRefusal {
		return nil
	}
	return &out
}
