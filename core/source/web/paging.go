package web

import (
	"crypto/sha256"
	"io"
	"strconv"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/value"
)

// page is one page of a list.
type page struct {
	number  int // from 1
	answer  *ask.Answer
	records []value.Value
	kind    value.Kind // of what stands where the list is
}

// print stands for what the records of a page are: what tells them apart, since the
// rest may be another one each time it is asked for.
func (l list) print(records []value.Value) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, r := range records {
		key, lacks := l.key(r)
		if lacks != "" {
			key = []string{string(r.Raw())}
		}
		for _, part := range key {
			_, _ = io.WriteString(h, strconv.Itoa(len(part))+":"+part) // never fails
		}
		_, _ = h.Write([]byte{0})
	}
	h.Sum(sum[:0])
	return sum
}

// pager asks for one page after the other, and notices when they do not end.
type pager struct {
	core.Paging
	list   list
	path   value.Path
	name   string                    // of the service
	count  int                       // records of all pages so far
	asked  map[string]int            // what was asked for, by page
	prints map[[sha256.Size]byte]int // what pages held
}

func newPager(p core.Paging, l list, name string) (*pager, error) {
	g := &pager{Paging: p, list: l, name: name, asked: map[string]int{}, prints: map[[sha256.Size]byte]int{}}
	if g.Most == 0 {
		g.Most = core.DefaultPages
	}
	switch p.Kind {
	case core.PagingNone, core.PagingLink:
	case core.PagingPage, core.PagingOffset, core.PagingCursor:
		if p.Param == "" {
			return nil, core.Errorf(core.CodeInvalid, "The pages of the list need the name of the parameter by which they are asked for, such as page.")
		}
	default:
		return nil, core.Errorf(core.CodeInvalid, "There is no kind of paging called %q.", p.Kind)
	}
	if p.Path == "" && p.Kind != core.PagingCursor {
		return g, nil
	}
	var err error
	g.path, err = value.ParsePath(p.Path)
	return g, err
}

// first asks for the first page.
func (g *pager) first(r ask.Request) ask.Request {
	switch g.Kind {
	case core.PagingPage, core.PagingOffset:
		r.Query = g.query(strconv.Itoa(g.First))
	}
	return r
}

func (g *pager) query(value string) []ask.Param {
	return []ask.Param{{Name: g.Param, Value: value}}
}

// round says that the pages of a list do not end.
func (g *pager) round(number, before int) error {
	advice := "Look at how the pages are asked for."
	if number == 2 {
		advice = "Look at how the pages are asked for. If there is one page only, say how many records a page has."
	}
	return core.Errorf(core.CodeUnavailable, "%s gives page %d once more in place of page %d, so that its list has no end. What stands on the pages before was read. %s", g.name, before, number, advice)
}

// next asks for the page after p; more is false if p is the last. r is how p was
// asked for.
func (g *pager) next(r ask.Request, p *page) (next ask.Request, more bool, err error) {
	if g.Kind == core.PagingNone {
		return r, false, nil
	}
	print := g.list.print(p.records)
	if before, seen := g.prints[print]; seen && len(p.records) > 0 {
		if before == p.number-1 && before > 1 {
			return r, false, nil // behind the last page it comes again
		}
		return r, false, g.round(p.number, before)
	}
	g.prints[print] = p.number
	g.count += len(p.records)
	if g.ends(p) {
		return r, false, nil
	}
	next = ask.Request{Event: r.Event, At: r.At}
	id, err := g.step(&next, p)
	if err != nil || id == "" {
		return r, false, err
	}
	if before, seen := g.asked[id]; seen {
		if len(p.records) == 0 {
			return r, false, nil
		}
		return r, false, g.round(p.number+1, before)
	}
	g.asked[id] = p.number + 1
	return next, true, nil
}

// ends tells whether the page itself says that it is the last.
func (g *pager) ends(p *page) bool {
	counted := g.Kind == core.PagingPage || g.Kind == core.PagingOffset
	return counted && (len(p.records) == 0 || len(p.records) < g.Size)
}

// step sets what asks for the next page, and gives what it is known by; "" if there
// is none.
func (g *pager) step(next *ask.Request, p *page) (id string, err error) {
	switch g.Kind {
	case core.PagingPage:
		id = strconv.Itoa(g.First + p.number)
	case core.PagingOffset:
		id = strconv.Itoa(g.First + g.count)
	case core.PagingCursor:
		id = g.at(p)
	case core.PagingLink:
		ref := g.at(p)
		if g.Path == "" {
			ref = nextLink(p.answer.Header.Values("Link"))
		}
		if ref == "" {
			return "", nil
		}
		next.Next, err = p.answer.Resolve(ref)
		return next.Next, err
	}
	next.Query = g.query(id)
	return id, nil
}

// at gives the text at the path of an answer, "" for what says that there is none.
func (g *pager) at(p *page) string {
	v, _ := g.path.Find(p.answer.Value)
	if v.Kind() == value.String || v.Kind() == value.Number {
		return v.Text()
	}
	return ""
}
