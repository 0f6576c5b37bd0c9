package settings

import (
	"time"

	"hookbird/core"
	"hookbird/core/value"
)

// lookUp reads how more is fetched about a record.
func (p *parser) lookUp(n *node) *core.LookUp {
	l := &core.LookUp{}
	if !p.object(n, "lookup", fields{
		"ask": func(n *node) {
			p.object(n, "ask", p.askFields(&l.Ask))
			p.askNeeds(n, &l.Ask)
		},
		"into": func(n *node) { l.Into = p.text(n) },
		"path": func(n *node) { l.Path = p.text(n) },
		"keep": func(n *node) { l.Keep = p.duration(n) },
		"need": func(n *node) { l.Need = p.flag(n) },
	}) {
		return l
	}
	if n.get("ask") == nil {
		p.wrong(n.pointer("ask"), `Say who is asked for details: "ask": {"address": "https://…"}`)
	}
	return l
}

func (p *printer) lookUp(l *core.LookUp) *outLookUp {
	if l == nil {
		return nil
	}
	return &outLookUp{Ask: p.ask(&l.Ask), Into: l.Into, Path: l.Path, Keep: lasting(l.Keep), Need: l.Need}
}

func (c *checker) lookUp(l *core.LookUp) {
	c.ask("/lookup/ask", &l.Ask)
	if len(l.Into) > maxName || hidden(l.Into) {
		c.add("/lookup/into", "A name has at most %d characters, and none that cannot be seen.", maxName)
	}
	if l.Path != "" {
		_, err := value.ParsePath(l.Path)
		c.check("/lookup/path", err)
	}
	c.span("/lookup/keep", l.Keep, time.Millisecond, core.MaxEvery)
}
