package editor

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/exchange"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// buildWhere makes the tab that says where the messages go.
func (p *Page) buildWhere() fyne.CanvasObject {
	web := p.draft.Web()
	name := p.field(Place{Part: PartName}, "Name",
		p.entry(Place{Part: PartName}, web.Name, func(text string) { p.draft.Web().Name = text }),
		"Only you see this.")
	p.address = newAddressCheck(p)
	target := widgets.NewCard(widgets.VBox(16, name, p.address.object))
	find := widgets.NewNote(widgets.Info, "Where do I find the web address?", p.start.Find)
	find.Hidden = p.start.Find == ""
	how := widgets.NewTitledCard("How it is sent", "", nil, widgets.VBox(16,
		widgets.Grid(2, theme.CardGap, p.methodField(), p.timeoutField()),
		p.httpsCheck(),
	))
	return widgets.VBox(theme.CardGap, target, find, how, p.buildAnswer(), p.buildNetwork())
}

var methods = []string{"POST", "PUT", "PATCH", "GET", "DELETE"}

func (p *Page) methodField() fyne.CanvasObject {
	names := slices.Clone(methods)
	names[0] = "POST (usual)"
	choice := widgets.NewSelect(names, func(i int) {
		p.draft.SetMethod(methods[i])
		p.showPacking()
		p.changed()
	})
	choice.SetSelected(slices.Index(methods, p.draft.Web().HTTPMethod()))
	return p.field(Place{Part: PartMethod}, "How to send", choice, "Leave as it is unless told otherwise.")
}

// limits are the times after which to give up waiting that the page offers.
var limits = []time.Duration{
	5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute,
}

func (p *Page) timeoutField() fyne.CanvasObject {
	offered := slices.Clone(limits)
	current := p.draft.Web().Limit()
	if !slices.Contains(offered, current) {
		offered = append(offered, current)
		slices.Sort(offered)
	}
	names := make([]string, len(offered))
	for i, d := range offered {
		names[i] = words.Span(d)
		if d == core.DefaultTimeout {
			names[i] += " (usual)"
		}
	}
	choice := widgets.NewSelect(names, func(i int) {
		p.draft.SetTimeout(offered[i])
		p.changed()
	})
	choice.SetSelected(slices.Index(offered, current))
	return p.field(Place{Part: PartTimeout}, "Give up waiting after", choice, "Then it counts as not answered and is tried again.")
}

func (p *Page) httpsCheck() fyne.CanvasObject {
	check := widget.NewCheck("Only ever send over a secure connection (https)", nil)
	check.SetChecked(p.draft.Web().HTTPSOnly)
	check.OnChanged = func(on bool) {
		p.draft.Web().HTTPSOnly = on
		p.draft.Touch(Place{Part: PartAddress})
		p.changed()
	}
	return widgets.Padded(0, 0, 0, -7, check)
}

func (p *Page) fold(words string, inner fyne.CanvasObject) *exchange.Fold {
	f := exchange.NewFold(words, inner)
	f.OnChanged = p.relayout
	return f
}
