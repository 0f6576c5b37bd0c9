package editor

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// when is the tab that says which records are sent.
type when struct {
	checks  *fyne.Container
	sources []string // those that the checks stand for
	empty   *widgets.Text
	summary *widgets.Hint
	known   *widgets.Field
	soon    *soonCard
}

func (p *Page) buildWhen() fyne.CanvasObject {
	w := &when{checks: widgets.Grid(2, 4), empty: widgets.NewParagraph("There is no source yet. Add one under Sources; its records will be sent from here.", widgets.Caption)}
	p.when = w
	at := Place{Part: PartEvents}
	types := p.entry(at, p.draft.EventsText, func(text string) {
		p.draft.EventsText = text
		p.showWanted()
	})
	types.SetPlaceHolder("All types")
	w.known = p.field(at, "Only these types of record", types, "Leave it empty for all. Put a comma between several; * at the end means whatever follows, as in supporter.*")
	w.summary = widgets.NewHint(widgets.Info, "")
	p.showSources()
	which := widgets.NewTitledCard("Which records", "Where they come from, and what kind they are.", nil, widgets.VBox(14,
		widgets.VBox(6, widgets.NewLine("From these sources", widgets.Label), w.empty, w.checks, p.remark(Place{Part: PartSources}), widgets.NewParagraph("None ticked means all, also those you add later.", widgets.Caption)),
		w.known, w.summary))
	return widgets.VBox(theme.CardGap, which, p.buildOnlyIf(), p.buildSoon(), p.buildOrder(), p.buildPace(), p.buildBrake())
}

// showSources makes a check for each source there is, and for each that the
// webhook names although it is gone.
func (p *Page) showSources() {
	w := p.when
	if w == nil {
		return
	}
	var ids, names []string
	for _, s := range p.sources {
		ids, names = append(ids, s.Source.ID), append(names, s.Source.Name)
	}
	for _, id := range p.draft.Web().Sources {
		if !slices.Contains(ids, id) {
			ids, names = append(ids, id), append(names, id+" (no longer there)")
		}
	}
	w.empty.Hidden = len(ids) > 0
	if !slices.Equal(ids, w.sources) || len(w.checks.Objects) == 0 {
		w.sources, w.checks.Objects = ids, nil
		for i, id := range ids {
			w.checks.Add(p.sourceCheck(id, names[i]))
		}
		w.checks.Refresh()
	}
	p.showWanted()
}

func (p *Page) sourceCheck(id, name string) fyne.CanvasObject {
	check := widget.NewCheck(name, nil)
	check.SetChecked(slices.Contains(p.draft.Web().Sources, id))
	check.OnChanged = func(on bool) {
		p.draft.SetSource(id, on)
		p.showWanted()
		p.changed()
	}
	return widgets.Padded(0, 0, 0, -7, check)
}

// showWanted says in a sentence which records are sent, and names the types that
// the chosen sources give.
func (p *Page) showWanted() {
	w := p.when
	web := p.draft.Webhook()
	var from, types []string
	for _, s := range p.sources {
		if len(web.Sources) == 0 || slices.Contains(web.Sources, s.Source.ID) {
			if !slices.Contains(types, s.Source.Type()) {
				types = append(types, s.Source.Type())
			}
			if web.Wants(s.Source.Type(), s.Source.ID) {
				from = append(from, s.Source.Name)
			}
		}
	}
	switch {
	case len(p.sources) == 0:
		w.summary.Set(widgets.Neutral, "")
	case len(from) > 0:
		w.summary.Set(widgets.Good, "Sends records from "+words.List(from)+".")
	default:
		w.summary.Set(widgets.Waiting, "No source gives such records now. The chosen ones give "+words.List(types)+".")
	}
	w.summary.Refresh()
}

// sampleWanted tells whether the example on screen would be sent at all.
func (p *Page) sampleWanted() bool {
	s := p.sample()
	return s.Seq == 0 || s.Wanted
}

// notSent says that the example on screen would not be sent, and why.
func (p *Page) notSent() string {
	s := p.sample()
	if s.Why == "" {
		return s.Title + " would not be sent: its source or type is not chosen under When."
	}
	return s.Title + " would not be sent: " + s.Why
}

// wants is all of the draft that decides which records are sent, to be compared.
func (p *Page) wants() string {
	w := p.draft.Webhook()
	return strings.Join(w.Sources, "\n") + "\r" + strings.Join(w.Events, "\n") + "\r" + w.Filter
}

// showResampled takes records that were read anew because the draft wants others.
func (p *Page) showResampled(samples []control.Sample, err error) {
	if err != nil || !p.setSamples(samples) {
		return // what is shown stays; the next read tells of trouble
	}
	p.showSamples()
	p.preview.want(p.request)
}
