package settings

import (
	"maps"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/core/value"
)

// Limits of how the pages of a list are asked for.
const (
	maxParam = 200 // bytes
	maxPage  = 1_000_000_000
	maxPages = 100_000
)

func (p *parser) webFields(w *core.WebSource) fields {
	known := p.askFields(&w.Ask)
	maps.Copy(known, fields{
		"every":   func(n *node) { w.Every = p.duration(n) },
		"at":      func(n *node) { w.At = p.times(n) },
		"days":    func(n *node) { w.Days = p.weekdays(n) },
		"list":    func(n *node) { w.List = p.text(n) },
		"keys":    func(n *node) { w.Keys = p.texts(n) },
		"changed": func(n *node) { w.Changed = p.flag(n) },
		"gone":    func(n *node) { w.Gone = p.flag(n) },
		"paging":  func(n *node) { w.Paging = p.paging(n) },
	})
	return known
}

// paging reads how the pages of a list are asked for.
func (p *parser) paging(n *node) core.Paging {
	var g core.Paging
	if !p.object(n, "paging", fields{
		"kind":  func(n *node) { g.Kind = core.PagingKind(p.choice(n, pagings...)) },
		"param": func(n *node) { g.Param = p.text(n) },
		"path":  func(n *node) { g.Path = p.text(n) },
		"first": func(n *node) { g.First = p.whole(n, 0, maxPage) },
		"size":  func(n *node) { g.Size = p.whole(n, 1, maxPage) },
		"most":  func(n *node) { g.Most = p.whole(n, 1, maxPages) },
	}) {
		return g
	}
	if n.get("kind") == nil {
		p.wrong(n.pointer("kind"), `How pages are asked for is said by a "kind", which is one of %s.`, joined(pagings))
	}
	return g
}

// pagings are the kinds, as files name them.
var pagings = []string{string(core.PagingLink), string(core.PagingPage), string(core.PagingOffset), string(core.PagingCursor)}

func web(w *core.WebSource) outWebPart {
	out := outWebPart{
		Every: lasting(w.Every), At: clocks(w.At), Days: dayNames(w.Days),
		List: w.List, Keys: w.Keys, Changed: w.Changed, Gone: w.Gone,
	}
	if g := w.Paging; g.Kind != core.PagingNone {
		out.Paging = &outPaging{string(g.Kind), g.Param, g.Path, g.First, g.Size, g.Most}
	}
	return out
}

func (c *checker) web(w *core.WebSource) {
	c.ask("", &w.Ask)
	c.onlyLast(&w.Ask)
	c.turns(w.Every, w.At, w.Days, core.MinAskEvery)
	if w.List != "" {
		_, err := value.ParsePath(w.List)
		c.check("/list", err)
	}
	c.paths("/keys", w.Keys)
	if len(w.Keys) == 0 && (w.Changed || w.Gone) {
		c.add("/keys", "Which records have changed, or are gone, can only be told if a field tells them apart, such as id. Choose it, or only take new ones.")
	}
	if w.Gone && asksLast(&w.Ask) {
		c.add("/gone", "Which records are gone cannot be told while only new ones are asked for. Remove [last] from the request, or do not ask for those that are gone.")
	}
	c.paging(w.Paging)
}

// turns looks at when a source has its turn: every so often, but not below least,
// or at set times.
func (c *checker) turns(every time.Duration, at []int, days []time.Weekday, least time.Duration) {
	c.span("/every", every, least, core.MaxEvery)
	if every != 0 && len(at) > 0 {
		c.add("/at", "A turn comes every so often or at set times, but not both. Remove one of the two.")
	}
	if len(at) == 0 && len(days) > 0 {
		c.add("/days", "Days of the week go with set times. Say at which times.")
		return
	}
	c.all("", schedule.Validate(core.Send{At: at, Days: days}))
}

func (c *checker) paging(g core.Paging) {
	if g.Kind == core.PagingNone {
		return
	}
	if !slices.Contains(pagings, string(g.Kind)) {
		c.add("/paging/kind", "The pages of a list are asked for in one of these ways: %s, but not by %s.", strings.Join(pagings, ", "), quoted(string(g.Kind)))
		return
	}
	link := g.Kind == core.PagingLink
	switch {
	case link && g.Param != "":
		c.add("/paging/param", "The address of the next page stands in the answer, so that no parameter is needed. Remove it.")
	case !link && g.Param == "":
		c.add("/paging/param", "Type the name of the parameter by which a page is asked for, such as page.")
	case len(g.Param) > maxParam || hidden(g.Param):
		c.add("/paging/param", "The name of a parameter has at most %d characters, and none that cannot be seen.", maxParam)
	}
	c.pagingPath(g)
	c.number("/paging/first", g.First, maxPage)
	c.number("/paging/size", g.Size, maxPage)
	c.number("/paging/most", g.Most, maxPages)
}

// pagingPath looks at where an answer names the next page.
func (c *checker) pagingPath(g core.Paging) {
	if g.Path == "" {
		if g.Kind == core.PagingCursor {
			c.add("/paging/path", "Say where in the answer the mark for the next page stands, such as meta.next.")
		}
		return
	}
	if g.Kind == core.PagingPage || g.Kind == core.PagingOffset {
		c.add("/paging/path", "Pages that are counted need nothing from the answer. Remove this.")
		return
	}
	_, err := value.ParsePath(g.Path)
	c.check("/paging/path", err)
}

func (c *checker) number(at string, n, most int) {
	if n < 0 || n > most {
		c.add(at, "This number is from 0 to %d.", most)
	}
}
