package web

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/source"
	"hookbird/core/value"
)

// Survey asks for the first page of a list, and says what is there. Where the
// settings do not say where the list is, Layout.List says where it probably is. Element
// has the paths of all lists in the answer, the likeliest first. Records is -1 where
// there may be more pages.
func Survey(ctx context.Context, src *core.Source, env source.Env) (core.Survey, error) {
	return survey(ctx, src, env, ask.Options{})
}

func survey(ctx context.Context, src *core.Source, env source.Env, o ask.Options) (core.Survey, error) {
	w := New(src, nil, env, slog.New(slog.DiscardHandler))
	var err error
	if w.client, err = ask.NewWith(&w.web.Ask, env, o); err != nil {
		return core.Survey{}, err
	}
	defer w.client.Close()
	if w.list, err = newList(w.web, w.client.Name()); err != nil {
		return core.Survey{}, err
	}
	pages, err := newPager(w.web.Paging, w.list, w.client.Name())
	if err != nil {
		return core.Survey{}, err
	}
	now := time.Now()
	r := pages.first(ask.Request{Event: w.event(now), At: now})
	a, err := w.client.Do(ctx, r)
	if err != nil {
		return core.Survey{}, err
	}
	return w.surveyed(a, pages, r)
}

// surveyed says what an answer holds.
func (w *Web) surveyed(a *ask.Answer, pages *pager, r ask.Request) (core.Survey, error) {
	var s core.Survey
	lists := listsIn(a.Value)
	for _, l := range lists {
		s.Element = append(s.Element, l.path)
	}
	web := *w.web
	if web.List == "" && a.Value.Kind() == value.Object && len(lists) > 0 {
		web.List = lists[0].path
	}
	s.Layout.List = web.List
	l, err := newList(&web, w.client.Name())
	if err != nil {
		return core.Survey{}, err
	}
	records, _, err := l.records(a)
	if err != nil {
		return core.Survey{}, elsewhere(web.List, s.Element, err)
	}
	s.Columns = columns(records)
	for _, record := range records[:min(len(records), core.MaxSurveySamples)] {
		s.Samples = append(s.Samples, object(record))
	}
	p := &page{number: 1, answer: a, records: records}
	_, more, err := pages.next(r, p)
	s.Records = int64(len(records))
	if more || err != nil {
		s.Records = -1
	}
	s.Text = found(len(records), len(s.Columns), web.List, s.Records < 0)
	s.Notes = w.doubts(a, l, records)
	return s, nil
}

// found says what was found.
func found(records, fields int, list string, more bool) string {
	text := "No record"
	if records == 1 {
		text = "1 record"
	} else if records > 1 {
		text = grouped(records) + " records"
	}
	if more {
		text += " on the first page"
	}
	if list != "" {
		text += " in the list " + list
	}
	if records == 0 {
		return text + "."
	}
	if fields == 1 {
		return text + ", with 1 field."
	}
	return fmt.Sprintf("%s, with %d fields.", text, fields)
}

// elsewhere says that the list is not where the settings say, and where there are
// some.
func elsewhere(list string, others []string, err error) error {
	if len(others) == 0 {
		return core.Wrap(core.CodeInvalid, err, "There is no list of records at "+list+" in the answer, nor anywhere else in it.")
	}
	return core.Wrap(core.CodeInvalid, err, "There is no list of records at "+list+" in the answer. There is one at "+strings.Join(others[:min(len(others), 3)], ", at ")+".")
}

// doubts says what a person should look at before the source is switched on.
func (w *Web) doubts(a *ask.Answer, l list, records []value.Value) (notes []core.SourceNote) {
	note := func(text string) {
		notes = append(notes, core.SourceNote{Time: time.Now(), Where: w.client.Name(), Text: text})
	}
	if w.web.Paging.Kind == core.PagingNone && nextLink(a.Header.Values("Link")) != "" {
		note("The answer is the first page of a longer list, and names the next one in its Link line. Have the pages followed by link.")
	}
	lacking := 0
	for _, r := range records {
		if _, lacks := l.key(r); lacks != "" {
			lacking++
		}
	}
	if lacking > 0 {
		note(fmt.Sprintf("%d of %d records lack %s, by which they are told apart. They would be left out.", lacking, len(records), strings.Join(w.web.Keys, " or ")))
	}
	return notes
}

// Bounds of what is looked at.
const (
	maxLists   = 50
	maxSamples = 5
	maxSample  = 100 // characters
	listDepth  = 5
)

// listAt is a list of objects in an answer.
type listAt struct {
	path string
	size int
}

// listsIn finds the lists of objects, the longest first.
func listsIn(v value.Value) []listAt {
	var lists []listAt
	var visit func(v value.Value, path string, depth int)
	visit = func(v value.Value, path string, depth int) {
		for name, inner := range v.Fields() {
			at := quoted(name)
			if path != "" {
				at = path + "." + at
			}
			if n := objects(inner); n > 0 && len(lists) < maxLists {
				lists = append(lists, listAt{at, n})
			}
			if inner.Kind() == value.Object && depth < listDepth {
				visit(inner, at, depth+1)
			}
		}
	}
	visit(v, "", 1)
	slices.SortStableFunc(lists, func(a, b listAt) int { return b.size - a.size })
	return lists
}

// quoted gives a name as a path has it.
func quoted(name string) string {
	if p, err := value.ParsePath(name); err == nil && p.Quoted() == `"`+name+`"` && !strings.ContainsAny(name, `."(`) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// objects counts the objects in a list; 0 if anything else is among them.
func objects(v value.Value) (n int) {
	for item := range v.Elements() {
		if item.Kind() != value.Object {
			return 0
		}
		n++
	}
	return n
}

// columns gives the fields of records, in order.
func columns(records []value.Value) []core.Column {
	count, order := fields(records)
	order = order[:min(len(order), maxFields)]
	columns := make([]core.Column, len(order))
	at := make(map[string]int, len(order))
	seen := make([]map[string]bool, len(order))
	for i, name := range order {
		columns[i] = core.Column{Name: name, Key: count[name] == len(records)}
		at[name], seen[i] = i, map[string]bool{}
	}
	for _, r := range records {
		for name, v := range r.Fields() {
			if i, ok := at[name]; ok {
				learn(&columns[i], seen[i], v)
			}
		}
	}
	return columns
}

// learn adds a value of a column.
func learn(c *core.Column, seen map[string]bool, v value.Value) {
	text := v.Text()
	single := v.Kind() == value.String || v.Kind() == value.Number
	c.Key = c.Key && single && text != "" && !seen[text]
	if v.IsEmpty() || seen[text] {
		return
	}
	seen[text] = true
	if len(c.Samples) < maxSamples {
		c.Samples = append(c.Samples, shortened(text))
	}
}

// shortened gives the beginning of a text.
func shortened(text string) string {
	n := 0
	for i := range text {
		if n++; n > maxSample {
			return text[:i] + "…"
		}
	}
	return text
}
