package settings

import "hookbird/core"

// pace reads how many requests a target takes.
func (p *parser) pace(n *node) core.Pace {
	var x core.Pace
	most := func(to *int) func(*node) {
		return func(n *node) { *to = p.whole(n, 1, core.MaxPace) }
	}
	p.object(n, "pace", fields{"second": most(&x.Second), "minute": most(&x.Minute), "hour": most(&x.Hour), "day": most(&x.Day)})
	return x
}

// order reads what keeps its order: by a word, or as an object with the field by
// which it does.
func (p *parser) order(n *node) core.Order {
	if _, isText := n.value.(string); isText {
		if p.choice(n, "none", string(core.OrderAll)) == string(core.OrderAll) {
			return core.Order{Kind: core.OrderAll}
		}
		return core.Order{}
	}
	if !n.object {
		p.wrong(n.at(), `This is "none", "all", or an object with the field that tells who it is, like {"by": "email"}.`)
		return core.Order{}
	}
	o := core.Order{Kind: core.OrderField}
	p.object(n, "order", fields{
		"by":     func(n *node) { o.Field = p.text(n) },
		"newest": func(n *node) { o.Newest = p.flag(n) },
	})
	return o
}

// brake reads when a webhook asks before it sends unusually much.
func (p *parser) brake(n *node) core.Brake {
	b := core.UsualBrake
	p.object(n, "brake", fields{
		"factor": func(n *node) { b.Factor = p.whole(n, 2, core.MaxBrakeFactor) },
		"first":  func(n *node) { b.First = p.whole(n, 1, core.MaxBrakeFirst) },
	})
	return b
}

// braked writes what brake reads.
func braked(b core.Brake) *outBrake {
	if b.IsZero() {
		return nil
	}
	out := outBrake(b)
	return &out
}

func paced(p core.Pace) *outPace {
	if p.IsZero() {
		return nil
	}
	out := outPace(p)
	return &out
}

// ordered writes what order reads, and nil for no order.
func ordered(o core.Order) any {
	switch o.Kind {
	case core.OrderNone:
		return nil
	case core.OrderField:
		return outOrder{By: o.Field, Newest: o.Newest}
	default:
		return o.Kind
	}
}
