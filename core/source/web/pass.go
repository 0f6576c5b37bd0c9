package web

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/value"
)

// Bounds of one commit.
const (
	maxEvents = 1000
	maxBytes  = 4 << 20
)

// pass is one look, from the first page to the last.
type pass struct {
	w     *Web
	began time.Time
	skip  bool // what is there is remembered and not sent
	book  *book
	shape shape
	run   *core.Run // set once there are so many that they are one
	seen  int       // records
	fresh int       // of these, handed on
	kept  bool      // something was committed
}

func (w *Web) newPass(began time.Time, skip bool) *pass {
	p := &pass{w: w, began: began, skip: skip, book: newBook(w), shape: w.state.Shape}
	if w.state.Count >= core.BulkFrom && !w.state.Ready && !skip {
		p.startRun()
	}
	return p
}

// startRun makes what follows a run, which is sent after single records.
func (p *pass) startRun() {
	id := p.w.src.ID + ":" + strconv.FormatInt(p.began.UnixNano(), 36)
	p.run = &core.Run{ID: id, Source: p.w.src.ID, Name: p.w.client.Name(), Started: p.began}
}

// read goes over the list, and remembers once it is through.
func (w *Web) read(ctx context.Context, p *pass) error {
	end, err := w.walk(ctx, p.began, func(pg *page) error { return p.page(ctx, pg) })
	w.host.Progress(w.src.ID, nil)
	w.print = ""
	if err != nil {
		return err
	}
	if end.whole && !end.same && w.web.Gone {
		if err := p.gone(ctx, end.pages); err != nil {
			return err
		}
	}
	if !w.state.Ready {
		if err := p.tidy(ctx); err != nil {
			return err
		}
	}
	if err := p.finish(ctx, end); err != nil {
		return err
	}
	w.host.Looked(w.src.ID, p.found(end))
	return nil
}

// found says what a look has found.
func (p *pass) found(end end) string {
	switch {
	case end.same:
		return "Nothing has changed."
	case !end.whole:
		return fmt.Sprintf("Only the first %d pages were read, with %s records: the list goes on. If it is meant to be that long, raise the number of pages.", end.pages, grouped(p.seen))
	case p.skip || p.fresh == 0:
		return grouped(p.seen) + " records, none of them new."
	}
	return grouped(p.seen) + " records, " + grouped(p.fresh) + " of them new or changed."
}

// finish remembers that a look has come to its end.
func (p *pass) finish(ctx context.Context, end end) error {
	w := p.w
	s := w.state
	s.Ready, s.Asked, s.Count, s.More, s.Wait = true, false, 0, false, time.Time{}
	if !end.same {
		s.Tag, s.Modified, s.Shape, s.Keyed = "", "", p.shape, w.web.Gone && end.whole
		if end.pages == 1 && w.fixed && !w.linked() {
			s.Tag, s.Modified = headers(end.last)
		}
	}
	news := p.kept || !w.state.Ready || s.Tag != w.state.Tag || s.Modified != w.state.Modified || s.Keyed != w.state.Keyed
	if s.Last = p.began; news || times(w.web).Every == 0 {
		if err := stored(w.keep(ctx, s)); err != nil {
			return err
		}
	}
	if w.state = s; end.pages == 1 {
		w.print = end.last.Print
	}
	return nil
}

// headers gives what a service says by which it knows an answer again, if that is
// not too long to remember.
func headers(a *ask.Answer) (tag, modified string) {
	tag, modified = a.Header.Get("ETag"), a.Header.Get("Last-Modified")
	if len(tag) > maxTag || len(modified) > maxTag {
		return "", ""
	}
	return tag, modified
}

// maxTag is how long an ETag may be that is remembered.
const maxTag = 1000

// batch is what goes into one commit.
type batch struct {
	events []*core.Event
	marks  []core.Mark
	bytes  int
}

// page hands on what is new on a page.
func (p *pass) page(ctx context.Context, pg *page) error {
	w := p.w
	if pg.number > 1 {
		w.host.Progress(w.src.ID, &core.Progress{What: w.client.Name(), Done: int64(pg.number), Records: int64(p.seen)})
	}
	if err := p.check(pg); err != nil {
		return err
	}
	batches, err := p.sort(pg)
	if err != nil {
		return err
	}
	p.seen += len(pg.records)
	if len(batches) == 0 {
		return nil
	}
	names, shape := p.shape.see(pg.records)
	if err := w.host.Columns(ctx, w.src.ID, names); err != nil {
		return stored(err)
	}
	p.shape = shape
	for _, b := range batches {
		if err := p.accept(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// check refuses a page that is not what the list was.
func (p *pass) check(pg *page) error {
	l := p.w.list
	if pg.kind == value.Object && !pg.answer.XML && p.shape.List && !p.shape.fits(pg.records[0]) {
		return l.changed("where the list was there is one object, which is none of its records")
	}
	p.shape.List = p.shape.List || pg.kind == value.Array
	return l.keyless(pg.records)
}

// accept commits a batch.
func (p *pass) accept(ctx context.Context, b batch) error {
	w := p.w
	p.kept = true
	p.fresh += len(b.events)
	if p.fresh >= core.BulkFrom && p.run == nil {
		p.startRun()
	}
	if p.run != nil && len(b.events) > 0 {
		return stored(w.host.AcceptRun(ctx, p.run, b.events, b.marks))
	}
	return stored(w.host.Accept(ctx, b.events, b.marks))
}

// sort looks at all records of a page, and gives what is to be committed of them.
func (p *pass) sort(pg *page) (batches []batch, err error) {
	for i, r := range pg.records {
		key, lacks := p.w.list.key(r)
		origin := p.origin(pg, i)
		if lacks != "" {
			p.leaveOut(r, origin, "It has no "+lacks+", by which this source tells records apart.")
			continue
		}
		verdict, mark, err := p.book.look(key, r.Raw(), p.keys(r))
		if err != nil {
			return nil, &hostError{err}
		}
		switch {
		case verdict == twice:
			p.leaveOut(r, origin, "Another record of the same list has the same "+p.w.web.Keys[0]+".")
		case mark.Key != "":
			batches = p.add(batches, r, origin, verdict, mark)
		}
	}
	return batches, nil
}

// keys gives the keys of a record as an object, if it is to be told once it is gone.
func (p *pass) keys(r value.Value) []byte {
	if !p.w.web.Gone {
		return nil
	}
	keys := []byte("{")
	for i, path := range p.w.list.keys {
		if i > 0 {
			keys = append(keys, ',')
		}
		part, _ := path.Find(r)
		keys = append(value.AppendQuoted(keys, path.String()), ':')
		keys = append(keys, part.Raw()...)
	}
	return append(keys, '}')
}

// add puts a record into the last batch, or into another one once that is full.
func (p *pass) add(batches []batch, r value.Value, origin string, v verdict, mark core.Mark) []batch {
	n := len(batches) - 1
	if n < 0 || len(batches[n].marks) >= maxEvents || batches[n].bytes+len(r.Raw()) > maxBytes {
		batches, n = append(batches, batch{}), n+1
	}
	b := &batches[n]
	b.marks = append(b.marks, mark)
	if p.skip || v == same || v == updated && !p.w.web.Changed {
		return batches
	}
	kind := p.w.src.Type()
	if v == updated {
		kind = p.w.src.UpdatedType()
	}
	b.bytes += len(r.Raw())
	b.events = append(b.events, p.newEvent(kind, origin, object(r)))
	return batches
}

// origin says where a record stood.
func (p *pass) origin(pg *page, i int) string {
	if p.w.web.Paging.Kind == core.PagingNone {
		return fmt.Sprintf("%s, record %d", p.w.client.Name(), i+1)
	}
	return fmt.Sprintf("%s, page %d, record %d", p.w.client.Name(), pg.number, i+1)
}
