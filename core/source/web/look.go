package web

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/schedule"
	"hookbird/core/source"
)

// look asks for the list once, and hands on what is new in it.
func (w *Web) look(ctx context.Context) error {
	w.after = 0
	if err := w.prepare(); err != nil {
		return err
	}
	began := time.Now()
	if err := w.left(began); err != nil || !w.due(began) {
		return err
	}
	if !w.state.Ready {
		return w.begin(ctx, began)
	}
	return w.read(ctx, w.newPass(began, false))
}

// prepare reads settings and what is remembered, before the first look.
func (w *Web) prepare() error {
	if w.client != nil {
		return nil
	}
	client, err := ask.NewWith(&w.web.Ask, w.env, w.options)
	if err != nil {
		return w.unusable(err)
	}
	if w.list, err = newList(w.web, client.Name()); err != nil {
		return w.unusable(err)
	}
	if _, err = newPager(w.web.Paging, w.list, client.Name()); err != nil {
		return w.unusable(err)
	}
	if err := w.load(); err != nil {
		return &hostError{err}
	}
	w.fixed, w.since = fixed(w.web.Ask), askedSince(w.web.Ask)
	switch {
	case (w.web.Gone || w.web.Changed) && len(w.web.Keys) == 0:
		return w.unusable(core.Errorf(core.CodeInvalid, "Which records have changed, or are gone, can only be told if they have a field that tells them apart. Choose it, or only take new ones."))
	case w.since && w.web.Gone:
		return w.unusable(core.Errorf(core.CodeInvalid, "Which records are gone cannot be told while only new ones are asked for. Remove [last] from the request, or do not ask for those that are gone."))
	}
	w.client = client
	return nil
}

// unusable reports settings with which nothing can be asked.
func (w *Web) unusable(err error) error {
	if core.CodeOf(err) != core.CodeInvalid {
		return err
	}
	w.host.Report(w.src.ID, core.Sentence(err))
	return errWait
}

// due tells whether the source has to look now. One that looks at set times does so
// at once if a time has passed since the last look.
func (w *Web) due(now time.Time) bool {
	t := times(w.web)
	return t.Every > 0 || !w.state.Ready || schedule.Turn(t, now) > schedule.Turn(t, w.state.Last)
}

// begin deals with what is there at first, as the settings say, or a person who is
// asked.
func (w *Web) begin(ctx context.Context, began time.Time) error {
	text := ""
	if w.src.Existing.Do == core.ExistingAsk {
		if err := w.count(ctx, began); err != nil {
			return err
		}
		if w.state.Count == 0 {
			return w.read(ctx, w.newPass(began, false)) // nothing is there to ask about
		}
		text = there(w.state)
	}
	existing, err := source.Existing(w.host, w.src, w.state.Place, text, w.since)
	if err != nil {
		return stored(err)
	}
	switch existing.Do {
	case core.ExistingAsk:
		w.host.Report(w.src.ID, "")
		return errWait
	case core.ExistingSkip:
		return w.read(ctx, w.newPass(began, true))
	case core.ExistingSince:
		if !w.since {
			return w.unusable(core.Errorf(core.CodeInvalid, "How old the records of %s are cannot be told. Take all of them, or only new ones; or write [last] into the request where the service wants to know from when on.", w.client.Name()))
		}
		w.state.Last = existing.Since.Add(overlap)
	}
	return w.read(ctx, w.newPass(began, false))
}

// there says how many records are there already.
func there(s state) string {
	switch {
	case s.More:
		return "More than " + grouped(s.Count) + " records are already there."
	case s.Count == 1:
		return "1 record is already there."
	}
	return grouped(s.Count) + " records are already there."
}

// grouped writes a number with commas.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// count counts what is there, once.
func (w *Web) count(ctx context.Context, began time.Time) error {
	if w.state.Asked {
		return nil
	}
	n := 0
	end, err := w.walk(ctx, began, func(p *page) error {
		n += len(p.records)
		return nil
	})
	if err != nil {
		return err
	}
	if n == 0 {
		w.state.Count = 0
		return nil
	}
	s := w.state
	s.Asked, s.Count, s.More = true, n, !end.whole
	return stored(w.keep(ctx, s))
}

// end is how a walk over pages has ended.
type end struct {
	pages int
	whole bool // it came to the end of the list
	same  bool // nothing has changed since the last look
	last  *ask.Answer
}

// walk asks for one page after the other.
func (w *Web) walk(ctx context.Context, began time.Time, visit func(*page) error) (end, error) {
	pages, err := newPager(w.web.Paging, w.list, w.client.Name())
	if err != nil {
		return end{}, err
	}
	r := pages.first(w.known(ask.Request{Event: w.event(began), At: began}))
	for n := 1; ; n++ {
		a, err := w.client.Do(ctx, r)
		if err != nil {
			if a != nil {
				w.leave(ctx, a.RetryAfter)
			}
			return end{}, err
		}
		if a.NotModified {
			return end{pages: n, whole: true, same: true, last: a}, nil
		}
		p := &page{number: n, answer: a}
		if p.records, p.kind, err = w.list.records(a); err != nil {
			return end{}, err
		}
		if err := visit(p); err != nil {
			return end{}, err
		}
		next, more, err := pages.next(r, p)
		switch {
		case err != nil:
			return end{}, err
		case !more:
			return end{pages: n, whole: true, last: a}, nil
		case n >= pages.Most:
			return end{pages: n, last: a}, nil
		}
		r = next
	}
}

// known adds what is known of a list that was one page, so that it need not come
// again, or be read again, if it is the same. Where the next page stands in a Link
// line, the service is not asked whether it is: what it says of that may be of the
// page without the line.
func (w *Web) known(r ask.Request) ask.Request {
	if !w.state.Ready || w.web.Gone && !w.state.Keyed {
		return r
	}
	r.Print = w.print
	if w.fixed && !w.linked() {
		r.Tag, r.Modified = w.state.Tag, w.state.Modified
	}
	return r
}

// linked tells whether the next page of the list stands in a Link line.
func (w *Web) linked() bool {
	return w.web.Paging.Kind == core.PagingLink && w.web.Paging.Path == ""
}
