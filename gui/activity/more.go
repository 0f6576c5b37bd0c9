package activity

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/gui/widgets"
)

// moreFilters are those that are needed less often, in a row of their own: source,
// kind of record, and cause.
type moreFilters struct {
	page   *Page
	object fyne.CanvasObject
	button *widgets.Button
	open   bool

	sources, types, causes *widgets.Select
	sourceIDs, typeNames   []string // behind the choices; "" first
	causeIDs               []core.Cause
}

func newMoreFilters(f *filters) *moreFilters {
	p := f.page
	m := &moreFilters{page: p}
	m.sources = widgets.NewSelect([]string{"All sources"}, func(i int) {
		p.query.Sources = only(m.sourceIDs[i])
		p.ask()
	})
	m.types = widgets.NewSelect([]string{"All kinds of record"}, func(i int) {
		p.query.Types = only(m.typeNames[i])
		p.ask()
	})
	m.causes = widgets.NewSelect([]string{"All causes"}, func(i int) {
		p.query.Causes = only(m.causeIDs[i])
		p.ask()
	})
	m.sources.SetLabel("Source")
	m.types.SetLabel("Kind of record")
	m.causes.SetLabel("Cause")
	m.button = widgets.NewButton(widgets.Quiet, "More filters", icons.Sliders, func() {
		m.open = !m.open
		m.show()
		p.root.Refresh()
	})
	m.object = widgets.Columns(8, []float32{1, 1, 1}, m.sources, m.types, m.causes)
	m.show()
	return m
}

// only is a list of one, none for what is zero.
func only[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
}

// any tells whether one of them leaves something out.
func (m *moreFilters) any() bool {
	q := m.page.query
	return len(q.Sources)+len(q.Types)+len(q.Causes) > 0
}

// show makes the controls say what the query says. They stay in sight while they
// leave something out.
func (m *moreFilters) show() {
	q := m.page.query
	hidden := !m.open && !m.any()
	if hidden {
		m.object.Hide()
	} else {
		m.object.Show()
	}
	m.button.SetText("More filters")
	if !hidden {
		m.button.SetText("Fewer filters")
	}
	m.button.SetEnabled(!m.any())
	m.showSources(q.Sources)
	m.showTypes(q.Types)
	m.showCauses(q.Causes)
}

func (m *moreFilters) showSources(chosen []string) {
	m.sourceIDs = []string{""}
	names := []string{"All sources"}
	for _, v := range m.page.sources {
		m.sourceIDs, names = append(m.sourceIDs, v.Source.ID), append(names, v.Source.Name)
	}
	fill(m.sources, names, m.sourceIDs, chosen)
}

// showTypes offers the kinds of record that sources give and webhooks ask for.
func (m *moreFilters) showTypes(chosen []string) {
	var types []string
	for _, v := range m.page.sources {
		types = append(types, v.Source.Type())
	}
	for _, v := range m.page.webhooks {
		types = append(types, v.Webhook.Events...)
	}
	types = slices.DeleteFunc(append(types, chosen...), func(t string) bool { return t == "" || t == "*" })
	slices.Sort(types)
	m.typeNames = append([]string{""}, slices.Compact(types)...)
	fill(m.types, append([]string{"All kinds of record"}, m.typeNames[1:]...), m.typeNames, chosen)
}

// showCauses offers the causes that failed messages have now, and the usual ones.
func (m *moreFilters) showCauses(chosen []core.Cause) {
	causes := []core.Cause{core.CauseKey, core.CauseData, core.CauseServer, core.CauseTimeout, core.CauseAddress, core.CauseConnect, core.CauseSlow}
	for _, g := range m.page.groups {
		causes = append(causes, g.Ref.Cause)
	}
	m.causeIDs = []core.Cause{""}
	names := []string{"All causes"}
	for _, c := range append(causes, chosen...) {
		if !slices.Contains(m.causeIDs, c) {
			m.causeIDs, names = append(m.causeIDs, c), append(names, sentence(attempt.Few(c)))
		}
	}
	fill(m.causes, names, m.causeIDs, chosen)
}

// sentence begins words with a capital letter.
func sentence(text string) string {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return string(text[0]-'a'+'A') + text[1:]
}

// fill gives a Select its choices and chooses the one that is in the query.
func fill[T ~string](s *widgets.Select, names []string, values, chosen []T) {
	at := 0
	if len(chosen) > 0 {
		at = max(0, slices.Index(values, chosen[0]))
	}
	s.SetOptions(names)
	s.SetSelected(at)
}
