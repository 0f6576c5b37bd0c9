package activity

import (
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/words"
)

// wanted is the query of the list, for what is done to all that it asks for: what
// comes to be so from now on was not asked for.
func (p *Page) wanted() control.ActivityQuery {
	q := p.dated()
	q.Limit, q.Look, q.Before = 0, 0, core.DeliveryKey{}
	if q.Until.IsZero() {
		q.Until = p.now()
	}
	return q
}

// everyWords offer to choose all that the query asks for, if that is more than is
// chosen; "" if it is not.
func (p *Page) everyWords() string {
	n, about := p.countOfQuery()
	switch {
	case p.list.all > 0 || !about && n <= uint64(len(p.list.chosen)) || p.query.State == core.Waiting:
		return ""
	case about:
		return "Choose all of them"
	}
	word := "Choose all " + words.Number(n)
	switch p.query.State {
	case core.Failed:
		word += " failed"
	case core.Delivered:
		word += " delivered"
	}
	return word
}

// countOfQuery is how many messages the list's query asks for; about: there may be
// more.
func (p *Page) countOfQuery() (n uint64, about bool) {
	c := p.list.counts
	for _, s := range states {
		if s.state == p.query.State {
			return s.count(c), c.About
		}
	}
	return c.All, c.About
}

// chooseAll chooses all that the query asks for, by the query.
func (p *Page) chooseAll() {
	n, about := p.countOfQuery()
	p.list.unchoose()
	p.list.all, p.list.allAbout = max(n, 1), about
	p.pane.list.Refresh()
	p.pane.showBar()
}

// chosenWords say how much is chosen.
func (p *Page) chosenWords() string {
	l := p.list
	switch {
	case l.all > 0 && l.allAbout:
		return "All chosen"
	case l.all > 0:
		return words.Number(l.all) + " chosen"
	}
	return words.Number(uint64(len(l.chosen))) + " chosen" + l.notFinished()
}

// anyStanding tells whether the cause of what the query asks for stands.
func (p *Page) anyStanding() bool {
	for _, g := range p.groups {
		if g.Standing && (p.query.Webhook == "" || g.Ref.Webhook == p.query.Webhook) && (p.query.Group == nil || *p.query.Group == g.Ref) {
			return true
		}
	}
	return false
}

// chosenAgain is what Send again is asked for.
func (p *Page) chosenAgain() control.AgainRequest {
	if p.list.all > 0 {
		return control.AgainRequest{Query: p.wanted()}
	}
	keys, _ := p.list.finished()
	return control.AgainRequest{Keys: keys}
}
