package sources

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

var (
	methods     = []string{"", "POST"}
	methodNames = []string{"GET (usual)", "POST"}

	auths     = []core.AuthKind{core.AuthNone, core.AuthBasic, core.AuthBearer, core.AuthOAuth}
	authNames = []string{"Nothing, or a key in the address or a header line", "A user and a password", "A token", "OAuth 2: a client's id and secret"}

	pagings     = []core.PagingKind{core.PagingNone, core.PagingLink, core.PagingPage, core.PagingOffset, core.PagingCursor}
	pagingNames = []string{"All at once (usual)", "The answer names the next page", "Pages are counted", "Records are counted", "The answer gives a mark for the next page"}

	webSpans = []time.Duration{
		time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
	}
)

// webCards are the cards of a web service.
func (s *setup) webCards() []fyne.CanvasObject {
	w := s.draft.src.Web
	return []fyne.CanvasObject{
		card("1. Which address?", "The service's own pages on its “API” say what to ask for.",
			s.text("/address", "Web address", &w.Ask.Address, "https://api.example.org/members", "[last] in it stands for the time of the last look, [@today] for the day, [secret:NAME] for a key."),
			s.askFields(&w.Ask, "", "")),
		s.lookCard("2. What comes back?"),
		s.listCard(w),
		card("4. When to ask?", "", s.timingFields(timing{every: &w.Every, at: &w.At, days: &w.Days, usual: core.DefaultWebEvery, begin: core.DefaultWebEvery, spans: webSpans})),
		askedLater(),
	}
}

// listCard asks where the records are in the answer, and what tells them apart.
func (s *setup) listCard(w *core.WebSource) fyne.CanvasObject {
	return card("3. Which records?", "",
		s.listField(w),
		s.columns("/keys", "Fields that tell records apart", &w.Keys, "For example id. Left empty, a record is known by all that it holds."),
		s.flag("/changed", "Also send a record again when it has changed", &w.Changed, ""),
		s.flag("/gone", "Also tell when a record is in the list no more", &w.Gone, ""),
		s.pagingFields(&w.Paging))
}

// listField asks where the list is in the answer. A look fills it in.
func (s *setup) listField(w *core.WebSource) fyne.CanvasObject {
	f := s.picked("/list", "Path to the list in the answer", &w.List, "The top", "Like data.members. Left empty, the list is the answer itself.",
		s.offers(func(v core.Survey) []string { return v.Element }))
	s.listBox, _ = f.Control().(*pick)
	return f
}

// pagingFields ask how a long list is asked for.
func (s *setup) pagingFields(p *core.Paging) fyne.CanvasObject {
	is := func(kinds ...core.PagingKind) func() bool {
		return func() bool { return slices.Contains(kinds, p.Kind) }
	}
	return s.fold("Long lists: pages", p.Kind != core.PagingNone, func() fyne.CanvasObject {
		param := s.when(is(core.PagingPage, core.PagingOffset, core.PagingCursor), func() fyne.CanvasObject {
			return s.text("/paging/param", "Name in the web address", &p.Param, "page", "Where number or mark of the page stands, as in ?page=2.")
		})
		path := s.when(is(core.PagingLink, core.PagingCursor), func() fyne.CanvasObject {
			return s.text("/paging/path", "Where it stands in the answer", &p.Path, "The Link line", "Like paging.next.")
		})
		counted := s.when(is(core.PagingPage, core.PagingOffset), func() fyne.CanvasObject {
			return widgets.Grid(2, 12,
				s.number("/paging/first", "The first one is number", &p.First, "0", ""),
				s.number("/paging/size", "Records on a page", &p.Size, "Until one is empty", ""))
		})
		most := s.when(func() bool { return p.Kind != core.PagingNone }, func() fyne.CanvasObject {
			return s.number("/paging/most", "At most so many pages at a time", &p.Most, "1000", "")
		})
		kind := choice(s, "/paging/kind", "A long list comes", &p.Kind, pagings, pagingNames, "")
		return stack(kind, param, path, counted, most)
	})
}
